"""Where a reader may ask, as the app above that takes requests tells it (house 1)."""

from typing import Final

from django.urls import reverse

_WAYS: Final[list[str]] = []


def register_asking(route: str) -> None:
    """Have pages of answers lead to the page at `route`, where a request is made."""
    _WAYS[:] = [route]


def asking_url() -> str:
    """Return where a request is made, "" where nothing takes requests."""
    return reverse(_WAYS[0]) if _WAYS else ""
