"""What officers do with mails that came in: to a case, into a new request, aside, and back.

A mail never changes a case by itself: each of these is the act of a person, and is kept with it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.information.models import IncomingMail, InformationRequest, Requester
from infitah.information.operations.casework import KIND, RequestRefused, locked_request
from infitah.information.operations.contacts import known_address_of
from infitah.information.operations.entering import Entry, enter_request
from infitah.information.operations.handling import clarify
from infitah.kernel.references import Reference
from infitah.kernel.text import has_letters
from infitah.ledger import operations as ledger

State, Match, Why = IncomingMail.State, IncomingMail.Match, IncomingMail.Why


def _held(community: Community, pk: int) -> IncomingMail:
    """Return a mail held for this act. Raises IncomingMail.DoesNotExist."""
    mails = IncomingMail.objects.select_for_update(of=("self",))
    return mails.select_related("request").get(community=community, pk=pk)


def _movable(mail: IncomingMail) -> None:
    """Refuse what became part of a case by an act. Raises RequestRefused."""
    if mail.state == State.ENTERED and mail.request is not None:
        raise RequestRefused(
            _("This mail was entered before, as %(reference)s.")
            % {"reference": mail.request.reference},
            code="entered",
        )
    if mail.is_clarification:
        raise RequestRefused(
            _("This mail was kept as what the requester said: it stays with its case."),
            code="clarification",
        )
    if mail.erased_at is not None:
        raise RequestRefused(_("This mail was erased on schedule: nothing is left of it."))


def _handled(mail: IncomingMail, by: Actor, now: datetime) -> None:
    mail.handled_by, mail.handled_at = by.key, now
    mail.save()
    bump(mail.community.key, KIND)


@transaction.atomic
def attach_mail(
    *, community: Community, pk: int, reference: str, by: Actor, now: datetime
) -> IncomingMail:
    """Put a mail with the case of this number. Raises RequestRefused where there is none here."""
    mail = _held(community, pk)
    _movable(mail)
    mail.request = _request(community, reference)
    mail.state, mail.match, mail.why, mail.words = State.MATCHED, Match.OFFICER, "", ""
    _handled(mail, by, now)
    return mail


def _request(community: Community, reference: str) -> InformationRequest:
    try:
        typed = str(Reference.parse(reference))
    except ValueError:
        typed = ""
    found = InformationRequest.objects.of(community).filter(reference=typed).first()
    if found is None:
        raise RequestRefused(
            _("No request has this number here. It looks like %(example)s.")
            % {"example": f"{community.key}-2026-R-0042"},
            field="reference",
        )
    return found


@transaction.atomic
def set_mail_aside(
    *, community: Community, pk: int, why: str, words: str, by: Actor, now: datetime
) -> IncomingMail:
    """Set a mail aside with its reason; the register keeps that and why, never whose.

    Raises RequestRefused without a reason.
    """
    mail = _held(community, pk)
    _movable(mail)
    if why not in set(Why) - {Why.MACHINE}:
        raise RequestRefused(_("Choose why it is set aside."), field="why")
    if why == Why.OTHER and not has_letters(words):
        raise RequestRefused(_("Write the reason in a few words."), field="words")
    mail.state, mail.why, mail.words = State.SET_ASIDE, why, words
    mail.request, mail.match = None, ""
    ledger.record(
        community_key=community.key,
        act="information.mail_set_aside",
        subject="",
        by=by,
        public={"reason": why},
        private={"mail": mail.fingerprint},
        occurred_on=local_day(now),
        now=now,
    )
    _handled(mail, by, now)
    return mail


@transaction.atomic
def put_mail_back(*, community: Community, pk: int, by: Actor, now: datetime) -> IncomingMail:
    """Put a mail back among those to sort: it was set aside, or is not of this case."""
    mail = _held(community, pk)
    _movable(mail)
    mail.state, mail.why, mail.words = State.TO_SORT, "", ""
    mail.request, mail.match = None, ""
    _handled(mail, by, now)
    return mail


@transaction.atomic
def enter_mail(
    *, community: Community, pk: int, entry: Entry, by: Actor, now: datetime
) -> InformationRequest:
    """Enter a mail as a request; both in one transaction. The same request for the same key.

    Raises RequestRefused where the mail was entered before, and as `enter_request`.
    """
    mail = _held(community, pk)
    is_again = mail.request is not None and mail.request.submission_key == entry.key
    if not is_again:
        _movable(mail)
        if mail.state == State.MATCHED:
            raise RequestRefused(
                _("This mail stands with a request. Put it back among those to sort first.")
            )
    request = enter_request(community=community, entry=entry, by=by, now=now)
    if not is_again:
        mail.request, mail.state, mail.match = request, State.ENTERED, Match.OFFICER
        mail.why = mail.words = ""
        _handled(mail, by, now)
    return request


@transaction.atomic
def keep_as_clarification(
    *, community: Community, pk: int, words: str, by: Actor, now: datetime
) -> IncomingMail:
    """Keep a mail of a case as what the requester said, of the day on which it came.

    Of the day of the last act where the office did something since. Raises RequestRefused where
    the case asked nothing, or the mail is with no case.
    """
    mail = _held(community, pk)
    _movable(mail)
    if mail.state != State.MATCHED or mail.request is None:
        raise RequestRefused(_("Put the mail with its case first."))
    request = locked_request(community, mail.request.reference)
    last = request.acts.order_by("-position").values_list("occurred_on", flat=True).first()
    came = local_day(mail.received_at)
    clarify(
        community=community,
        reference=request.reference,
        words=words,
        on=max(came, last) if last is not None else came,
        by=by,
        now=now,
    )
    mail.is_clarification = True
    _handled(mail, by, now)
    return mail


@transaction.atomic
def write_again(*, community: Community, pk: int, by: Actor, now: datetime) -> IncomingMail:
    """Write to the requester again by mail, after one came back: the address works after all.

    Raises RequestRefused where no address is known.
    """
    mail = _held(community, pk)
    person = Requester.objects.select_for_update().filter(request=mail.request).first()
    if mail.request is None or person is None or not known_address_of(person, mail.request):
        raise RequestRefused(_("No e-mail address is known of this requester."))
    person.has_email = True
    person.save(update_fields=["has_email"])
    _handled(mail, by, now)
    return mail
