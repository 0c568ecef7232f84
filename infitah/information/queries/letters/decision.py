"""The letter of a decision (قرار بشأن طلب): what is given, what is withheld and why, what is open.

Law 31-13, arts. 7, 8, 16, 18 and 19: no refusal without ground, article, reason and remedies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.information import rules
from infitah.information.models import CaseFile, Decision, RequestAct, WithheldPart
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import (
    Facts,
    Row,
    by_law,
    citation,
    place_and_day,
    signature,
    star,
    star_note,
)
from infitah.information.queries.letters.remedies import period_lines, rights
from infitah.information.queries.words import OUTCOMES
from infitah.kernel.dates import format_date

TITLES = {
    rules.Outcome.FULL: lambda: _("Answer: the information is given"),
    rules.Outcome.PARTIAL: lambda: _("Answer: the information is given in part"),
    rules.Outcome.REFUSED: lambda: _("Answer: the information is refused"),
    rules.Outcome.NOT_HELD: lambda: _("Answer: the information is not held here"),
    rules.Outcome.ALREADY_PUBLIC: lambda: _("Answer: the information is published already"),
}


def decision_of(act: RequestAct) -> Decision | None:
    """Return the decision that an act delivers: the last one written before it. One query."""
    found = Decision.objects.filter(request=act.request)
    if act.recorded_at is not None:
        found = found.filter(decided_at__lte=act.recorded_at)
    return found.prefetch_related("withheld").order_by("-decided_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Written:
    """A decision with its withheld parts and the files that it gives; signed, or still a draft."""

    decision: Decision
    parts: Sequence[WithheldPart]
    files: Sequence[CaseFile]


def decision(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Tell the decision that `act` delivers: the same letter before and after. Five queries.

    It is dated by its signature. Raises Decision.DoesNotExist where nothing was decided.
    """
    found = decision_of(act)
    if found is None:
        raise Decision.DoesNotExist(known.request.reference)
    given = CaseFile.objects.filter(request=act.request).given().select_related("file")
    written = Written(found, list(found.withheld.all()), list(given))
    return told_of(known, written, known.until(act.position - 1), language)


def told_of(known: Told, written: Written, case: rules.Case, language: str) -> tuple[str, Row]:
    """Return the title of a decision's letter and what it says; `case` stands undelivered.

    Nothing in it depends on the day on which it is delivered: nobody knows it when it is signed.
    """
    found, community = written.decision, known.request.community
    withheld = [_withheld(known, part, language) for part in written.parts]
    told = [value for rows in withheld for _label, value in rows]
    signed = (found.signer, found.office, found.decided_on)
    return TITLES[rules.Outcome(found.outcome)](), {
        "date": place_and_day(community, found.decided_on, language),
        "stamp": [signature(community, *signed, language)],
        "facts": _facts(known, found, language),
        "sections": [
            {"title": _("Answer"), "paragraphs": found.answer.splitlines()},
            *_joined(written.files),
            *(
                {"title": _nth(part, n), "facts": rows}
                for n, (part, rows) in enumerate(zip(written.parts, withheld, strict=True), start=1)
            ),
        ],
        "after": [*_lateness(known, case, found.decided_on, language), *star_note(told)],
        **_rights(known, case, found.decided_on, language),
    }


def _facts(known: Told, found: Decision, language: str) -> Facts:
    rows = [
        (_("Filed on"), format_date(known.request.received_on, language)),
        (_("Outcome"), str(OUTCOMES[found.outcome])),
        (_("Decided on"), format_date(found.decided_on, language)),
    ]
    if found.reader:
        rows.append((_("Second reader"), _("A second person read the decision before it left.")))
    return rows


def _joined(given: Sequence[CaseFile]) -> list[Row]:
    """Return what is given with the answer: its title, its pages, its hash. No query."""
    facts = [(one.title or one.file.name, _pages_and_hash(one)) for one in given]
    return [{"title": _("Documents joined"), "facts": facts}] if facts else []


def _pages_and_hash(one: CaseFile) -> str:
    pages = one.pages or len(one.sheets)
    words = ngettext("%(n)s page", "%(n)s pages", pages) % {"n": pages}
    return "\n".join([*([words] if pages else []), f"SHA-256 {one.file.sha256}"])


def _nth(part: WithheldPart, number: int) -> str:
    words = _("Ground no. %(number)s")
    if part.ground == rules.RefusalGround.EXCEPTION:
        words = _("What is withheld, no. %(number)s")
    return words % {"number": number}


def _withheld(known: Told, part: WithheldPart, language: str) -> Facts:
    texts = known.wordings
    said = texts.get(part.exception) or texts.get(part.ground)
    article = citation(said.article) + star(said.is_certain) if said else ""
    limb = by_law(texts, part.limb, language) or part.limb
    place = _("Institution that holds it") if part.ground == "R1" else _("Where it is")
    rows = [
        (_("Ground of the law"), by_law(texts, part.ground, language)),
        (_("Exception"), by_law(texts, part.exception, language)),
        (_("Article and limb"), " · ".join(filter(None, (article, part.exception, limb)))),
        (place, part.place),
        (_("Reason"), part.reason),
        (_("Harm that disclosure would do"), part.harm),
        (_("Public interest weighed against it"), part.interest),
    ]
    return [(label, value) for label, value in rows if value]


def _lateness(known: Told, case: rules.Case, signed: date, language: str) -> list[str]:
    """Return what a late answer must say of itself: since when the silence was a refusal."""
    last = known.reply(case).due.deadline.due_latest
    if signed <= last:
        return []
    values = {
        "day": format_date(last, language),
        "since": format_date(last + rules.DAY, language),
    }
    return [
        _(
            "This answer comes after its last day, %(day)s: the silence counted as a refusal since "
            "%(since)s, and the days of the complaint run from then."
        )
        % values
    ]


def _rights(known: Told, case: rules.Case, signed: date, language: str) -> Row:
    """Return the box of remedies: periods from the receipt, days where the silence opened them."""
    label = _("Ways of complaint and appeal")
    if signed > known.reply(case).due.deadline.due_latest:
        return rights(label, known, case, language, signed)
    lines = period_lines(known, case, language)
    return {"rights_label": label, "rights": lines, "rights_note": star_note(lines)}
