"""Why a PDF is not redacted: each refusal says what to do."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.core.redaction.values import Problem


class PdfRefused(OperationRefused):
    """The file cannot be redacted."""


class NotPdf(PdfRefused):
    """The file is no PDF."""


class EncryptedPdf(PdfRefused):
    """The PDF is locked by a password."""


class DamagedPdf(PdfRefused):
    """The PDF cannot be read."""


class TooManyPages(PdfRefused):
    """The PDF has more pages than are taken: `limit`."""

    def __init__(self, limit: int) -> None:
        self.limit: Final = limit
        super().__init__(
            _("The PDF has more than %(limit)s pages. Divide it and redact the parts.")
            % {"limit": limit},
            code="too_many_pages",
            field="file",
        )


class TooLarge(PdfRefused):
    """A page or a part of the PDF is larger than is taken."""


class TooDemanding(PdfRefused):
    """The PDF takes more time or memory than is given to one file."""


class BoxRefused(PdfRefused):
    """A box does not lie on a page, or its code cannot be printed."""


class RedactionFailed(PdfRefused):
    """Something was left: the file is not given out. `problems` says what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: Final = tuple(problems)
        super().__init__(
            _(
                "The redacted file did not pass its check and was thrown away. %(reasons)s Print "
                "the document, scan it and redact the scan, or tell the administrator."
            )
            % {"reasons": " ".join(dict.fromkeys(one.fault.label for one in problems))},
            code="redaction_failed",
        )


def not_pdf() -> NotPdf:
    return NotPdf(_("The file is not a PDF."), code="not_pdf", field="file")


def encrypted() -> EncryptedPdf:
    return EncryptedPdf(
        _("The PDF is locked by a password. Save it without one and send it again."),
        code="encrypted",
        field="file",
    )


def damaged() -> DamagedPdf:
    return DamagedPdf(
        _("The PDF is damaged: it cannot be read. Print it as a new PDF and send that."),
        code="damaged",
        field="file",
    )


def too_many_pages(limit: int) -> TooManyPages:
    return TooManyPages(limit)


def too_large() -> TooLarge:
    return TooLarge(
        _(
            "A page or a picture of the PDF is larger than can be worked on. Print it as a new "
            "PDF on ordinary paper and send that."
        ),
        code="too_large",
        field="file",
    )


def too_demanding() -> TooDemanding:
    return TooDemanding(
        _(
            "The PDF takes too long or too much memory to be worked on. Print it as a new PDF, or "
            "scan it, and send that."
        ),
        code="too_demanding",
        field="file",
    )


def bad_box() -> BoxRefused:
    return BoxRefused(_("A box lies outside the page. Draw it again."), code="box", field="boxes")


def bad_code() -> BoxRefused:
    return BoxRefused(
        _("The code of a box is not fit for printing: letters A to Z and digits only."),
        code="code",
        field="boxes",
    )
