"""A mass of published answers for benchmarks: in bulk, without register entries.

The story's own answers are published by `information`, by the acts themselves.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import product

from django.db import transaction
from django.db.models import F

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.models import FacetRow, PublishedRecord, RecordFacet
from infitah.publication.operations import GENERATION, KIND
from infitah.publication.rules import FacetKind, Outcome
from infitah.searchindex import operations as searchindex

BATCH = 1_000
THINGS = (
    ("ميزانية", "Budget"),
    ("صفقات", "Marchés"),
    ("نفقات صيانة", "Dépenses d’entretien"),
    ("لائحة المستفيدين من دعم", "Bénéficiaires de l’aide"),
    ("محاضر اجتماعات", "Procès-verbaux"),
)
SUBJECTS = (
    ("الطرق القروية", "routes rurales", "الطرق"),
    ("النقل المدرسي", "transport scolaire", "النقل المدرسي"),
    ("الماء الصالح للشرب", "eau potable", "الماء"),
    ("الإنارة العمومية", "éclairage public", "الإنارة"),
    ("الجمعيات", "associations", "الجمعيات"),
)
OUTCOMES = (Outcome.FULL, Outcome.FULL, Outcome.PARTIAL, Outcome.NOT_HELD)


def add_records(
    community: Community, references: Sequence[str], *, now: datetime, is_indexed: bool = True
) -> int:
    """Add a published answer for each of these numbers of requests; return how many.

    One a minute, the last of them now. With `is_indexed` they wait for the worker's index.
    """
    subjects = _subjects()
    for start in range(0, len(references), BATCH):
        some = references[start : start + BATCH]
        ahead = len(references) - start
        with transaction.atomic():
            _add(community, some, subjects, now - timedelta(minutes=ahead))
            for reference in some if is_indexed else ():
                searchindex.mark_dirty(community_key=community.key, kind=KIND, subject=reference)
    with transaction.atomic():
        bump(community.key, GENERATION)
    return len(references)


Subject = tuple[LocalizedText, str]


def _subjects() -> list[Subject]:
    return [
        (LocalizedText(ar=f"{thing} {subject}", fr=f"{chose} : {sujet}"), tag)
        for (thing, chose), (subject, sujet, tag) in product(THINGS, SUBJECTS)
    ]


def _add(
    community: Community, references: Sequence[str], subjects: Sequence[Subject], since: datetime
) -> None:
    made, tags = [], []
    for offset, reference in enumerate(references):
        title, tag = subjects[offset % len(subjects)]
        made.append(_record(community, reference, title, since + timedelta(minutes=offset)))
        tags.append(tag)
    PublishedRecord.objects.bulk_create(made)
    _file(community, made, tags)


def _record(
    community: Community, reference: str, title: LocalizedText, at: datetime
) -> PublishedRecord:
    number = int(reference.rpartition("-")[2])
    title = LocalizedText(ar=f"{title.ar} ({number})", fr=f"{title.fr} ({number})")
    return PublishedRecord(
        community=community,
        reference=reference,
        state=rules.RecordState.PUBLISHED,
        language="ar",
        answer_language="ar",
        title=title,
        summary=title,
        question=f"أطلب معلومات حول {title.ar}.",
        answer=f"تجدون جوابا عن طلبكم حول {title.ar}.",
        outcome=OUTCOMES[number % len(OUTCOMES)],
        asked_on=local_day(at - timedelta(days=30)),
        answered_on=local_day(at),
        working_days=number % 21,
        licence=rules.DEFAULT_LICENCE,
        sha256=sha256(reference.encode()).hexdigest(),
        entered_at=at,
        published_at=at,
    )


def _file(community: Community, made: Sequence[PublishedRecord], tags: Sequence[str]) -> None:
    """Put answers under their facets, counted as the acts count them."""
    borne = [(one, kind, value) for one, tag in zip(made, tags, strict=True)
             for kind, value in _borne(one, tag)]  # fmt: skip
    counts = Counter((kind, value) for _one, kind, value in borne)
    counts[FacetKind.STATE, rules.RecordState.PUBLISHED.value] = len(made)
    words = {rules.tag_key(tag): tag for tag in tags}
    RecordFacet.objects.bulk_create(
        [
            RecordFacet(
                community=community,
                kind=kind,
                value=value,
                words=words.get(value, "") if kind is FacetKind.TAG else "",
            )
            for kind, value in counts
        ],
        ignore_conflicts=True,
    )
    facets = {(one.kind, one.value): one for one in RecordFacet.objects.of(community)}
    FacetRow.objects.bulk_create(
        FacetRow(
            facet=facets[kind, value], record=one, published_at=one.published_at or one.entered_at
        )
        for one, kind, value in borne
    )
    for (kind, value), count in counts.items():
        RecordFacet.objects.filter(pk=facets[kind, value].pk).update(records=F("records") + count)


def _borne(one: PublishedRecord, tag: str) -> Iterator[tuple[FacetKind, str]]:
    yield FacetKind.YEAR, str(local_day(one.published_at or one.entered_at).year)
    yield FacetKind.OUTCOME, one.outcome
    yield FacetKind.LANGUAGE, one.language
    yield FacetKind.TAG, rules.tag_key(tag)
