"""What the requester is told by mail of complaints and of the court (law 31-13, arts. 19 to 21)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from infitah.design.text import colon
from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.queries.desk_words import RULINGS
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.mail_parts import MailWords, noted, numbered
from infitah.information.queries.letters.paper import (
    Facts,
    citation,
    days_words,
    star,
    star_note,
)
from infitah.information.queries.letters.remedies import remedy_lines
from infitah.information.queries.letters.steps import due_facts
from infitah.kernel.dates import format_date

K, N = rules.ActKind, rules.ClockName


def complained(known: Told, act: RequestAct, language: str) -> MailWords:
    """Say that the head of the institution has the complaint, and by when the answer is due."""
    rows = _answer_due(known, act, language, N.HEAD_REPLY, _("The president must answer by"))
    return MailWords(
        _("%(reference)s: your complaint was received") % numbered(known),
        (_("The president of the council has your complaint. You need not do anything now."),),
        tuple(rows),
        (_("Without an answer by that day you may complain to the Commission."), *noted(rows)),
    )


def complained_outside(known: Told, act: RequestAct, language: str) -> MailWords:
    """Say that the complaint to the commission is recorded, and the days that follow from it."""
    rows = _answer_due(known, act, language, N.CDAI_REPLY, _("The Commission must answer by"))
    remedies = _open_after(known, act.position, language, act.occurred_on)
    return MailWords(
        _("%(reference)s: your complaint to the Commission is recorded") % numbered(known),
        (
            _(
                "The council recorded that you complained to the Commission for the right of "
                "access to information. The Commission itself answers you."
            ),
            *_still_owed(known, act),
        ),
        tuple(rows),
        (*remedies, *star_note([*remedies, *(value for _label, value in rows)])),
    )


def court_seized(known: Told, act: RequestAct, language: str) -> MailWords:
    """Say that the appeal to the court is recorded; no day of this law follows any more."""
    number = known.law[rules.KEYS[N.COURT_WINDOW]]
    rows = [
        (_("Appeal of"), format_date(act.occurred_on, language)),
        (_("Article of the law"), citation(number.citation) + star(number.is_verified)),
    ]
    return MailWords(
        _("%(reference)s: your appeal to the administrative court is recorded") % numbered(known),
        (
            _("The council recorded that you went to the administrative court."),
            *_still_owed(known, act),
        ),
        tuple(rows),
        (
            _(
                "The law on access to information sets no day by which the court must rule: the "
                "court itself tells you of its sittings and of its judgment. You are told here "
                "once the council has recorded the ruling."
            ),
            *noted(rows),
        ),
    )


def _answer_due(
    known: Told, act: RequestAct, language: str, name: rules.ClockName, label: str
) -> Facts:
    """Return the day of a complaint, the last day of the body's answer and how it is counted."""
    clock = known.ladder(known.until(act.position))[name]
    number = known.law[rules.KEYS[name]]
    values = {"length": days_words(number), "article": citation(number.citation)}
    return [
        (_("Complaint of"), format_date(act.occurred_on, language)),
        (label, format_date(clock.ends_on, language)),
        (_("How it is counted"), _("%(length)s; %(article)s") % values),
    ]


def _still_owed(known: Told, act: RequestAct) -> list[str]:
    if not known.until(act.position).is_unanswered:
        return []
    return [_("The answer to your request is still owed to you: the council goes on with it.")]


RULERS: Final[Mapping[str, Callable[[], str]]] = {
    K.HEAD_DECIDED: lambda: _("The president of the council decided on your complaint."),
    K.CDAI_DECIDED: lambda: _("The Commission answered your complaint; the council recorded it."),
    K.COURT_RULED: lambda: _("The administrative court ruled; the council recorded it."),
}


def ruled(known: Told, act: RequestAct, language: str) -> MailWords:
    ruling = str(RULINGS[rules.Ruling(str(act.facts["ruling"]))])
    remedies = _open_after(known, act.position, language, act.occurred_on)
    return MailWords(
        _("%(reference)s: your complaint was decided") % numbered(known),
        (RULERS[act.kind](),),
        ((_("Decision on the complaint"), ruling), (_("Reason"), act.words)),
        (*_if_not(remedies), *remedies, *star_note(remedies)),
    )


def _if_not(remedies: list[str]) -> list[str]:
    return [_("If you do not agree") + colon()] if remedies else []


def _open_after(known: Told, position: int, language: str, on: date) -> list[str]:
    return remedy_lines(known, known.until(position), language, on)


def reopened(known: Told, act: RequestAct, language: str) -> MailWords:
    due = due_facts(known, known.until(act.position), language)
    return MailWords(
        _("%(reference)s: your request is open again") % numbered(known),
        (_("After your complaint the council owes you a new answer. It is being prepared."),),
        ((_("Opened again on"), format_date(act.occurred_on, language)), *due),
        noted(due),
    )
