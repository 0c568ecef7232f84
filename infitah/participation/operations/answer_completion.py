"""When every idea of a closed consultation has its answer: recorded once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max

from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaAnswer

LEAVES_NOTHING = ("idea_hidden", "idea_withdrawn", "late_idea_refused")
"""Acts after which nothing may be left to answer, although nobody answered anything."""


def held_consultation(consultation_id: int) -> Consultation:
    """Return a consultation held for an act on its answers, before any of its ideas is.

    Ideas may still be given meanwhile: their rows point at this one and take no notice.
    """
    return (
        Consultation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community")
        .get(pk=consultation_id)
    )


def note_if_answered(consultation: Consultation, *, by: Actor, now: datetime) -> bool:
    """Record that every idea of a held, closed consultation is answered; return whether it is new.

    Late ones in the tray and ones not read yet are waited for; hidden and withdrawn ones are not,
    nor are those refused late, whose author was told why. Ideas taken in afterwards change
    nothing of what was recorded. At most four queries and those of the register.
    """
    if consultation.answered_at is not None or now < consultation.closes_at:
        return False
    waiting = Idea.objects.filter(consultation=consultation, state__in=sorted(rules.AWAITED))
    if waiting.exclude(answers__is_current=True).exists():
        return False
    answers = IdeaAnswer.objects.filter(idea__consultation=consultation, is_current=True)
    last_on = answers.aggregate(last=Max("answered_on"))["last"]
    if last_on is None:
        return False
    is_today = last_on == local_day(now)
    consultation.answered_at = now if is_today else rules.opening_instant(last_on)
    consultation.save(update_fields=["answered_at"])
    counts = dict(answers.order_by().values_list("code").annotate(Count("pk")))
    subject = f"consultation:{consultation.slug}"
    ledger.record(
        community_key=consultation.community.key,
        act="participation.consultation_answered",
        subject=subject,
        by=by,
        public={"consultation": consultation.slug, "answers": counts},
        occurred_on=last_on,
        now=now,
    )
    post_event(
        kind="participation.consultation_answered",
        community_key=consultation.community.key,
        subject=subject,
        payload={"consultation": consultation.slug, "ideas": sum(counts.values())},
        dedupe_key=f"participation.consultation_answered:{consultation.pk}",
        now=now,
    )
    return True


@transaction.atomic
def look_whether_answered(*, event: Outbox, now: datetime) -> None:
    """Record that all is answered where the last idea that waited was hidden, refused or taken
    back: an event of LEAVES_NOTHING says so.
    """
    found = Idea.objects.filter(
        community__key=event.community_key,
        reference=event.subject,
        consultation__answered_at=None,
        consultation__closes_at__lte=now,
    )
    for consultation_id in found.values_list("consultation_id", flat=True):
        consultation = held_consultation(consultation_id)
        if note_if_answered(consultation, by=Actor.system("clock"), now=now):
            bump(consultation.community.key, "participation")
