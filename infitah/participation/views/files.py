"""The file that comes with an idea: taken in at once, so that no error page loses it."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from infitah.core import files
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.media_types import PDF
from infitah.core.models import StoredFile
from infitah.core.operations import within_limit
from infitah.core.pictures import without_metadata
from infitah.participation.conf import OPTIONS
from infitah.participation.forms.giving import read_key

KINDS = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})


def kept_file(request: HttpRequest, now: datetime) -> tuple[StoredFile | None, str]:
    """Return the file of this sending and why a new one was refused, if it was.

    A file of an earlier try comes back by its key; a new one takes its place.
    """
    community_key = request.community.key  # type: ignore[attr-defined]
    earlier = None if request.POST.get("drop") else _earlier(request, community_key)
    upload = request.FILES.get("attachment")
    if upload is None:
        return earlier, ""
    limit, seconds = OPTIONS.uploads_per_network
    network = client_address(request)
    if not within_limit(
        name="participation.upload", key=network, limit=limit, seconds=seconds, now=now
    ):
        return earlier, _("Too many files came from here. Send the idea without a file.")
    try:
        stored = files.stage(
            _drawn_anew(upload),
            community_key=community_key,
            name=upload.name or "file",
            now=now,
            max_bytes=OPTIONS.attachment_bytes,
        )
    except OperationRefused as refused:
        return earlier, refused.message
    if stored.media_type not in KINDS:
        return earlier, _("Only a picture (PNG, JPEG, WebP) or a PDF can be sent with an idea.")
    return stored, ""


def _drawn_anew(upload: UploadedFile) -> files.Upload:
    """Return a picture without its metadata; what is too large goes on, to be refused as such."""
    if (upload.size or 0) > OPTIONS.attachment_bytes:
        return upload
    return without_metadata(BytesIO(upload.read()))


def _earlier(request: HttpRequest, community_key: str) -> StoredFile | None:
    key = read_key(request.POST.get("kept", ""))
    if key is None:
        return None
    return StoredFile.objects.filter(
        key=key,
        community_key=community_key,
        state=StoredFile.State.STAGED,
        media_type__in=KINDS,
    ).first()
