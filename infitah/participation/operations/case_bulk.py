"""Deciding many cases at once: each its own act and entry, written in a bounded number of steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.core.operations import bump, post_event
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
HIDDEN: Final = "participation.cases_hidden"
"""The event after which the authors of many hidden comments are told, 500 at a time."""
NEEDED: Final = (
    "community",
    "due_at",
    "idea__reference",
    "idea__state",
    "comment__number",
    "comment__state",
    "comment__consultation",
    "comment__idea__reference",
    "comment__paragraph__text__subject",
)
"""The columns by which a text is named and counted: no more is read for thousands of them."""


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
    singly: list[ModerationCase] = []
    together: list[ModerationCase] = []
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
        .select_related("idea", "comment__idea", "comment__paragraph__text")
        .only(*NEEDED)
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
        _announce(community, decisions, now)


def _decisions(
    cases: Sequence[ModerationCase],
    ruling: Ruling,
    numbers: Sequence[int],
    by: Actor,
    now: datetime,
) -> list[ModerationDecision]:
    rows = [
        ModerationDecision(
            community_id=case.community_id,
            idea_id=case.idea_id,
            comment_id=case.comment_id,
            case_id=case.pk,
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


def _announce(community: Community, decisions: Sequence[ModerationDecision], now: datetime) -> None:
    """Leave the letters to the worker, so that thousands of them hold nobody up."""
    for start in range(0, len(decisions), PIECE):
        piece = decisions[start : start + PIECE]
        post_event(
            kind=HIDDEN,
            community_key=community.key,
            subject="",
            payload={"first": piece[0].pk, "last": piece[-1].pk},
            dedupe_key=f"{HIDDEN}:{piece[0].pk}",
            now=now,
        )


@transaction.atomic
def tell_hidden(*, event: Outbox, now: datetime) -> None:
    """Queue the letters to the authors of comments that were hidden together, once each."""
    decisions = ModerationDecision.objects.filter(
        community__key=event.community_key,
        pk__range=(event.payload["first"], event.payload["last"]),
        action="hide",
        comment__author__isnull=False,
    ).select_related(
        "rule",
        "case__community",
        "comment__community",
        "comment__consultation",
        "comment__author",
        "comment__idea",
        "comment__paragraph__text",
    )
    letters = [letter_of_decision(one.comment, one) for one in decisions if one.comment]
    queue_mails([letter for letter in letters if letter is not None], now=now)
