"""What figures are called: their own names, or those that the law and the forms give to members."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import override

from infitah.information.models import InformationRequest
from infitah.information.queries.desk_words import EXTENSION_GROUNDS
from infitah.information.queries.words import EXCEPTIONS, GROUNDS
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText


def _members() -> Iterator[tuple[str, str | Promise]]:
    """Yield the codes without a name of their own, with their words."""
    for code, ground in figures.GROUND_CODES.items():
        yield code, GROUNDS[ground]
    for code, exception in figures.EXCEPTION_CODES.items():
        yield code, EXCEPTIONS[exception]
    for code, extension in figures.EXTENSION_CODES.items():
        yield code, EXTENSION_GROUNDS[extension]
    for channel in figures.CHANNELS:
        yield f"channel-{channel}", InformationRequest.Channel(channel).label


_WORDS: Final[Mapping[str, str | Promise]] = dict(_members())


@cache
def name_of(figure: figures.Figure) -> LocalizedText:
    """Return the name of a figure in Arabic and French."""
    if figure.name:
        return figure.name
    words = {}
    for language in ("ar", "fr"):
        with override(language):
            words[language] = str(_WORDS[figure.code])
    return LocalizedText(**words)


def law_code(figure: figures.Figure) -> str:
    """Return the code that law and letters use for a ground or an exception: "R1", "E03"."""
    is_coded = figure.group in {figures.Group.GROUNDS, figures.Group.EXCEPTIONS}
    return figure.code.rpartition("-")[2].upper() if is_coded else ""
