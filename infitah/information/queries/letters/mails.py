"""What a mail to the requester says of an act: subject, sentences, facts; the link comes with it.

Law 31-13, arts. 14, 16, 17 and 19: reasons and days stand in the mail itself. The answer's own
words stand in it only where it is delivered by e-mail; its documents never do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.queries import url_of
from infitah.design.text import colon
from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.queries.desk_words import DELIVERIES, RULINGS
from infitah.information.queries.letters.case import Told, told
from infitah.information.queries.letters.decision import decision_of
from infitah.information.queries.letters.paper import (
    Facts,
    by_law,
    citation,
    days_words,
    filed_words,
    officer_of,
    officer_words,
    star_note,
)
from infitah.information.queries.letters.remedies import remedy_lines
from infitah.information.queries.letters.steps import due_facts
from infitah.information.queries.words import OUTCOMES
from infitah.kernel.dates import format_date
from infitah.publication.models import PublishedRecord

K, N = rules.ActKind, rules.ClockName


@dataclass(frozen=True, slots=True)
class MailWords:
    """A mail in words of one language; `facts` are labels with values."""

    headline: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()

    def lines(self) -> str:
        """Return the facts, a line each."""
        return "\n".join(f"{label}{colon()} {value}" for label, value in self.facts)


Saying = Callable[[Told, RequestAct, str], MailWords]


def mail_words(act: RequestAct, language: str) -> MailWords | None:
    """Return what the requester is told by mail of an act, None where nothing is. Ten queries."""
    say = MAILS.get(act.kind)
    if say is None:
        return None
    with override(language):
        return say(told(act.request), act, language)


def _reference(known: Told) -> dict[str, str]:
    return {"reference": known.request.reference}


def _due(known: Told, act: RequestAct, language: str) -> Facts:
    return due_facts(known, known.until(act.position), language)


def _noted(rows: Facts) -> tuple[str, ...]:
    return tuple(star_note([value for _label, value in rows]))


def _received(known: Told, act: RequestAct, language: str) -> MailWords:
    request = known.request
    institution = request.community.institution.in_language(language)
    due = _due(known, act, language)
    came_from = str(act.facts.get("from", ""))
    return MailWords(
        _("Your request %(reference)s was received") % _reference(known),
        (
            _("%(institution)s received your request. Its number is %(reference)s.")
            % {"institution": institution, **_reference(known)},
            *([_passed_on(came_from)] if came_from else []),
        ),
        (
            (_("Filed on"), filed_words(request, language)),
            (_("Information asked for"), request.text),
            *due,
        ),
        (_("The receipt is joined to this mail, with its proof."), *_noted(due)),
    )


def _passed_on(reference: str) -> str:
    words = _(
        "It was passed on as %(reference)s by the institution that you asked. The period still "
        "counts from the day on which you filed it there."
    )
    return words % {"reference": reference}


def _registered(known: Told, act: RequestAct, language: str) -> MailWords:
    officer = officer_of(known.request.community, act.occurred_on)
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: your request is being answered") % _reference(known),
        (_("The council has received your request and has taken it in hand."),),
        ((_("Officer in charge"), officer_words(officer, language)), *due),
        _noted(due),
    )


def _urgency_refused(known: Told, act: RequestAct, language: str) -> MailWords:
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: your request is treated as an ordinary one") % _reference(known),
        (
            _("You asked for an urgent answer. The council does not find the case of the law:"),
            act.words,
            _("The ordinary period counts from the day on which you filed the request."),
        ),
        tuple(due),
        _noted(due),
    )


def _asked(known: Told, act: RequestAct, language: str) -> MailWords:
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: the council asks what you mean") % _reference(known),
        (_("To find the right documents, the council asks you:"), act.words),
        tuple(due),
        (
            _("Answer on the page of your request. The period runs on while we wait for you."),
            *_noted(due),
        ),
    )


def _extended(known: Told, act: RequestAct, language: str) -> MailWords:
    ground = by_law(known.wordings, f"X.{act.facts['ground']}", language)
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: the period of the answer is extended") % _reference(known),
        (
            _(
                "The council cannot answer within the first period. As the law allows once, it is "
                "extended:"
            ),
        ),
        (
            (_("Ground of the law"), f"{ground} ({citation('31-13:16')})"),
            (_("Reason"), act.words),
            *due,
        ),
        (
            _("Without an answer by the end of the new day, silence counts as a refusal."),
            *_noted(due),
        ),
    )


def _transferred(known: Told, act: RequestAct, _language: str) -> MailWords:
    institution = str(act.facts.get("institution", ""))
    rows = [
        (_("Institution that holds the information"), institution),
        (_("Number there"), str(act.facts.get("number", ""))),
        (_("Reason"), act.words),
    ]
    return MailWords(
        _("%(reference)s: your request was passed on") % _reference(known),
        (_("The council does not hold this information. It passed your request on:"),),
        tuple((label, value) for label, value in rows if value),
        (_("Your receipt stays good, and the day on which you filed the request counts on."),),
    )


def _delivered(known: Told, act: RequestAct, language: str) -> MailWords:
    found = decision_of(act)
    case = known.until(act.position)
    channel = rules.Delivery(str(act.facts["channel"]))
    is_mail = channel is rules.Delivery.EMAIL
    outcome = str(OUTCOMES[found.outcome]) if found else ""
    remedies = remedy_lines(known, case, language, act.occurred_on)
    words = (found.answer,) if found and is_mail else ()
    return MailWords(
        _("%(reference)s: your answer is there") % _reference(known),
        (
            _("The council answered your request. Its page holds the answer and its documents."),
            *words,
        ),
        (
            (_("Outcome"), outcome),
            (_("Delivered on"), format_date(act.occurred_on, language)),
            (_("Way of delivery"), str(DELIVERIES[channel])),
        ),
        (_("If it does not satisfy you:"), *remedies, *star_note(remedies)),
    )


def _published(known: Told, act: RequestAct, language: str) -> MailWords:
    return MailWords(
        _("%(reference)s: the answer is published") % _reference(known),
        (
            _(
                "Everybody can read the question and its answer now, without your name. It helps "
                "those who ask the same."
            ),
        ),
        (
            (_("Day of publication"), format_date(act.occurred_on, language)),
            *_record_address(known),
        ),
    )


def _record_address(known: Told) -> Facts:
    """Return the lasting address of the published answer; none once it was withdrawn. One query."""
    community = known.request.community
    records = PublishedRecord.objects.of(community).published().current()
    found = records.filter(reference=known.request.reference).first()
    return [(_("Lasting address"), url_of(community, found.get_absolute_url()))] if found else []


def _complained(known: Told, act: RequestAct, language: str) -> MailWords:
    case = known.until(act.position)
    clock = known.ladder(case)[N.HEAD_REPLY]
    number = known.law[rules.KEYS[N.HEAD_REPLY]]
    length = _("%(length)s; %(article)s") % {
        "length": days_words(number),
        "article": citation(number.citation),
    }
    rows = [
        (_("Complaint of"), format_date(act.occurred_on, language)),
        (_("The president must answer by"), format_date(clock.ends_on, language)),
        (_("How it is counted"), length),
    ]
    return MailWords(
        _("%(reference)s: your complaint was received") % _reference(known),
        (_("The president of the council has your complaint. You need not do anything now."),),
        tuple(rows),
        (
            _("Without an answer by that day you may complain to the Commission."),
            *star_note([length]),
        ),
    )


RULERS: Final[Mapping[str, Callable[[], str]]] = {
    K.HEAD_DECIDED: lambda: _("The president of the council decided on your complaint."),
    K.CDAI_DECIDED: lambda: _("The Commission answered your complaint; the council recorded it."),
    K.COURT_RULED: lambda: _("The administrative court ruled; the council recorded it."),
}


def _ruled(known: Told, act: RequestAct, language: str) -> MailWords:
    ruling = str(RULINGS[rules.Ruling(str(act.facts["ruling"]))])
    remedies = _open_after(known, act.position, language, act.occurred_on)
    return MailWords(
        _("%(reference)s: your complaint was decided") % _reference(known),
        (RULERS[act.kind](),),
        ((_("Decision on the complaint"), ruling), (_("Reason"), act.words)),
        (*_if_not(remedies), *remedies, *star_note(remedies)),
    )


def _if_not(remedies: list[str]) -> list[str]:
    return [_("If you do not agree") + colon()] if remedies else []


def _open_after(known: Told, position: int, language: str, on: date) -> list[str]:
    return remedy_lines(known, known.until(position), language, on)


def _reopened(known: Told, act: RequestAct, language: str) -> MailWords:
    return MailWords(
        _("%(reference)s: your request is open again") % _reference(known),
        (_("After your complaint the council owes you a new answer. It is being prepared."),),
        ((_("Opened again on"), format_date(act.occurred_on, language)),),
    )


MAILS: Final[Mapping[str, Saying]] = {
    K.SUBMITTED: _received,
    K.REGISTERED: _registered,
    K.URGENCY_REFUSED: _urgency_refused,
    K.CLARIFICATION_ASKED: _asked,
    K.EXTENDED: _extended,
    K.TRANSFERRED: _transferred,
    K.DELIVERED: _delivered,
    K.PUBLISHED: _published,
    K.COMPLAINED_HEAD: _complained,
    K.HEAD_DECIDED: _ruled,
    K.CDAI_DECIDED: _ruled,
    K.COURT_RULED: _ruled,
    K.REOPENED: _reopened,
}
"""The acts that the requester is told by mail."""
