"""The table of routes with their audience, read from what each view declares (decisions B4).

Views of ours carry their `Audience`; those of Wagtail and allauth are named here by prefix.
A route that is in neither place fails the build, and the canary crawl walks the whole table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from infitah.core.http import Audience

# Prefix of the address -> who Wagtail's or allauth's own views there are for.
OTHERS: dict[str, Audience] = {
    "admin/": Audience("officer", right="page.edit"),
    "desk/account/": Audience("machine"),
    "_allauth/": Audience("machine"),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address pattern, its name and who it is for."""

    address: str
    name: str
    arguments: tuple[str, ...]
    audience: Audience


class RouteWithoutAudience(Exception):
    """A view says nothing about who may see it."""


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, arguments: tuple[str, ...], space: str
) -> Iterator[tuple[str, str, tuple[str, ...], URLPattern]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        names = (*arguments, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, address, names, inner)
        else:
            yield address, f"{space}{pattern.name or ''}", tuple(dict.fromkeys(names)), pattern


def _audience(address: str, pattern: URLPattern) -> Audience:
    declared: Audience | None = getattr(pattern.callback, "audience", None)
    if declared is not None:
        return declared
    for prefix, audience in OTHERS.items():
        if address.startswith(prefix):
            return audience
    raise RouteWithoutAudience(f"{address} does not say who it is for.")


def routes() -> list[Route]:
    """Return every route; raises RouteWithoutAudience where one does not declare itself."""
    found = _walk(get_resolver().url_patterns, "", (), "")
    return [
        Route(address, name, arguments, _audience(address, pattern))
        for address, name, arguments, pattern in found
    ]
