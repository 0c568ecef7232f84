"""What the sender of a mail wrote, without the older mails quoted below it."""

import re
from typing import Final

from infitah.kernel.text import has_letters

_MARKS: Final = re.compile(
    r"-{2,}\s*(?:original message|message d['’]origine|message original|forwarded message"
    r"|message transféré|الرسالة الأصلية|رسالة محولة)",
    re.I,
)
_WROTE: Final = re.compile(
    r"(?:(?:on|le)\b.{4,200}(?:wrote|a écrit)"
    r"|(?:في|بتاريخ|يوم)\b.{4,200}\bكتبت?\b.{0,150})\s*[:：]\s*",
    re.I | re.S,
)
_FROM: Final = re.compile(r"\**(?:from|de|من)\s*:\**\s*\S", re.I)
_SENT: Final = re.compile(r"\**(?:sent|envoyé|date|تاريخ(?: الإرسال)?|أرسلت)\s*:", re.I)


def own_words(text: str) -> str:
    """Return the text above the first quoted mail, without quoted lines; all of it if none is."""
    lines = text.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _begins_quote(lines, number):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    own = "\n".join(kept).strip()
    return own if has_letters(own) else text


def _begins_quote(lines: list[str], number: int) -> bool:
    line = lines[number].strip()
    if _MARKS.match(line):
        return True
    if _WROTE.fullmatch(line) or _WROTE.fullmatch(" ".join(lines[number : number + 2]).strip()):
        return True
    following = lines[number + 1 : number + 4]
    return bool(_FROM.match(line)) and any(_SENT.match(one.strip()) for one in following)
