"""What the checks of files found: what of it stops a file from leaving, and its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.core import hidden

Words = str | Promise
Kept = Mapping[str, object]
"""One finding as it is kept: its code, and where and what it is."""

_TOO_MUCH: Final = _("The file is too large to be looked into: look yourself before it leaves.")
_OTHER_KIND: Final = _("The file is not of the kind that it is said to be.")
NOT_CHECKED: Final = _("The file could not be looked into: look yourself before it leaves.")
SENTENCES: Final[dict[str, Words]] = {
    "not_checked": NOT_CHECKED,
    "missing": _("The bytes of the file are missing on the server."),
    "encrypted": _("The file is locked by a password: it could not be looked into."),
    "damaged": _("The file is damaged: it could not be looked into."),
    "entities": _("The file holds instructions that no office program writes."),
    "mislabelled": _OTHER_KIND,
    "not_pdf": _OTHER_KIND,
    "kind": _OTHER_KIND,
    "too_large": _TOO_MUCH,
    "too_many_pages": _TOO_MUCH,
    "too_demanding": _TOO_MUCH,
}
"""Why a file could not be looked into; each stops it from leaving."""
_KINDS: Final = {kind.value: kind for kind in hidden.Hidden}


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding in words, and whether it stops the file from leaving."""

    sentence: Words
    blocks: bool


def shown_findings(findings: Sequence[Kept]) -> list[FindingShown]:
    """Return the findings in the language of the page; what nobody named stops the file."""
    return [_shown(one) for one in findings]


def has_blocking(findings: Sequence[Kept]) -> bool:
    """Return whether a file must not leave before somebody accepts what was found in it."""
    return any(one.blocks for one in shown_findings(findings))


def _shown(one: Kept) -> FindingShown:
    code = str(one.get("code", ""))
    kind = _KINDS.get(code)
    if kind is None:
        return FindingShown(SENTENCES.get(code, NOT_CHECKED), blocks=True)
    found = hidden.Finding(kind, str(one.get("place", "")), str(one.get("detail", "")))
    return FindingShown(found.sentence, found.blocks)
