"""The file for the commission as its page shows it: small ones at once, large ones by the worker.

Law 31-13, art. 20. Secret: what is asked here belongs to the bearer of the follow link alone.
"""

from datetime import date
from hashlib import sha256

from infitah.core.viewer import Viewer
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
    """Return whether the documents alone are too much, by what is known without opening them."""
    documents = [one for one in seen if one.role != CaseFile.Role.LETTER]
    pages = sum(one.pages or len(one.sheets) or 1 for one in documents)
    size = sum(one.file.size for one in seen)
    return pages > DIRECT_PAGES or size > OPTIONS.most_bundle_bytes_at_once
