"""The letters of a request as PDF, and their proofs: bytes out, nothing written.

Each is PDF/UA-1, in the language that is passed. No letter names the requester unless the caller
passes the name.
"""

from infitah.information.queries.letters.form import CARRIERS, FormInput, form_pdf
from infitah.information.queries.letters.paper import follow_url
from infitah.information.queries.letters.receipt import receipt_json, receipt_pdf

__all__ = [
    "CARRIERS",
    "FormInput",
    "follow_url",
    "form_pdf",
    "receipt_json",
    "receipt_pdf",
]
