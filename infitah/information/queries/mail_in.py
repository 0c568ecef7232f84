"""Which case a mail belongs to, and the address by which answers to our mails find their case."""

import hmac
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from infitah.community.models import Community
from infitah.community.queries import by_key, default_community
from infitah.core import vault
from infitah.core.models import Mail
from infitah.information.models import IncomingMail, InformationRequest
from infitah.information.rules import mail as rules

Match = IncomingMail.Match
SEARCHED: Final = 5000
"""Characters of a text in which the number of a request is looked for."""


@dataclass(frozen=True, slots=True)
class MailMatch:
    """Where a mail belongs: the community, and a request, surely or perhaps (by its number)."""

    community: Community
    request: InformationRequest | None = None
    by: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the mail carries what only our own mails about this request hold."""
        return self.by in {Match.TOKEN, Match.ANSWER}


def ours() -> rules.Ours:
    """Return by what mails of this installation are known. No query."""
    environment = settings.ENVIRONMENT
    own = environment.imap.address if environment.imap else ""
    addresses = {one.lower() for one in (own, environment.mail_from) if one}
    return rules.Ours(frozenset(addresses), environment.mail_domain)


def mailbox_community() -> Community | None:
    """Return the community whose mail it is where nothing else says so. One query at most."""
    named = settings.ENVIRONMENT.imap.community if settings.ENVIRONMENT.imap else ""
    if not named:
        return default_community()
    try:
        return by_key(named)
    except Community.DoesNotExist:
        return None


def mail_token(request: InformationRequest) -> str:
    """Return what only mails about this request carry; it opens nothing. No query."""
    return vault.lookup_digest("information.mail_token", f"{request.reference}\n{request.token}")[
        : rules.TOKEN_LENGTH
    ]


def reply_address(request: InformationRequest) -> str:
    """Return the address for answers to mails about a request, "" where no mailbox is read.

    With its tag where the server takes in such addresses; else the answer is known by the
    Message-ID that it names. No query.
    """
    imap = settings.ENVIRONMENT.imap
    if imap is None or not imap.address:
        return ""
    tag = rules.case_tag(request.reference, mail_token(request))
    return (rules.tagged(imap.address, tag) if imap.has_plus else "") or imap.address


def reply_to_of(mail: Mail) -> str:
    """Return where answers to one of our mails go; "" leaves it to the community. One query."""
    imap = settings.ENVIRONMENT.imap
    if imap is None or not imap.address:
        return ""
    known = InformationRequest.objects.filter(reference=mail.reference) if mail.reference else None
    request = known.first() if known is not None else None
    if request is not None:
        return reply_address(request)
    tagged = rules.tagged(imap.address, mail.community_key.lower()) if imap.has_plus else ""
    return tagged or str(imap.address)


def match_of(read: rules.ReadMail) -> MailMatch | None:
    """Return where a mail belongs; None where the installation has no community yet.

    Four queries at most.
    """
    sure = _by_token(read) or _by_answer(read)
    if sure is not None and sure.request is not None:
        return sure
    community = sure.community if sure is not None else mailbox_community()
    if community is None:
        return None
    named = rules.references_in(f"{read.subject}\n{read.text[:SEARCHED]}")
    request = InformationRequest.objects.of(community).filter(reference__in=named).first()
    return MailMatch(community, request, Match.REFERENCE if request is not None else "")


def _by_token(read: rules.ReadMail) -> MailMatch | None:
    """Return the case, or the community alone, that an address of the mail names."""
    own = settings.ENVIRONMENT.imap.address if settings.ENVIRONMENT.imap else ""
    community: Community | None = None
    for tag in rules.tags_in(read.recipients, own) if own else []:
        if tag.community and community is None:
            community = _community(tag.community)
        request = _request(tag.reference)
        if request is not None and hmac.compare_digest(mail_token(request), tag.token):
            return MailMatch(request.community, request, Match.TOKEN)
    return MailMatch(community) if community is not None else None


def _community(key: str) -> Community | None:
    try:
        return by_key(key)
    except Community.DoesNotExist:
        return None


def _request(reference: str) -> InformationRequest | None:
    if not reference:
        return None
    known = InformationRequest.objects.select_related("community")
    return known.filter(reference=reference).first()


def our_mails(read: rules.ReadMail) -> list[Mail]:
    """Return the mails of ours that a mail answers, or says did not arrive. One query at most."""
    returned = read.bounce.returned if read.bounce is not None else ()
    keys = ours().keys_in([*returned, *read.references])
    return list(Mail.objects.filter(key__in=keys).order_by("-pk")) if keys else []


def _by_answer(read: rules.ReadMail) -> MailMatch | None:
    """Return the case, or the community, of the newest mail of ours that this one answers."""
    mails = our_mails(read)
    for mail in mails:
        request = _request(mail.reference)
        if request is not None and request.community.key == mail.community_key:
            return MailMatch(request.community, request, Match.ANSWER)
    community = _community(mails[0].community_key) if mails else None
    return MailMatch(community) if community is not None else None
