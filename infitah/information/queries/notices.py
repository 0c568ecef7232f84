"""What a requester reads when a last day comes or has passed: a subject and a sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.information.rules import DAY, Clock, ClockName
from infitah.information.rules.notices import Moment, Notice
from infitah.kernel.dates import format_date

Words = str | Promise
N, M = ClockName, Moment


@dataclass(frozen=True, slots=True)
class _Text:
    subject: Words
    sentence: Words


TEXTS: Final[Mapping[tuple[ClockName, Moment], _Text]] = {
    (N.REPLY, M.SOON): _Text(
        gettext_lazy("%(reference)s: the answer is due by %(day)s"),
        gettext_lazy(
            "The council must answer you by %(day)s. You need not do anything: if no answer comes, "
            "we write to you the day after and say what you may do."
        ),
    ),
    (N.REPLY, M.LAST_DAY): _Text(
        gettext_lazy("%(reference)s: today is the last day for the answer"),
        gettext_lazy(
            "The council must answer you today. If no answer comes, the silence counts as a "
            "refusal from tomorrow, and you may complain."
        ),
    ),
    (N.REPLY, M.OVER): _Text(
        gettext_lazy("%(reference)s: no answer, which counts as a refusal"),
        gettext_lazy(
            "The last day was %(day)s. Since %(since)s the silence counts as a refusal. You may "
            "complain to the president of the council until %(until)s: the complaint is written "
            "already. The council still owes you its answer."
        ),
    ),
    (N.HEAD_WINDOW, M.SOON): _Text(
        gettext_lazy("%(reference)s: you may complain until %(day)s"),
        gettext_lazy(
            "You may complain to the president of the council until %(day)s. The complaint is "
            "written already; after that day this way is closed."
        ),
    ),
    (N.HEAD_WINDOW, M.LAST_DAY): _Text(
        gettext_lazy("%(reference)s: today is the last day to complain"),
        gettext_lazy(
            "Today is the last day on which you may complain to the president of the council. The "
            "complaint is written already."
        ),
    ),
    (N.HEAD_REPLY, M.OVER): _Text(
        gettext_lazy("%(reference)s: the president did not answer your complaint"),
        gettext_lazy(
            "The last day was %(day)s. You may now complain to the Commission for the right of "
            "access to information until %(until)s: your file is ready as one PDF."
        ),
    ),
    (N.CDAI_WINDOW, M.SOON): _Text(
        gettext_lazy("%(reference)s: the commission takes your complaint until %(day)s"),
        gettext_lazy(
            "You may complain to the Commission for the right of access to information until "
            "%(day)s: your file is ready as one PDF."
        ),
    ),
    (N.CDAI_WINDOW, M.LAST_DAY): _Text(
        gettext_lazy("%(reference)s: today is the last day to complain to the commission"),
        gettext_lazy(
            "Today is the last day on which the Commission for the right of access to information "
            "takes your complaint: your file is ready as one PDF."
        ),
    ),
    (N.CDAI_REPLY, M.OVER): _Text(
        gettext_lazy("%(reference)s: the days of the commission are over"),
        gettext_lazy(
            "The last day was %(day)s. You may now go to the administrative court until %(until)s."
        ),
    ),
    (N.COURT_WINDOW, M.SOON): _Text(
        gettext_lazy("%(reference)s: you may go to the court until %(day)s"),
        gettext_lazy("You may go to the administrative court until %(day)s."),
    ),
    (N.COURT_WINDOW, M.LAST_DAY): _Text(
        gettext_lazy("%(reference)s: today is the last day to go to the court"),
        gettext_lazy("Today is the last day on which you may go to the administrative court."),
    ),
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice in the words of its reader; `doubt` says that a number of it is to be verified."""

    subject: str
    sentence: str
    doubt: str = ""


def words_of(
    notice: Notice, clocks: tuple[Clock, ...], reference: str, language: str
) -> NoticeWords:
    """Return what a notice says; the active language is `language`."""
    text = TEXTS[notice.clock, notice.moment]
    shown = [clock for clock in clocks if clock.name is notice.clock]
    following = _after(notice.clock, clocks) if notice.moment is Moment.OVER else None
    parts = {
        "reference": reference,
        "day": format_date(notice.day, language),
        "since": format_date(notice.day + DAY, language),
        "until": format_date(following.ends_on, language) if following else "",
    }
    told = [*shown, following] if following else shown
    doubt = "" if all(one.due.is_verified for one in told) else _doubt()
    return NoticeWords(str(text.subject) % parts, str(text.sentence) % parts, doubt)


def _after(name: ClockName, clocks: tuple[Clock, ...]) -> Clock | None:
    order = list(ClockName)
    later = order[order.index(name) + 1]
    return next((clock for clock in clocks if clock.name is later), None)


def _doubt() -> str:
    return _(
        "A number of days or an article used here is still to be verified in the Official Bulletin."
    )
