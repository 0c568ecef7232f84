"""A mass of rows for benchmarks: ideas and communities, in bulk, without register entries."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, product
from string import ascii_uppercase

from django.db import transaction

from infitah.community.models import Community
from infitah.community.operations.law import seed_laws
from infitah.community.rules import names, shipped
from infitah.core.models import ReferenceCounter
from infitah.core.operations import bump
from infitah.kernel.dates import local_day
from infitah.kernel.references import Reference
from infitah.participation.models import Consultation, Idea, IdeaTally
from infitah.participation.models.idea import YEAR_STEP
from infitah.participation.rules import statement_key

BATCH = 2_000
SUBJECTS = (
    "الميزانية",
    "الطرق القروية",
    "النقل المدرسي",
    "الماء",
    "الإنارة",
    "المكتبات",
    "الأسواق",
)
ACTS = ("نشر معطيات مفصلة حول", "تنظيم لقاء تشاوري حول", "تتبع رقمي لطلبات", "تبسيط مساطر")
PLACES = ("بالجماعات الجبلية", "بمركز الإقليم", "في الأحياء الهامشية", "لفائدة الشباب", "للنساء")


def sentences() -> Iterator[str]:
    """Yield sentences without end, each once, made of words that citizens use."""
    number = 0
    while True:
        number += 1
        for act, subject, place in product(ACTS, SUBJECTS, PLACES):
            yield f"{act} {subject} {place} (اقتراح رقم {number})"


@transaction.atomic
def add_ideas(count: int, *, now: datetime) -> int:
    """Add `count` shown ideas to the newest consultation of the default community; return it.

    Numbers follow those given before, without gap; the tallies are kept.
    """
    community = Community.objects.get(is_default=True)
    consultation = Consultation.objects.of(community).order_by("-opens_at")[:1].get()
    axes = [topic.axis for topic in consultation.topics.select_related("axis")]
    year = local_day(now).year
    counter, _is_new = ReferenceCounter.objects.select_for_update().get_or_create(
        community_key=community.key, year=year, letter="I"
    )
    words = sentences()
    for start in range(0, count, BATCH):
        rows = []
        for offset, statement in enumerate(islice(words, min(BATCH, count - start))):
            number = counter.last + start + offset + 1
            axis = axes[number % len(axes)]
            rows.append(
                Idea(
                    community=community,
                    consultation=consultation,
                    axis=axis,
                    reference=str(Reference(community.key, year, "I", number)),
                    year=year,
                    number=number,
                    position=year * YEAR_STEP + number,
                    statement=statement,
                    statement_key=statement_key(statement),
                    language="ar",
                    source=Idea.Source.ONLINE,
                    state=Idea.State.VISIBLE,
                    submission_key=uuid.uuid4(),
                    submitted_at=now - timedelta(seconds=number % 3600),
                    receipt_queued_at=now,
                )
            )
        Idea.objects.bulk_create(rows)
        _count(consultation, rows)
    counter.last += count
    counter.save(update_fields=["last"])
    bump(community.key, "participation")
    return count


def _count(consultation: Consultation, rows: list[Idea]) -> None:
    for axis_id, added in Counter(row.axis_id for row in rows).items():
        tally, _is_new = IdeaTally.objects.get_or_create(
            consultation=consultation, axis_id=axis_id, commune_key="", language="ar"
        )
        tally.shown += added
        tally.save(update_fields=["shown"])


def _free_keys() -> Iterator[str]:
    taken = set(Community.objects.values_list("key", flat=True))
    for letters in product(ascii_uppercase, repeat=3):
        key = "".join(letters)
        if key not in taken:
            yield key


@transaction.atomic
def add_communities(count: int) -> int:
    """Add `count` communes of Morocco with the laws of their kind; return how many were added."""
    known = set(Community.objects.values_list("hcp_code", flat=True))
    fresh = (
        one
        for code, one in shipped.territories().items()
        if one.kind == "commune" and code not in known
    )
    keys, made = _free_keys(), 0
    for territory in islice(fresh, count):
        key = next(keys)
        slug = f"commune-{territory.hcp_code.replace('.', '-')}"
        commune = Community.objects.create(
            key=key,
            slug=slug,
            host=f"{slug}.localhost",
            kind=territory.kind,
            hcp_code=territory.hcp_code,
            name=territory.name,
            institution=names.institution_name(territory.kind, territory.name),
            population_2014=territory.population_2014,
            population_2024=territory.population_2024,
        )
        seed_laws(commune)
        made += 1
    return made
