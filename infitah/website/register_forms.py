"""Input of the page that verifies receipts."""

import re
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import one_way
from infitah.kernel.text import clean_line
from infitah.ledger.rules import Document, Unreadable, opened

MAX_FILE: Final = 2 * 1024 * 1024
MAX_PASTED: Final = 200_000
REFERENCE: Final = re.compile(r"[A-Z]{3}-\d{4}-[A-Z]-\d{4,9}", re.IGNORECASE)
CODE: Final = re.compile(r"[?&]t=([^&\s]+)")
HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]{8,64}")


class VerifyForm(forms.Form):
    """A file, the text of a proof, or a reference, number or address to find in the register."""

    file = one_way(
        forms.FileField(
            label=_("Or the file of a receipt, a report or a proof"),
            help_text=_(
                "The PDF or the JSON file that you were given, up to 2 MB. It is not kept."
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
            label=_("Reference, number in the register, or address of the QR code"),
            help_text=_(
                "For example SFR-2026-I-0042, 41, or 47/2023 for a deliberation: it stands on the "
                "page."
            ),
            required=False,
            max_length=400,
        )
    )
    # The code beside the address of a QR: the first letters of the act's fingerprint.
    t = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    document: Document | None = None

    def clean_sought(self) -> str:
        return clean_line(self.cleaned_data["sought"])

    def clean_pasted(self) -> str:
        text: str = self.cleaned_data["pasted"]
        if text:
            self.document = _read(text.encode(), _("This text is no proof. Paste all of it."))
        return text

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(
                _("This file is larger than 2 MB: receipts and reports are smaller."),
                code="too_large",
            )
        self.document = _read(
            file.read(),
            _("This file holds no proof. Choose the file exactly as you received it."),
        )
        return file

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
        reference, code = REFERENCE.search(sought), CODE.search(sought)
        if reference and ("/" in sought or "=" in sought):
            cleaned["sought"] = reference[0].upper()
            cleaned["t"] = code[1] if code else cleaned.get("t", "")
        if cleaned.get("t") and not HEXADECIMAL.fullmatch(str(cleaned["t"])):
            self.add_error("sought", _("The code in this address is not complete."))


def _read(content: bytes, refusal: Any) -> Document:
    try:
        return opened(content)
    except Unreadable as error:
        raise forms.ValidationError(refusal, code="unreadable") from error
