"""Deciding many cases at once: each its own act and entry, written in a bounded number of steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.operations.mail import queue_mails
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation.models import Comment, ModerationCase, ModerationDecision
from infitah.participation.operations.case_book import reference_of
from infitah.participation.operations.case_letters import letter_of_decision
from infitah.participation.operations.cases import Ruling, check_ruling, decide_case, text_of
from infitah.participation.operations.voice_counts import count_comments
from infitah.participation.rules import CaseState, CommentState

MOST: Final = 5_000
ONE_BY_ONE: Final = 200
"""Ideas hidden in one act: each leaves the search and its counts by itself, which takes longer."""
PIECE: Final = 500


@dataclass(frozen=True, slots=True)
class BulkDone:
    """Which cases were decided, and how many of those asked for were not: changed, or too many."""

    decided: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What comments stand under, for their count."""

    consultation_id: int
    idea_id: int | None
    paragraph_id: int | None


@transaction.atomic
def decide_cases(
    *, community: Community, case_ids: Sequence[int], ruling: Ruling, by: Actor, now: datetime
) -> BulkDone:
    """Decide up to 5,000 reported cases alike; each is an act of its own and can be undone.

    Those that do not wait any more are passed over and counted as left. Ideas are hidden one by
    one, at most 200 at once. A bounded number of statements for each 500 others. Raises
    ModerationRefused for a rule or a reason that does not do.
    """
    check_ruling(ruling, now)
    wanted = list(dict.fromkeys(case_ids))[:MOST]
    singly, together = [], []
    for case in _held(community, wanted):
        is_single = text_of(case).state == CommentState.RECEIVED
        is_single |= case.idea is not None and ruling.rule is not None
        (singly if is_single else together).append(case)
    done = [case.pk for case in singly[:ONE_BY_ONE]]
    for pk in done:
        decide_case(community_id=community.pk, case_id=pk, ruling=ruling, by=by, now=now)
    if together:
        _decide_together(community, together, ruling, by, now)
        done += [case.pk for case in together]
        bump(community.key, "participation")
    return BulkDone(tuple(done), len(set(case_ids)) - len(done))


def _held(community: Community, wanted: Sequence[int]) -> list[ModerationCase]:
    cases = ModerationCase.objects.of(community).select_for_update(of=("self",))
    return list(
        cases.filter(pk__in=wanted, state=CaseState.REPORTED)
        .select_related(
            "community",
            "idea",
            "comment__consultation",
            "comment__community",
            "comment__author",
            "comment__idea",
            "comment__paragraph__text",
        )
        .order_by("due_at", "pk")
    )


def _decide_together(
    community: Community,
    cases: Sequence[ModerationCase],
    ruling: Ruling,
    by: Actor,
    now: datetime,
) -> None:
    """Keep these texts, or hide these comments, with an entry and a decision for each."""
    rule, reason = ruling.rule, ruling.reason.strip()
    numbers = ledger.record_many(
        community_key=community.key,
        act=f"participation.{'comment_hidden' if rule else 'case_kept'}",
        acts=[
            ledger.ActOn(
                reference_of(text_of(case)),
                {"rule": rule.number} if rule else {},
                {"reason": reason} if reason else {},
            )
            for case in cases
        ],
        by=by,
        occurred_on=local_day(now),
        now=now,
    )
    pks = [case.pk for case in cases]
    comments = [case.comment for case in cases if case.comment is not None]
    ModerationCase.objects.filter(pk__in=pks).update(
        state=CaseState.DECIDED,
        outcome="hidden" if rule else "kept",
        decided_at=now,
        decided_by=by.key,
    )
    changes: dict[str, object] = {"state": CommentState.HELD} if rule else {}
    Comment.objects.filter(pk__in=[one.pk for one in comments]).update(flags_open=0, **changes)
    decisions = _decisions(cases, ruling, numbers, by, now)
    if rule:
        _uncount(comments)
        _tell(cases, decisions, now)


def _decisions(
    cases: Sequence[ModerationCase],
    ruling: Ruling,
    numbers: Sequence[int],
    by: Actor,
    now: datetime,
) -> list[ModerationDecision]:
    rows = [
        ModerationDecision(
            community=case.community,
            idea=case.idea,
            comment=case.comment,
            case=case,
            action="hide" if ruling.rule else "keep",
            rule=ruling.rule,
            reason=ruling.reason.strip(),
            decided_by=by.key,
            office=by.office,
            decided_at=now,
            register_number=number,
        )
        for case, number in zip(cases, numbers, strict=True)
    ]
    return ModerationDecision.objects.bulk_create(rows, batch_size=PIECE)


def _uncount(comments: Sequence[Comment]) -> None:
    """Take these comments from the counts of what they stand under; a statement for each."""
    places = Counter(
        Counted(one.consultation_id, one.idea_id, one.paragraph_id) for one in comments
    )
    with connection.cursor() as cursor:
        for place, count in sorted(places.items(), key=lambda item: str(item[0])):
            count_comments(cursor, place, -count)


def _tell(
    cases: Sequence[ModerationCase], decisions: Sequence[ModerationDecision], now: datetime
) -> None:
    letters = []
    for case, decision in zip(cases, decisions, strict=True):
        case.decided_at = now  # the letter says until when one may appeal
        if case.comment is not None:
            letters.append(letter_of_decision(case.comment, decision))
    queue_mails([letter for letter in letters if letter is not None], now=now)
