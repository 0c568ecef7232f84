"""Following by mail: done when an address is proved, stopped by one click."""

from datetime import datetime

from django.utils.translation import gettext as _

from infitah.community.models import Community, Participant
from infitah.community.queries import address_digest, mail_address_of, url_of
from infitah.core.operations import (
    Following,
    FollowRefused,
    follow,
    queue_mail,
    within_limit,
)
from infitah.core.queries import subscriber_of
from infitah.core.viewer import Actor, Viewer
from infitah.participation.models import PendingAct
from infitah.website.topics import topic_for

KIND = "follow"
LINKS_PER_NETWORK = (10, 3600)
LINKS_PER_ADDRESS = (3, 3600)


def perform_follow(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Have a proved participant follow the topic of a waiting act.

    Raises FollowRefused without a mail address, for a topic that is none, or that the person
    stopped: what was stopped comes back by one's own preferences alone.
    """
    community = act.community
    if topic_for(Viewer(community.key, community.pk), act.subject) is None:
        raise FollowRefused(_("There is nothing to follow under this address any more."))
    address = mail_address_of(participant)
    if not address:
        raise FollowRefused(_("Following needs an e-mail address: this person has none."))
    _subscriber, result = follow(
        community_key=community.key,
        address=address,
        topic=act.subject,
        language=act.interface,
        now=now,
    )
    if result in {Following.ENDED, Following.STOPPED}:
        raise FollowRefused(
            _(
                "You stopped these mails yourself, so this form does not start them again. "
                "Ask for the link to what you follow, below, and choose there."
            )
        )


def send_preferences(*, community: Community, address: str, network: str, now: datetime) -> None:
    """Send the link to one's preferences to `address`, if it follows something here.

    Says nothing about whether it does: the page tells the same either way. Limited by network
    and by address.
    """
    limits = (
        ("follow.link", network, LINKS_PER_NETWORK),
        ("follow.link.to", address_digest(community, address), LINKS_PER_ADDRESS),
    )
    for name, key, (limit, seconds) in limits:
        if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
            return
    found = subscriber_of(community.key, address)
    if found is None:
        return
    language = found.language
    institution = community.institution.in_language(language)
    queue_mail(
        community_key=community.key,
        to=address,
        template="website/preferences",
        context={
            "institution": institution,
            "sender_name": institution,
            "link": url_of(community, f"/{language}/mine/mails/{found.token}/"),
        },
        language=language,
        dedupe_key=f"follow.link:{found.token}:{now:%Y-%m-%dT%H:%M}",
        priority="answer",
        now=now,
    )
