"""Which community a host name means: a map in this process, renewed when a generation moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from infitah.community.conf import OPTIONS
from infitah.community.models import Community
from infitah.core.models import Generation
from infitah.core.queries import is_demonstration

EVERYWHERE: Final = "*"
HOSTS: Final = "hosts"


@dataclass(frozen=True, slots=True)
class HostMap:
    """Every community by host, slug and key, as of one generation; shared, never changed."""

    generation: int
    by_host: Mapping[str, Community]
    by_slug: Mapping[str, Community]
    by_key: Mapping[str, Community]
    default: Community | None
    bases: tuple[str, ...]

    def find(self, host: str) -> Community | None:
        """Return the community of `host`: its own, an alias, or `<slug>.<base>`."""
        if host in self.by_host:
            return self.by_host[host]
        if host in self.bases:
            return self.default
        slug, _dot, base = host.partition(".")
        return self.by_slug.get(slug) if base in self.bases else None


_kept: list[HostMap] = []


def forget_hosts() -> None:
    """Make this process read the map anew."""
    _kept.clear()


def _generation() -> int:
    row = Generation.objects.filter(community_key=EVERYWHERE, kind=HOSTS)
    return row.values_list("number", flat=True).first() or 0


def _read(generation: int) -> HostMap:
    rows = list(Community.objects.select_related("parent", "parent__parent"))
    extra = OPTIONS.demonstration_aliases if is_demonstration() else ()
    return HostMap(
        generation=generation,
        by_host={row.host: row for row in rows if row.host},
        by_slug={row.slug: row for row in rows if row.host},
        by_key={row.key: row for row in rows},
        default=next((row for row in rows if row.is_default), None),
        bases=(*settings.ENVIRONMENT.hosts, *extra),
    )


def _hosts() -> HostMap:
    """Return the map. One query, three when it is stale."""
    generation = _generation()
    if not _kept or _kept[0].generation != generation:
        _kept[:] = [_read(generation)]
    return _kept[0]


def by_host(host: str) -> Community | None:
    """Return the community that answers at `host` (without port), or None. One query."""
    return _hosts().find(host.lower().rstrip("."))


def by_key(key: str) -> Community:
    """Return the community of a reference code. Raises Community.DoesNotExist. One query."""
    found = _hosts().by_key.get(key)
    if found is None:
        raise Community.DoesNotExist(key)
    return found


def by_slug(slug: str) -> Community | None:
    """Return the community with a site whose short name is `slug`, or None. One query."""
    return _hosts().by_slug.get(slug)


def default_community() -> Community | None:
    """Return the community that unknown hosts are sent to, or None before `seed`. One query."""
    return _hosts().default


def aliases() -> tuple[str, ...]:
    """Return the base domain and aliases that stand for the default community. One query."""
    return _hosts().bases


def url_of(community: Community, path: str = "/") -> str:
    """Return the absolute address of `path` at a community; no query.

    Scheme and port are those of INFITAH_URL. A community without host is shown at its path alone.
    """
    if not community.host:
        return path
    base = urlsplit(settings.ENVIRONMENT.url)
    port = f":{base.port}" if base.port else ""
    return f"{base.scheme}://{community.host}{port}{path}"
