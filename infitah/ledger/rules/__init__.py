"""Rules of the register, plain Python: tree, canonical bytes, commitments, heads, verdicts.

Source: RFC 9162 (section 2.1), RFC 8785, RFC 8032; decisions F25-F30. No Django, no clock.
"""

from infitah.ledger.rules.acts import (
    act_label,
    families,
    family_of,
    register_act,
    register_family,
)
from infitah.ledger.rules.attachments import attached, is_pdf
from infitah.ledger.rules.bound import Part, Quotation
from infitah.ledger.rules.canonical import JSON, NotCanonical, canonical
from infitah.ledger.rules.commitments import SALT_BYTES, Opening, commit
from infitah.ledger.rules.documents import (
    Bound,
    Consistency,
    Document,
    PublicKey,
    Receipt,
    Roots,
    Unreadable,
    opened,
    read_document,
    read_heads,
    read_keys,
)
from infitah.ledger.rules.entries import Author, EntryFacts, base64_text
from infitah.ledger.rules.heads import SignedTreeHead, TreeHead
from infitah.ledger.rules.tree import Place, Range
from infitah.ledger.rules.verdicts import (
    NOTES,
    Outcome,
    Pinned,
    Reason,
    Verdict,
    unreadable,
    verdict,
)

__all__ = [
    "JSON",
    "NOTES",
    "SALT_BYTES",
    "Author",
    "Bound",
    "Consistency",
    "Document",
    "EntryFacts",
    "NotCanonical",
    "Opening",
    "Outcome",
    "Part",
    "Pinned",
    "Place",
    "PublicKey",
    "Quotation",
    "Range",
    "Reason",
    "Receipt",
    "Roots",
    "SignedTreeHead",
    "TreeHead",
    "Unreadable",
    "Verdict",
    "act_label",
    "attached",
    "base64_text",
    "canonical",
    "commit",
    "families",
    "family_of",
    "is_pdf",
    "opened",
    "read_document",
    "read_heads",
    "read_keys",
    "register_act",
    "register_family",
    "unreadable",
    "verdict",
]
