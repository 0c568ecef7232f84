"""What it means to put the last day of a consultation later, said before it is done and after."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from infitah.core.queries import followers_of
from infitah.kernel.dates import local_day
from infitah.participation import rules
from infitah.participation.models import Consultation

ALL_CONSULTATIONS: Final = "consultations"
"""The topic under which every consultation is followed by mail."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A last day put later: `first` was announced, `held` is the one until now, `asked` the new."""

    first: date
    held: date
    asked: date
    followers: int

    @property
    def days(self) -> int:
        """How many days more people have."""
        return (self.asked - self.held).days


def extension_of(consultation: Consultation, last_day: date, now: datetime) -> Extension | None:
    """Return what putting its last day at `last_day` would mean; None where nothing is put later.

    A draft is not extended: nobody has read it. One query.
    """
    held = rules.last_day(consultation.closes_at)
    is_draft = consultation.state(now) == rules.ConsultationState.DRAFT
    if is_draft or last_day <= held:
        return None
    first = consultation.first_closes_at
    topics = (f"consultation:{consultation.slug}", ALL_CONSULTATIONS)
    return Extension(
        first=rules.last_day(first) if first else held,
        held=held,
        asked=last_day,
        followers=followers_of(consultation.community.key, topics),
    )


@dataclass(frozen=True, slots=True)
class Extended:
    """That the last day was put later: on which day, from which day, to which."""

    on: date
    before: date
    after: date


def extended(consultation: Consultation) -> Extended | None:
    """Return that its last day was put later since the announcement, or None. No query."""
    if consultation.extended_at is None or consultation.first_closes_at is None:
        return None
    return Extended(
        on=local_day(consultation.extended_at),
        before=rules.last_day(consultation.first_closes_at),
        after=rules.last_day(consultation.closes_at),
    )
