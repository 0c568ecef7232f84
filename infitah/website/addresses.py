"""From a reference to the page of the thing: each app answers for its own letters."""

from collections.abc import Callable

from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.kernel.references import Reference
from infitah.participation import queries as participation
from infitah.programme import queries as programme

Resolver = Callable[[Reference, Viewer], str | None]

RESOLVERS: dict[str, Resolver] = {
    "I": participation.address_of,
    "S": council.address_of,
    "D": council.address_of,
    "C": programme.address_of,
}


def of_reference(text: str, viewer: Viewer) -> str | None:
    """Return the path without language of a thing that `viewer` may see, else None."""
    try:
        reference = Reference.parse(text)
    except ValueError:
        return None
    resolver = RESOLVERS.get(reference.letter)
    return resolver(reference, viewer) if resolver else None
