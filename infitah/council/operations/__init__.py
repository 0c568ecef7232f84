"""Acts of the council: convene it, adopt a deliberation, what happens to it, an objection to it."""

from infitah.council.operations.deliberation import (
    AdoptedText,
    DeliberationRefused,
    canonical_text,
    complete_text,
    convene_council,
    record_deliberation,
    record_in_force,
    record_posting,
    record_sending,
    record_visa,
    text_digest,
)
from infitah.council.operations.objection import (
    ObjectionLetter,
    record_examination,
    record_objection,
    record_referral,
    record_ruling,
)

__all__ = [
    "AdoptedText",
    "DeliberationRefused",
    "ObjectionLetter",
    "canonical_text",
    "complete_text",
    "convene_council",
    "record_deliberation",
    "record_examination",
    "record_in_force",
    "record_objection",
    "record_posting",
    "record_referral",
    "record_ruling",
    "record_sending",
    "record_visa",
    "text_digest",
]
