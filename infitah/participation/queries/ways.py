"""Where the desk goes on from a consultation; apps above add their pages by registration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation, Theme


@dataclass(frozen=True, slots=True)
class DeskWay:
    """A page of the desk on which the work on a consultation goes on."""

    label: str
    url: str


Ways = Callable[[Viewer, Consultation, Theme | None], Sequence[DeskWay]]
WAYS: Final[list[Ways]] = []


def register_desk_ways(find: Ways) -> None:
    """Have `find(viewer, consultation, theme)` tell where the work goes on in an app above."""
    if find not in WAYS:
        WAYS.append(find)


def desk_ways(
    viewer: Viewer, consultation: Consultation, theme: Theme | None = None
) -> list[DeskWay]:
    """Return where the work on a consultation, or on one of its themes, goes on.

    A bounded number of queries for each app above.
    """
    return [way for find in WAYS for way in find(viewer, consultation, theme)]
