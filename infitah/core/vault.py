"""Identity data at rest: AES-GCM bound to model, field and row; keyed digests for look-up.

Source: law 09-08 (personal data), decisions F30. A sealed value is `key_id:nonce:ciphertext`
in base64; moved to another row or field it does not open.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infitah.core import keys

NONCE_BYTES = 12


class UnsealRefused(Exception):
    """The value was moved, altered, or sealed by a key that is not in the ring."""


def _binding(model: str, field: str, row: str) -> bytes:
    return f"infitah/{model}/{field}/{row}".encode()


def seal(plain: str, *, model: str, field: str, row: str) -> str:
    """Return `plain` sealed for this row's field; empty stays empty."""
    if not plain:
        return ""
    key = keys.newest("identity")
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key.secret).encrypt(nonce, plain.encode(), _binding(model, field, row))
    return f"{key.key_id}:{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, model: str, field: str, row: str) -> str:
    """Return what was sealed for this row's field; raises UnsealRefused if it does not open."""
    if not sealed:
        return ""
    key_id, _, body = sealed.partition(":")
    secret = next((key.secret for key in keys.ring("identity") if key.key_id == key_id), None)
    if secret is None:
        raise UnsealRefused(f"The identity key {key_id} is not in the ring.")
    raw = urlsafe_b64decode(body)
    try:
        plain = AESGCM(secret).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], _binding(model, field, row)
        )
    except InvalidTag as error:
        raise UnsealRefused("The sealed value was moved or altered.") from error
    return plain.decode()


def lookup_digest(kind: str, value: str) -> str:
    """Return the keyed digest (64 hex) by which a value is found without being stored."""
    secret = keys.ring("lookup")[0].secret  # one key: a digest must find what an older day stored
    return hmac.new(secret, f"{kind}\n{value}".encode(), sha256).hexdigest()
