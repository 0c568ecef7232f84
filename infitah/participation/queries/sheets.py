"""The printed sheets of a workshop: a page a table, with the code that opens its page to type."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.queries import url_of
from infitah.design import pdf, qr
from infitah.kernel.dates import format_date
from infitah.participation import rules
from infitah.participation.models import ConsultationAxis, Workshop, WorkshopTable
from infitah.participation.queries.consultations import facts_of

OTHER = {"ar": "fr", "fr": "ar"}


def sheets_pdf(workshop: Workshop, tables: Sequence[WorkshopTable], language: str) -> bytes:
    """Return the A4 sheets of `tables`, a page each, with ten numbered lines and room for dots.

    The code of each opens the desk's page of this very table, after log-in. Must be called
    outside a transaction: it draws, some 30 ms. One query.
    """
    topics = {
        topic.axis_id: topic
        for topic in workshop.consultation.topics.filter(
            axis__in={table.axis_id for table in tables}
        )
    }
    with override(language):
        inputs = {
            "accent": workshop.community.accent,
            "author": workshop.community.institution.in_language(language),
            "footer": workshop.consultation.name.in_language(language),
            "lines_count": rules.ROWS_AT_FIRST,
            "label_note": _("One idea a line, in one sentence: what should be done, and where"),
            "label_dots": _("Dots: one a person"),
            "label_facts": _("To know:"),
            "label_scan": _("Who types the notes opens the page of this table by this code."),
            "label_hint": _("Write so that somebody else can read it. No names, no telephones."),
            "sheets": [
                _sheet(workshop, table, topics.get(table.axis_id), language) for table in tables
            ],
        }
        title = _("Sheets of the tables: %(workshop)s") % {
            "workshop": workshop.name.in_language(language)
        }
    return pdf.render("participation/sheet.typ", inputs, title=title, language=language)


def _sheet(
    workshop: Workshop, table: WorkshopTable, topic: ConsultationAxis | None, language: str
) -> dict[str, object]:
    path = reverse("participation_desk:table", args=[table.token])
    address = url_of(workshop.community, path)
    where = workshop.place.in_language(language)
    hour = workshop.hour.strftime("%H:%M") if workshop.hour else ""
    day = format_date(workshop.held_on, language)
    parts = [workshop.name.in_language(language), day, hour, where]
    other = OTHER.get(language, "ar")
    return {
        "place": " · ".join(part for part in parts if part),
        "table": _("Table %(number)s") % {"number": table.number},
        "axis": table.axis.name.in_language(language),
        "question": topic.question.in_language(language) if topic else "",
        "question_other": topic.question.text_of(other) if topic else "",
        "facts": [fact.in_language(language) for fact in facts_of(topic.facts)] if topic else [],
        "qr": str(qr.svg(address)),
        "address": address,
    }
