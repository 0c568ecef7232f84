"""The receipt of a request (وصل إيداع الطلب): the sheet with QR, and its proof as JSON.

Law 31-13, art. 14; the parts are those of the tear-off receipt of the commission's model form. It
names the requester only where the caller passes the name: they have just typed it, or unveiled it.
"""

import json
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Appointment
from infitah.community.queries import url_of
from infitah.design import pdf
from infitah.information.models import InformationRequest
from infitah.information.queries.letters.case import Told, told
from infitah.information.queries.letters.paper import (
    Facts,
    Row,
    citation,
    due_words,
    filed_words,
    follow_url,
    made,
    officer_of,
    officer_words,
    paper,
    star_note,
)
from infitah.information.queries.letters.remedies import rights
from infitah.information.queries.receipts import short_token, verify_url
from infitah.kernel.dates import format_date
from infitah.ledger import queries as ledger

TEXT, NAME = "text", "name"
ONE_PAGE = {"ar": 0.8, "fr": 0.9, "zgh": 0.9}
STAMPED = frozenset({InformationRequest.Channel.DESK, InformationRequest.Channel.POST})


def receipt_json(request: InformationRequest, *, with_name: bool = False) -> bytes:
    """Return the proof of the filing with what opens its text, as JSON. At most ten queries.

    `infitah verify` checks it off-line. What opens the name goes along only where it is asked for.
    """
    number = int(request.register_number or 0)
    whole = ledger.receipt_document(request.community.key, number, with_openings=True)
    kept = {TEXT, NAME} if with_name else {TEXT}
    openings = {name: one for name, one in whole.openings.items() if name in kept}
    document = replace(whole, openings=openings).as_json()
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def receipt_title() -> str:
    """Return the title of a receipt in the language in force."""
    return _("Receipt of a request for information")


def receipt_pdf(
    request: InformationRequest, language: str, *, code: str = "", requester: str = ""
) -> bytes:
    """Return the receipt as an A4 sheet with QR, its proof attached; some 30 ms.

    `code` is the follow code, known at the filing alone; `requester` a name that the caller may
    show. Must be called outside a transaction: it draws. At most twenty queries.
    """
    proof = pdf.Attachment(
        name=f"{request.reference}.json",
        text=receipt_json(request, with_name=bool(requester)).decode(),
        description="RFC 9162 inclusion proof",
    )
    with override(language):
        title = receipt_title()
        inputs = _inputs(request, language, code, requester)
    return made(inputs, title=title, language=language, attachments=[proof])


def _inputs(request: InformationRequest, language: str, code: str, requester: str) -> Row:
    known = told(request)
    filed = known.until(1)
    facts = _facts(known, language, requester)
    officer = officer_of(request.community, request.received_on)
    return {
        **paper(request, language, request.received_on),
        "number_label": _("Serial number"),
        "scale": ONE_PAGE[language],
        "facts": facts,
        "code_label": _("Code to follow the request"),
        "code": code,
        "code_hint": _(
            "The page of the receipt shows it for a day, then it is kept nowhere: keep this sheet."
        ),
        "paragraphs": _what_follows(known, language) + star_note([text for _name, text in facts]),
        "stamp": _stamp(request, officer, language),
        **rights(
            _("If no answer comes, or if it does not satisfy you"),
            known,
            filed,
            language,
            request.received_on,
        ),
        "qr": verify_url(request, language),
        "proof_label": _("How to verify this receipt"),
        "proof": _proof_words(request),
        "address": url_of(request.community, f"/{language}/verify/"),
    }


def _facts(known: Told, language: str, requester: str) -> Facts:
    request = known.request
    officer = officer_of(request.community, request.received_on)
    rows = [
        (_("Requester"), requester),
        (_("Filed on"), filed_words(request, language)),
        (_("Channel of receipt"), str(request.get_channel_display())),
        (_("Number given elsewhere"), request.external_number),
        (_("Information asked for"), request.text),
        (_("Period of the information"), request.period),
        (_("Place"), request.place),
        (_("Wanted way of access"), str(request.get_access_display())),
        (_("Type of request"), kind_words(request)),
        (_("Cost"), _("None was asked for at the filing.")),
        (_("Answer due"), _due(known, language)),
        (_("Officer in charge"), "" if is_stamped(request) else officer_words(officer, language)),
        (_("Entry of the register"), str(request.register_number)),
    ]
    return [(label, value) for label, value in rows if value]


def kind_words(request: InformationRequest) -> str:
    """Return whether a request was filed as an ordinary or an urgent one, with the legal case."""
    if not request.urgent_case:
        return _("ordinary")
    return _("urgent, because of %(case)s") % {"case": request.get_urgent_case_display()}


def _due(known: Told, language: str) -> str:
    clock = known.reply(known.until(1))
    deadline = clock.due.deadline
    words = _(
        "%(day)s at the latest (%(length)s counted from the day after the filing; %(article)s)"
    )
    told_ = words % {
        "day": format_date(deadline.due, language, weekday=True),
        "length": due_words(clock.due),
        "article": citation(clock.due.article),
    }
    if deadline.due_latest == deadline.due:
        return told_
    moved = _("A day off that is not announced yet may move it to %(day)s.")
    return f"{told_}. {moved % {'day': format_date(deadline.due_latest, language, weekday=True)}}"


def _what_follows(known: Told, language: str) -> list[str]:
    request = known.request
    deadline = known.reply(known.until(1)).due.deadline
    return [
        _("To follow the request, with its number and code: %(address)s")
        % {"address": follow_url(request, language)},
        _(
            "The period can be extended once, for a reason of the law that you are told in writing "
            "before it ends. Without an answer by the end of %(day)s, silence counts as a refusal."
        )
        % {"day": format_date(deadline.due_latest, language)},
    ]


def is_stamped(request: InformationRequest) -> bool:
    """Return whether the receipt is handed out or posted, and so signed and stamped by hand."""
    return request.channel in STAMPED


def _stamp(request: InformationRequest, officer: Appointment | None, language: str) -> list[str]:
    if not is_stamped(request):
        return []
    name = officer.person.name.in_language(language) if officer else ""
    return [
        _("Officer in charge") + (f"\n{name}" if name else ""),
        _("Signature and stamp"),
    ]


def _proof_words(request: InformationRequest) -> str:
    """Return how to verify, with this site and without it, for the foot of the sheet."""
    key = ledger.receipt_document(request.community.key, int(request.register_number or 0)).key
    scan = _(
        "Scan the code, or give this file to the page “Verify a decision or a receipt”, and "
        "compare what it tells with this sheet: what is printed here is not checked by itself."
    )
    alone = _(
        "Without this site: keep the file %(address)s today, and have somebody who knows computers "
        "run infitah verify %(file)s --keys infitah.json with the free program Infitah, whose "
        "source the institution gives to whoever asks (how: the page “Verify a decision or a "
        "receipt”). The key that signed is %(key)s."
    ) % {
        "address": url_of(request.community, "/.well-known/infitah.json"),
        "file": f"{request.reference}.pdf",
        "key": key.key_id,
    }
    code = _("Code of this sheet: %(code)s.") % {"code": short_token(request)}
    return f"{scan} {code} {alone}"
