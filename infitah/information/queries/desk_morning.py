"""What the morning digest tells: due within three days, waiting on others, windows that close."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.design.components import days_sentence
from infitah.information import rules
from infitah.information.models import InformationRequest, InformationRequestQuerySet, ServiceTask
from infitah.information.queries.desk_words import state_of
from infitah.information.rules.reminders import SOON_DAYS
from infitah.kernel.dates import format_date

MOST_OF_OTHERS: Final = 100
P, K = rules.Party, rules.ActKind


@dataclass(frozen=True, slots=True)
class Morning:
    """The lines of one morning by what they are about; `due` holds every one of them."""

    due: Sequence[InformationRequest]
    waiting: Sequence[InformationRequest] = ()
    consulting: Sequence[InformationRequest] = ()
    tasks: Sequence[ServiceTask] = field(default=())
    closing: Sequence[InformationRequest] = ()
    to_publish: int = 0

    @property
    def is_empty(self) -> bool:
        return not (
            self.due
            or self.waiting
            or self.consulting
            or self.tasks
            or self.closing
            or self.to_publish
        )


def morning(community: Community, today: date) -> Morning:
    """Return what a morning tells of a community. Six queries.

    Everything due within three days, or late, whoever must act; the rest is bounded.
    """
    here, soon = InformationRequest.objects.of(community), today + timedelta(days=SOON_DAYS)
    owed = here.filter(due_on__isnull=False)
    waits = owed.filter(turn__in=[P.REQUESTER, P.SECOND_READER]).order_by("due_on", "pk")
    tasks = ServiceTask.objects.of(community).wanted().select_related("unit", "request")
    return Morning(
        due=list(owed.filter(due_on__lte=soon).order_by("due_on", "pk")),
        waiting=list(waits[:MOST_OF_OTHERS]),
        consulting=list(_consulting(owed)[:MOST_OF_OTHERS]),
        tasks=list(tasks.order_by("due_on", "pk")[:MOST_OF_OTHERS]),
        closing=list(_closing(here, today, soon)[:MOST_OF_OTHERS]),
        to_publish=here.filter(turn=P.OFFICER, due_on__isnull=True)[:MOST_OF_OTHERS].count(),
    )


def _consulting(owed: InformationRequestQuerySet) -> InformationRequestQuerySet:
    """Return the requests whose third party has not answered."""
    asked = Count("acts", filter=Q(acts__kind=K.THIRD_PARTY_CONSULTED))
    answered = Count("acts", filter=Q(acts__kind=K.THIRD_PARTY_ANSWERED))
    counted = owed.annotate(asked=asked, answered=answered)
    return counted.filter(asked__gt=F("answered")).order_by("due_on", "pk")


def _closing(
    here: InformationRequestQuerySet, today: date, soon: date
) -> InformationRequestQuerySet:
    """Return the requests whose complaint or whose put-off publication comes to its day."""
    bodies = Q(turn__in=[P.HEAD, P.CDAI], turn_by__lte=soon)
    put_off = Q(published_on=None, deferred_until__gte=today, deferred_until__lte=soon)
    return here.filter(bodies | put_off).order_by("pk")


def line_of(request: InformationRequest, today: date, language: str) -> str:
    """Return a request in a mail to an officer: number, title for the public, state, last day.

    What the requester wrote stands in no mail. The active language is `language`.
    """
    _star, state = state_of(request, today)
    title = request.public_title or _("(no title yet)")
    day = request.due_on or request.turn_by or request.deferred_until
    left = f"{format_date(day, language)}, {days_sentence((day - today).days)}" if day else ""
    return " · ".join(part for part in (request.reference, title, state, left) if part)


def task_line(task: ServiceTask, today: date, language: str) -> str:
    """Return a task in a mail to an officer. The active language is `language`."""
    left = days_sentence((task.due_on - today).days)
    name = task.unit.name.in_language(language)
    return f"{task.request.reference} · {name} · {format_date(task.due_on, language)}, {left}"
