"""Input of the register's pages, and the words in which verdicts and faults are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.kernel.text import clean_line
from infitah.ledger.rules import Document, Outcome, Reason, Unreadable, opened
from infitah.ledger.rules.audit import Fault

MAX_FILE = 2 * 1024 * 1024

OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.INTACT_KNOWN_KEY: _("Intact, and signed by a key that is known here."),
    Outcome.INTACT_UNKNOWN_KEY: _("Intact, but signed by a key that is not known here."),
    Outcome.NOT_INTACT: _("Not intact: do not rely on it."),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.UNREADABLE: _("This file holds no document of a register."),
    Reason.ENTRY_NOT_CANONICAL: _(
        "The text of the entry is not in the form that a register writes."
    ),
    Reason.WRONG_PLACE: _("The entry bears another number than its place in the register."),
    Reason.WRONG_COMMUNITY: _("The parts of the document come from different communities."),
    Reason.PATH_LEADS_ELSEWHERE: _("The proof does not lead to the signed root."),
    Reason.WRONG_SIGNATURE: _("The signature is not that of the key."),
    Reason.KEY_MISSING: _("The key of the signature is not in the document."),
    Reason.KEY_DIFFERS: _("The key bears the name of a known key but is another one."),
    Reason.OPENING_DIFFERS: _("A private value is not the one that the entry committed to."),
    Reason.CONTRADICTS_PINNED_HEAD: _("It contradicts a root that was kept from the register."),
    Reason.HEADS_CONTRADICT: _("The roots contradict one another: the register was rewritten."),
    Reason.NO_HEADS: _("The document lists no root."),
    Reason.KEY_NOT_PINNED: _(
        "Compare the key with one that the community has published elsewhere."
    ),
    Reason.MATCHES_PINNED_HEAD: _("Its root is one that was kept from the register."),
    Reason.NOT_COMPARED: _(
        "None of the kept roots is of the same size: there is nothing to compare."
    ),
    Reason.ENTERED_AFTERWARDS: _("The act was entered in the register after the day of the act."),
}
AUTHORS: Mapping[str, Promise] = {
    "officer": _("an officer of the community"),
    "participant": _("a person, whose name the register does not hold"),
    "visitor": _("a visitor without account"),
    "system": _("the platform itself"),
}
FAULTS: Mapping[Fault, Promise] = {
    Fault.ENTRY_MISSING: _("an entry is missing before this number"),
    Fault.LEAF_DIFFERS: _("the text of the entry was changed"),
    Fault.COLUMNS_DIFFER: _("what lists show of the entry differs from its text"),
    Fault.NODE_DIFFERS: _("a hash of the tree was changed"),
    Fault.NODE_MISSING: _("hashes of the tree are missing at this level"),
    Fault.NODE_UNEXPECTED: _("a hash stands where the tree has none"),
    Fault.STATE_DIFFERS: _("the size or the peaks of the register differ from its entries"),
    Fault.HEAD_UNREADABLE: _("a signed root cannot be read"),
    Fault.HEAD_BEYOND_REGISTER: _("a signed root covers more entries than there are"),
    Fault.HEAD_DIFFERS: _("a signed root is not that of the entries"),
    Fault.HEAD_KEY_UNKNOWN: _("a signed root is by a key that is not in the key ring"),
    Fault.HEAD_SIGNATURE_WRONG: _("the signature of a root is wrong"),
    Fault.HEAD_DAY_WRONG: _("a daily root stands under another day"),
    Fault.PINNED_HEAD_DIFFERS: _("a root kept outside is not that of the entries"),
    Fault.TRIGGER_MISSING: _("a guard of the database is missing"),
}


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
