"""The words of a text put to the public, and the hash by which anybody can tell it again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from infitah.kernel.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class ParagraphWords:
    """A paragraph by its lasting name: its heading and its body."""

    key: str
    heading: LocalizedText
    body: LocalizedText


def digest_of(title: LocalizedText, paragraphs: Sequence[ParagraphWords]) -> str:
    """Return the SHA-256 (64 hex) of a text: sorted keys, no spaces, UTF-8."""
    content = {
        "title": title.as_json(),
        "paragraphs": [
            {"key": one.key, "heading": one.heading.as_json(), "body": one.body.as_json()}
            for one in paragraphs
        ],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
