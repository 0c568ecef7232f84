"""Salted commitments: a private value stands in the register as a hash that can be forgotten.

SHA-256(salt || value), salt of 32 random bytes, value in UTF-8 and NFC. Once salt and value are
erased, nobody can tell or guess what was committed, and the entry stays valid (law 09-08).
"""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256

SALT_BYTES = 32
AUTHOR = "by"
"""The name under which an entry commits to the key of a person; no receipt opens it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a commitment: the salt and the value."""

    salt: bytes
    value: str

    @property
    def commitment(self) -> bytes:
        return commit(self.salt, self.value)


def commit(salt: bytes, value: str) -> bytes:
    """Return the commitment to `value`. Raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes.")
    return sha256(salt + unicodedata.normalize("NFC", value).encode()).digest()
