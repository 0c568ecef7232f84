"""Where a reader may ask, as the apps above tell it (house 1): a request is not known here."""

from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

_WAYS: Final[list[tuple[str, str]]] = []


def register_asking(route: str, name: str) -> None:
    """Have pages of answers lead to `route`, where a request is made; `name` is for its words."""
    _WAYS[:] = [(route, name)]


def asking_url(words: str = "") -> str:
    """Return where a request is made, with words that were looked for; "" where nowhere."""
    for route, name in _WAYS:
        return f"{reverse(route)}?{urlencode({name: words})}" if words else reverse(route)
    return ""
