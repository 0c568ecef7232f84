"""The key ring in INFITAH_KEYS_DIR: identity key, look-up key, signing key (decisions F30).

Each purpose has numbered keys; the newest seals and signs, the older ones still open and verify.
A key never enters the database, a log or a backup without passphrase.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

Purpose = Literal["identity", "lookup", "signing"]
PURPOSES: tuple[Purpose, ...] = ("identity", "lookup", "signing")
KEY_BYTES = 32
COPIED = "copied.json"


@dataclass(frozen=True, slots=True)
class Key:
    """One secret of 32 bytes; `key_id` goes with every value that it sealed or signed."""

    key_id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The signing key in use and its public half (32 raw bytes)."""

    key_id: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _directory() -> Path:
    return Path(settings.ENVIRONMENT.keys_dir)


def _files(purpose: Purpose) -> list[Path]:
    return sorted(_directory().glob(f"{purpose}-*.key"))


def _write(path: Path, secret: bytes) -> None:
    """Write a key so that a crash leaves a whole key or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.part")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(secret.hex().encode())
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(fresh, path)  # fails if another process made it first: theirs counts
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


@cache
def ring(purpose: Purpose) -> tuple[Key, ...]:
    """Return the keys of `purpose`, oldest first, making the first one if there is none."""
    if not _files(purpose):
        _write(_directory() / f"{purpose}-0001.key", secrets.token_bytes(KEY_BYTES))
    keys = []
    for path in _files(purpose):
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        keys.append(Key(f"{path.stem}-{sha256(secret).hexdigest()[:8]}", secret))
    return tuple(keys)


def newest(purpose: Purpose) -> Key:
    """Return the key that seals or signs from now on."""
    return ring(purpose)[-1]


def rotate(purpose: Purpose) -> Key:
    """Add a key to the ring; older ones stay for what they sealed or signed."""
    number = len(ring(purpose)) + 1
    _write(_directory() / f"{purpose}-{number:04}.key", secrets.token_bytes(KEY_BYTES))
    ring.cache_clear()
    return newest(purpose)


def signing_key() -> KeyPair:
    """Return the key that signs tree heads."""
    key = newest("signing")
    return KeyPair(key.key_id, Ed25519PrivateKey.from_private_bytes(key.secret))


def public_keys() -> dict[str, bytes]:
    """Return every public signing key by its id, 32 raw bytes each."""
    return {
        key.key_id: KeyPair(key.key_id, Ed25519PrivateKey.from_private_bytes(key.secret)).public
        for key in ring("signing")
    }


def mark_copied(now: datetime) -> None:
    """Note that the keys in the ring were copied to a safe place at `now`."""
    copied = {"at": now.isoformat(), "keys": _names()}
    _directory().mkdir(parents=True, exist_ok=True)
    (_directory() / COPIED).write_text(json.dumps(copied, indent=1))


def is_copied() -> bool:
    """Return whether a copy of every key in the ring was noted."""
    try:
        copied = json.loads((_directory() / COPIED).read_text())
    except (OSError, ValueError):
        return False
    return set(_names()) <= set(copied["keys"])


def _names() -> list[str]:
    return [key.key_id for purpose in PURPOSES if _files(purpose) for key in ring(purpose)]
