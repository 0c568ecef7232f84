"""Stored files by the hash of their bytes, as their readers ask for them."""

from typing import Final

from infitah.core.models import StoredFile
from infitah.core.queries.visible import visible_file
from infitah.core.viewer import Viewer

MOST: Final = 12


def files_of_hash(viewer: Viewer, sha256: str) -> list[StoredFile]:
    """Return the files of this community with these very bytes that `viewer` may open.

    One query, and two for each of at most MOST files.
    """
    keys = StoredFile.objects.filter(
        community_key=viewer.community_key, sha256=sha256, state=StoredFile.State.BOUND
    ).order_by("bound_at")
    asked = (visible_file(viewer, str(key)) for key in keys.values_list("key", flat=True)[:MOST])
    return [one for one in asked if one is not None]
