"""Reminders of last days that come near, up the ladder; each step is told once, in waking hours.

Officer (or the deputy in charge) five days before, the deputy two days before, the director of
services on the day, the president once it is late. Mails to those above hold numbers and titles
for the public alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from infitah.community.models import User
from infitah.community.queries import url_of
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.models import Mail
from infitah.core.operations.mail import Letter, queue_mails
from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_charge import ladder
from infitah.information.queries.desk_morning import line_of
from infitah.information.rules.reminders import (
    LAST_DAY,
    LOOK_BACK_DAYS,
    Step,
    is_quiet,
    step_of,
    told_at,
)
from infitah.kernel.dates import format_date

FARTHEST: Final = max(LAST_DAY.values())
HEAD: Final = ("president", "officer")
"""Whom a complaint before the head of the institution is told to as its day comes."""


def is_waking(now: datetime) -> bool:
    """Return whether people may be written to now."""
    return not is_quiet(now.astimezone(CASABLANCA).hour)


def _span(now: datetime) -> tuple[date, date]:
    today = local_day(now)
    return today - timedelta(days=LOOK_BACK_DAYS), today + timedelta(days=FARTHEST)


def has_reminders(now: datetime) -> bool:
    """Return whether a last day is near, in waking hours. Two look-ups."""
    if not is_waking(now):
        return False
    near = InformationRequest.objects.filter(due_on__range=_span(now))
    head = InformationRequest.objects.filter(turn=rules.Party.HEAD, turn_by__range=_span(now))
    return near.exists() or head.exists()


@transaction.atomic
def remind(*, now: datetime) -> bool:
    """Queue the reminders of today that were not sent; return False: none is left."""
    today = local_day(now)
    near = [*_by_day("due_on", _owed(now)), *_by_day("turn_by", _before_head(now))]
    for community in {one.requests[0].community for one in near}:
        people = ladder(community, today)
        mine = [one for one in near if one.requests[0].community_id == community.pk]
        _queue_new([letter for one in mine for letter in _letters(one, people, today)], now)
    return False


@dataclass(frozen=True, slots=True)
class Near:
    """The requests of a community that share a last day: of the answer, or of the head's word."""

    of: str
    day: date
    requests: list[InformationRequest]


def _by_day(name: str, requests: Iterable[InformationRequest]) -> Iterator[Near]:
    grouped: dict[tuple[int, date], list[InformationRequest]] = defaultdict(list)
    for one in requests:
        grouped[one.community_id, getattr(one, name)].append(one)
    for (_key, day), some in grouped.items():
        yield Near(name, day, some)


def _owed(now: datetime) -> list[InformationRequest]:
    near = InformationRequest.objects.filter(due_on__range=_span(now))
    return list(near.select_related("community").order_by("due_on", "pk"))


def _before_head(now: datetime) -> list[InformationRequest]:
    waits = InformationRequest.objects.filter(turn=rules.Party.HEAD, turn_by__range=_span(now))
    return list(waits.select_related("community").order_by("turn_by", "pk"))


def _letters(near: Near, people: Mapping[str, list[User]], today: date) -> Iterator[Letter]:
    """Yield the reminders of one last day: one mail a person, with every request of that day."""
    step = step_of(near.day, today)
    if step is None:
        return
    told = told_at(step) if near.of == "due_on" else HEAD
    users = {user.pk: user for role in told for user in people.get(role, ())}
    for user in users.values():
        yield _letter(near, user, step, today)


def _letter(near: Near, user: User, step: Step, today: date) -> Letter:
    community, language = near.requests[0].community, user.language
    with override(language):
        lines = "\n".join(line_of(one, today, language) for one in near.requests)
    institution = community.institution.in_language(language)
    kind = "reminder" if near.of == "due_on" else "complaint"
    return Letter(
        community_key=community.key,
        to=user.email,
        template=f"information/{kind}_due",
        context={
            "institution": institution,
            "sender_name": institution,
            "day": format_date(near.day, language, weekday=True),
            "lines": lines,
            "is_late": "1" if step is Step.LATE else "",
            "is_today": "1" if step is Step.DAY else "",
            "link": url_of(community, reverse("information_desk:queue")),
        },
        language=language,
        dedupe_key=f"information.{kind}:{community.key}:{near.day}:{step}:{user.pk}",
        priority="answer",
    )


def _queue_new(letters: Sequence[Letter], now: datetime) -> None:
    """Queue the letters that were not queued before. Two statements."""
    keys = [one.dedupe_key for one in letters]
    known = set(Mail.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    queue_mails([one for one in letters if one.dedupe_key not in known], now=now)
