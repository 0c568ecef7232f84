"""Following by mail: done when an address is proved, confirmed by mail, stopped by one click."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community, Participant
from infitah.community.queries import address_digest, mail_address_of, url_of
from infitah.core.clock import local_day
from infitah.core.models import Subscriber
from infitah.core.operations import (
    Following,
    FollowRefused,
    follow,
    queue_mail,
    resume_follow,
    within_limit,
)
from infitah.core.queries import subscriber_of
from infitah.core.viewer import Actor, Viewer
from infitah.participation.models import PendingAct
from infitah.website.topics import Topic, topic_for

KIND = "follow"
LINKS_PER_NETWORK = (10, 3600)
LINKS_PER_ADDRESS = (3, 3600)
FOLLOWED = "website/followed"
TEMPLATES = {
    Following.BEGUN: FOLLOWED,
    Following.ALREADY: FOLLOWED,
    Following.ENDED: "website/follow_again",
    Following.STOPPED: "website/follow_again",
}


def perform_follow(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Have a proved participant follow the topic of a waiting act, and confirm it by mail.

    What the person stopped does not begin again: their mail leads to their preferences, where
    alone it can. Raises FollowRefused without a mail address, or for a topic that is none.
    """
    community = act.community
    topic = topic_for(Viewer(community.key, community.pk), act.subject)
    if topic is None:
        raise FollowRefused(_("There is nothing to follow under this address any more."))
    address = mail_address_of(participant)
    if not address:
        raise FollowRefused(_("Following needs an e-mail address: this person has none."))
    subscriber, result = follow(
        community_key=community.key,
        address=address,
        topic=act.subject,
        language=act.interface,
        now=now,
    )
    _confirm(community, subscriber, topic, result, address=address, now=now)


@transaction.atomic
def resume_on_device(
    *, community: Community, participant_id: int, topic: str, language: str, now: datetime
) -> Subscriber:
    """Start again what the person of a proved device stopped, at their explicit choice.

    Only the button that says so calls it. Of one who had stopped all mail this topic alone begins
    again. Raises FollowRefused without a mail address.
    """
    participant = Participant.objects.of(community).get(pk=participant_id)
    address = mail_address_of(participant)
    if not address:
        raise FollowRefused(_("Following needs an e-mail address: this person has none."))
    held, _result = follow(
        community_key=community.key, address=address, topic=topic, language=language, now=now
    )
    return resume_follow(token=str(held.token), topic=topic, now=now) or held


def shown_of_follow(act: PendingAct) -> str:
    """Return what a waiting act is to follow, in the words of its title. One query."""
    topic = topic_for(Viewer(act.community.key, act.community_id), act.subject)
    return topic.words(act.interface) if topic else ""


def _confirm(
    community: Community,
    subscriber: Subscriber,
    topic: Topic,
    result: Following,
    *,
    address: str,
    now: datetime,
) -> None:
    language = subscriber.language
    own = f"/{language}/mine/mails/{subscriber.token}/"
    stop = url_of(community, f"{own}stop/{topic.name}/")
    template = TEMPLATES[result]
    queue_mail(
        community_key=community.key,
        to=address,
        template=template,
        context={
            "institution": community.institution.in_language(language),
            "topic": topic.words(language),
            "topic_link": url_of(community, f"/{language}/{topic.path}"),
            "link": url_of(community, f"{own}?topic={topic.name}"),
            "stop_link": stop,
        },
        language=language,
        dedupe_key=f"{result}:{subscriber.pk}:{topic.name}:{local_day(now)}",
        priority="answer",
        unsubscribe_url=stop if template == FOLLOWED else "",
        now=now,
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
    queue_mail(
        community_key=community.key,
        to=address,
        template="website/preferences",
        context={
            "institution": community.institution.in_language(language),
            "link": url_of(community, f"/{language}/mine/mails/{found.token}/"),
        },
        language=language,
        dedupe_key=f"follow.link:{found.token}:{now:%Y-%m-%dT%H:%M}",
        priority="answer",
        now=now,
    )
