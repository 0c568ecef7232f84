"""Telling the authors of the ideas behind a commitment that a part of it is done."""

from datetime import datetime
from functools import partial

from infitah.core.models import Outbox
from infitah.participation.operations import tell_result
from infitah.programme.models import CommitmentIdea, Milestone
from infitah.programme.operations.result_lines import of_done


def tell_authors(*, event: Outbox, now: datetime) -> int:
    """Tell the authors of the linked ideas which milestone is done; return how many were told.

    The last milestone of a commitment tells that the whole of it is. Handles
    "programme.milestone_verified", after its commit. Two queries, and six for each author.
    """
    rows = Milestone.objects.select_related("commitment__cycle", "commitment__community")
    milestone = rows.filter(reference=event.subject).first()
    if milestone is None or milestone.state != Milestone.State.VERIFIED:
        return 0
    commitment = milestone.commitment
    path = f"programme/{commitment.cycle.slug}/commitments/{commitment.reference}/"
    title = commitment.title
    if commitment.state != commitment.State.VERIFIED:
        path, title = f"{path}#{milestone.reference}", milestone.title
    links = CommitmentIdea.objects.filter(commitment=commitment).select_related(
        "idea__author", "idea__consultation", "idea__axis", "idea__community"
    )
    told = [
        tell_result(
            idea=link.idea,
            title=title,
            path=path,
            kind="done",
            now=now,
            details=partial(of_done, milestone),
        )
        for link in links.order_by("idea_id")
    ]
    return sum(told)
