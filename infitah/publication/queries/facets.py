"""Facets of the log with their counts, kept by the acts: no page counts anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.conf import OPTIONS
from infitah.publication.models import PublishedRecord, RecordFacet

Words = LocalizedText | str
FEW: tuple[rules.FacetKind, ...] = tuple(
    kind for kind in rules.FacetKind if kind is not rules.FacetKind.TAG
)


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its words and how many published answers bear it."""

    kind: str
    value: str
    words: Words
    records: int = 0


@dataclass(frozen=True, slots=True)
class LogCounts:
    """How many answers stand in each state, and the facets in use by their kind."""

    published: int = 0
    deferred: int = 0
    withdrawn: int = 0
    facets: Mapping[rules.FacetKind, Sequence[FacetView]] = field(default_factory=dict)


def log_counts(viewer: Viewer) -> LogCounts:
    """Return the counts of a log: each kind of facet whole, of free tags the most used.

    Two queries, whatever the log holds.
    """
    used = RecordFacet.objects.visible_to(viewer).in_use()
    rows = list(used.filter(kind__in=FEW).select_related("axis"))
    rows += used.filter(kind=rules.FacetKind.TAG).order_by("-records", "value")[
        : OPTIONS.tags_shown
    ]
    by_kind: dict[rules.FacetKind, list[FacetView]] = {}
    states = dict.fromkeys(rules.RecordState, 0)
    for row in rows:
        kind = rules.FacetKind(row.kind)
        if kind is rules.FacetKind.STATE:
            states[rules.RecordState(row.value)] = row.records
        else:
            by_kind.setdefault(kind, []).append(view_of(row))
    return LogCounts(
        states[rules.RecordState.PUBLISHED],
        states[rules.RecordState.DEFERRED],
        states[rules.RecordState.WITHDRAWN],
        {kind: _sorted(kind, views) for kind, views in by_kind.items()},
    )


def _sorted(kind: rules.FacetKind, views: list[FacetView]) -> list[FacetView]:
    """Return years from the newest, outcomes in the order of the law, the rest by its value."""
    if kind is rules.FacetKind.OUTCOME:
        return sorted(views, key=lambda one: list(rules.Outcome).index(rules.Outcome(one.value)))
    if kind is rules.FacetKind.TAG:
        return views
    return sorted(views, key=lambda one: one.value, reverse=kind is rules.FacetKind.YEAR)


def view_of(facet: RecordFacet) -> FacetView:
    """Return a facet with its words; its axis is read with it."""
    axis = facet.axis.name if facet.axis else None
    words = facet.title or words_of(facet.kind, facet.value, facet.words, axis)
    return FacetView(facet.kind, facet.value, words, facet.records)


def facet_named(viewer: Viewer, kind: rules.FacetKind, value: str) -> FacetView | None:
    """Return one facet that a published answer bears, None for any other. One query."""
    found = RecordFacet.objects.visible_to(viewer).in_use().named(kind, value[: rules.KEY_MAX])
    facet = found.select_related("axis").first()
    return view_of(facet) if facet is not None else None


def facets_of(record: PublishedRecord) -> list[FacetView]:
    """Return the axes, items of article 10 and tags that an answer bears. One query."""
    shown = (rules.FacetKind.AXIS, rules.FacetKind.ITEM, rules.FacetKind.TAG)
    rows = record.facet_rows.filter(facet__kind__in=shown).order_by("facet__kind", "pk")
    columns = ("facet__kind", "facet__value", "facet__words", "facet__axis__name")
    return [
        FacetView(kind, value, words_of(kind, value, words, axis))
        for kind, value, words, axis in rows.values_list(*columns)
    ]


def words_of(kind: str, value: str, words: str, axis: LocalizedText | None) -> Words:
    """Return how a facet is called. No query."""
    if kind == rules.FacetKind.AXIS and axis:
        return axis
    if kind == rules.FacetKind.ITEM and value in rules.obligations():
        return rules.obligations()[value].title
    if kind == rules.FacetKind.OUTCOME:
        return str(PublishedRecord.Outcome(value).label)
    return words or value
