"""Mails to services: the link of a task, and the reminders about it. Never the code, never a name.

Services have one public address and no preference of language: they are written to in Arabic.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.operations import queue_mail
from infitah.information.models import ServiceTask
from infitah.information.rules import tasks
from infitah.information.rules.reminders import is_quiet
from infitah.kernel.dates import format_date

LANGUAGE: Final = "ar"
AT_ONCE: Final = 100


def service_link(community: Community, token: str, language: str = LANGUAGE) -> str:
    """Return the address by which a service opens its task."""
    return url_of(community, f"/{language}/information/service/{token}/")


def _facts(task: ServiceTask) -> dict[str, str]:
    institution = task.community.institution.in_language(LANGUAGE)
    return {
        "institution": institution,
        "sender_name": institution,
        "service": task.unit.name.in_language(LANGUAGE),
        "due": format_date(task.due_on, LANGUAGE, weekday=True),
        "number": f"{task.request.reference}-T{task.position}",
    }


def queue_task_mail(task: ServiceTask, token: str, *, now: datetime) -> bool:
    """Queue the mail with the link of a task, where the service has an address; whether it has."""
    more = {
        "link": service_link(task.community, token),
        "expires": format_date(local_day(task.link_expires_at), LANGUAGE),
    }
    return _queue(task, "information/task", f"task:{task.link_digest[:32]}", more, now=now)


def _queue(
    task: ServiceTask, template: str, key: str, more: Mapping[str, str], *, now: datetime
) -> bool:
    if not task.unit.email:
        return False
    queue_mail(
        community_key=task.community.key,
        to=task.unit.email,
        template=template,
        context={**_facts(task), **more},
        language=LANGUAGE,
        dedupe_key=f"information.{key}",
        priority="answer",
        now=now,
    )
    return True


def _waiting() -> QuerySet[ServiceTask]:
    return ServiceTask.objects.wanted().exclude(unit__email="")


def has_services_to_nudge(now: datetime) -> bool:
    """Return whether a service is to be reminded now, in waking hours. One query."""
    return not is_quiet(now.astimezone(CASABLANCA).hour) and bool(_due_for_nudge(now))


def _due_for_nudge(now: datetime) -> list[ServiceTask]:
    today = local_day(now)
    first, last = tasks.LINK_LIVES_AFTER.days + 1, max(tasks.NUDGES)
    near = _waiting().filter(
        due_on__gte=today.fromordinal(today.toordinal() - first),
        due_on__lte=today.fromordinal(today.toordinal() + last),
    )
    found = near.select_related("community", "unit", "request").order_by("due_on", "pk")
    return [one for one in found if tasks.nudge_of(one.due_on, one.nudged_on, today) is not None]


@transaction.atomic
def nudge_services(*, now: datetime) -> bool:
    """Remind each service once on each of its days; return whether more wait."""
    today, waiting = local_day(now), _due_for_nudge(now)
    for task in waiting[:AT_ONCE]:
        left = (task.due_on - today).days
        more = {
            "asked": format_date(local_day(task.asked_at), LANGUAGE),
            "left": str(left),
            "is_late": "1" if left < 0 else "",
            "is_today": "1" if left == 0 else "",
        }
        key = f"nudge:{task.pk}:{today.isoformat()}"
        _queue(task, "information/task_reminder", key, more, now=now)
        ServiceTask.objects.filter(pk=task.pk).update(nudged_on=today)
    return len(waiting) > AT_ONCE
