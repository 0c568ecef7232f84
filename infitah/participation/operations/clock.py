"""What the clock does by itself: openings and closings recorded, drafts erased."""

from datetime import datetime

from infitah.core.viewer import Actor
from infitah.participation.models import Consultation, IdeaDraft, PendingAct
from infitah.participation.operations.consultations import record_closing, record_opening
from infitah.participation.operations.drafts import purge_drafts
from infitah.participation.operations.pending import purge_acts

CLOCK = Actor.system("clock")


def has_clock_work(now: datetime) -> bool:
    """Return whether something opened, closed or ran out since the last look. Three look-ups."""
    return (
        Consultation.objects.to_record(now).exists()
        or IdeaDraft.objects.expired(now).exists()
        or PendingAct.objects.expired(now).exists()
    )


def keep_time(*, now: datetime) -> bool:
    """Record what opened and closed by the clock, erase drafts that ran out; never more to do."""
    for pk in Consultation.objects.to_record(now).values_list("pk", flat=True):
        record_opening(consultation_id=pk, by=CLOCK, now=now)
        record_closing(consultation_id=pk, by=CLOCK, now=now)
    purge_drafts(now=now)
    purge_acts(now=now)
    return False
