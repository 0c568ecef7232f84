"""Published answers for tests; dates as literals, the person who asks is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from django.db.models import F

from infitah.community.models import Community
from infitah.core import files
from infitah.core.models import StoredFile
from infitah.core.viewer import Actor, Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.publication import operations
from infitah.publication.models import FacetRow, PublishedRecord, RecordFacet
from infitah.publication.rules import (
    FileToPublish,
    Identity,
    Outcome,
    RecordText,
    Withheld,
)

BY = Actor("officer", "information_officer", "information_officer")
NOW = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 4, 2)
REFERENCE = "SFR-2026-R-0042"
ASKER = Identity(
    names=("فاطمة الزهراء العلوي", "Fatima-Zahra Alaoui"),
    document="AB123456",
    email="fatima.alaoui@example.org",
    phone="0661 23 45 67",
    address="12 زنقة الأطلس، حي السلام، صفرو",
)
REASON = LocalizedText(ar="مسطرة قضائية جارية", fr="Procédure judiciaire en cours")
PRIVATE = Withheld(
    code="E03",
    article="7",
    sentence=LocalizedText(ar="حماية الحياة الخاصة للأفراد", fr="Protection de la vie privée"),
    times=3,
)
HELD = Withheld(
    code="R1",
    article="18",
    sentence=LocalizedText(ar="المعلومات غير متوفرة", fr="Information non disponible"),
)


def make_text(reference: str = REFERENCE, **changes: object) -> RecordText:
    """Return an answer fit to publish, with some values changed."""
    text = RecordText(
        reference=reference,
        language="ar",
        title=LocalizedText(
            ar="نفقات صيانة الطريق الإقليمية رقم 5006",
            fr="Dépenses d'entretien de la route provinciale 5006",
        ),
        summary=LocalizedText(
            ar="مبالغ أشغال الصيانة المنجزة سنة 2025 ونائلو الصفقات.",
            fr="Montants des travaux d'entretien de 2025 et titulaires des marchés.",
        ),
        question="ما هي المبالغ المؤداة عن أشغال صيانة الطريق الإقليمية خلال سنة 2025؟",
        answer="بلغت النفقات المؤداة مليونا ومائتي ألف درهم، موزعة على صفقتين.",
        outcome=Outcome.FULL,
        asked_on=date(2026, 3, 2),
        answered_on=date(2026, 3, 26),
        working_days=17,
        tags=("الطرق", "الميزانية"),
        items=("P06",),
    )
    return replace(text, **changes)  # type: ignore[arg-type]


def make_record(
    community: Community, reference: str = REFERENCE, *, now: datetime = NOW, **changes: object
) -> PublishedRecord:
    """Return a published answer."""
    return operations.publish_record(
        community=community,
        record=make_text(reference, **changes),
        identity=ASKER,
        by=BY,
        now=now,
    )


def make_records(community: Community, count: int, **changes: object) -> list[PublishedRecord]:
    """Return many published answers, one a minute."""
    return [
        make_record(
            community,
            f"{community.key}-2026-R-{number:04d}",
            now=NOW + timedelta(minutes=number),
            **changes,
        )
        for number in range(1, count + 1)
    ]


def make_deferred(
    community: Community,
    reference: str = REFERENCE,
    *,
    until: date = date(2026, 6, 1),
    now: datetime = NOW,
    **changes: object,
) -> PublishedRecord:
    """Return an answer that is put off."""
    return operations.defer_record(
        community=community,
        record=make_text(reference, **changes),
        identity=ASKER,
        until=until,
        reason=REASON,
        by=BY,
        now=now,
    )


def stage(
    community: Community, name: str = "قائمة-الصفقات.csv", text: str = "a;b\n1;2\n"
) -> StoredFile:
    """Return a staged file; STORED_FILES_ROOT must be of the test."""
    return files.stage(BytesIO(text.encode()), community_key=community.key, name=name, now=NOW)


def to_publish(stored: StoredFile, **changes: object) -> FileToPublish:
    """Return a staged file as a record takes it."""
    title = LocalizedText(ar="لائحة الصفقات", fr="Liste des marchés")
    return replace(FileToPublish(stored.key, title, "a b 1 2", 1), **changes)  # type: ignore[arg-type]


def anybody(community: Community) -> Viewer:
    """Return somebody who is nobody in particular."""
    return Viewer(community.key, community.pk)


def acts(reference: str = REFERENCE) -> list[str]:
    """Return the acts on a number in the register, in order."""
    key = reference.partition("-")[0]
    return [row.act.partition(".")[2] for row in ledger.of_subject(key, reference)]


def make_many(community: Community, count: int) -> None:
    """Have the log hold `count` answers, added in bulk as the acts would leave them."""
    known = PublishedRecord.objects.of(community).count()
    if not known:
        make_record(community, f"{community.key}-2025-R-0001")
        known = 1
    first = PublishedRecord.objects.of(community).earliest("pk")
    values = {
        field.attname: getattr(first, field.attname)
        for field in PublishedRecord._meta.concrete_fields
        if field.name not in {"id", "reference", "published_at"}
    }
    rows = PublishedRecord.objects.bulk_create(
        PublishedRecord(
            **values,
            reference=f"{community.key}-2025-R-{number:04d}",
            published_at=NOW + timedelta(minutes=number),
        )
        for number in range(known + 1, count + 1)
    )
    facets = list(first.facet_rows.values_list("facet", flat=True))
    FacetRow.objects.bulk_create(
        FacetRow(facet_id=facet, record=row, published_at=row.published_at)
        for row in rows
        for facet in facets
    )
    counted = RecordFacet.objects.of(community).filter(records__gt=0)
    counted.update(records=F("records") + len(rows))
