"""The first co-creation workshop of 8 March 2023: its day is real, its notes are invented."""

import uuid
from datetime import date
from typing import Final

from infitah.community.models import Axis
from infitah.kernel.localized import LocalizedText as Text
from infitah.participation import operations
from infitah.participation.models import Consultation, Idea, Workshop
from infitah.programme.seeds.people import Cast

HELD: Final = date(2023, 3, 8)
PRESENT: Final = 46  # invented
NAME: Final = Text(
    ar="ورشة البناء المشترك الأولى (8 مارس 2023)",
    fr="Premier atelier de co-construction (8 mars 2023)",
)
PLACE: Final = Text(ar="مقر المجلس الإقليمي لصفرو", fr="Siège du conseil provincial de Sefrou")
NAMESPACE: Final = uuid.UUID("0f0c7f0e-4c58-4b8e-9d7c-54d8a2b1f3a6")
# Axis: notes with their dots, and the number of the later idea that says the same.
NOTES: Final = {
    "transparency": (
        ("نريد أن نعرف كم صرف المجلس على كل جماعة من جماعات الإقليم", 7, 7),
        ("لوحة واضحة عند كل ورش فيها الثمن والمدة واسم المقاولة", 5, 4),
        ("نشر أسماء الجمعيات التي استفادت من المنح ومبالغها كل سنة", 9, 5),
    ),
    "information": (
        ("جواب مكتوب داخل أجل معلوم عن كل طلب نضعه لدى الإدارة", 11, 28),
        ("شخص معروف في كل جماعة نسأله عن المعلومات والوثائق", 8, 23),
        ("مساعدة من لا يعرف الكتابة على تقديم طلبه بلا مقابل", 6, 41),
    ),
    "bodies": (
        ("شبكة تجمع هيئات المساواة في الإقليم وفي جماعاته كلها", 10, 78),
        ("نريد جوابا من المجلس عن كل رأي تعطيه الهيئة الاستشارية", 9, 80),
        ("مقر صغير ووسائل عمل للهيئة الاستشارية حتى تجتمع", 4, 83),
    ),
    "digital": (
        ("موقع بسيط يفتح في الهاتف بسرعة وباللغة العربية أولا", 12, 61),
        ("صفحات بالأمازيغية في موقع المجلس الإقليمي ومنشوراته", 5, 67),
        ("بغينا موقع يقدر يقراه حتى اللي ما كيشوفش مزيان", 6, 66),
    ),
}


def seed_workshop(cast: Cast, consultation: Consultation) -> dict[Idea, int]:
    """Enter the notes of the workshop afterwards; return each with the idea that says the same."""
    if Workshop.objects.filter(consultation=consultation).exists():
        return {}
    axes = {axis.slug: axis for axis in Axis.objects.of(cast.community)}
    workshop = operations.create_workshop(
        consultation=consultation,
        text=operations.WorkshopText(
            slug="first-workshop",
            name=NAME,
            held_on=HELD,
            place=PLACE,
            axes=[axes[slug] for slug in NOTES],
            present=PRESENT,
        ),
        by=cast.by,
        now=cast.now,
        occurred_on=HELD,
    )
    told: dict[Idea, int] = {}
    for table, notes in zip(workshop.tables.order_by("number"), NOTES.values(), strict=True):
        made = operations.enter_notes(
            table_id=table.pk,
            key=uuid.uuid5(NAMESPACE, f"table-{table.number}"),
            notes=[
                operations.Note(row=row, statement=words, dots=dots)
                for row, (words, dots, _same) in enumerate(notes, start=1)
            ],
            interface="ar",
            by=cast.by,
            now=cast.now,
        )
        told |= {idea: same for idea, (_words, _dots, same) in zip(made, notes, strict=True)}
    return told
