"""Bytes sealed by a passphrase: scrypt makes the key, AES-GCM seals (decisions F30)."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK: Final = b"INFITAH-SEALED-1"
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
SCRYPT_N: Final = 2**16  # 64 MB and a quarter of a second for each guess
SHORTEST: Final = 12


class SealRefused(Exception):
    """The passphrase is too short or wrong, or the bytes were altered."""


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_N, r=8, p=1).derive(passphrase.encode())


def seal_bytes(plain: bytes, passphrase: str) -> bytes:
    """Return `plain` sealed. Raises SealRefused for a passphrase below twelve characters."""
    if len(passphrase) < SHORTEST:
        raise SealRefused(f"The passphrase must have at least {SHORTEST} characters.")
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return MARK + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, MARK)


def open_bytes(sealed: bytes, passphrase: str) -> bytes:
    """Return what was sealed. Raises SealRefused if it does not open."""
    mark, rest = sealed[: len(MARK)], sealed[len(MARK) :]
    salt, nonce = rest[:SALT_BYTES], rest[SALT_BYTES : SALT_BYTES + NONCE_BYTES]
    body = rest[SALT_BYTES + NONCE_BYTES :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, body, mark)
    except InvalidTag as error:
        raise SealRefused("The passphrase is wrong, or the sealed keys were altered.") from error
