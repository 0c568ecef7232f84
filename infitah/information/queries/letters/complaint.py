"""A complaint (شكاية) written beforehand from the facts: to president, commission or court.

Law 31-13, arts. 19 to 21. The words are a proposal: the citizen changes them as they wish. It says
only what the acts say; nothing about why somebody wants to know.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_words import RULINGS
from infitah.information.queries.following import Followed
from infitah.information.queries.letters.paper import citation, made, place_and_day
from infitah.kernel.dates import format_date
from infitah.kernel.text import clean_line

K = rules.ActKind
LONGEST_QUOTE: Final = 300
TITLES: Final[dict[str, Promise]] = {
    K.COMPLAINED_HEAD: gettext_lazy("Complaint to the president of the council"),
    K.COMPLAINED_CDAI: gettext_lazy(
        "Complaint to the Commission for the right of access to information"
    ),
    K.COURT_SEIZED: gettext_lazy("Action before the administrative court"),
}
WISHES: Final[dict[str, Promise]] = {
    K.COMPLAINED_HEAD: gettext_lazy(
        "I ask the president of the council, under %(article)s, to have the information given to "
        "me."
    ),
    K.COMPLAINED_CDAI: gettext_lazy(
        "I ask the Commission, under %(article)s, to study this complaint and to see that the "
        "information is given to me."
    ),
    K.COURT_SEIZED: gettext_lazy(
        "I ask the administrative court, under %(article)s, to annul the refusal and to have the "
        "information given to me."
    ),
}
ARTICLES: Final = {
    K.COMPLAINED_HEAD: "31-13:19",
    K.COMPLAINED_CDAI: "31-13:20",
    K.COURT_SEIZED: "31-13:21",
}


def complaint_text(shown: Followed, language: str, level: rules.ActKind | None = None) -> str:
    """Return a complaint in words of `language`: of `level`, else of the one that is open now.

    "" where none is open. No query.
    """
    wanted = level or (shown.step.level if shown.step else None)
    if wanted is None:
        return ""
    with override(language):
        wish = str(WISHES[wanted]) % {"article": citation(ARTICLES[wanted])}
        return "\n\n".join([*_facts(shown, wanted, language), wish])


def _facts(shown: Followed, level: rules.ActKind, language: str) -> Iterator[str]:
    request = shown.request
    yield _(
        "On %(day)s I filed request %(reference)s for information with %(institution)s: %(text)s"
    ) % {
        "day": format_date(request.received_on, language),
        "reference": request.reference,
        "institution": request.community.institution.in_language(language),
        "text": _quoted(request.text),
    }
    if shown.case.extended_on is not None:
        yield _("On %(day)s the council extended the period once.") % {
            "day": format_date(shown.case.extended_on, language)
        }
    if shown.case.reopened_on is not None:
        yield _("After a complaint the request was opened again on %(day)s for a new answer.") % {
            "day": format_date(shown.case.reopened_on, language)
        }
    yield from _answer(shown, language)
    if level is not K.COMPLAINED_HEAD:
        yield from _head(shown, language)
    if level is K.COURT_SEIZED:
        yield from _commission(shown, language)


def _quoted(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


def _answer(shown: Followed, language: str) -> Iterator[str]:
    last = shown.reply.due.deadline.due_latest
    if shown.case.delivered_on is None:
        yield _(
            "The last day of the answer was %(day)s (%(article)s). No answer came: since %(since)s "
            "the silence counts as a refusal."
        ) % {
            "day": format_date(last, language),
            "article": citation(shown.reply.due.article),
            "since": format_date(last + rules.DAY, language),
        }
        return
    answered = _("The council answered on %(day)s: %(outcome)s.")
    if shown.case.delivered_on > last:
        answered = _("The council answered on %(day)s, after its last day: %(outcome)s.")
    found = shown.answer
    yield answered % {
        "day": format_date(shown.case.delivered_on, language),
        "outcome": str(found.outcome_words) if found else "",
    }
    for part, words in found.withheld if found else ():
        yield _("It withheld a part by this ground: %(ground)s. Its reason: %(reason)s") % {
            "ground": words,
            "reason": clean_line(part.reason),
        }


def _head(shown: Followed, language: str) -> Iterator[str]:
    days = shown.case.remedies
    if days.head_filed is None:
        return
    values = {"day": format_date(days.head_filed, language)}
    if days.head_ruled is None:
        yield (
            _(
                "On %(day)s I complained to the president of the council, who did not answer in "
                "time."
            )
            % values
        )
        return
    yield _(
        "On %(day)s I complained to the president of the council, who answered on %(ruled)s: "
        "%(ruling)s."
    ) % {**values, "ruled": format_date(days.head_ruled, language), "ruling": _ruling(shown)}


def _commission(shown: Followed, language: str) -> Iterator[str]:
    days = shown.case.remedies
    if days.cdai_filed is None:
        return
    values = {"day": format_date(days.cdai_filed, language)}
    if days.cdai_ruled is None:
        yield _("On %(day)s I complained to the Commission, which did not answer in time.") % values
        return
    yield _(
        "On %(day)s I complained to the Commission, which answered on %(ruled)s: %(ruling)s."
    ) % {
        **values,
        "ruled": format_date(days.cdai_ruled, language),
        "ruling": _ruling(shown),
    }


def _ruling(shown: Followed) -> str:
    """Return the last ruling in words."""
    return str(RULINGS[shown.case.ruling]) if shown.case.ruling else _("without a stated result")


def complaint_pdf(
    request: InformationRequest,
    words: str,
    language: str,
    *,
    level: rules.ActKind,
    on: date,
    requester: str = "",
) -> bytes:
    """Return a complaint as a letter of its author, to be signed; some 30 ms.

    `words` are those that were typed. The author is named only where the caller passes the name.
    """
    institution = request.community.institution.in_language(language)
    with override(language):
        title = str(TITLES[level])
        inputs = {
            "lines": requester.splitlines(),
            "accent": request.community.accent,
            "date": place_and_day(request.community, on, language),
            "recipient": _recipient(level, institution),
            "subject_label": _("Subject:"),
            "subject": _("request for information %(reference)s")
            % {"reference": request.reference},
            "paragraphs": [line for line in words.splitlines() if line.strip()],
            "stamp": [_("Signature, or thumb print")],
            "footer": request.reference,
        }
    return made(inputs, title=title, language=language)


def _recipient(level: rules.ActKind, institution: str) -> str:
    if level is K.COMPLAINED_HEAD:
        return _("To the president, %(institution)s") % {"institution": institution}
    if level is K.COMPLAINED_CDAI:
        return _("To the president of the Commission for the right of access to information")
    return _("To the president of the administrative court")
