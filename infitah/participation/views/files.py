"""The file that comes with an idea."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from infitah.core.intake import Intake, taken_in
from infitah.core.media_types import PDF
from infitah.core.models import StoredFile
from infitah.participation.conf import OPTIONS

KINDS = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})


def kept_file(request: HttpRequest, now: datetime) -> tuple[StoredFile | None, str]:
    """Return the attachment of this sending, and why a new one was refused."""
    intake = Intake(
        field="attachment",
        limit="participation.upload",
        per_network=OPTIONS.uploads_per_network,
        max_bytes=OPTIONS.attachment_bytes,
        crowded=_("Too many files came from here. Send the idea without a file."),
        kinds=KINDS,
        other_kind=_("Only a picture (PNG, JPEG, WebP) or a PDF can be sent with an idea."),
    )
    return taken_in(request, intake, now)
