"""The versions of a commitment: who, when, why, by what vote; and any two beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from infitah.core.viewer import Viewer
from infitah.council.queries import vote_sentence
from infitah.design.direction import page_language
from infitah.kernel.redline import Piece, redline
from infitah.programme.models import Commitment, CommitmentVersion
from infitah.programme.queries.lint import QualityView, marks_of, quality_of_version
from infitah.programme.queries.paragraphs import PartWords, words_of
from infitah.programme.queries.updates import office_words


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in the list: its kind in words, who made it, the vote, what the linter found."""

    version: CommitmentVersion
    office: str
    vote: str
    quality: QualityView | None
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of the text in two versions; `pieces` is empty where it did not change."""

    heading: str
    words: str
    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """The versions of a commitment, newest first, and the comparison of two of them."""

    commitment: Commitment
    versions: tuple[VersionView, ...]
    before: CommitmentVersion | None
    after: CommitmentVersion | None
    changed: tuple[PartChange, ...]
    unchanged: tuple[PartChange, ...]

    @property
    def private(self) -> int:
        """How many numbers before the first version shown were spent on private wordings."""
        return self.versions[-1].version.number - 1 if self.versions else 0


def versions_page(
    *, viewer: Viewer, cycle_slug: str, reference: str, first: int | None, second: int | None
) -> VersionsPage | None:
    """Return the versions of a commitment and two of them compared, or None.

    Without numbers the newest is compared with the last one that said something else, or with
    the one before it if none did; with unknown ones too. Three queries at most.
    """
    commitments = Commitment.objects.visible_to(viewer).select_related("cycle", "community")
    commitment = commitments.filter(reference=reference, cycle__slug=cycle_slug).first()
    if commitment is None:
        return None
    shown = CommitmentVersion.objects.visible_to(viewer).filter(commitment=commitment)
    rows = list(shown.select_related("vote", "adoption").order_by("-number"))
    before, after = _pair(rows, first, second)
    parts = _compared(before, after) if after else ()
    mark_on = marks_of(commitment.community_id)
    return VersionsPage(
        commitment=commitment,
        versions=tuple(_view(one, mark_on(one.made_on)) for one in rows),
        before=before,
        after=after,
        changed=tuple(one for one in parts if one.pieces),
        unchanged=tuple(one for one in parts if not one.pieces),
    )


def version_content(
    *, viewer: Viewer, cycle_slug: str, reference: str, number: int
) -> CommitmentVersion | None:
    """Return one version for programs, or None. One query."""
    found = CommitmentVersion.objects.visible_to(viewer).filter(
        commitment__reference=reference,
        commitment__cycle__slug=cycle_slug,
        number=number,
    )
    return found.select_related("commitment").first()


def _view(version: CommitmentVersion, mark: int) -> VersionView:
    return VersionView(
        version=version,
        office=office_words(version.made_by),
        vote=vote_sentence(version.vote) if version.vote else "",
        quality=quality_of_version(version, mark),
        is_adopted=hasattr(version, "adoption"),
    )


def _pair(
    rows: Sequence[CommitmentVersion], first: int | None, second: int | None
) -> tuple[CommitmentVersion | None, CommitmentVersion | None]:
    """Return the two versions to compare, the older one first."""
    by_number = {one.number: one for one in rows}
    after = by_number.get(second or 0) or (rows[0] if rows else None)
    if after is None:
        return None, None
    earlier = [one for one in rows if one.number < after.number]
    nearest = earlier[0] if earlier else None
    other = next((one for one in earlier if one.sha256 != after.sha256), nearest)
    before = by_number.get(first or 0) or other
    if before is not None and before.number > after.number:
        before, after = after, before
    return (None if before == after else before), after


def _compared(before: CommitmentVersion | None, after: CommitmentVersion) -> tuple[PartChange, ...]:
    language = page_language()
    new = words_of(after.content, language)
    if before is None:
        return tuple(PartChange(one.heading, one.words, one.language, ()) for one in new)
    old = {one.key: one for one in words_of(before.content, language)}
    made = [
        _change(one, old.pop(one.key).words if one.key in old else "", one.words) for one in new
    ]
    return (*made, *(_change(one, one.words, "") for one in old.values()))


def _change(shown: PartWords, before: str, after: str) -> PartChange:
    pieces = redline(before, after) if before != after else ()
    return PartChange(shown.heading, after, shown.language, pieces)
