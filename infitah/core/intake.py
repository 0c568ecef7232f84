"""The file that comes with a form: taken in at once, so that no error page loses it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from infitah.core import files
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import within_limit
from infitah.core.pictures import without_metadata


@dataclass(frozen=True, slots=True)
class Intake:
    """What a form takes as a file, and what it says when it takes none.

    `per_network` is a number of files and the seconds in which they are counted, under `limit`.
    """

    field: str
    limit: str
    per_network: tuple[int, int]
    max_bytes: int
    crowded: str
    kinds: frozenset[str] | None = None
    other_kind: str = ""


def taken_in(request: HttpRequest, intake: Intake, now: datetime) -> tuple[StoredFile | None, str]:
    """Return the file of this sending and why a new one was refused, if it was.

    A file of an earlier try comes back by its key, named in `kept`; a new one takes its place,
    and `drop` takes it away.
    """
    if request.method != "POST":
        return None, ""
    community_key = request.community.key  # type: ignore[attr-defined]
    earlier = None if request.POST.get("drop") else _earlier(request, community_key, intake)
    upload = request.FILES.get(intake.field)
    if upload is None:
        return earlier, ""
    most, seconds = intake.per_network
    network = client_address(request)
    if not within_limit(name=intake.limit, key=network, limit=most, seconds=seconds, now=now):
        return earlier, intake.crowded
    try:
        stored = files.stage(
            _drawn_anew(upload, intake.max_bytes),
            community_key=community_key,
            name=upload.name or "file",
            now=now,
            max_bytes=intake.max_bytes,
        )
    except OperationRefused as refused:
        return earlier, refused.message
    if intake.kinds is not None and stored.media_type not in intake.kinds:
        return earlier, intake.other_kind
    return stored, ""


def _drawn_anew(upload: UploadedFile, most: int) -> files.Upload:
    """Return a picture without its metadata; what is too large goes on, to be refused as such."""
    return upload if (upload.size or 0) > most else without_metadata(BytesIO(upload.read()))


def _earlier(request: HttpRequest, community_key: str, intake: Intake) -> StoredFile | None:
    try:
        key = uuid.UUID(request.POST.get("kept", ""))
    except ValueError:
        return None
    staged = StoredFile.objects.filter(community_key=community_key, state=StoredFile.State.STAGED)
    if intake.kinds is not None:
        staged = staged.filter(media_type__in=intake.kinds)
    return staged.filter(key=key).first()
