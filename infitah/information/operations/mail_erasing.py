"""Erasing mails on schedule: those set aside after a while, those of a case with its requester."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from infitah.core import files
from infitah.information.conf import OPTIONS
from infitah.information.models import IncomingFile, IncomingMail, InformationRequest

AT_ONCE = 50


def _due(now: datetime) -> QuerySet[IncomingMail]:
    before = now - timedelta(days=OPTIONS.keep_set_aside_days)
    aside = IncomingMail.objects.filter(state=IncomingMail.State.SET_ASIDE, erased_at=None)
    return aside.filter(handled_at__lt=before)


def has_mails_to_erase(now: datetime) -> bool:
    """Return whether a mail was set aside long enough ago. One look-up."""
    return _due(now).exists()


def erase_mails(*, now: datetime) -> bool:
    """Erase mails that were set aside long ago, AT_ONCE at most; return whether more may wait."""
    waiting = list(_due(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in waiting:
        with transaction.atomic():
            _erase(IncomingMail.objects.select_for_update().filter(pk=pk, erased_at=None), now)
    return len(waiting) == AT_ONCE


def erase_mails_of(request: InformationRequest, *, now: datetime) -> None:
    """Erase the mails of a case, inside the transaction that erases its requester."""
    _erase(IncomingMail.objects.select_for_update().filter(request=request, erased_at=None), now)


def _erase(mails: QuerySet[IncomingMail], now: datetime) -> None:
    """Leave of mails their days and what became of them: neither who wrote, nor what."""
    for mail in mails:
        held = IncomingFile.objects.filter(mail=mail).select_related("file")
        for one in held:
            if one.file is not None:
                files.withdraw(key=str(one.file.key), now=now, is_erased=True)
        held.update(name="")
        mail.head_sealed = mail.text_sealed = mail.words = ""
        mail.erased_at = now
        mail.save(update_fields=["head_sealed", "text_sealed", "words", "erased_at"])
