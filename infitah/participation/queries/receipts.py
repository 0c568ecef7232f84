"""The receipt of an idea: what it states, its proof as JSON, the sheet as PDF."""

import json
import uuid

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.queries import url_of
from infitah.design import pdf
from infitah.kernel.dates import format_date, format_datetime, local_day
from infitah.ledger import queries as ledger
from infitah.participation.models import Consultation, Idea

TOKEN_LENGTH = 12


def receipt_of(*, consultation: Consultation, key: uuid.UUID) -> Idea | None:
    """Return the idea given under `key`: who holds the key holds the receipt. One query."""
    return (
        Idea.objects.filter(consultation=consultation, submission_key=key)
        .select_related("community", "consultation", "axis", "commune", "author")
        .first()
    )


def page_url(idea: Idea, language: str) -> str:
    """Return the absolute address of an idea's public page. No query."""
    path = f"/{language}/consultations/{idea.consultation.slug}/ideas/{idea.reference}/"
    return url_of(idea.community, path)


def receipt_json(idea: Idea) -> bytes:
    """Return the proof of an idea's entry with what opens its text, as canonical JSON.

    `infitah verify` checks it off-line. At most nine queries.
    """
    document = ledger.receipt(
        idea.community.key, int(idea.register_number or 0), with_openings=True
    )
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def short_token(idea: Idea) -> str:
    """Return the first letters of the entry's hash: what the QR shows beside the address."""
    entry = ledger.entry(idea.community.key, int(idea.register_number or 0))
    return bytes(entry.leaf_hash).hex()[:TOKEN_LENGTH]


def receipt_pdf(idea: Idea, language: str) -> bytes:
    """Return the receipt as an A4 sheet with QR, the proof attached; about 30 ms.

    Must be called outside a transaction: it draws. At most eleven queries.
    """
    proof = pdf.Attachment(
        name=f"{idea.reference}.json",
        text=receipt_json(idea).decode(),
        description="RFC 9162 inclusion proof",
    )
    token = short_token(idea)
    with override(language):
        title = _("Receipt of an idea")
        inputs = _inputs(idea, language, token)
    return pdf.render(
        "design/letter.typ", inputs, title=title, language=language, attachments=[proof]
    )


def _inputs(idea: Idea, language: str, token: str) -> dict[str, object]:
    community = idea.community
    facts = [
        (_("Number given"), idea.reference),
        (_("Given at"), format_datetime(idea.submitted_at, language)),
        (_("Given"), str(idea.get_source_display())),
        (_("Consultation"), idea.consultation.name.in_language(language)),
        (_("Axis"), idea.axis.name.in_language(language)),
        (_("Idea"), idea.statement),
        *([(_("Detail"), idea.detail)] if idea.detail else []),
        (_("Entry of the register"), str(idea.register_number)),
    ]
    address = page_url(idea, language)
    return {
        "lines": _letterhead(idea, language),
        "accent": community.accent,
        "author": community.institution.in_language(language),
        "number": idea.reference,
        "number_label": _("Number given"),
        "date": format_date(local_day(idea.submitted_at), language),
        "facts": facts,
        "paragraphs": _what_follows(idea),
        "qr": f"{address}?t={token}",
        "proof_label": _("How to verify this receipt"),
        "proof": _(
            "The proof is attached to this file: infitah verify, or the page “Verify a receipt”."
        )
        + f" ({token})",
        "address": address,
        "footer": community.institution.in_language(language),
    }


def _letterhead(idea: Idea, language: str) -> list[str]:
    community = idea.community
    lines = community.letterhead.in_language(language) if community.letterhead else ""
    return [*lines.splitlines(), community.institution.in_language(language)]


def _what_follows(idea: Idea) -> list[str]:
    if idea.is_late:
        first = _(
            "It came after closing: the service decides whether it is taken in, and you are told "
            "with the reason."
        )
    else:
        first = _("It is shown on the site, and everybody can read it.")
    return [
        first,
        _(
            "After closing, the follow-up committee reads all ideas of the axis; yours gets an "
            "answer with reasons."
        ),
    ]
