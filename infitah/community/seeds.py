"""The communities of Sefrou: the region, the province and its 23 communes; idempotent."""

from datetime import datetime

from infitah.community.models import Community
from infitah.community.operations import create_community
from infitah.community.rules import shipped
from infitah.core.viewer import Actor

PROVINCE = "SFR"


def seed_communities(*, now: datetime, by: Actor | None = None) -> dict[str, Community]:
    """Return the communities of Sefrou by reference code, founding those that do not exist.

    The province is the default community at `localhost`; each commune answers at
    `<slug>.localhost`; the region has no host.
    """
    author = by or Actor.system("seed")
    known = {community.key: community for community in Community.objects.all()}
    has_default = any(community.is_default for community in known.values())
    for named in shipped.sefrou():
        if named.key in known:
            continue
        known[named.key] = create_community(
            hcp_code=named.hcp_code,
            key=named.key,
            slug=named.slug,
            host=named.host,
            name_zgh=named.name_zgh,
            is_default=named.key == PROVINCE and not has_default,
            by=author,
            now=now,
        )
    return known
