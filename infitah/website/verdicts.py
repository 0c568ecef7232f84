"""What a verified receipt proves, in words that a person compares with a paper.

Everything comes from the proven bytes of the document itself; only what happened since, and the
names of communities, are read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries, rules
from infitah.ledger.queries import OUTCOMES, REASONS, EntryRow
from infitah.ledger.rules.acts import Label
from infitah.participation import queries as participation

SENTENCE: Final = "statement"
"""The name under which an act commits to the sentence of an idea."""
DETAIL: Final = "detail"
WITHDRAWALS: Final = frozenset({"participation.idea_withdrawn"})
NOTICE: Final[Mapping[rules.Outcome, str]] = {
    rules.Outcome.INTACT_KNOWN_KEY: "done",
    rules.Outcome.INTACT_UNKNOWN_KEY: "attention",
    rules.Outcome.NOT_INTACT: "late",
}


@dataclass(frozen=True, slots=True)
class Proven:
    """What an intact receipt states, and what the register says of the same thing since."""

    act: Label
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


def told(verdict: rules.Verdict) -> dict[str, object]:
    """Return a verdict in words; beside faults, notes would only comfort."""
    words: list[tuple[bool, Promise]] = [
        (reason in rules.NOTES, REASONS[reason]) for reason in verdict.reasons
    ]
    return {
        "verdict": verdict,
        "outcome": OUTCOMES[verdict.outcome],
        "notice_kind": NOTICE[verdict.outcome],
        "faults": [text for is_note, text in words if not is_note],
        "notes": [text for is_note, text in words if is_note and verdict.is_intact],
        "last_head": verdict.heads[-1] if verdict.heads else None,
    }


def texts_of(document: rules.Document, verdict: rules.Verdict) -> tuple[rules.Part, ...]:
    """Return the texts that a document proves, none of one that is not intact. No query."""
    if not isinstance(document, rules.Bound) or not verdict.is_intact:
        return ()
    return document.parts


def proven(
    document: rules.Document, verdict: rules.Verdict, viewer: Viewer, words: str = ""
) -> Proven | None:
    """Return what the document proves, None where it is not intact or no receipt. Two queries.

    `words` is a sentence already compared with the act, for a document that opens nothing.
    """
    facts = verdict.facts
    if facts is None or not verdict.is_intact or not isinstance(document, rules.Receipt):
        return None
    opened = {name: one.value for name, one in document.openings.items()}
    acts = queries.of_subject(facts.community, facts.subject)
    gone = [facts.occurred_on] if facts.act in WITHDRAWALS else []
    gone += [row.occurred_on for row in acts if row.act in WITHDRAWALS]
    return Proven(
        act=rules.act_label(facts.act),
        reference=facts.subject,
        community=_name(facts.community),
        number=facts.number,
        occurred_on=facts.occurred_on,
        recorded_at=facts.recorded_at,
        sentence=opened.get(SENTENCE, words),
        detail=opened.get(DETAIL, ""),
        later=tuple(row for row in acts if row.number > facts.number),
        withdrawn_on=gone[0] if gone else None,
        is_own=facts.community == viewer.community_key,
    )


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
