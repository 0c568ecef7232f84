"""Tasks to services: asked with a day and a one-time link, answered once, taken back.

The service never learns who asked. The code that its link needs is never in the same message.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infitah.community.models import Community, Unit
from infitah.community.rules.codes import token_digest
from infitah.core import vault
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import CaseFile, InformationRequest, ServiceTask
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    locked_request,
    record_act,
)
from infitah.information.operations.files import keep_file
from infitah.information.operations.identities import refuse_traces
from infitah.information.operations.task_letters import queue_task_mail
from infitah.information.rules import tasks
from infitah.kernel.text import has_letters

K = rules.ActKind
DIGITS: Final = "0123456789"


class TaskRefused(RequestRefused):
    """The task cannot be given, answered or taken back so."""


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """A task with what opens it: shown once, stored as digests only.

    `is_mailed` says that the link left by mail; the code is told by another way.
    """

    task: ServiceTask
    token: str
    code: str
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What a service answered: how much it gives, in words, with which staged files, by whom."""

    result: str
    words: str
    by_whom: str
    keys: Sequence[str] = ()


@transaction.atomic
def ask_service(
    *,
    community: Community,
    reference: str,
    unit: Unit,
    words: str,
    due_on: date,
    on: date,
    by: Actor,
    now: datetime,
) -> TaskGiven:
    """Ask a service for a part of what is asked, by a day of its own; its link leaves by mail.

    What was asked on an earlier day is entered without a mail. Raises TaskRefused for a closed
    service or another community's, without words, for a day that has passed, and where the same
    service still owes the same; RequestRefused for words that name who asks.
    """
    request = locked_request(community, reference)
    _check(request, unit, words, due_on, on)
    refuse_traces(request, words, field="words")
    position = request.tasks.count() + 1
    if request.unit_id is None:
        request.unit = unit
    said = Said(
        K.TASKED,
        on,
        facts={"task": str(position), "unit": unit.slug},
        note=words,
        private={"unit": unit.slug, "words": words},
    )
    record_act(request=request, said=said, by=by, now=now)
    token, code = _secrets()
    task = ServiceTask.objects.create(
        community=community,
        request=request,
        position=position,
        unit=unit,
        words=words,
        due_on=due_on,
        asked_at=now,
        asked_by=by.key,
        link_digest=token_digest(token),
        code_digest=code_digest(token, code),
        link_expires_at=_expiry(due_on),
    )
    return TaskGiven(task, token, code, queue_task_mail(task, token, now=now))


def _check(request: InformationRequest, unit: Unit, words: str, due_on: date, today: date) -> None:
    if unit.community_id != request.community_id or unit.closed_on is not None:
        raise TaskRefused(_("Choose a service of the list."), field="unit")
    if not has_letters(words):
        raise TaskRefused(_("Write what the service is asked."), field="words")
    if due_on < today:
        raise TaskRefused(_("Choose a day that has not passed."), field="due_on")
    last = request.due_on
    if last is not None and today <= last < due_on:
        raise TaskRefused(
            _("Choose a day before your own last day, so that you can still answer in time."),
            field="due_on",
        )
    owed = request.tasks.unanswered().filter(unit=unit, words=words)
    if owed.exists():
        raise TaskRefused(_("This service was asked for this already."), code="twice")


def _secrets() -> tuple[str, str]:
    code = "".join(secrets.choice(DIGITS) for _n in range(tasks.CODE_LENGTH))
    return secrets.token_urlsafe(24), code


def _expiry(due_on: date) -> datetime:
    day = due_on + tasks.LINK_LIVES_AFTER + timedelta(days=1)
    return datetime.combine(day, time.min, tzinfo=CASABLANCA)


def code_digest(token: str, code: str) -> str:
    """Return the keyed digest of a code, bound to its link."""
    return vault.lookup_digest("information.task", f"{token_digest(token)}\n{code.strip()}")


def _held(community: Community, reference: str, position: int) -> ServiceTask:
    """Return a task of a request, both held. Raises ServiceTask.DoesNotExist."""
    request = locked_request(community, reference)
    held = ServiceTask.objects.select_for_update(of=("self",))
    return held.select_related("community", "request__community", "unit").get(
        request=request, position=position
    )


def _check_open(task: ServiceTask) -> None:
    if task.answered_at is not None:
        raise TaskRefused(_("This service has answered already."), code="used")
    if task.cancelled_at is not None:
        raise TaskRefused(_("This was taken back from the service."), code="cancelled")


@transaction.atomic
def renew_link(
    *, community: Community, reference: str, position: int, by: Actor, now: datetime
) -> TaskGiven:
    """Give a task a new link and a new code; the old ones open nothing any more."""
    task = _held(community, reference, position)
    _check_open(task)
    token, code = _secrets()
    task.link_digest, task.code_digest = token_digest(token), code_digest(token, code)
    task.wrong_codes = 0
    task.link_expires_at = _expiry(max(task.due_on, local_day(now)))
    task.save(update_fields=["link_digest", "code_digest", "wrong_codes", "link_expires_at"])
    return TaskGiven(task, token, code, queue_task_mail(task, token, now=now))


