"""Reads of the community: hosts, offices and rights, law and calendar, bodies, participants."""

from infitah.community.queries.bodies import RuleGauge, bodies, body_gauges, council, seats
from infitah.community.queries.hosts import (
    aliases,
    by_host,
    by_key,
    by_slug,
    default_community,
    forget_hosts,
    url_of,
)
from infitah.community.queries.law import (
    RuleMissing,
    calendar,
    deadline,
    period,
    rule,
    shipped_deadline,
    sources_of_days_off,
    version_of,
)
from infitah.community.queries.offices import (
    Held,
    Standing,
    held_by,
    holders,
    offices_in_force,
    rights_of,
    standing_of,
)
from infitah.community.queries.participants import (
    address_digest,
    by_address,
    by_device,
    by_token,
)
from infitah.community.queries.territories import axes, communes_of, principles, tree, units

__all__ = [
    "Held",
    "RuleGauge",
    "RuleMissing",
    "Standing",
    "address_digest",
    "aliases",
    "axes",
    "bodies",
    "body_gauges",
    "by_address",
    "by_device",
    "by_host",
    "by_key",
    "by_slug",
    "by_token",
    "calendar",
    "communes_of",
    "council",
    "deadline",
    "default_community",
    "forget_hosts",
    "held_by",
    "holders",
    "offices_in_force",
    "period",
    "principles",
    "rights_of",
    "rule",
    "seats",
    "shipped_deadline",
    "sources_of_days_off",
    "standing_of",
    "tree",
    "units",
    "url_of",
    "version_of",
]
