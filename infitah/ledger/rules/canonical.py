"""The canonical bytes of an entry: one text, one form, so that a hash means something.

A subset of RFC 8785 (JSON Canonicalization Scheme) with NFC text: `docs/reference/register.md`.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

JSON: TypeAlias = "Mapping[str, JSON] | Sequence[JSON] | str | int | bool | None"

MAX_INTEGER = 2**53 - 1  # beyond it, programs that read numbers as doubles disagree
MAX_DEPTH = 8
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")  # ASCII, so that every way of sorting agrees


class NotCanonical(ValueError):
    """A value has no canonical form, or bytes are not in it."""


def canonical(value: JSON) -> bytes:
    """Return the canonical bytes of `value`: sorted keys, no spaces, UTF-8, NFC, integers only.

    Raises NotCanonical for a float, a key that is not plain ASCII, a lone surrogate, an integer
    beyond 2^53-1 or more than eight levels.
    """
    text = json.dumps(
        _clean(value, MAX_DEPTH), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("A text holds half of a surrogate pair.") from error


def parsed(entry: bytes) -> dict[str, JSON]:
    """Return the object that canonical bytes stand for.

    Raises NotCanonical if they are not valid, or not exactly in the canonical form.
    """
    try:
        value = json.loads(entry.decode())
    except (ValueError, RecursionError) as error:
        raise NotCanonical("These bytes are not JSON in UTF-8.") from error
    if not isinstance(value, dict) or canonical(value) != entry:
        raise NotCanonical("These bytes are not in the canonical form.")
    return value


def _clean(value: JSON, depth: int) -> JSON:
    if depth < 0:
        raise NotCanonical("An entry is nested too deep.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, Mapping):
        return {_key(key): _clean(item, depth - 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_clean(item, depth - 1) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form.")


def _integer(value: int) -> int:
    if abs(value) > MAX_INTEGER:
        raise NotCanonical("An integer is beyond 2^53-1.")
    return int(value)


def _key(key: object) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise NotCanonical(f"{key!r} cannot be the name of a member.")
    return key
