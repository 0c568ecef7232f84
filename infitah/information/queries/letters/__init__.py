"""The letters of a request as PDF, and their proofs: bytes out, nothing written.

Each is PDF/UA-1, in the language that is passed. No letter names the requester unless the caller
passes the name.
"""

from infitah.information.queries.letters.bundle import Bundle, bundle
from infitah.information.queries.letters.case import foreseen
from infitah.information.queries.letters.complaint import complaint_pdf, complaint_text
from infitah.information.queries.letters.decision import Written
from infitah.information.queries.letters.form import CARRIERS, FormInput, form_pdf
from infitah.information.queries.letters.mails import MAILS, MailWords, mail_words
from infitah.information.queries.letters.of_act import (
    ANONYMOUS,
    LETTERS,
    NoLetter,
    draft_pdf,
    letter_pdf,
    letter_title,
)
from infitah.information.queries.letters.paper import follow_url
from infitah.information.queries.letters.receipt import receipt_json, receipt_pdf, receipt_title

__all__ = [
    "ANONYMOUS",
    "CARRIERS",
    "LETTERS",
    "MAILS",
    "Bundle",
    "FormInput",
    "MailWords",
    "NoLetter",
    "Written",
    "bundle",
    "complaint_pdf",
    "complaint_text",
    "draft_pdf",
    "follow_url",
    "foreseen",
    "form_pdf",
    "letter_pdf",
    "letter_title",
    "mail_words",
    "receipt_json",
    "receipt_pdf",
    "receipt_title",
]
