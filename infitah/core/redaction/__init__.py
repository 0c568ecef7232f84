"""Redaction of PDFs: boxes drawn on pages are burnt into a new file that is checked by itself.

Bytes in, values out; no models. `inspect` looks a file over, `render_page` draws a page for the
screen, `proposals` says what may have to be covered, `burn` makes the new file, `check` reads it
back. Law 31-13, article 7: what is withheld is withheld for good, the rest is given.
"""

from infitah.core.redaction.burning import burn, burn_by_page
from infitah.core.redaction.checking import check, check_by_page
from infitah.core.redaction.inspecting import inspect, render_page
from infitah.core.redaction.proposing import proposals
from infitah.core.redaction.refusals import (
    BoxRefused,
    DamagedPdf,
    EncryptedPdf,
    NotPdf,
    PdfRefused,
    RedactionFailed,
    TooDemanding,
    TooLarge,
    TooManyPages,
)
from infitah.core.redaction.values import (
    Box,
    Document,
    Echo,
    Fault,
    Kind,
    PageOutcome,
    PageShown,
    Problem,
    Progress,
    Proposal,
    Reason,
    Rect,
    Redacted,
    Report,
    Step,
    Store,
    Treatment,
)

__all__ = [
    "Box",
    "BoxRefused",
    "DamagedPdf",
    "Document",
    "Echo",
    "EncryptedPdf",
    "Fault",
    "Kind",
    "NotPdf",
    "PageOutcome",
    "PageShown",
    "PdfRefused",
    "Problem",
    "Progress",
    "Proposal",
    "Reason",
    "Rect",
    "Redacted",
    "RedactionFailed",
    "Report",
    "Step",
    "Store",
    "TooDemanding",
    "TooLarge",
    "TooManyPages",
    "Treatment",
    "burn",
    "burn_by_page",
    "check",
    "check_by_page",
    "inspect",
    "proposals",
    "render_page",
]
