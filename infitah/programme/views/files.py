"""The file that comes with evidence: taken in at once, so that no error page loses it."""

import uuid
from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from infitah.core import files
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import within_limit
from infitah.core.pictures import without_metadata
from infitah.programme.conf import OPTIONS


def kept_file(request: HttpRequest, now: datetime) -> tuple[StoredFile | None, str]:
    """Return the file of this sending and why a new one was refused, if it was.

    A file of an earlier try comes back by its key; a new one takes its place.
    """
    if request.method != "POST":
        return None, ""
    community_key = request.community.key  # type: ignore[attr-defined]
    earlier = None if request.POST.get("drop") else _earlier(request, community_key)
    upload = request.FILES.get("file")
    if upload is None:
        return earlier, ""
    limit, seconds = OPTIONS.uploads_per_network
    network = client_address(request)
    if not within_limit(
        name="programme.upload", key=network, limit=limit, seconds=seconds, now=now
    ):
        return earlier, _("Too many files came from here. Try again in an hour.")
    try:
        stored = files.stage(
            _drawn_anew(upload),
            community_key=community_key,
            name=upload.name or "file",
            now=now,
            max_bytes=OPTIONS.evidence_bytes,
        )
    except OperationRefused as refused:
        return earlier, refused.message
    return stored, ""


def _drawn_anew(upload: UploadedFile) -> files.Upload:
    """Return a picture without its metadata; what is too large goes on, to be refused as such."""
    if (upload.size or 0) > OPTIONS.evidence_bytes:
        return upload
    return without_metadata(BytesIO(upload.read()))


def _earlier(request: HttpRequest, community_key: str) -> StoredFile | None:
    try:
        key = uuid.UUID(request.POST.get("kept", ""))
    except ValueError:
        return None
    staged = StoredFile.objects.filter(community_key=community_key, state=StoredFile.State.STAGED)
    return staged.filter(key=key).first()
