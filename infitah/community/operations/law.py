"""Seeding and changing legal numbers; seeding the days off."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import (
    CalendarDay,
    CalendarVersion,
    Community,
    RuleSet,
    RuleValue,
)
from infitah.community.operations.acts import lock, record, subject
from infitah.community.rules import shipped
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel import holidays_ma
from infitah.kernel.calendar import Holiday, HolidayKind, HolidayStatus
from infitah.ledger.rules import JSON

# Fixed days since the first year of the story; feasts where a date is known.
SEEDED_YEARS = range(2022, 2029)


class RuleRefused(OperationRefused):
    """The legal number cannot be set so."""


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A legal number from a day on."""

    value: int
    unit: str
    article: str
    source: str
    valid_from: date


def seed_laws(community: Community) -> None:
    """Give a new community the laws that ship with the product; what it has stays untouched."""
    population = community.population_2024 or 0
    for position, law in enumerate(shipped.laws(community.kind, population)):
        rule_set, _is_new = RuleSet.objects.get_or_create(
            community=community,
            law=law.law,
            defaults={"name": law.name, "source": law.source.ar, "position": position},
        )
        have = set(RuleValue.objects.of(community).values_list("key", flat=True))
        RuleValue.objects.bulk_create(
            RuleValue(
                community=community,
                rule_set=rule_set,
                key=value.key,
                code=value.code,
                label=value.label,
                value=value.value,
                unit=value.unit,
                article=value.article,
                source=value.source.ar,
                mark=value.mark,
                valid_from=law.valid_from,
            )
            for value in law.values
            if value.key not in have
        )


def _plain_days(holidays: list[Holiday]) -> Iterator[CalendarDay]:
    for holiday in holidays:
        prefix = "closure" if holiday.kind is HolidayKind.EXCEPTIONAL else "fixed"
        yield CalendarDay(
            occasion=f"{prefix}-{holiday.day.isoformat()}",
            date=holiday.day,
            name=holiday.name,
            kind=holiday.kind.value,
            status=holiday.status.value,
            source=shipped.SOURCES.get(holiday.source, holiday.source),
        )


def _feast_days(feast: str, holidays: list[Holiday]) -> Iterator[CalendarDay]:
    """Yield one row for each day of a feast: its date, and the computed one beside it."""
    computed = [h for h in holidays if h.status is HolidayStatus.ESTIMATED]
    confirmed = [h for h in holidays if h.status is HolidayStatus.CONFIRMED]
    for number, (estimate, fact) in enumerate(zip_longest(computed, confirmed), start=1):
        known = fact or (estimate if not confirmed else None)
        if known is None:
            continue
        yield CalendarDay(
            occasion=f"{feast}-{number}",
            feast=feast,
            date=known.day,
            estimated_on=estimate.day if estimate else None,
            name=known.name,
            kind=HolidayKind.HIJRI.value,
            status=known.status.value,
            source=shipped.SOURCES.get(known.source, known.source),
        )


def seed_calendar(community: Community, *, by: Actor, now: datetime) -> None:
    """Give a new community the days off that ship with the product, as its first version."""
    if CalendarVersion.objects.of(community).exists():
        return
    plain: list[Holiday] = []
    feasts: defaultdict[str, list[Holiday]] = defaultdict(list)
    for holiday in holidays_ma.holidays(SEEDED_YEARS):
        (feasts[holiday.feast] if holiday.feast else plain).append(holiday)
    days = [*_plain_days(plain)]
    for feast, holidays in feasts.items():
        days.extend(_feast_days(feast, holidays))
    for day in days:
        day.community = community
    CalendarDay.objects.bulk_create(days)
    CalendarVersion.objects.create(
        community=community, number=1, change="seeded", changed_at=now, changed_by=str(by)
    )


@transaction.atomic
def set_rule(*, value: RuleValue, new: NewNumber, by: Actor, now: datetime) -> RuleValue:
    """Return a new dated number in place of the one in force; the old one keeps its dates.

    Open cases keep the number of their day of receipt, so the new one starts today at the
    earliest. Raises RuleRefused if it starts in the past or before the one it follows, or if the
    article or the source is missing.
    """
    community = lock(value.community)
    current = RuleValue.objects.select_related("rule_set").get(pk=value.pk)
    if current.valid_to is not None:
        raise RuleRefused(_("A newer number follows this one already: change that one."))
    if new.valid_from < local_day(now) or new.valid_from <= current.valid_from:
        raise RuleRefused(
            _("A new number starts today or later: open cases keep theirs."), field="valid_from"
        )
    if not new.article or not new.source:
        raise RuleRefused(_("Name the article and the source of the number."), field="source")
    current.valid_to = new.valid_from
    current.save(update_fields=["valid_to"])
    follower = RuleValue.objects.create(
        community=community,
        rule_set=current.rule_set,
        key=current.key,
        code=current.code,
        label=current.label,
        value=new.value,
        unit=new.unit,
        article=new.article,
        source=new.source,
        mark=RuleValue.Mark.TO_VERIFY,
        valid_from=new.valid_from,
    )
    public: dict[str, JSON] = {
        "key": current.key,
        "before": current.value,
        "after": new.value,
        "unit": new.unit,
        "article": new.article,
        "source": new.source,
        "valid_from": new.valid_from.isoformat(),
    }
    about = subject(community, "rule", current.key)
    record(community, "rule_set", about, by=by, now=now, public=public)
    return follower


@transaction.atomic
def verify_rule(*, value: RuleValue, source: str, by: Actor, now: datetime) -> RuleValue:
    """Make a number certain: somebody has read it in the official text that `source` names.

    Raises RuleRefused if it is certain already or no source is named.
    """
    community = lock(value.community)
    current = RuleValue.objects.select_related("rule_set").get(pk=value.pk)
    if current.is_verified:
        raise RuleRefused(_("This number is confirmed already."))
    if not source:
        raise RuleRefused(_("Name the official text in which you read it."), field="source")
    current.source, current.verified_by, current.verified_on = source, by.key, local_day(now)
    current.save(update_fields=["source", "verified_by", "verified_on"])
    public: dict[str, JSON] = {"key": current.key, "value": current.value, "source": source}
    about = subject(community, "rule", current.key)
    record(community, "rule_verified", about, by=by, now=now, public=public)
    return current
