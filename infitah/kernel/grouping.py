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


def digits_together(text: str) -> str:
    """Return `text` with the groups of each number and telephone number kept together.

    Nothing but the spaces inside them changes, one sign for one: its length stays. Stable.
    """
    return _GROUPED.sub(lambda found: _SPACES.sub(TOGETHER, found[0]), text)
