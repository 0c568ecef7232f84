"""What a verified receipt proves, in words that a person compares with a paper.

Everything comes from the proven bytes of the document itself; only what happened since, and the
names of communities, are read here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.council.models import DeliberationVersion
from infitah.council.operations import text_digest
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries, rules
from infitah.ledger.queries import OUTCOMES, REASONS, EntryRow
from infitah.ledger.rules.acts import Label
from infitah.participation import queries as participation
from infitah.website.addresses import Title, number_of, titles_of

SENTENCE: Final = "statement"
"""The name under which an act commits to the sentence of an idea."""
ASKED: Final = "text"
"""The name under which the filing of a request for information commits to its words."""
DETAIL: Final = "detail"
ADOPTED: Final = "council.deliberation_adopted"
QUOTED: Final = frozenset({"programme.adopted", "programme.imported"})
"""Acts whose texts a deliberation is expected to quote by their hash; a report's is not."""
WITHDRAWALS: Final = frozenset({"participation.idea_withdrawn"})
NOTICE: Final[Mapping[rules.Outcome, str]] = {
    rules.Outcome.INTACT_KNOWN_KEY: "done",
    rules.Outcome.INTACT_UNKNOWN_KEY: "attention",
    rules.Outcome.NOT_INTACT: "refused",
}


LEFT_TO_EXPERTS: Final = frozenset({rules.Reason.MATCHES_PINNED_HEAD})
"""Notes of an intact document that say more to an engineer than to a citizen."""
COUNTS: Final = ("for", "against", "abstained")


@dataclass(frozen=True, slots=True)
class Vote:
    """The counts of a vote as the act itself states them."""

    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Proven:
    """What an intact receipt states, and what the register says of the same thing since."""

    act: Label
    subject: str
    reference: str
    community: LocalizedText | str
    number: int
    occurred_on: date
    recorded_at: datetime
    sentence: str
    detail: str
    later: tuple[EntryRow, ...]
    withdrawn_on: date | None
    is_own: bool
    title: Title = ""
    vote: Vote | None = None
    council_number: int | None = None
    is_text_bound: bool = False
    is_kept_by_file_alone: bool = False
    json_url: str = ""


@dataclass(frozen=True, slots=True)
class JudgedAct:
    """One act of the register with its verdict, in a list about the same thing."""

    number: int
    act: Label
    occurred_on: date
    is_intact: bool
    vote: Vote | None


def told(verdict: rules.Verdict, late: str = "") -> dict[str, object]:
    """Return a verdict in words; beside faults, notes would only comfort.

    `late` says more exactly than the register's own words how late the act was entered.
    """
    words: list[tuple[bool, Promise]] = [
        (reason in rules.NOTES, REASONS[reason]) for reason in verdict.reasons
    ]
    return {
        "verdict": verdict,
        "outcome": OUTCOMES[verdict.outcome],
        "notice_kind": NOTICE[verdict.outcome],
        "faults": [text for is_note, text in words if not is_note],
        "notes": _citizen_notes(verdict, late),
        "fine_notes": _notes(verdict, LEFT_TO_EXPERTS.__contains__),
        "last_head": verdict.heads[-1] if verdict.heads else None,
    }


def _citizen_notes(verdict: rules.Verdict, late: str) -> list[Promise | str]:
    """Return the notes for a citizen; a text that no deliberation need quote is not reproached."""
    left = set(LEFT_TO_EXPERTS)
    if verdict.facts is None or verdict.facts.act not in QUOTED:
        left.add(rules.Reason.QUOTED_NOWHERE)
    if late:
        left.add(rules.Reason.ENTERED_AFTERWARDS)
    notes: list[Promise | str] = [*_notes(verdict, lambda reason: reason not in left)]
    return [*notes, late] if late and verdict.is_intact else notes


def _notes(verdict: rules.Verdict, wanted: Callable[[rules.Reason], bool]) -> list[Promise]:
    if not verdict.is_intact:
        return []
    found = (reason for reason in verdict.reasons if reason in rules.NOTES)
    return [REASONS[reason] for reason in found if wanted(reason)]


def texts_of(document: rules.Document, verdict: rules.Verdict) -> tuple[rules.Part, ...]:
    """Return the texts that a document proves, none of one that is not intact. No query."""
    if not isinstance(document, rules.Bound) or not verdict.is_intact:
        return ()
    return document.parts


