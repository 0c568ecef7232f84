"""What every act on a shared record guards: that nobody was quicker since it was read."""

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused


class RecordChanged(OperationRefused):
    """Somebody else changed the record since it was read."""


def check_seen(seen: str, stands: str) -> None:
    """Refuse to overwrite what was not read; without a mark nothing is compared.

    Raises RecordChanged.
    """
    if seen and seen != stands:
        raise RecordChanged(
            _("Somebody else changed this a moment ago. Open the page again and look at it.")
        )
