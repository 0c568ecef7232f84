"""The file for the commission as its page shows it: small ones at once, large ones by the worker.

Law 31-13, art. 20. Secret: what is asked here belongs to the bearer of the follow link alone.
"""

from datetime import date
from hashlib import sha256

from infitah.core import files
from infitah.core.viewer import Viewer
from infitah.design.pdf import binding
from infitah.information.conf import OPTIONS
from infitah.information.models import BundleRun, CaseFile, InformationRequest
from infitah.information.queries.letters.bundle import DIRECT_PAGES, Bundle, bundle, seen_files


def bundle_mark(request: InformationRequest, viewer: Viewer, today: date) -> str:
    """Return what names the content of the file on a day: another act makes another. Two queries.

    The day counts: the front says until when which remedy is open.
    """
    acts = request.acts.order_by("position").values_list("pk", flat=True)
    held = [today.isoformat(), *acts, "files", *(one.pk for one in seen_files(request, viewer))]
    return sha256(" ".join(map(str, held)).encode()).hexdigest()


def bundle_run(
    request: InformationRequest, viewer: Viewer, language: str, today: date
) -> BundleRun | None:
    """Return the making of the file as it is today, or None where nobody asked. Three queries."""
    runs = BundleRun.objects.visible_to(viewer).select_related("stored")
    mark = bundle_mark(request, viewer, today)
    return runs.filter(request=request, language=language, mark=mark).first()


def small_bundle(
    request: InformationRequest, viewer: Viewer, language: str, today: date
) -> Bundle | None:
    """Return the file if it is bound while one waits, else None; a heavy one is not even drawn."""
    if _is_heavy(seen_files(request, viewer)):
        return None
    drawn = bundle(request, language, viewer=viewer, today=today)
    return drawn if drawn.is_small else None


def _is_heavy(seen: list[CaseFile]) -> bool:
    """Return whether the documents alone are too much to be drawn while one waits."""
    if sum(one.file.size for one in seen) > OPTIONS.most_bundle_bytes_at_once:
        return True
    pages = 0
    for one in seen:
        pages += 0 if one.role == CaseFile.Role.LETTER else _pages(one)
        if pages > DIRECT_PAGES:
            return True
    return False


def _pages(one: CaseFile) -> int:
    """Return how many pages a document has: as its check found, else counted now."""
    known = one.pages or len(one.sheets)
    if known or one.file.media_type != binding.PDF:
        return known or 1
    try:
        return binding.pages_of(files.content(one.file))
    except binding.NotBindable:
        return 1
