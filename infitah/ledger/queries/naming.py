"""What the subjects of acts are called: a registry that an upper app fills from `AppConfig.ready`.

The register names its subjects by string and knows no domain; who knows them all gives titles.
"""

from collections.abc import Callable, Iterable, Mapping

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText

Title = str | LocalizedText
TitlesOf = Callable[[Iterable[str], Viewer], Mapping[str, Title]]

_NAMING: list[TitlesOf] = []


def register_titles(titles: TitlesOf) -> None:
    """Have `titles(subjects, viewer)` name the subjects of acts; registering again replaces."""
    _NAMING[:] = [titles]


def titles_of(subjects: Iterable[str], viewer: Viewer) -> Mapping[str, Title]:
    """Return the titles of these subjects that `viewer` may see; empty where nobody knows them."""
    return _NAMING[0](subjects, viewer) if _NAMING else {}
