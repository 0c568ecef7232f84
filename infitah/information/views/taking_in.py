"""Files that come with a form of a case or of a service: several at once, kept across errors."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from infitah.core.conf import FILES
from infitah.core.intake import Intake, Taken, all_taken_in
from infitah.information.forms.desk_tasks import KeepsFiles

CROWDED: Final = _("Too many files came from here within an hour. Wait, or call the officer.")
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
    """Let a form show the files taken in, and say why others were not."""
    form.keep(found.files, found.refusals)
    return form


def keys_of(found: Taken) -> list[str]:
    """Return the keys of the files taken in."""
    return [str(one.key) for one in found.files]
