"""What the checks of files found, as sentences for the officer."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SENTENCES: Final[dict[str, Words]] = {
    "not_checked": _("This kind of file could not be looked into: look yourself before it leaves."),
    "missing": _("The bytes of the file are missing on the server."),
}


def sentences_of(findings: Sequence[Mapping[str, object]]) -> list[Words]:
    """Return a sentence for each finding; one that nobody named is told by its code."""
    return [SENTENCES.get(str(one.get("code", "")), str(one.get("code", ""))) for one in findings]
