"""The checks, in the order in which they run."""

from tests.outside.check import Check
from tests.outside.checks import (
    feeds,
    identity,
    load,
    mail,
    markup,
    proofs,
    receipts,
    scanner,
    security,
)

ALL: tuple[Check, ...] = (
    *markup.CHECKS,
    *feeds.CHECKS,
    *proofs.CHECKS,
    *receipts.CHECKS,
    *mail.CHECKS,
    *scanner.CHECKS,
    *identity.CHECKS,
    *security.CHECKS,
    *load.CHECKS,
)
