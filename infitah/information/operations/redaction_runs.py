"""Burning boxes by the worker: page by page, resumed where it stopped, kept only when checked."""

import logging
import shutil
from dataclasses import astuple
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import override

from infitah.core import files as stored_files
from infitah.core import redaction
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.redaction import apart
from infitah.core.viewer import Actor
from infitah.information.models import CaseFile, RedactionRun
from infitah.information.operations.casework import KIND
from infitah.information.operations.files import keep_file
from infitah.information.operations.redaction import MOST_BOXES, boxes_to_burn, waiting_runs

LOG: Final = logging.getLogger(__name__)
FOLDER: Final = f"{stored_files.WORK}/redaction"
MOST_BYTES: Final = 64 * 1024 * 1024
"""The largest copy that is kept: grainy scans drawn anew are larger than what came in."""


class PageStore:
    """Pages that are drawn already, on disk until their run ends: a killed worker goes on there."""

    def __init__(self, run: RedactionRun) -> None:
        self._folder = stored_files.root() / FOLDER / str(run.pk)

    def get(self, key: str) -> bytes | None:
        path = self._folder / key
        return path.read_bytes() if path.is_file() else None

    def put(self, key: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        half = self._folder / f"{key}.half"
        half.write_bytes(content)
        half.rename(self._folder / key)

    def forget(self) -> None:
        """Erase the pages: each carries what was not covered."""
        shutil.rmtree(self._folder, ignore_errors=True)


def has_runs(now: datetime) -> bool:
    """Return whether a document waits for its copy. One look-up."""
    return waiting_runs().exists()


def burn_runs(*, now: datetime) -> bool:
    """Make the next copy, outside any transaction; return whether more wait.

    A run that a killed worker left is made again from its first undrawn page.
    """
    run = waiting_runs().first()
    if run is None:
        return False
    store = PageStore(run)
    try:
        _burn(run, store, now)
    except redaction.RedactionFailed as failed:
        LOG.warning("redaction of file %s failed its own check", run.document_id)
        _fail(run, {"faults": sorted({one.fault.value for one in failed.problems})}, now)
    except redaction.PdfRefused as refused:
        _fail(run, {"refused": type(refused).__name__}, now)
    except FileNotFoundError:
        _fail(run, {"refused": "missing"}, now)
    except OperationRefused as refused:
        _fail(run, {"refused": refused.code}, now)
    store.forget()
    return waiting_runs().exists()


def _burn(run: RedactionRun, store: PageStore, now: datetime) -> None:
    document = run.document
    content = stored_files.content(document.file)
    language = document.request.language
    with override(language):
        done = apart.burn(
            content,
            boxes_to_burn(run),
            language=language,
            store=store,
            told=lambda progress: _tell(run, progress),
        )
    stored = stored_files.stage(
        BytesIO(done.content),
        community_key=document.community.key,
        name=_name(document),
        now=now,
        max_bytes=MOST_BYTES,
    )
    _keep(run, str(stored.key), done, now)


def _name(document: CaseFile) -> str:
    return f"{Path(document.file.name).stem}-31-13.pdf"


def _tell(run: RedactionRun, progress: redaction.Progress) -> None:
    """Say how far it is, for the page that waits; each step counts its own pages."""
    RedactionRun.objects.filter(pk=run.pk).update(
        state="running", pages_done=progress.done, pages=progress.total
    )


@transaction.atomic
def _keep(run: RedactionRun, key: str, done: redaction.Redacted, now: datetime) -> None:
    """Put the copy in the place of an older one; its report stays with the run."""
    document, request = run.document, run.document.request
    by = Actor("officer", run.asked_by)
    older = request.files.in_place().filter(original=document, role=CaseFile.Role.REDACTED)
    older.update(removed_at=now, is_given=False)
    copy = keep_file(
        request=request,
        key=key,
        role=CaseFile.Role.REDACTED,
        by=by,
        now=now,
        title=document.title,
        original=document,
        pages=len(done.pages),
        is_checked=True,
    )
    run.state, run.result, run.done_at = RedactionRun.State.DONE, copy, now
    run.report = _report(done)
    run.save(update_fields=["state", "result", "report", "done_at"])
    bump(request.community.key, KIND)


def _report(done: redaction.Redacted) -> dict[str, object]:
    return {
        "sha256": done.sha256,
        "engines": list(done.report.engines),
        "words_covered": done.report.words_covered,
        "drawn": [one.number for one in done.pages if one.treatment == "drawn"],
        "words_kept": sum(one.words_kept for one in done.pages),
        "echoes": [
            [page, *astuple(rect.within_page())]
            for one in done.report.echoes
            for page, rect in one.places
        ][:MOST_BOXES],
    }


@transaction.atomic
def _fail(run: RedactionRun, report: dict[str, object], now: datetime) -> None:
    run.state, run.report, run.done_at = RedactionRun.State.FAILED, report, now
    run.save(update_fields=["state", "report", "done_at"])
    bump(run.document.community.key, KIND)
