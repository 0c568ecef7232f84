"""Signed tree heads: what the register held at a moment, under an Ed25519 signature.

The signed text has the form of a checkpoint of the C2SP transparency-log formats: origin, size,
root in base64, then two lines of our own. Its first line separates it from all else we sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from infitah.ledger.rules.entries import (
    COMMUNITY,
    base64_text,
    instant_text,
    read_base64,
    read_instant,
)

ORIGIN = "infitah.register/v1"
SIGNATURE_BYTES = 64
MAX_KEY_ID = 64


class HeadJSON(TypedDict):
    """A signed tree head as programs read it."""

    community: str
    size: int
    root: str
    time: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class TreeHead:
    """رأس السجل / tête d'arbre: size and root of a community's register at a time, by a key."""

    community: str
    size: int
    root: bytes
    time: datetime
    key_id: str

    def text(self) -> bytes:
        """Return the bytes that are signed: five lines, each ended by a line feed."""
        lines = (
            f"{ORIGIN}/{self.community}",
            str(self.size),
            base64_text(self.root),
            f"time {instant_text(self.time)}",
            f"key {self.key_id}",
        )
        return "".join(f"{line}\n" for line in lines).encode()

    def signed(self, private: Ed25519PrivateKey) -> "SignedTreeHead":
        """Return the head with its signature."""
        return SignedTreeHead(self, private.sign(self.text()))


@dataclass(frozen=True, slots=True)
class SignedTreeHead:
    """A tree head and the signature (64 bytes) over its text."""

    head: TreeHead
    signature: bytes

    def is_signed_by(self, public: bytes) -> bool:
        """Return whether the signature is that of the raw Ed25519 key `public`."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, self.head.text())
        except (InvalidSignature, ValueError):
            return False
        return True

    def as_json(self) -> HeadJSON:
        """Return the head as programs read it."""
        return {
            "community": self.head.community,
            "size": self.head.size,
            "root": base64_text(self.head.root),
            "time": instant_text(self.head.time),
            "key": self.head.key_id,
            "signature": base64_text(self.signature),
        }

    @classmethod
    def read(cls, document: object) -> "SignedTreeHead":
        """Return the head that a JSON object writes. Raises ValueError if it writes none."""
        if not isinstance(document, Mapping) or document.keys() != HeadJSON.__annotations__.keys():
            raise ValueError("A tree head is an object of six members.")
        raw = cast(Mapping[str, object], document)
        community, size, key = raw.get("community"), raw.get("size"), raw.get("key")
        if not isinstance(community, str) or not COMMUNITY.fullmatch(community):
            raise ValueError("A tree head names its community.")
        if type(size) is not int or not 0 <= size < 2**53:
            raise ValueError("A tree head has a size.")
        if not isinstance(key, str) or not key.isprintable() or not 0 < len(key) <= MAX_KEY_ID:
            raise ValueError("A tree head names its key.")
        time = raw.get("time")
        if not isinstance(time, str):
            raise ValueError("A tree head has a time.")
        head = TreeHead(community, size, read_base64(raw.get("root")), read_instant(time), key)
        return cls(head, read_base64(raw.get("signature"), SIGNATURE_BYTES))
