"""Keeping the counts by which the log is narrowed, inside the act that changes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from infitah.community.models import Axis, Community
from infitah.core.clock import local_day
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import clean_line
from infitah.publication import rules
from infitah.publication.models import FacetRow, PublishedRecord, RecordFacet


@dataclass(frozen=True, slots=True)
class Named:
    """A facet that a record bears, with what is needed to make it when it is the first."""

    kind: rules.FacetKind
    value: str
    words: str = ""
    axis: Axis | None = None
    title: LocalizedText = field(default_factory=LocalizedText)


def facets_of(record: PublishedRecord, text: rules.RecordText, axes: Iterable[Axis]) -> list[Named]:
    """Return the facets of a record, each once. No query."""
    kind = rules.FacetKind
    named = [
        Named(kind.OUTCOME, record.outcome),
        Named(kind.LANGUAGE, rules.language_filed(record.language)),
        *(Named(kind.AXIS, axis.slug, axis=axis) for axis in axes),
        *(Named(kind.TAG, rules.tag_key(one), words=tag_words(one)) for one in text.tags),
        *(Named(kind.ITEM, code) for code in text.items),
        *(
            Named(kind.GROUND, one.code, title=one.sentence)
            for one in rules.everything_withheld(text)
        ),
    ]
    return list({(one.kind, one.value): one for one in named}.values())


def tag_words(words: str) -> str:
    """Return a tag as it is shown: on one line, without the sign before it."""
    return clean_line(words).lstrip("#").strip()


def put_under(record: PublishedRecord, named: Iterable[Named]) -> None:
    """Keep under which facets a record stands once it is public; nothing is counted yet.

    At most three queries.
    """
    wanted = list(named)
    _make(record.community, wanted)
    rows = [
        FacetRow(facet=facet, record=record, published_at=record.published_at)
        for facet in _found(record.community, wanted)
    ]
    FacetRow.objects.bulk_create(rows)


def count_in(record: PublishedRecord) -> None:
    """Count a record that becomes public under its facets, the year among them. Six queries."""
    year = str(local_day(record.published_at or record.entered_at).year)
    put_under(record, [Named(rules.FacetKind.YEAR, year)])
    FacetRow.objects.filter(record=record).update(published_at=record.published_at)
    _count(record, 1)


def count_out(record: PublishedRecord) -> None:
    """Take a record that is not in the log any more out of every facet. Three queries."""
    _count(record, -1)
    FacetRow.objects.filter(record=record).delete()


def count_state(community: Community, state: rules.RecordState, step: int) -> None:
    """Count one more, or one less, record in a state. Two queries."""
    named = [Named(rules.FacetKind.STATE, state.value)]
    _make(community, named)
    RecordFacet.objects.of(community).named(rules.FacetKind.STATE, state.value).update(
        records=F("records") + step
    )


def _make(community: Community, named: Iterable[Named]) -> None:
    """Make the facets that are new; one that is known keeps the words of who came first."""
    RecordFacet.objects.bulk_create(
        [
            RecordFacet(
                community=community,
                kind=one.kind,
                value=one.value,
                words=one.words,
                axis=one.axis,
                title=one.title,
            )
            for one in named
        ],
        ignore_conflicts=True,
    )


def _found(community: Community, named: Iterable[Named]) -> list[RecordFacet]:
    wanted = {(str(one.kind), one.value) for one in named}
    values = {value for _kind, value in wanted}
    known = RecordFacet.objects.of(community).filter(value__in=values).order_by("pk")
    return [one for one in known if (one.kind, one.value) in wanted]


def _count(record: PublishedRecord, step: int) -> None:
    borne = FacetRow.objects.filter(record=record).values("facet")
    RecordFacet.objects.filter(pk__in=borne).update(records=F("records") + step)
