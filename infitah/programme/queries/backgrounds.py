"""What the texts of the second round grew from, for the pages of participation below."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.participation.queries import OriginIdea, TextBackground, ideas_visible_to
from infitah.programme.models import Commitment, CommitmentIdea, CommitmentVersion
from infitah.programme.queries.commitments import url_of
from infitah.programme.queries.lint import marks_of


def backgrounds(viewer: Viewer, subjects: Sequence[str]) -> Mapping[str, TextBackground]:
    """Return the page, the ideas and the published score of these commitments.

    Five queries, however many there are; an idea whose text the viewer may not read is counted.
    """
    links = CommitmentIdea.objects.select_related("idea__consultation").order_by(
        "weight", "idea__position"
    )
    published = CommitmentVersion.objects.exclude(kind=CommitmentVersion.Kind.DRAFT)
    found = list(
        Commitment.objects.visible_to(viewer)
        .filter(reference__in=subjects)
        .select_related("cycle")
        .prefetch_related(
            Prefetch("source_ideas", links), Prefetch("versions", published.order_by("-number"))
        )
    )
    if not found:
        return {}
    linked = [link.idea_id for one in found for link in one.source_ideas.all()]
    readable = set(ideas_visible_to(viewer).filter(pk__in=linked).values_list("pk", flat=True))
    mark = marks_of(viewer.community_id)
    return {one.reference: _background(one, readable, mark) for one in found}


def _background(
    commitment: Commitment, readable: set[int], mark_on: Callable[[date], int]
) -> TextBackground:
    links = list(commitment.source_ideas.all())
    shown = [link for link in links if link.idea_id in readable]
    version = next(iter(commitment.versions.all()), None)
    mark = None
    if version is not None and version.lint_score is not None:
        mark = mark_on(version.made_on)
    return TextBackground(
        url=url_of(commitment),
        ideas=tuple(_idea(link) for link in shown),
        hidden_ideas=len(links) - len(shown),
        reason=commitment.reason_without_idea,
        score=version.lint_score if version else None,
        mark=mark,
        waiver=version.waiver if version else TextBackground().waiver,
    )


def _idea(link: CommitmentIdea) -> OriginIdea:
    idea = link.idea
    return OriginIdea(
        reference=idea.reference,
        statement=idea.statement,
        language=idea.language,
        url=reverse("participation:idea", args=[idea.consultation.slug, idea.reference]),
        is_part=link.weight == CommitmentIdea.Weight.PART,
    )
