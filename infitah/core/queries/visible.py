"""Which stored file a viewer may have."""

from infitah.core import registry
from infitah.core.models import StoredFile
from infitah.core.viewer import Viewer


def visible_file(viewer: Viewer, key: str) -> StoredFile | None:
    """Return the file if it is bound, not infected, of this community and open to the viewer.

    A private file is open where the guard registered for its subject says so. One query, and
    the guard's own.
    """
    stored = (
        StoredFile.objects.filter(
            key=key, community_key=viewer.community_key, state=StoredFile.State.BOUND
        )
        .exclude(scan=StoredFile.Scan.INFECTED)
        .first()
    )
    if stored is None or stored.is_public:
        return stored
    guard = registry.file_guard(stored.subject)
    return stored if guard is not None and guard(viewer, stored.subject) else None
