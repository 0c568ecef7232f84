"""What every act here shares: the lock, the register entry, the generation."""

from collections.abc import Mapping
from datetime import datetime

from infitah.community.models import Community
from infitah.community.queries.hosts import EVERYWHERE, HOSTS
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON

SITE = "site"
SUBJECT_LENGTH = 60


def lock(community: Community) -> Community:
    """Return the community's row, locked until the act ends; acts of its desk run one by one.

    Its key stays free: rows that name the community are written meanwhile.
    """
    return Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def subject(community: Community, noun: str, name: str | int = "") -> str:
    """Return how the register names something of a community: "SFR/axis/transparency"."""
    return "/".join(part for part in (community.key, noun, str(name)) if part)[:SUBJECT_LENGTH]


def record(
    community: Community,
    act: str,
    about: str,
    *,
    by: Actor,
    now: datetime,
    public: Mapping[str, JSON],
    private: Mapping[str, str] | None = None,
) -> None:
    """Write the act into the register and make the community's pages stale.

    `private` enters as salted commitments: what law 09-08 may ask to be forgotten.
    """
    ledger.record(
        community_key=community.key,
        act=f"community.{act}",
        subject=about,
        by=by,
        public=public,
        private=private,
        occurred_on=local_day(now),
        now=now,
    )
    bump(community.key, SITE)


def renew_hosts() -> None:
    """Make every process read the map of hosts anew."""
    bump(EVERYWHERE, HOSTS)
