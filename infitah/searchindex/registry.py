"""What the apps above say to the index from `AppConfig.ready`: how a record of a kind reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SearchableText:
    """What is indexed of a record in one language; a record may have one a language.

    `dated_on` is the day that is shown with it: of its adoption, of its publication.
    """

    language: str
    title: str
    body: str
    url: str
    is_public: bool
    dated_on: date | None = None


Loader = Callable[[str, str], Iterable[SearchableText]]

SOURCES: dict[str, list[Loader]] = {}


def register_source(kind: str, loader: Loader) -> None:
    """Have `loader(community_key, subject)` say how records of `kind` read.

    It returns nothing for a record that is gone, secret, or not its own: what no loader of the
    kind knows leaves the index.
    """
    loaders = SOURCES.setdefault(kind, [])
    if loader not in loaders:
        loaders.append(loader)


def texts_of(kind: str, community_key: str, subject: str) -> list[SearchableText]:
    """Return how a record of `kind` reads, by whichever app holds it."""
    return [text for loader in SOURCES[kind] for text in loader(community_key, subject)]