@transaction.atomic
def cancel_task(
    *, community: Community, reference: str, position: int, by: Actor, now: datetime
) -> ServiceTask:
    """Take back what a service was asked; its link opens nothing any more."""
    task = _held(community, reference, position)
    _check_open(task)
    said = Said(
        K.TASK_CANCELLED,
        local_day(now),
        facts={"task": str(position), "unit": task.unit.slug},
        private={"unit": task.unit.slug},
    )
    record_act(request=task.request, said=said, by=by, now=now)
    task.cancelled_at = now
    task.save(update_fields=["cancelled_at"])
    return task


@transaction.atomic
def note_service_answer(
    *,
    community: Community,
    reference: str,
    words: str,
    on: date,
    by: Actor,
    now: datetime,
    position: int = 0,
    result: str = ServiceTask.Result.GIVEN,
    by_whom: str = "",
    keys: Sequence[str] = (),
) -> ServiceTask:
    """Keep what a service answered by telephone, on paper or by mail, entered by the officer.

    Without a `position` it is the answer to the oldest task that is not answered. Raises
    TaskRefused where none is.
    """
    task = _held(community, reference, position or _oldest_open(community, reference))
    _check_open(task)
    name = by_whom or task.unit.name.ar
    answer = ServiceAnswer(result, words, name, keys)
    return _answered(task, answer, on=on, by=by, now=now)


def _oldest_open(community: Community, reference: str) -> int:
    open_ones = ServiceTask.objects.of(community).unanswered()
    found = open_ones.filter(request__reference=reference).order_by("position").first()
    if found is None:
        raise TaskRefused(_("No service was asked for anything that it still owes."), code="none")
    return found.position


@transaction.atomic
def answer_by_link(
    *, community: Community, token: str, code: str, answer: ServiceAnswer, now: datetime
) -> ServiceTask:
    """Keep the answer of the service itself, once, by its link and its code.

    Raises TaskRefused where the link is good for nothing any more, or the code is wrong: then it is
    counted by `open_task`, not here.
    """
    task = task_of_link(community, token)
    if task is None:
        raise TaskRefused(_("This link leads to nothing."), code="unknown")
    task = _held(community, task.request.reference, task.position)
    state = state_of_task(task, now)
    if state is not tasks.LinkState.OPEN or task.code_digest != code_digest(token, code):
        raise TaskRefused(
            _("This link takes no answer any more. Ask the officer for a new one."), code=state
        )
    return _answered(task, answer, on=local_day(now), by=Actor.visitor(), now=now)


def _answered(
    task: ServiceTask, answer: ServiceAnswer, *, on: date, by: Actor, now: datetime
) -> ServiceTask:
    _check_answer(answer)
    said = Said(
        K.TASK_ANSWERED,
        on,
        facts={"task": str(task.position), "unit": task.unit.slug, "result": answer.result},
        note=answer.words,
        private={"unit": task.unit.slug, "words": answer.words},
    )
    record_act(request=task.request, said=said, by=by, now=now)
    for key in dict.fromkeys(answer.keys):
        keep_file(
            request=task.request,
            key=key,
            role=CaseFile.Role.SOURCE,
            task=task,
            by=by,
            now=now,
        )
    task.result, task.answer, task.answered_by = answer.result, answer.words, answer.by_whom
    task.answered_at = now
    task.save(update_fields=["result", "answer", "answered_by", "answered_at"])
    return task


def _check_answer(answer: ServiceAnswer) -> None:
    if answer.result not in ServiceTask.Result.values:
        raise TaskRefused(_("Choose what the service gives."), field="result")
    if not has_letters(answer.by_whom):
        raise TaskRefused(_("Write the name and the function of who answers."), field="by_whom")
    gives = answer.result == ServiceTask.Result.GIVEN
    if gives and not answer.keys and not has_letters(answer.words):
        raise TaskRefused(_("Join the documents, or write the answer."), field="file")
    if not gives and not has_letters(answer.words):
        raise TaskRefused(_("Write what is missing and why."), field="words")


def task_of_link(community: Community, token: str) -> ServiceTask | None:
    """Return the task that a link opens, whatever it is good for, or None. One query."""
    found = ServiceTask.objects.of(community).select_related("request", "unit", "community")
    return found.filter(link_digest=token_digest(token)).first()


def state_of_task(task: ServiceTask, now: datetime) -> tasks.LinkState:
    """Return what the link of a task is good for."""
    return tasks.link_state(
        is_answered=task.answered_at is not None,
        is_cancelled=task.cancelled_at is not None,
        wrong_codes=task.wrong_codes,
        expires_at=task.link_expires_at,
        now=now,
    )


@transaction.atomic
def open_task(*, community: Community, token: str, code: str, now: datetime) -> bool:
    """Return whether the code opens the task of this link; a wrong one is counted, five lock it."""
    task = ServiceTask.objects.of(community).filter(link_digest=token_digest(token)).first()
    if task is None or state_of_task(task, now) is not tasks.LinkState.OPEN:
        return False
    if secrets.compare_digest(task.code_digest, code_digest(token, code)):
        return True
    ServiceTask.objects.filter(pk=task.pk).update(wrong_codes=F("wrong_codes") + 1)
    return False
