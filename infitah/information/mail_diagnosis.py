"""What the doctor says of the mails that come in: whose they are, whether anybody sorts them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Min

from infitah.core.diagnosis import Finding
from infitah.information.models import IncomingMail
from infitah.information.queries.mail_in import mailbox_community

LONGEST: Final = timedelta(days=3)


def mails(now: datetime) -> Iterator[Finding]:
    """Yield whether unmatched mail has a community, and how long it has waited to be sorted."""
    imap = settings.ENVIRONMENT.imap
    if imap is not None and mailbox_community() is None:
        told = f"no community {imap.community}" if imap.community else "no community yet"
        mend = "Name one that exists: ?community=KEY in INFITAH_IMAP_URL."
        yield Finding("community of the mailbox", "fault", told, mend)
    waiting = IncomingMail.objects.to_sort().aggregate(count=Count("pk"), oldest=Min("received_at"))
    if waiting["oldest"] is None:
        return
    is_long = now - waiting["oldest"] > LONGEST
    told = f"{waiting['count']} since {waiting['oldest']:%Y-%m-%d}"
    mend = "An officer sorts them at /desk/information/mail/: the days of a request run already."
    verdict = "warning" if is_long else "well"
    yield Finding("mails to sort", verdict, told, mend if is_long else "")  # type: ignore[arg-type]
