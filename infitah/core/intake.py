"""The file that comes with a form: taken in at once, so that no error page loses it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from infitah.core import files
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import within_limit
from infitah.core.pictures import without_metadata

MOST_KEPT = 50
"""Files of earlier tries that one sending may name."""


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
    stored, refusal = _taken(request, upload, intake, now)
    return stored or earlier, refusal


def _taken(
    request: HttpRequest, upload: UploadedFile, intake: Intake, now: datetime
) -> tuple[StoredFile | None, str]:
    """Return a new file, staged, or why it is not taken in."""
    most, seconds = intake.per_network
    network = client_address(request)
    if not within_limit(name=intake.limit, key=network, limit=most, seconds=seconds, now=now):
        return None, intake.crowded
    try:
        stored = files.stage(
            _drawn_anew(upload, intake.max_bytes),
            community_key=request.community.key,  # type: ignore[attr-defined]
            name=upload.name or "file",
            now=now,
            max_bytes=intake.max_bytes,
        )
    except OperationRefused as refused:
        return None, refused.message
    if intake.kinds is not None and stored.media_type not in intake.kinds:
        return None, intake.other_kind
    return stored, ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of a sending: those that were taken in, and why each of the others was not.

    `mislabelled` are the new ones that are not what their name says: that name, and the file.
    """

    files: tuple[StoredFile, ...]
    refusals: tuple[str, ...] = ()
    mislabelled: tuple[tuple[str, StoredFile], ...] = ()


def all_taken_in(request: HttpRequest, intake: Intake, now: datetime) -> Taken:
    """Return the files of this sending beside those of earlier tries, each once.

    Earlier ones come back by their keys, named in `kept`; `drop` names those to take away.
    """
    if request.method != "POST":
        return Taken(())
    found = _kept(request, intake)
    refusals, mislabelled = [], []
    for upload in request.FILES.getlist(intake.field):
        stored, refusal = _taken(request, upload, intake, now)
        if stored is None:
            refusals.append(f"{upload.name}: {refusal}")
        else:
            found[str(stored.key)] = stored
            if _is_mislabelled(upload.name or "", stored):
                mislabelled.append((upload.name or "", stored))
    return Taken(tuple(found.values()), tuple(refusals), tuple(mislabelled))


def _is_mislabelled(name: str, stored: StoredFile) -> bool:
    """Return whether a name ends like another kind than the bytes show."""
    said = PurePath(name).suffix.lower()
    return bool(said) and said != PurePath(stored.name).suffix.lower()


def _kept(request: HttpRequest, intake: Intake) -> dict[str, StoredFile]:
    community_key = request.community.key  # type: ignore[attr-defined]
    dropped = set(request.POST.getlist("drop"))
    found: dict[str, StoredFile] = {}
    for text in request.POST.getlist("kept")[:MOST_KEPT]:
        stored = None if text in dropped else _staged(text, community_key, intake)
        if stored is not None:
            found[str(stored.key)] = stored
    return found


def _drawn_anew(upload: UploadedFile, most: int) -> files.Upload:
    """Return a picture without its metadata; what is too large goes on, to be refused as such."""
    return upload if (upload.size or 0) > most else without_metadata(BytesIO(upload.read()))


def _earlier(request: HttpRequest, community_key: str, intake: Intake) -> StoredFile | None:
    return _staged(request.POST.get("kept", ""), community_key, intake)


def _staged(text: str, community_key: str, intake: Intake) -> StoredFile | None:
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    staged = StoredFile.objects.filter(community_key=community_key, state=StoredFile.State.STAGED)
    if intake.kinds is not None:
        staged = staged.filter(media_type__in=intake.kinds)
    return staged.filter(key=key).first()
