"""Files that come with a form of a case or of a service: several at once, kept across errors."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from infitah.core import media_types
from infitah.core.conf import FILES
from infitah.core.intake import Intake, Taken, all_taken_in
from infitah.information.forms.desk_tasks import KeepsFiles

CROWDED: Final = _("Too many files came from here within an hour. Wait, or call the officer.")
OTHER: Final = _("a file of another kind")
KINDS: Final = {
    media_types.PDF: _("a PDF"),
    media_types.CSV: _("a table in plain text (CSV)"),
    media_types.PLAIN: _("plain text"),
    media_types.DOCX: _("a Word document"),
    media_types.XLSX: _("an Excel workbook"),
    media_types.ODT: _("an OpenDocument text"),
    media_types.ODS: _("an OpenDocument table"),
    "image/png": _("a picture"),
    "image/jpeg": _("a picture"),
    "image/webp": _("a picture"),
}
MOST: Final = {"desk": 100_000, "service": 200}
"""Files that one network may send in an hour: the desk is never held up."""


def taken(request: HttpRequest, where: str, now: datetime, *, field: str = "file") -> Taken:
    """Return the files of this sending and of earlier tries."""
    intake = Intake(
        field=field,
        limit=f"information.{where}",
        per_network=(MOST[where], 3600),
        max_bytes=FILES.max_bytes,
        crowded=str(CROWDED),
    )
    return all_taken_in(request, intake, now)


def keep(form: KeepsFiles, found: Taken) -> KeepsFiles:
    """Let a form show the files taken in, and say what is to be known of those just sent.

    One that is not what its name says holds the form back once: sent again it is kept as it is.
    """
    form.keep(found.files, [*found.refusals, *mislabelled(found)])
    return form


def mislabelled(found: Taken) -> list[str]:
    """Return in a sentence each what files really are that bear another name."""
    sentence = _(
        "%(name)s is not what its name says: inside it is “%(kind)s”. It is taken in as %(kept)s. "
        "If that is the right document, send again; else leave it out and join the right one."
    )
    return [
        sentence % {"name": name, "kind": KINDS.get(one.media_type, OTHER), "kept": one.name}
        for name, one in found.mislabelled
    ]


def keys_of(found: Taken) -> list[str]:
    """Return the keys of the files taken in."""
    return [str(one.key) for one in found.files]
