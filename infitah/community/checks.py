"""Checks of an installation that `infitah doctor` and deployment run; each names its remedy."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection

from infitah.community.models import AccessGrant, Appointment, CalendarDay, Community, RuleValue
from infitah.community.rules import deadlines
from infitah.core import clock

DEMAND = (
    deadlines.REPLY,
    deadlines.REPLY_EXTENSION,
    deadlines.URGENT_REPLY,
    deadlines.URGENT_EXTENSION,
)


def _is_migrated() -> bool:
    return Community._meta.db_table in connection.introspection.table_names()


def _without_administrator(community: Community) -> bool:
    grants = AccessGrant.objects.of(community).in_force(clock.today())
    return not grants.filter(appointment__office=Appointment.Office.ADMINISTRATOR).exists()


def _without_officer(community: Community) -> bool:
    held = Appointment.objects.of(community).in_force(clock.today())
    return not held.filter(office=Appointment.Office.INFORMATION_OFFICER).exists()


def _missing_rules(community: Community) -> list[str]:
    values = RuleValue.objects.of(community).on(clock.today())
    have = set(values.values_list("key", flat=True))
    return [key for key in DEMAND if key not in have]


def _without_feasts(community: Community) -> int | None:
    year = clock.today().year
    feasts = CalendarDay.objects.of(community).filter(kind=CalendarDay.Kind.HIJRI)
    for each in (year, year + 1):
        if not feasts.of_year(each).exists():
            return each
    return None


def of_community(community: Community) -> list[CheckMessage]:
    """Return what is missing at one community, each with the command or page that mends it."""
    found: list[CheckMessage] = []
    if _without_administrator(community):
        found.append(
            Warning(
                f"{community.key}: nobody administers this community.",
                hint=f"infitah officer create NAME --community {community.key} "
                "--office administrator --name-ar ... --act ...",
                id="community.W001",
            )
        )
    if _without_officer(community):
        found.append(
            Warning(
                f"{community.key}: no information officer is named (law 31-13, art. 12).",
                hint=f"infitah officer create NAME --community {community.key} "
                "--office information_officer --name-ar ... --act ...",
                id="community.W002",
            )
        )
    if missing := _missing_rules(community):
        found.append(
            Warning(
                f"{community.key}: legal numbers are missing: {', '.join(missing)}.",
                hint=f"infitah community laws {community.key}",
                id="community.W003",
            )
        )
    if year := _without_feasts(community):
        found.append(
            Warning(
                f"{community.key}: no religious holiday is known for {year}.",
                hint="Add the days at /desk/community/calendar/, or update the product.",
                id="community.W004",
            )
        )
    return found


def check_communities(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Return what is missing at every community with a site."""
    if not databases or not _is_migrated():
        return []
    communities = list(Community.objects.with_host())
    if not any(community.is_default for community in communities):
        return [
            Warning(
                "There is no default community: unknown hosts lead nowhere.",
                hint="infitah community create CODE --key KEY --slug SLUG --host HOST --default",
                id="community.W005",
            )
        ]
    return [message for community in communities for message in of_community(community)]


def register_checks() -> None:
    """Let `check --deploy --database default` and `infitah doctor` run what stands here."""
    register(check_communities, Tags.database, "community", deploy=True)
