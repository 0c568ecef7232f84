"""Telling the authors of ideas what the council decided of the commitment that they led to."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from infitah.core.models import Outbox
from infitah.participation.operations import tell_result
from infitah.programme.models import Adoption, Commitment, CommitmentIdea
from infitah.programme.operations.adoption import REJECTED_EVENT, WITHDRAWN_EVENT
from infitah.programme.operations.result_lines import of_adoption, of_refusal

Lines = Callable[[CommitmentIdea], list[str]]
KINDS = {REJECTED_EVENT: "not_adopted", WITHDRAWN_EVENT: "withdrawn"}


def tell_adopted(*, event: Outbox, now: datetime) -> int:
    """Tell the authors of every idea behind an adopted programme; return how many were told.

    The mail names the deliberation, its vote and the first milestone. Handles
    "programme.adopted", after its commit. Two queries, and five for each author.
    """
    bound = Adoption.objects.filter(deliberation__cycles=event.payload["cycle"])
    made = {
        one.version.commitment_id: one.deliberation
        for one in bound.select_related("version", "deliberation__vote")
    }

    def lines(link: CommitmentIdea) -> list[str]:
        return of_adoption(link, made[link.commitment_id])

    return _tell(list(made), "adopted", lines, now)


def tell_not_kept(*, event: Outbox, now: datetime) -> int:
    """Tell the authors behind a commitment that it was not adopted, or was taken back, and why.

    Handles the events of both, after their commit. One query, and four for each author.
    """

    def lines(link: CommitmentIdea) -> list[str]:
        was_withdrawn = event.kind == WITHDRAWN_EVENT
        one = link.commitment
        return of_refusal(one.withdrawal_reason if was_withdrawn else one.rejection_reason)

    return _tell([event.payload["commitment"]], KINDS[event.kind], lines, now)


def _tell(commitments: list[int], kind: str, lines: Lines, now: datetime) -> int:
    links = CommitmentIdea.objects.filter(commitment__in=commitments).select_related(
        "commitment__cycle",
        "idea__author",
        "idea__consultation",
        "idea__axis",
        "idea__community",
    )
    told = [
        tell_result(
            idea=link.idea,
            title=link.commitment.title,
            path=_path(link.commitment),
            kind=kind,
            now=now,
            details=partial(lines, link),
        )
        for link in links.order_by("commitment_id", "idea_id")
    ]
    return sum(told)


def _path(commitment: Commitment) -> str:
    return f"programme/{commitment.cycle.slug}/commitments/{commitment.reference}/"
