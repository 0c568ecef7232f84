"""Reads of requests for information: receipts, following, letters, the desk."""

from infitah.information.queries.following import (
    Answered,
    Followed,
    Knot,
    Step,
    followed,
    request_by_code,
    request_by_token,
    sentence_of_turn,
    standing_on,
)
from infitah.information.queries.form_inputs import form_input
from infitah.information.queries.letters import (
    complaint_pdf,
    complaint_text,
    form_pdf,
    receipt_json,
    receipt_pdf,
)
from infitah.information.queries.receipts import (
    draft_of_key,
    due_if_sent,
    request_of_key,
    short_token,
    verify_url,
)

__all__ = [
    "Answered",
    "Followed",
    "Knot",
    "Step",
    "complaint_pdf",
    "complaint_text",
    "draft_of_key",
    "due_if_sent",
    "followed",
    "form_input",
    "form_pdf",
    "receipt_json",
    "receipt_pdf",
    "request_by_code",
    "request_by_token",
    "request_of_key",
    "sentence_of_turn",
    "short_token",
    "standing_on",
    "verify_url",
]
