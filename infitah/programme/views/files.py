"""The file that comes with evidence."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from infitah.core.intake import Intake, taken_in
from infitah.core.models import StoredFile
from infitah.programme.conf import OPTIONS
from infitah.programme.rules import captures


def kept_file(request: HttpRequest, now: datetime) -> tuple[StoredFile | None, str]:
    """Return the evidence's file of this sending, and why a new one was refused."""
    intake = Intake(
        field="file",
        limit="programme.upload",
        per_network=OPTIONS.uploads_per_network,
        max_bytes=OPTIONS.evidence_bytes,
        crowded=_("Too many files came from here. Try again in an hour."),
    )
    kept, refusal = taken_in(request, intake, now)
    given = "" if refusal else getattr(request.FILES.get(intake.field), "name", "")
    if kept is not None and captures.is_misnamed(given, kept.media_type):
        return None, _("By its content this file is not what its name says: choose another.")
    return kept, refusal
