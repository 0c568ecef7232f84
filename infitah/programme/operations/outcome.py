"""Telling the authors of ideas what the council decided of the commitment that they led to."""

from datetime import datetime

from infitah.core.models import Outbox
from infitah.participation.operations import tell_result
from infitah.programme.models import Adoption, Commitment, CommitmentIdea
from infitah.programme.operations.adoption import REJECTED_EVENT, WITHDRAWN_EVENT

KINDS = {REJECTED_EVENT: "not_adopted", WITHDRAWN_EVENT: "withdrawn"}


def tell_adopted(*, event: Outbox, now: datetime) -> int:
    """Tell the authors of every idea behind an adopted programme; return how many were told.

    Handles "programme.adopted", after its commit. Two queries, and four for each author.
    """
    bound = Adoption.objects.filter(version__commitment__cycle_id=event.payload["cycle"])
    made = list(bound.values_list("version__commitment_id", flat=True))
    return _tell(made, "adopted", now)


def tell_not_kept(*, event: Outbox, now: datetime) -> int:
    """Tell the authors behind a commitment that it was not adopted, or was taken back.

    Handles the events of both, after their commit. One query, and four for each author.
    """
    return _tell([event.payload["commitment"]], KINDS[event.kind], now)


def _tell(commitments: list[int], kind: str, now: datetime) -> int:
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
        )
        for link in links.order_by("commitment_id", "idea_id")
    ]
    return sum(told)


def _path(commitment: Commitment) -> str:
    return f"programme/{commitment.cycle.slug}/commitments/{commitment.reference}/"