def proven(
    document: rules.Document, verdict: rules.Verdict, viewer: Viewer, words: str = ""
) -> Proven | None:
    """Return what the document proves, None where it is not intact or no receipt.

    At most four queries.

    `words` is a sentence already compared with the act, for a document that opens nothing.
    """
    facts = verdict.facts
    if facts is None or not verdict.is_intact or not isinstance(document, rules.Receipt):
        return None
    is_own = facts.community == viewer.community_key
    opened = {name: one.value for name, one in document.openings.items()}
    acts = queries.of_subject(facts.community, facts.subject)
    gone = [facts.occurred_on] if facts.act in WITHDRAWALS else []
    gone += [row.occurred_on for row in acts if row.act in WITHDRAWALS]
    return Proven(
        act=rules.act_label(facts.act),
        subject=facts.subject,
        reference=number_of(facts.subject),
        community=_name(facts.community),
        number=facts.number,
        occurred_on=facts.occurred_on,
        recorded_at=facts.recorded_at,
        sentence=opened.get(SENTENCE) or opened.get(ASKED) or words,
        detail=opened.get(DETAIL, ""),
        later=tuple(row for row in acts if row.number > facts.number),
        withdrawn_on=gone[0] if gone else None,
        is_own=is_own,
        title=titles_of([facts.subject], viewer).get(facts.subject, "") if is_own else "",
        vote=_vote(facts),
        council_number=_council_number(facts),
        is_text_bound=is_own and _is_text_bound(facts),
        is_kept_by_file_alone=is_own and bool(gone) and SENTENCE in opened,
        json_url=reverse("register-receipt", args=[facts.community, facts.number]),
    )


def judged(rows: Iterable[EntryRow], viewer: Viewer) -> list[JudgedAct]:
    """Return the verdict on each of these acts, as on any receipt. At most 14 queries each."""
    return [_judged(row, viewer) for row in rows]


def _judged(row: EntryRow, viewer: Viewer) -> JudgedAct:
    document = queries.receipt_document(viewer.community_key, row.number)
    verdict = rules.verdict(document, queries.known(document))
    vote = _vote(verdict.facts) if verdict.facts and verdict.is_intact else None
    return JudgedAct(row.number, row.label, row.occurred_on, verdict.is_intact, vote)


def most_telling(acts: Sequence[JudgedAct]) -> JudgedAct | None:
    """Return the intact act of a list that says most of its subject: its vote, else the first."""
    intact = [one for one in acts if one.is_intact]
    return next((one for one in intact if one.vote), intact[0] if intact else None)


def _vote(facts: rules.EntryFacts) -> Vote | None:
    counts = [facts.public.get(name) for name in COUNTS]
    if not all(type(count) is int for count in counts):
        return None
    return Vote(*cast(list[int], counts))


def _council_number(facts: rules.EntryFacts) -> int | None:
    number = facts.public.get("number") if facts.act == ADOPTED else None
    return number if type(number) is int else None


def _is_text_bound(facts: rules.EntryFacts) -> bool:
    """Return whether the text of the deliberation, as shown here, has the hash that it binds."""
    if facts.act != ADOPTED:
        return False
    stated = str(facts.public.get("sha256", ""))
    versions = DeliberationVersion.objects.filter(deliberation__reference=facts.subject)
    texts = versions.filter(deliberation__community__key=facts.community, sha256=stated)
    text = texts.values_list("text", flat=True).first()
    return text is not None and text_digest(text) == stated


def _name(key: str) -> LocalizedText | str:
    """Return the name of a community, its bare key where this installation does not know it."""
    known = Community.objects.filter(key=key).first()
    return known.institution if known else key


def public_words(viewer: Viewer, number: int, reference: str) -> str:
    """Return the sentence of an act if anybody may read it and the act commits to it.

    At most two queries. Empty otherwise: nothing is shown beside a proof that it does not prove.
    """
    readable = participation.statement_of(viewer, reference)
    opening = queries.openings(viewer.community_key, number).get(SENTENCE)
    return readable if readable and opening and opening.value == readable else ""


REFUSALS: Final[Mapping[str, Promise]] = {
    "absent": _("The register of this community holds nothing under this."),
    "code": _("This code is not that of this act: do not rely on the paper that bears it."),
}
