"""The remedies block (طرق الطعن) of every letter, with its dates (law 31-13, arts. 19 to 21)."""

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.information import rules
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import Row, citation, days_words, star_note
from infitah.kernel.dates import format_date

N = rules.ClockName
UNTIL: Final[dict[rules.ClockName, Promise]] = {
    N.HEAD_WINDOW: gettext_lazy(
        "Complaint to the president of the council: until %(day)s included (%(length)s counted "
        "from %(start)s; %(article)s)."
    ),
    N.CDAI_WINDOW: gettext_lazy(
        "Complaint to the Commission for the right of access to information: until %(day)s "
        "included (%(length)s counted from %(start)s; %(article)s)."
    ),
    N.COURT_WINDOW: gettext_lazy(
        "Appeal to the administrative court: until %(day)s included (%(length)s counted from "
        "%(start)s; %(article)s)."
    ),
}
THEN: Final[dict[rules.ClockName, Promise]] = {
    N.CDAI_WINDOW: gettext_lazy(
        "Then, complaint to the Commission for the right of access to information: within "
        "%(length)s of the president’s answer, or of the end of the %(wait)s given for it; in "
        "no case after %(day)s (%(article)s)."
    ),
    N.COURT_WINDOW: gettext_lazy(
        "Then, appeal to the administrative court: within %(length)s of the Commission’s "
        "answer, or of the end of the %(wait)s given for it; in no case after %(day)s "
        "(%(article)s)."
    ),
}
PERIODS: Final[dict[rules.ClockName, Promise]] = {
    N.HEAD_WINDOW: gettext_lazy(
        "Complaint to the president of the council: within %(length)s, counted from the day after "
        "the one on which you receive this letter (%(article)s)."
    ),
    N.CDAI_WINDOW: gettext_lazy(
        "Then, complaint to the Commission for the right of access to information: within "
        "%(length)s of the president’s answer, or of the end of the %(wait)s given for it "
        "(%(article)s)."
    ),
    N.COURT_WINDOW: gettext_lazy(
        "Then, appeal to the administrative court: within %(length)s of the Commission’s "
        "answer, or of the end of the %(wait)s given for it (%(article)s)."
    ),
}
BEFORE: Final = {N.CDAI_WINDOW: N.HEAD_REPLY, N.COURT_WINDOW: N.CDAI_REPLY}
"""The clock of the body whose answer opens a window; the office's own opens the first."""

FILED: Final = {
    N.HEAD_WINDOW: "head_filed",
    N.CDAI_WINDOW: "cdai_filed",
    N.COURT_WINDOW: "court_filed",
}


def remedy_lines(told: Told, case: rules.Case, language: str, on: date) -> list[str]:
    """Return what can still be done on a day, in order, each with its last day; no query.

    `case` stands as the letter leaves it: answered on the day of delivery, else unanswered. The
    days are those of `rules.clocks`; those of a window that is not open yet are bounds, since an
    earlier complaint ends the next period earlier. Call it with the language in force.
    """
    ahead = told.ladder(case)
    first = next((clock for clock in ahead.values() if _is_open(clock, case)), None)
    if first is not None and first.ends_on < on:
        return [
            _("The days of the next remedy ended on %(day)s. A new request can be filed any day.")
            % {"day": format_date(first.ends_on, language)}
        ]
    return [
        _line(told, case, clock, ahead, language, on)
        for clock in ahead.values()
        if _is_open(clock, case)
    ]


def period_lines(told: Told, case: rules.Case, language: str) -> list[str]:
    """Return the remedies as periods, for a letter signed before anybody knows when it arrives.

    The days themselves are told with the delivery. No query. Call it with the language in force.
    """
    last = format_date(told.reply(case).due.deadline.due_latest, language)
    lines = [str(PERIODS[name]) % _period(told, name) for name in PERIODS]
    late = _(
        "If this letter reaches you after %(day)s, the last day of the answer, the days of the "
        "complaint are counted from %(day)s."
    )
    page = _("The page of your request tells each of these days, once the delivery is recorded.")
    return [*lines, late % {"day": last}, page]


def _period(told: Told, name: rules.ClockName) -> dict[str, str]:
    number = told.law[rules.KEYS[name]]
    values = {"length": days_words(number), "article": citation(number.citation)}
    if name in BEFORE:
        values["wait"] = days_words(told.law[rules.KEYS[BEFORE[name]]])
    return values


def _is_open(clock: rules.Clock, case: rules.Case) -> bool:
    """Return whether this is a window that the citizen has not used."""
    return clock.name in FILED and getattr(case.remedies, FILED[clock.name]) is None


def _line(
    told: Told,
    case: rules.Case,
    clock: rules.Clock,
    ahead: dict[rules.ClockName, rules.Clock],
    language: str,
    on: date,
) -> str:
    number = told.law[rules.KEYS[clock.name]]
    values = {
        "day": format_date(clock.ends_on, language),
        "start": format_date(clock.starts_on, language),
        "length": days_words(number),
        "article": citation(number.citation),
    }
    if _is_certain(case, clock, ahead, on):
        return str(UNTIL[clock.name]) % values
    wait = told.law[rules.KEYS[BEFORE[clock.name]]]
    return str(THEN[clock.name]) % {**values, "wait": days_words(wait)}


def _is_certain(
    case: rules.Case, clock: rules.Clock, ahead: dict[rules.ClockName, rules.Clock], on: date
) -> bool:
    """Return whether day zero of a window stands: the answer came, or its days are over."""
    if clock.name not in BEFORE:
        return True
    asked = {N.CDAI_WINDOW: case.remedies.head_filed, N.COURT_WINDOW: case.remedies.cdai_filed}
    body = ahead[BEFORE[clock.name]]
    return asked[clock.name] is not None and (body.met_on is not None or body.is_over(on))


def rights(label: str, told: Told, case: rules.Case, language: str, on: date) -> Row:
    """Return the box of remedies of a letter, with what explains its stars; no query."""
    lines = remedy_lines(told, case, language, on)
    return {"rights_label": label, "rights": lines, "rights_note": star_note(lines)}
