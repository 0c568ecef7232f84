"""Large files for the commission, made by the worker: part by part, resumed, erased after a day.

Law 31-13, art. 20. Who asks holds the follow link: nothing is told to anybody else (decisions E18).
"""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.information.conf import OPTIONS
from infitah.information.models import BundleRun, InformationRequest
from infitah.information.operations.redaction_runs import PageStore
from infitah.information.queries.bundles import bundle_mark
from infitah.information.queries.letters.bundle import Bundle, bundle

SUBJECT: Final = "information-bundle:"
"""No guard opens what bears it by its own address: only the page of the follow link does."""

FOLDER: Final = f"{files.WORK}/bundles"


class PartStore(PageStore):
    """Parts that are drawn already, on disk until their file is made."""

    def __init__(self, run: BundleRun) -> None:
        self._folder = files.root() / FOLDER / str(run.pk)


@transaction.atomic
def ask_bundle(
    *, request: InformationRequest, viewer: Viewer, language: str, today: date, now: datetime
) -> BundleRun:
    """Have the worker make the file as it is today; asked again while it waits it is the same.

    One that failed is tried anew, from the parts that were drawn.
    """
    run, _is_new = BundleRun.objects.get_or_create(
        request=request,
        language=language,
        mark=bundle_mark(request, viewer, today),
        defaults={"community": request.community, "asked_at": now},
    )
    if run.has_failed:
        run.tries, run.asked_at = 0, now
        run.save(update_fields=["tries", "asked_at"])
    return run


def has_bundles_to_make(now: datetime) -> bool:
    """Return whether a file waits to be made, or an old one to be erased. Two look-ups."""
    return BundleRun.objects.waiting().exists() or _old(now).exists()


def _old(now: datetime) -> QuerySet[BundleRun]:
    before = now - timedelta(hours=OPTIONS.bundle_hours)
    return BundleRun.objects.filter(asked_at__lt=before)


def make_bundles(*, now: datetime) -> bool:
    """Make the oldest file that waits, and erase old ones; return whether more wait.

    Called by the worker outside any transaction. A try is counted before it begins, so that one
    that ends the process is not begun for ever; the next goes on from the parts that are drawn.
    """
    _erase(_old(now), now)
    waiting = BundleRun.objects.waiting().select_related("request__community", "community")
    run = waiting.order_by("pk").first()
    if run is None:
        return False
    BundleRun.objects.filter(pk=run.pk).update(tries=run.tries + 1, pages_done=0, pages=0)
    _make(run, now)
    return BundleRun.objects.waiting().exists()


def _make(run: BundleRun, now: datetime) -> None:
    store = PartStore(run)
    content = b""
    for step in _drawn(run, store).steps():
        BundleRun.objects.filter(pk=run.pk).update(pages_done=step.done, pages=step.pages)
        content = step.content
    stored = files.stage(
        BytesIO(content),
        community_key=run.community.key,
        name=f"{run.request.reference}-cdai.pdf",
        now=now,
        max_bytes=OPTIONS.most_export_bytes,
    )
    _keep(run, str(stored.key), now)
    store.forget()


def _drawn(run: BundleRun, store: PartStore) -> Bundle:
    """Return the file as the bearer of the link may see it, as of the day it was asked for."""
    bearer = Viewer(run.community.key, run.community_id, tokens=frozenset({run.request.token}))
    on = local_day(run.asked_at)
    return bundle(run.request, run.language, viewer=bearer, today=on, store=store)


@transaction.atomic
def _keep(run: BundleRun, key: str, now: datetime) -> None:
    """Give the file to its run; where that was erased meanwhile, the sweep takes the file."""
    held = BundleRun.objects.select_for_update().filter(pk=run.pk)
    if not held.exists():
        return
    stored = files.bind(
        key=key,
        community_key=run.community.key,
        subject=f"{SUBJECT}{run.pk}",
        is_public=False,
        now=now,
    )
    held.update(stored=stored, made_at=now)


def erase_bundles_of(request: InformationRequest, *, now: datetime) -> None:
    """Erase what was made of a request: nothing of it outlives its requester's identity."""
    _erase(BundleRun.objects.filter(request=request), now)


def _erase(runs: QuerySet[BundleRun], now: datetime) -> None:
    """Erase files, the parts that were left, and the rows that name them."""
    for run in runs.select_related("stored"):
        PartStore(run).forget()
        with transaction.atomic():
            stored, _nothing = run.stored, run.delete()
            if stored is not None:
                files.withdraw(key=str(stored.key), now=now, is_erased=True)
