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
WITHDRAWN = {
    f"participation.{act}" for act in ("idea_withdrawn", "note_withdrawn", "desk_idea_withdrawn")
}


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


def verify_url(idea: Idea, language: str) -> str:
    """Return the address that a QR holds: it verifies the entry by itself. One query."""
    path = f"/{language}/verify/?sought={idea.reference}&t={short_token(idea)}"
    return url_of(idea.community, path)


def withdrawal_number(idea: Idea) -> int | None:
    """Return the number of the act by which an idea was taken back. One query, or none."""
    if idea.withdrawn_at is None:
        return None
    acts = ledger.of_subject(idea.community.key, idea.reference)
    return next((row.number for row in acts if row.act in WITHDRAWN), None)


def receipt_json(idea: Idea) -> bytes:
    """Return the proof of an idea's entry with what opens its text, as canonical JSON.

    Of an idea that was taken back: the proof of that act, which is what stands now; the first
    entry stays in the register. `infitah verify` checks it off-line. At most ten queries.
    """
    return _proof(idea, withdrawal_number(idea))


def _proof(idea: Idea, number: int | None) -> bytes:
    wanted = int(idea.register_number or 0) if number is None else number
    document = ledger.receipt(idea.community.key, wanted, with_openings=True)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def signing_key(idea: Idea) -> str:
    """Return the name of the key that signs an idea's receipt. At most eight queries."""
    number = int(idea.register_number or 0)
    return ledger.receipt_document(idea.community.key, number).head.head.key_id


def short_token(idea: Idea) -> str:
    """Return the first letters of the entry's hash: what the QR shows beside the address."""
    entry = ledger.entry(idea.community.key, int(idea.register_number or 0))
    return bytes(entry.leaf_hash).hex()[:TOKEN_LENGTH]


def receipt_pdf(idea: Idea, language: str) -> bytes:
    """Return the receipt as an A4 sheet with QR, the proof attached; about 30 ms.

    The sheet of an idea that was taken back says so, holds no words, and carries the proof of
    that act. Must be called outside a transaction: it draws. At most twenty queries.
    """
    gone = withdrawal_number(idea)
    proof = pdf.Attachment(
        name=f"{idea.reference}.json" if gone is None else f"{idea.reference}-withdrawn.json",
        text=_proof(idea, gone).decode(),
        description="RFC 9162 inclusion proof",
    )
    with override(language):
        title = _("Receipt of an idea") if gone is None else _("Receipt of a withdrawn idea")
        inputs = _inputs(idea, language, gone)
    return pdf.render(
        "design/letter.typ", inputs, title=title, language=language, attachments=[proof]
    )


def _inputs(idea: Idea, language: str, gone: int | None) -> dict[str, object]:
    community = idea.community
    token, address = short_token(idea), page_url(idea, language)
    return {
        "lines": _letterhead(idea, language),
        "accent": community.accent,
        "author": community.institution.in_language(language),
        "number": idea.reference,
        "number_label": _("Number given"),
        "date": format_date(local_day(idea.submitted_at), language),
        "facts": _facts(idea, language, gone),
        "paragraphs": [
            *_what_follows(idea, language),
            _("To verify it on the site: %(address)s")
            % {"address": url_of(community, f"/{language}/verify/")},
            *_offline_steps(idea),
        ],
        "qr": verify_url(idea, language),
        "proof_label": _("How to verify this receipt"),
        "proof": _(
            "Scan the code, or give this file to the page “Verify a receipt”: it tells what is "
            "proven. The text printed here is not checked by any machine: compare it with the "
            "answer."
        )
        + f" ({token})",
        "address": address,
        "footer": community.institution.in_language(language),
    }


def _facts(idea: Idea, language: str, gone: int | None) -> list[tuple[str, str]]:
    facts = [
        (_("Number given"), idea.reference),
        (_("Given at"), format_datetime(idea.submitted_at, language)),
        (_("Given"), str(idea.get_source_display())),
        (_("Consultation"), idea.consultation.name.in_language(language)),
        (_("Axis"), idea.axis.name.in_language(language)),
    ]
    if idea.withdrawn_at is None:
        facts.append((_("Idea"), idea.statement))
        facts += [(_("Detail"), idea.detail)] if idea.detail else []
        if idea.attachment is not None:
            facts.append((_("File given with it"), idea.attachment.name))
            facts.append((_("SHA-256 of the file"), idea.attachment.sha256))
    else:
        facts.append((_("Taken back on"), format_datetime(idea.withdrawn_at, language)))
    if idea.commune is not None:
        facts.append((_("Commune"), idea.commune.name.in_language(language)))
    facts.append((_("Entry of the register"), str(idea.register_number)))
    if gone is not None:
        facts.append((_("Entry of the withdrawal"), str(gone)))
    return facts


def _letterhead(idea: Idea, language: str) -> list[str]:
    community = idea.community
    lines = community.letterhead.in_language(language) if community.letterhead else ""
    return [*lines.splitlines(), community.institution.in_language(language)]


def _what_follows(idea: Idea, language: str) -> list[str]:
    if idea.withdrawn_at is not None:
        day = format_date(local_day(idea.withdrawn_at), language)
        taken = _("Its author took this idea back on %(day)s.")
        if idea.was_mistyped:
            taken = _("It was typed wrongly, and the service took it back on %(day)s.")
        return [
            taken % {"day": day},
            _(
                "Its words are erased from the site and from the register. The number stays with a "
                "notice: axis, commune, and when it was given and taken back."
            ),
        ]
    return [
        _standing(idea),
        _(
            "After closing, the follow-up committee reads all ideas of the axis; yours gets an "
            "answer with reasons."
        ),
    ]


def _standing(idea: Idea) -> str:
    """Return where the idea stands now, as a sentence for the sheet."""
    if idea.state == Idea.State.HELD:
        return _("It is hidden under a rule of moderation: nobody reads it on the site.")
    if idea.is_late and idea.state != Idea.State.VISIBLE:
        return _(
            "It came after closing: the service decides whether it is taken in, and you are told "
            "with the reason."
        )
    if idea.state == Idea.State.RECEIVED:
        return _("It is read first, within a day, then shown with the others.")
    return _("It is shown on the site, and everybody can read it.")


def _offline_steps(idea: Idea) -> list[str]:
    """Return how to verify without this site, for the sheet."""
    host = url_of(idea.community, "/.well-known/infitah.json")
    return [
        _("To verify it without this site, on a machine of your own:"),
        "1. " + _("Keep the public keys: %(address)s") % {"address": host},
        "2. " + _("Run:") + f" infitah verify {idea.reference}.pdf --keys infitah.json",
        "3. "
        + _("The answer names the key that signed. It must be this one: %(key)s")
        % {"key": signing_key(idea)},
    ]
