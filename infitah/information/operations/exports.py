"""Exports of the register that are too long to be made while somebody waits (decisions E18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.information.conf import OPTIONS
from infitah.information.models import RegisterExport
from infitah.information.queries.figures.files import file_name, write_register
from infitah.information.queries.figures.office import count_in
from infitah.information.rules import figures

SUBJECT: Final = "information-export:"
AT_ONCE: Final = 1


class ExportRefused(OperationRefused):
    """The register cannot be exported so."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: which days, in which form, in whose language."""

    span: figures.Span
    form: str
    language: str


def is_long(community: Community, wanted: Wanted) -> bool:
    """Return whether an export is made by the worker. One query.

    Raises ExportRefused where the days stand the wrong way round, or for more printed sheets than
    are drawn at once.
    """
    if wanted.span.last < wanted.span.first:
        raise ExportRefused(_("The last day lies before the first one."), field="last")
    if wanted.form != RegisterExport.Form.PDF:
        most = OPTIONS.most_exported_at_once
        return count_in(community, wanted.span, most=most) > most
    most = OPTIONS.most_printed
    rows = count_in(community, wanted.span, most=most)
    if rows > most:
        words = _("More than %(n)s requests are too many to print: take fewer days, or a table.")
        raise ExportRefused(words % {"n": most}, field="form")
    return rows > OPTIONS.most_printed_at_once


@transaction.atomic
def ask_export(*, community: Community, wanted: Wanted, by: Actor, now: datetime) -> RegisterExport:
    """Have the worker make an export; the same one asked again while it waits is one file."""
    same = (
        RegisterExport.objects.of(community)
        .waiting()
        .filter(
            first=wanted.span.first,
            last=wanted.span.last,
            form=wanted.form,
            language=wanted.language,
        )
    )
    return same.first() or RegisterExport.objects.create(
        community=community,
        first=wanted.span.first,
        last=wanted.span.last,
        form=wanted.form,
        language=wanted.language,
        asked_by=by.key,
        asked_at=now,
    )


def has_exports_to_make(now: datetime) -> bool:
    """Return whether an export waits, or an old one is to be erased. Two look-ups."""
    return RegisterExport.objects.waiting().exists() or _old(now).exists()


def _old(now: datetime) -> QuerySet[RegisterExport]:
    before = now - timedelta(days=OPTIONS.export_days)
    return RegisterExport.objects.filter(asked_at__lt=before)


def make_exports(*, now: datetime) -> bool:
    """Make the exports that wait, the oldest first, and erase old ones; return whether more wait.

    Called by the worker outside any transaction. A try is counted before it begins, so that one
    that ends the process is not begun for ever.
    """
    erase_exports(now=now)
    waiting = RegisterExport.objects.waiting().select_related("community").order_by("pk")
    for export in waiting[:AT_ONCE]:
        RegisterExport.objects.filter(pk=export.pk).update(tries=export.tries + 1)
        _make(export, now)
    return RegisterExport.objects.waiting().exists()


def _make(export: RegisterExport, now: datetime) -> None:
    span = figures.Span(export.first, export.last)
    with TemporaryFile() as out:
        rows = write_register(
            out,
            export.community,
            span,
            form=export.form,
            language=export.language,
            today=local_day(now),
        )
        out.seek(0)
        stored = files.stage(
            out,
            community_key=export.community.key,
            name=file_name(export.community, span, export.form),
            now=now,
            max_bytes=OPTIONS.most_export_bytes,
        )
    with transaction.atomic():
        files.bind(
            key=str(stored.key),
            community_key=export.community.key,
            subject=f"{SUBJECT}{export.pk}",
            is_public=False,
            now=now,
        )
        export.stored, export.rows, export.made_at = stored, rows, now
        export.save(update_fields=["stored", "rows", "made_at"])


def erase_exports(*, now: datetime) -> int:
    """Erase exports and their bytes after some days; return how many went."""
    gone = 0
    for export in _old(now).select_related("stored"):
        with transaction.atomic():
            if export.stored is not None:
                files.withdraw(key=str(export.stored.key), now=now, is_erased=True)
            export.delete()
            gone += 1
    return gone
