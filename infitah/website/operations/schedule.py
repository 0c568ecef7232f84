"""What editors scheduled: pages appear and go by the clock, and kept pages change with them."""

from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from infitah.core import clock
from infitah.core.operations import bump
from infitah.website import queries


def has_scheduled(now: datetime) -> bool:
    """Return whether a page must appear or go. Two queries."""
    return queries.ended_pages(now).exists() or queries.due_revisions(_due(now)).exists()


def keep_schedule(*, now: datetime) -> bool:
    """Take away the pages that ended, publish those whose moment came; never more to do.

    Each page is an act of its own, in the page's own history. A home never goes.
    """
    for pk in queries.ended_pages(now).values_list("pk", flat=True):
        _take_away(pk, now)
    due = _due(now)
    for pk in queries.due_revisions(due).values_list("pk", flat=True):
        _publish(pk, due)
    return False


def _due(now: datetime) -> datetime:
    # Wagtail asks the true clock before it publishes, whatever a demonstration pretends.
    return min(now, clock.real_now())


@transaction.atomic
def _take_away(pk: int, now: datetime) -> None:
    page = queries.ended_pages(now).select_for_update().filter(pk=pk).first()
    if page is not None:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        _grow_stale(page)


@transaction.atomic
def _publish(pk: int, due: datetime) -> None:
    revision: Revision | None = queries.due_revisions(due).select_for_update().filter(pk=pk).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
        _grow_stale(revision.content_object)


def _grow_stale(page: Page) -> None:
    home = queries.home_above(page)
    if home is not None:
        bump(home.community.key, "site")
