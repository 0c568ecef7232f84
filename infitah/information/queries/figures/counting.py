"""What the figures of a community come to over a span of days: six queries, kept until an act.

As many queries at a thousand requests as at a hundred thousand; what was counted is kept in this
process until the generation of the kind "information" moves or the day ends.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Min, QuerySet
from django.db.models.fields.json import KeyTextTransform

from infitah.community.models import Community
from infitah.core.models import Generation
from infitah.information.models import InformationRequest, RequestAct, WithheldPart
from infitah.information.queries.figures.conditions import ANSWERED, COLUMNS, STANDS
from infitah.information.rules import ActKind, figures

KIND: Final = "information"
MOST_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    generation: int
    counted: figures.Tally


_kept: OrderedDict[tuple[int, figures.Span, date], _Kept] = OrderedDict()


def forget_figures() -> None:
    """Make this process count anew."""
    _kept.clear()


def tally_of(community: Community, span: figures.Span, today: date) -> figures.Tally:
    """Return the counts of the requests received in a span, as they stand on `today`.

    One query, six more once something happened since.
    """
    key = (community.pk, span, today)
    moved = Generation.objects.filter(community_key=community.key, kind=KIND)
    generation = moved.values_list("number", flat=True).first() or 0
    kept = _kept.get(key)
    if kept is None or kept.generation != generation:
        kept = _Kept(generation, _counted(community, span, today))
        _kept[key] = kept
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept.counted


def received_in(community: Community, span: figures.Span) -> QuerySet[InformationRequest]:
    """Return the requests received in a span: what everybody may count, not read."""
    return InformationRequest.objects.of(community).filter(
        received_on__gte=span.first, received_on__lte=span.last
    )


def years_of(community: Community, today: date) -> list[int]:
    """Return the years with figures, the newest first: this one, back to the first request."""
    first = InformationRequest.objects.of(community).aggregate(first=Min("received_on"))["first"]
    start = today.year if first is None else min(first.year, today.year)
    return list(range(today.year, start - 1, -1))


def _counted(community: Community, span: figures.Span, today: date) -> figures.Tally:
    here = received_in(community, span)
    wanted = {f"n{place}": code for place, code in enumerate(COLUMNS)}
    found = here.aggregate(
        **{name: Count("pk", filter=COLUMNS[code](today) or None) for name, code in wanted.items()}
    )
    counts = {code: found[name] for name, code in wanted.items()}
    counts |= dict(_grounds(community, span)) | dict(_acts(community, span))
    days = here.filter(ANSWERED, working_days__isnull=False).values("working_days")
    rows = days.annotate(n=Count("pk")).values_list("working_days", "n").order_by()
    histogram = {taken: n for taken, n in rows if taken is not None}
    return figures.Tally({code: n for code, n in counts.items() if n}, histogram)


def _grounds(community: Community, span: figures.Span) -> Iterator[tuple[str, int]]:
    """Yield the requests whose standing answer names a ground or an exception. Two queries."""
    stands = received_in(community, span).filter(STANDS)
    parts = WithheldPart.objects.filter(
        decision__is_current=True, decision__request__in=stands.values("pk")
    )
    for family, column in (("ground", "ground"), ("exception", "exception")):
        rows = parts.values(column).annotate(n=Count("decision__request", distinct=True))
        for value, n in rows.values_list(column, "n").order_by():
            if value:
                yield figures.code_of(family, value), n


def _acts(community: Community, span: figures.Span) -> Iterator[tuple[str, int]]:
    """Yield the requests that were extended, complained about, ruled on. Two queries."""
    kinds = [ActKind.EXTENDED, *figures.FILED, *figures.RULED]
    acts = RequestAct.objects.filter(
        community=community,
        kind__in=[kind.value for kind in kinds],
        occurred_on__gte=span.first,  # nothing happens to a request before it is received
        request__received_on__gte=span.first,
        request__received_on__lte=span.last,
    )
    one = Count("request", distinct=True)
    by_kind = dict(acts.values("kind").annotate(n=one).values_list("kind", "n").order_by())
    ruled = {level: kind for kind, level in figures.RULED.items()}
    for kind, level in figures.FILED.items():
        filed = by_kind.get(kind, 0)
        yield f"complaint-{level}", filed
        yield f"complaint-{level}-open", filed - by_kind.get(ruled[level], 0)
    said = acts.filter(kind__in=[ActKind.EXTENDED.value, *(kind.value for kind in figures.RULED)])
    told = said.annotate(
        ruling=KeyTextTransform("ruling", "facts"), ground=KeyTextTransform("ground", "facts")
    )
    rows = told.values("kind", "ruling", "ground").annotate(n=one).order_by()
    for name, ruling, ground, n in rows.values_list("kind", "ruling", "ground", "n"):
        if name == ActKind.EXTENDED:
            yield figures.code_of("extended", ground or ""), n
        else:
            yield f"complaint-{figures.RULED[ActKind(name)]}-{ruling}", n
