"""Workshops and their notes for tests."""

import uuid
from datetime import date

from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.operations import Note, WorkshopText
from infitah.participation.tests.factories import BY, DURING

DAY = date(2023, 3, 8)
KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")
OTHER = "توفير النقل المدرسي للتلاميذ بالدواوير البعيدة"


def make_workshop(consultation, *axes, held_on=DAY, **changes):
    values = {
        "slug": "first",
        "name": LocalizedText(ar="الورشة الأولى", fr="Premier atelier"),
        "held_on": held_on,
        "place": LocalizedText(ar="دار الشباب", fr="Maison des jeunes"),
        "axes": axes,
        "present": 42,
        **changes,
    }
    return operations.create_workshop(
        consultation=consultation, text=WorkshopText(**values), by=BY, now=DURING
    )


def enter(table, *statements, key=KEY, now=DURING, **more):
    notes = [Note(row, words, **more) for row, words in enumerate(statements, start=1)]
    return operations.enter_notes(
        table_id=table.pk, key=key, notes=notes, interface="ar", by=BY, now=now
    )
