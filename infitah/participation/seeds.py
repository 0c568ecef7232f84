"""The consultations of the demonstration: June 2023 as it was dated, one open now; idempotent.

Dates and axes are those of the real programme; every idea is invented and marked so.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Final

from django.db import transaction

from infitah.community.models import Axis, Community
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import Consultation, Idea, ModerationRule
from infitah.participation.operations import Arrival, ConsultationText, IdeaText, TopicText

BY: Final = Actor.system("seed")
NAMESPACE: Final = uuid.UUID("5f2f4c1e-7a3e-4b53-9a0d-1f6f7d2e9c10")
FIRST_SLUG: Final = "ideas-june-2023"
OPEN_SLUG: Final = "next-programme"
FILES: Final = {FIRST_SLUG: "ideas-2023-06.txt", OPEN_SLUG: "ideas-open.txt"}
"""The invented ideas of each consultation."""
RULES_SINCE: Final = date(2023, 6, 1)
JUNE_FROM, JUNE_TO = date(2023, 6, 12), date(2023, 6, 20)
OPENED_BEFORE: Final = timedelta(days=9)
CLOSES_AFTER: Final = timedelta(days=28)


Words = list[str]
"""A text in Arabic and in French."""


@dataclass(frozen=True, slots=True)
class InventedIdea:
    """One line of the files in `data/`."""

    axis: str
    given_at: datetime
    commune: str
    source: str
    statement: str
    detail: str


def _read(name: str) -> str:
    return (files("infitah.participation") / "data" / name).read_text(encoding="utf-8")


def _lines(name: str) -> Iterator[list[str]]:
    for line in _read(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def _ideas(name: str, day_zero: date) -> list[InventedIdea]:
    """Return the ideas of a file in order of time; its days count from `day_zero`."""
    made = []
    for axis, day, hour, commune, source, statement, detail in _lines(name):
        when = datetime.combine(
            day_zero + timedelta(days=int(day)), time.fromisoformat(hour), tzinfo=CASABLANCA
        )
        code = "" if commune == "-" else commune
        made.append(InventedIdea(axis, when, code, source, statement, detail))
    return sorted(made, key=lambda idea: idea.given_at)


def given_in(consultation: Consultation) -> dict[int, Idea]:
    """Return the invented ideas by the number of their line in their file, from 1. One query."""
    keys = {
        uuid.uuid5(NAMESPACE, f"{consultation.slug}|{row[5]}"): number
        for number, row in enumerate(_lines(FILES[consultation.slug]), start=1)
    }
    found = Idea.objects.filter(consultation=consultation, submission_key__in=keys)
    return {keys[idea.submission_key]: idea for idea in found.select_related("consultation")}


def seed_consultations(
    *, community: Community, axes: Iterable[Axis] | Mapping[str, Axis], now: datetime
) -> dict[str, Consultation]:
    """Return the two consultations by slug, with rules, axes and ideas; twice adds nothing."""
    known, texts = _by_slug(axes), json.loads(_read("consultations.json"))
    _set_rules(community, texts["rules"], now)
    opened = local_day(now) - OPENED_BEFORE
    first = _consultation(community, known, texts, FIRST_SLUG, (JUNE_FROM, JUNE_TO), now)
    _give(first, known, _ideas(FILES[FIRST_SLUG], date(2023, 5, 31)), now)
    until = local_day(now) + CLOSES_AFTER
    second = _consultation(community, known, texts, OPEN_SLUG, (opened, until), now)
    _give(second, known, _ideas(FILES[OPEN_SLUG], local_day(second.opens_at)), now)
    operations.keep_time(now=now)
    return {one.slug: one for one in (first, second)}


def _set_rules(community: Community, rules: Iterable[Words], now: datetime) -> None:
    if ModerationRule.objects.of(community).exists():
        return
    for words in rules:
        operations.add_rule(
            community=community,
            text=LocalizedText(*words),
            starts_on=RULES_SINCE,
            by=BY,
            now=now,
            occurred_on=RULES_SINCE,
        )


def _by_slug(axes: Iterable[Axis] | Mapping[str, Axis]) -> dict[str, Axis]:
    found = axes.values() if isinstance(axes, Mapping) else axes
    return {axis.slug: axis for axis in found}


def _consultation(
    community: Community,
    axes: dict[str, Axis],
    texts: dict[str, dict[str, dict[str, Words]]],
    slug: str,
    days: tuple[date, date],
    now: datetime,
) -> Consultation:
    standing = Consultation.objects.of(community).filter(slug=slug).first()
    if standing is not None:
        return standing
    words, topics = texts["consultations"][slug], texts["topics"]
    text = ConsultationText(
        slug=slug,
        name=LocalizedText(*words["name"]),
        introduction=LocalizedText(*words["introduction"]),
        first_day=days[0],
        last_day=days[1],
        topics=[_topic(axes[axis], said) for axis, said in topics.items() if axis in axes],
        is_demonstration=True,
    )
    with transaction.atomic():
        made = operations.create_consultation(community=community, text=text, by=BY, now=now)
        announced_on = days[0] - timedelta(days=7)
        return operations.announce_consultation(
            consultation_id=made.pk, by=BY, now=now, occurred_on=announced_on
        )


def _topic(axis: Axis, said: dict[str, Words]) -> TopicText:
    return TopicText(
        axis=axis,
        question=LocalizedText(*said["question"]),
        context=LocalizedText(*said["context"]),
        facts=LocalizedText(*said["facts"]),
    )


def _give(
    consultation: Consultation, axes: dict[str, Axis], ideas: list[InventedIdea], now: datetime
) -> None:
    """Enter the ideas that are not there yet, all in one act, in the order in which they came."""
    communes = {
        one.hcp_code.partition(".451.")[2]: one
        for one in Community.objects.filter(parent=consultation.community)
    }
    keys = {idea: uuid.uuid5(NAMESPACE, f"{consultation.slug}|{idea.statement}") for idea in ideas}
    there = set(
        Idea.objects.filter(consultation=consultation).values_list("submission_key", flat=True)
    )
    with transaction.atomic():
        for idea, key in keys.items():
            if key in there or idea.axis not in axes or idea.given_at > now:
                continue
            operations.enter_idea(
                consultation=consultation,
                text=IdeaText(
                    key=key,
                    axis=axes[idea.axis],
                    statement=idea.statement,
                    detail=idea.detail,
                    commune=communes.get(idea.commune),
                ),
                arrival=Arrival(
                    source=Idea.Source(idea.source),
                    author=None,
                    submitted_at=idea.given_at,
                    occurred_on=local_day(idea.given_at),
                    wants_receipt=False,
                ),
                by=BY,
                now=now,
            )
