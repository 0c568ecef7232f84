"""The filters of the log as links with counts; each keeps the others and lands at the list."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core.viewer import Viewer
from infitah.design.direction import ARABIC, ui_language
from infitah.design.parts import FilterGroup, Option
from infitah.publication import queries
from infitah.publication.queries import FacetView, LogCounts, LogFilter
from infitah.publication.rules import FacetKind

LANGUAGE_NAMES = {"ar": "العربية", "fr": "Français", "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ"}
LABELS: dict[FacetKind, Promise] = {
    FacetKind.YEAR: gettext_lazy("By year of publication"),
    FacetKind.OUTCOME: gettext_lazy("By outcome"),
    FacetKind.LANGUAGE: gettext_lazy("By language of the question"),
    FacetKind.AXIS: gettext_lazy("By axis"),
    FacetKind.TAG: gettext_lazy("By subject"),
    FacetKind.ITEM: gettext_lazy("By item of article 10"),
    FacetKind.GROUND: gettext_lazy("By ground of what is withheld"),
}


class Address:
    """The addresses of the list as it is narrowed now."""

    def __init__(self, path: str, wanted: LogFilter) -> None:
        self.path, self.wanted = path, wanted

    def to(self, **more: str) -> str:
        """Return the address with some of its words changed; an empty one is left out."""
        values = {kind.value: value for kind, value in self.wanted.facets}
        values = {**values, "q": self.wanted.words, **more}
        kept = {name: value for name, value in values.items() if value}
        return f"{self.path}?{urlencode(kept)}#list" if kept else f"{self.path}#list"

    def page(self, name: str, reference: str) -> str:
        """Return the address of a further page, empty where there is none."""
        return self.to(**{name: reference}) if reference else ""


def words_of(facet: FacetView) -> object:
    """Return how a facet is called in a filter."""
    if facet.kind == FacetKind.LANGUAGE:
        return LANGUAGE_NAMES.get(facet.value, facet.value)
    return facet.words


def groups(address: Address, counts: LogCounts, kinds: Sequence[FacetKind]) -> list[FilterGroup]:
    """Return the filters of these kinds; one that would leave nothing out is not offered.

    The kept counts tell nothing of a list that is narrowed already.
    """
    found = []
    for kind in kinds:
        facets = _in_order(kind, counts.facets.get(kind, ()))
        chosen = address.wanted.value(kind)
        if len(facets) < 2 and not chosen:
            continue
        others = [one for one in address.wanted.facets if one[0] is not kind]
        shows = not others and not address.wanted.words
        every = Option(_("No filter"), address.to(**{kind.value: ""}), current=not chosen)
        options = [
            Option(
                words_of(one),  # type: ignore[arg-type]
                address.to(**{kind.value: one.value}),
                one.records if shows else None,
                current=one.value == chosen,
            )
            for one in facets
        ]
        found.append(FilterGroup(str(LABELS[kind]), [every, *options]))
    return found


def _in_order(kind: FacetKind, facets: Sequence[FacetView]) -> Sequence[FacetView]:
    """Return free tags with those in the language of the page first, other facets as they come."""
    if kind is not FacetKind.TAG:
        return facets
    is_arabic = ui_language() == "ar"
    return sorted(facets, key=lambda one: bool(ARABIC.search(str(one.words))) is not is_arabic)


def narrowed(
    viewer: Viewer, address: Address, counts: LogCounts
) -> Sequence[tuple[object, object, str]]:
    """Return by what the list is narrowed: the question, the answer, the way back.

    No query, one for each facet that is not among those offered.
    """
    found = []
    for kind, value in address.wanted.facets:
        offered = [one for one in counts.facets.get(kind, ()) if one.value == value]
        facet = offered[0] if offered else queries.facet_named(viewer, kind, value)
        words = words_of(facet) if facet is not None else value
        found.append((LABELS[kind], words, address.to(**{kind.value: ""})))
    return found


def facet_url(path: str, facet: FacetView) -> str:
    """Return the address of the log narrowed by one facet."""
    return f"{path}?{urlencode({facet.kind: facet.value})}#list"
