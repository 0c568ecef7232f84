"""The checks, in the order in which they run."""

from tests.outside.check import Check
from tests.outside.checks import feeds, markup, proofs, receipts, scanner, security

ALL: tuple[Check, ...] = (
    *markup.CHECKS,
    *feeds.CHECKS,
    *proofs.CHECKS,
    *receipts.CHECKS,
    *scanner.CHECKS,
    *security.CHECKS,
)
