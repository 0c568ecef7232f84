"""Input of the page that verifies receipts."""

import re
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from infitah.core.conf import FILES
from infitah.design.entry import one_way
from infitah.kernel.text import clean_line, western_digits
from infitah.ledger.rules import Document, Unreadable, opened
from infitah.website.rules import fingerprint_in

MAX_FILE: Final = FILES.max_bytes
"""No file that this site offers is larger: whatever it shows can be brought back to it."""
MAX_PROOF: Final = 2 * 1024 * 1024
"""What is larger is no receipt nor report; it is only compared by its fingerprint."""
MAX_PASTED: Final = 200_000
REFERENCE: Final = re.compile(
    r"[A-Z][A-Z0-9]{1,7}-\d{4}-[A-Z]-\d{4,9}(?:-[A-Z]\d{1,6})?", re.IGNORECASE
)
CODE: Final = re.compile(r"[?&]t=([^&\s]+)")
HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]{8,64}")


class VerifyForm(forms.Form):
    """A file, the text of a proof, or a reference, number or address to find in the register."""

    file = one_way(
        forms.FileField(
            label=_("Or any file: a receipt, a report, evidence, a text of this site"),
            help_text=_(
                "Exactly as you received or saved it, up to 10 MB. It is read, compared and "
                "forgotten: nothing of it is kept."
            ),
            required=False,
        )
    )
    pasted = one_way(
        forms.CharField(
            label=_("Text of the proof"),
            help_text=_("The whole text of the JSON file, from the first brace to the last."),
            required=False,
            max_length=MAX_PASTED,
            strip=True,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )
    )
    sought = one_way(
        forms.CharField(
            label=_("Reference, number, fingerprint (SHA-256), or address of the QR code"),
            help_text=_(
                "For example SFR-2026-I-0042, 41, or 47/2023 for a deliberation: it stands on the "
                "page. A fingerprint is the 64 letters and digits after the word SHA-256."
            ),
            required=False,
            max_length=400,
        )
    )
    # The code beside the address of a QR: the first letters of the act's fingerprint.
    t = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    document: Document | None = None
    # The SHA-256 of a file that is no proof, or the one that was typed.
    fingerprint: str = ""

    def clean_sought(self) -> str:
        sought = western_digits(clean_line(self.cleaned_data["sought"]))
        typed = fingerprint_in(sought)
        self.fingerprint = self.fingerprint or typed
        return typed or sought

    def clean_pasted(self) -> str:
        text: str = self.cleaned_data["pasted"]
        if text:
            try:
                self.document = opened(text.encode())
            except Unreadable as error:
                refusal = _("This text is no proof. Paste all of it.")
                raise forms.ValidationError(refusal, code="unreadable") from error
        return text

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(
                _("This file is larger than 10 MB: nothing that this site offers is."),
                code="too_large",
            )
        self._read_file(file)
        return file

    def _read_file(self, file: UploadedFile) -> None:
        """Take the proof that a file is or holds; of any other file, the hash of its bytes."""
        if (file.size or 0) <= MAX_PROOF:
            try:
                self.document = opened(file.read())
                return
            except Unreadable:
                file.seek(0)
        digest = sha256()
        for block in file.chunks():
            digest.update(block)
        self.fingerprint = digest.hexdigest()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = ("file", "pasted", "sought")
        if not self.errors and not any(cleaned.get(name) for name in given):
            raise forms.ValidationError(
                _("Choose a file, or write a reference, a number or a hash."), code="empty"
            )
        self._read_address(cleaned)
        return cleaned

    def _read_address(self, cleaned: dict[str, Any]) -> None:
        """Take reference and code out of the address of a QR; a code in another form is refused."""
        sought = str(cleaned.get("sought") or "")
        cleaned["t"] = western_digits(str(cleaned.get("t") or ""))
        reference, code = REFERENCE.search(sought), CODE.search(sought)
        if reference and ("/" in sought or "=" in sought):
            cleaned["sought"] = reference[0].upper()
            cleaned["t"] = code[1] if code else cleaned.get("t", "")
        if cleaned.get("t") and not HEXADECIMAL.fullmatch(str(cleaned["t"])):
            self.add_error("sought", _("The code in this address is not complete."))
