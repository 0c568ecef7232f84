"""Digits that people write in groups, kept together when they are shown: 3 150 000, 06 61 23 45 67.

With ordinary spaces Arabic text draws the groups in the order of its words: 000 150 3. A no-break
space is a separator of numbers for the bidi algorithm (class CS, rule W4), so that they stay in
their order and on one line. Only what is shown is treated, never what is kept, hashed or exported.
"""

import re
from typing import Final

TOGETHER: Final = "\u00a0"

_SPACE: Final = "[ \u00a0\u2009\u202f]"
# A number stands alone: another group of digits before or after it, as in a list of years, a bank
# account or a table, leaves no way to tell which groups are one number.
_NUMBER: Final = rf"(?![0\u0660\u06f0])\d{{1,3}}(?:{_SPACE}\d{{3}})+"
_PHONE: Final = rf"(?:(?:\+|00)212{_SPACE}?|0)[5-8](?:{_SPACE}?\d){{8}}"
_GROUPED: Final = re.compile(
    rf"(?<!\d)(?<!\d[.,:/])(?<!\d{_SPACE})(?:{_PHONE}|{_NUMBER})(?!{_SPACE}?\d)"
)
_SPACES: Final = re.compile(_SPACE)
# Where there may be such a number; what stands before a run of digits matters for two signs.
_RUN: Final = re.compile(rf"[+\d](?:{_SPACE}?\d)*{_SPACE}\d(?:{_SPACE}?\d)*")
_BEFORE: Final = 2


def digits_together(text: str) -> str:
    """Return `text` with the groups of each number and telephone number kept together.

    Nothing but the spaces inside them changes, one sign for one: its length stays. Stable.
    """
    pieces: list[str] = []
    end = 0
    for run in _RUN.finditer(text):
        before = text[max(run.start() - _BEFORE, 0) : run.start()]
        whole = _GROUPED.sub(_held, before + run[0])
        pieces += [text[end : run.start()], whole[len(before) :]]
        end = run.end()
    return "".join([*pieces, text[end:]]) if pieces else text


def _held(found: re.Match[str]) -> str:
    return _SPACES.sub(TOGETHER, found[0])
