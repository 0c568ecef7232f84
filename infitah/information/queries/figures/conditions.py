"""Which requests stand under a code, as conditions of the database; no rule of its own.

Each says what `rules.figures.codes_of` says of one request; a test compares the two.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q
from django.db.models.lookups import LessThan, LessThanOrEqual
from django.db.models.sql.compiler import SQLCompiler

from infitah.information.models import RequestAct, WithheldPart
from infitah.information.rules import Phase, figures

Condition = Callable[[date], Q]


class DaysBetween(Func):
    """The days from the second day to the first one."""

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return it for SQLite, which keeps days as text."""
        made = self.as_sql(
            compiler,
            connection,
            template="(julianday(%(expressions)s))",
            arg_joiner=") - julianday(",
            **context,
        )
        return made[0], tuple(made[1])


ANSWERED: Final = Q(answered_on__isnull=False)
GONE: Final = Q(phase__in=[Phase.WITHDRAWN.value, Phase.TRANSFERRED.value])
STANDS: Final = ANSWERED & Q(phase=Phase.DELIVERED.value)
"""An answer was delivered, and no complaint opened the case again."""


def _past(today: date) -> Q:
    return Q(silent_from__lte=today)


def _to_publish(today: date) -> Q:
    return STANDS & Q(delivered_on__lt=today - figures.PUBLISHED_WITHIN)


def _quickly(today: date) -> Q:
    taken = DaysBetween(F("published_on"), F("delivered_on"))
    return _to_publish(today) & Q(LessThanOrEqual(taken, figures.PUBLISHED_WITHIN.days))


def _answered_before(today: date) -> Q:
    return ANSWERED & _past(today) & Q(LessThan(F("answered_on"), F("silent_from")))


def _plain() -> Iterator[tuple[str, Q]]:
    """Yield the conditions that no day changes."""
    yield "received", Q()
    yield "answered", ANSWERED
    yield "withdrawn", ~ANSWERED & Q(phase=Phase.WITHDRAWN.value)
    yield "transferred", ~ANSWERED & Q(phase=Phase.TRANSFERRED.value)
    for band in figures.BANDS:
        least = ANSWERED & Q(working_days__gte=band.least)
        yield band.code, least if band.most is None else least & Q(working_days__lte=band.most)
    yield "given", STANDS & Q(outcome__in=[one.value for one in figures.GIVEN])
    for code, outcome in figures.OUTCOME_CODES.items():
        yield code, STANDS & Q(outcome=outcome.value)
    yield "reopened", ANSWERED & ~Q(phase=Phase.DELIVERED.value)
    yield "extended", Q(is_extended=True)
    urgent = ~Q(urgent_case="")
    yield "urgent", urgent
    yield "urgent-accepted", urgent & Q(is_urgent=True)
    yield "urgent-refused", urgent & Q(is_urgent=False)
    yield "published", STANDS & Q(published_on__isnull=False)
    for channel in figures.CHANNELS:
        yield f"channel-{channel}", Q(channel=channel)


def _always(condition: Q) -> Condition:
    return lambda _today: condition


COLUMNS: Final[Mapping[str, Condition]] = {
    **{code: _always(condition) for code, condition in _plain()},
    "waiting": lambda today: ~ANSWERED & ~GONE & (Q(silent_from=None) | Q(silent_from__gt=today)),
    "silent": lambda today: ~ANSWERED & ~GONE & _past(today),
    "due": lambda today: _past(today) & (ANSWERED | ~GONE),
    "in-time": _answered_before,
    "late": lambda today: ANSWERED & _past(today) & Q(answered_on__gte=F("silent_from")),
    "to-publish": _to_publish,
    "published-5": _quickly,
}
"""Conditions on the columns of a request."""


def _act(**asked: object) -> Q:
    return Q(Exists(RequestAct.objects.filter(request=OuterRef("pk"), **asked)))


def _withheld(**asked: object) -> Q:
    here = {"decision__request": OuterRef("pk"), "decision__is_current": True}
    return STANDS & Q(Exists(WithheldPart.objects.filter(**here, **asked)))


def _elsewhere() -> Iterator[tuple[str, Q]]:
    """Yield the conditions on acts and decisions."""
    for code, ground in figures.GROUND_CODES.items():
        yield code, _withheld(ground=ground)
    for code, exception in figures.EXCEPTION_CODES.items():
        yield code, _withheld(exception=exception)
    for code, extension in figures.EXTENSION_CODES.items():
        yield code, _act(kind="extended", facts__ground=extension.value)
    ruled = {level: kind.value for kind, level in figures.RULED.items()}
    for kind, level in figures.FILED.items():
        filed = _act(kind=kind.value)
        yield f"complaint-{level}", filed
        yield f"complaint-{level}-open", filed & ~_act(kind=ruled[level])
    for code, (level, ruling) in figures.RULING_CODES.items():
        yield code, _act(kind=ruled[level], facts__ruling=ruling.value)


CONDITIONS: Final[Mapping[str, Condition]] = {
    **COLUMNS,
    **{code: _always(condition) for code, condition in _elsewhere()},
}
"""Every count by its code."""
