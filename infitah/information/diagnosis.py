"""What the doctor says of requests: do they stand as their acts say, are they kept up to day."""

from collections.abc import Iterator
from datetime import datetime

from infitah.core import clock
from infitah.core.diagnosis import Finding
from infitah.information.models import ActLetter, ClockMove
from infitah.information.operations.refresh import has_requests_to_refresh
from infitah.information.operations.replay import replay

NAME = "requests"


def requests(_now: datetime) -> Iterator[Finding]:
    """Yield what replaying the acts of requests shows, by the day that the product goes by."""
    now = clock.now()
    found = replay(now=now)
    told = f"{found.looked} of {found.total} replayed"
    if found.differing:
        which = ", ".join(found.differing[:5])
        mend = "Run: infitah recount. Tell the makers: nothing but an act may change a request."
        yield Finding(NAME, "fault", f"{told}; {len(found.differing)} differ: {which}", mend)
    else:
        yield Finding(NAME, "well", told)
    if has_requests_to_refresh(now):
        mend = "Start the worker: infitah serve. It catches up by itself."
        yield Finding("requests of the day", "warning", "some wait to be looked at", mend)
    untold = ClockMove.objects.untold().count()
    if untold:
        mend = "Start the worker: infitah serve. The mails leave by themselves."
        yield Finding("moved deadlines", "warning", f"{untold} not told yet", mend)
    stuck = ActLetter.objects.stuck().count()
    if stuck:
        mend = "Read the log of the worker: infitah.letters. Then run: infitah letters."
        yield Finding("letters to requesters", "fault", f"{stuck} could not be written", mend)
