"""Checks at start-up; each names what mends it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from infitah.core.queries import is_demonstration

PRETENDED = (
    "INFITAH_NOW pretends a date, and this database is not marked as a demonstration: "
    "the dates of real acts would be false."
)


def pretended_time_fault() -> str:
    """Return why INFITAH_NOW cannot be used here, or nothing (decisions E23)."""
    if settings.ENVIRONMENT.now is None:
        return ""
    try:
        return "" if is_demonstration() else PRETENDED
    except DatabaseError:
        return PRETENDED


def migrations_fault() -> str:
    """Return what to do about a database of another version, or nothing."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "The database is not up to date. Run: infitah upgrade"
    return ""


def startup_faults() -> list[str]:
    """Return why neither server nor worker may be started here."""
    faults = [migrations_fault(), pretended_time_fault()]
    return [*filter(None, faults), *(str(one.msg) for one in storage_is_known())]


@register(Tags.database)
def time_is_true(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse a pretended date outside a demonstration (`check --database default`)."""
    fault = pretended_time_fault() if databases else ""
    return [Error(fault, hint="Unset INFITAH_NOW.", id="core.E001")] if fault else []


@register()
def storage_is_known(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse an object store: it is reserved and not built yet."""
    if not settings.ENVIRONMENT.storage_url:
        return []
    return [
        Error(
            "INFITAH_STORAGE_URL is reserved: files are kept in INFITAH_HOME/files for now.",
            hint="Unset INFITAH_STORAGE_URL.",
            id="core.E002",
        )
    ]
