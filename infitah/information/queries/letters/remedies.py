"""The remedies block (طرق الطعن) of every letter, with its dates (law 31-13, arts. 19 to 21)."""

from django.utils.translation import gettext as _

from infitah.information import rules
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import Row, citation, days_words, star_note
from infitah.kernel.dates import format_date

N = rules.ClockName


def remedy_lines(told: Told, case: rules.Case, language: str) -> list[str]:
    """Return what can still be done, in order, each with its last day; no query.

    `case` stands as the letter leaves it: answered on the day of delivery, else unanswered. The
    days are those of `rules.clocks`; the later ones are bounds, since an earlier complaint ends
    the next period earlier. Call it with the language in force.
    """
    ahead = told.ladder(case)
    number = {name: told.law[key] for name, key in rules.KEYS.items()}
    last = {name: format_date(clock.ends_on, language) for name, clock in ahead.items()}
    return [
        _(
            "Complaint to the president of the council: until %(day)s included (%(length)s counted "
            "from %(start)s; %(article)s)."
        )
        % {
            "day": last[N.HEAD_WINDOW],
            "length": days_words(number[N.HEAD_WINDOW]),
            "start": format_date(ahead[N.HEAD_WINDOW].starts_on, language),
            "article": citation(number[N.HEAD_WINDOW].citation),
        },
        _(
            "Then, complaint to the Commission for the right of access to information: within "
            "%(length)s of the president’s answer, or of the end of the %(wait)s given for it; in "
            "no case after %(day)s (%(article)s)."
        )
        % {
            "length": days_words(number[N.CDAI_WINDOW]),
            "wait": days_words(number[N.HEAD_REPLY]),
            "day": last[N.CDAI_WINDOW],
            "article": citation(number[N.CDAI_WINDOW].citation),
        },
        _(
            "Then, appeal to the administrative court: within %(length)s of the Commission’s "
            "answer, or of the end of the %(wait)s given for it; in no case after %(day)s "
            "(%(article)s)."
        )
        % {
            "length": days_words(number[N.COURT_WINDOW]),
            "wait": days_words(number[N.CDAI_REPLY]),
            "day": last[N.COURT_WINDOW],
            "article": citation(number[N.COURT_WINDOW].citation),
        },
    ]


def rights(label: str, told: Told, case: rules.Case, language: str) -> Row:
    """Return the box of remedies of a letter, with what explains its stars; no query."""
    lines = remedy_lines(told, case, language)
    return {"rights_label": label, "rights": lines, "rights_note": star_note(lines)}
