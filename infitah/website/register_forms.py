"""Input of the page that verifies receipts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from infitah.kernel.text import clean_line
from infitah.ledger.rules import Document, Unreadable, opened

MAX_FILE = 2 * 1024 * 1024


class VerifyForm(forms.Form):
    """A file, or a reference or number to find in the register."""

    file = forms.FileField(
        label=_("Receipt"),
        help_text=_("The PDF or the JSON file that you were given, up to 2 MB. It is not kept."),
        required=False,
    )
    sought = forms.CharField(
        label=_("Reference, number in the register, or hash"),
        help_text=_("For example SFR-2026-I-0042, or 41."),
        required=False,
        max_length=120,
    )
    document: Document | None = None

    def clean_sought(self) -> str:
        return clean_line(self.cleaned_data["sought"])

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(
                _("This file is larger than 2 MB: a receipt is smaller."), code="too_large"
            )
        try:
            self.document = opened(file.read())
        except Unreadable as error:
            raise forms.ValidationError(
                _("This file holds no receipt. Choose the file exactly as you received it."),
                code="unreadable",
            ) from error
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sought"):
            raise forms.ValidationError(
                _("Choose a file, or write a reference, a number or a hash."), code="empty"
            )
        return cleaned
