"""The operators of a page that is copied: those of plain drawing, each with fitting operands.

Marked content (ActualText, layers, tags) falls away, but for the bare mark ReversedChars that lines
in Arabic may carry; so do comments and whatever else a stream may hold between operators. An
operator that is not known, or has operands that it does not use, makes the page unfit for copying.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import pikepdf

from infitah.core.redaction.values import Reason

MARKED: Final = {"BMC", "BDC", "EMC", "MP", "DP", "BX", "EX"}
NUMBERS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("q", "Q", "h", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"), 0),
    **dict.fromkeys(("W", "W*", "BT", "ET", "T*"), 0),
    **dict.fromkeys(("w", "J", "j", "M", "i", "Tc", "Tw", "Tz", "TL", "Tr", "Ts"), 1),
    **dict.fromkeys(("g", "G"), 1),
    **dict.fromkeys(("m", "l", "Td", "TD"), 2),
    **dict.fromkeys(("rg", "RG"), 3),
    **dict.fromkeys(("v", "y", "re", "k", "K"), 4),
    **dict.fromkeys(("cm", "c", "Tm"), 6),
}
"""Operators that take so many numbers and nothing else."""
NAMED: Final[Mapping[str, str]] = {
    "gs": "ExtGState",
    "sh": "Shading",
    "Do": "XObject",
    "cs": "ColorSpace",
    "CS": "ColorSpace",
}
"""Operators that take the name of a resource of this kind."""
PLAIN_SPACES: Final = {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"}
_COLOURS: Final = {"sc", "SC", "scn", "SCN"}
_MOST_OPERATORS: Final = 2_000_000

Named = Callable[[str, str], str]
"""Takes the kind and the old name of a resource, and gives its new name."""
Shown = Callable[[bytes], None]
"""Is told each string that is shown in the font chosen last."""


class NotPlain(Exception):
    """The page cannot be copied; `reason` is why."""

    def __init__(self, reason: Reason = Reason.UNPLAIN) -> None:
        self.reason = reason
        super().__init__(reason)


class Rewriting:
    """Writes the operators of one stream anew; what it needs of the outside it asks for."""

    def __init__(self, named: Named, chosen: Callable[[str], None], shown: Shown) -> None:
        self._named = named
        self._chosen = chosen
        self._shown = shown
        self._fonts: list[str] = [""]
        self._marks: list[bool] = []

    def rewritten(self, stream: pikepdf.Object) -> bytes:
        """Return the operators of a page or form, in their order. Raises NotPlain."""
        try:
            instructions = pikepdf.parse_content_stream(stream)
        except (pikepdf.PdfError, TypeError, ValueError, UserWarning) as error:
            raise NotPlain from error
        if len(instructions) > _MOST_OPERATORS:
            raise NotPlain
        return pikepdf.unparse_content_stream(list(self._kept(instructions)))

    def _kept(self, instructions: object) -> Iterator[tuple[list[Any], pikepdf.Operator]]:
        for instruction in instructions:  # type: ignore[attr-defined]
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise NotPlain
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator not in MARKED:
                yield self._operands(operator, operands), instruction.operator
            elif self._is_kept_mark(operator, operands):
                yield operands, instruction.operator
        if any(self._marks):
            raise NotPlain

    def _is_kept_mark(self, operator: str, operands: list[object]) -> bool:
        """Tell whether a mark only says which way letters run, or ends one that does."""
        if operator in {"BMC", "BDC"}:
            self._marks.append(operator == "BMC" and is_direction(operands))
            return self._marks[-1]
        return operator == "EMC" and bool(self._marks) and self._marks.pop()

    def _operands(self, operator: str, operands: list[object]) -> list[object]:
        if operator in NUMBERS:
            self._keep_font(operator)
            return _numbers(operands, NUMBERS[operator])
        if operator in NAMED:
            return [self._resource(NAMED[operator], operands)]
        if operator in _COLOURS:
            return self._colour(operands)
        return self._text_or_line(operator, operands)

    def _keep_font(self, operator: str) -> None:
        """Follow the font through what is saved and brought back."""
        if operator == "q":
            self._fonts.append(self._fonts[-1])
        elif operator == "Q" and len(self._fonts) > 1:
            self._fonts.pop()
            if self._fonts[-1]:
                self._chosen(self._fonts[-1])

    def _resource(self, kind: str, operands: list[object]) -> pikepdf.Object:
        name = _name(operands, 1)
        if kind == "ColorSpace" and name in PLAIN_SPACES:
            return pikepdf.Name(name)
        return pikepdf.Name(f"/{self._named(kind, name)}")

    def _colour(self, operands: list[object]) -> list[object]:
        if operands and isinstance(operands[-1], pikepdf.Name):
            numbers = _numbers(operands[:-1], len(operands) - 1)
            return [*numbers, pikepdf.Name(f"/{self._named('Pattern', str(operands[-1]))}")]
        return _numbers(operands, len(operands))

    def _text_or_line(self, operator: str, operands: list[object]) -> list[object]:
        match operator:
            case "Tf":
                return self._font(operands)
            case "Tj" | "'":
                return [self._string(operands, 1)]
            case '"':
                return [*_numbers(operands[:2], 2), self._string(operands[2:], 1)]
            case "TJ":
                return [pikepdf.Array(list(self._pieces(operands)))]
            case "d":
                return [_dashes(operands), *_numbers(operands[1:], 1)]
            case "ri":
                return [pikepdf.Name(_name(operands, 1))]
        raise NotPlain

    def _font(self, operands: list[object]) -> list[object]:
        if len(operands) != 2:
            raise NotPlain
        name = _name(operands[:1], 1)
        self._fonts[-1] = name
        self._chosen(name)
        return [pikepdf.Name(f"/{self._named('Font', name)}"), *_numbers(operands[1:], 1)]

    def _string(self, operands: list[object], count: int) -> object:
        if len(operands) != count or not isinstance(operands[0], pikepdf.String):
            raise NotPlain
        self._shown(bytes(operands[0]))
        return operands[0]

    def _pieces(self, operands: list[object]) -> Iterator[object]:
        if len(operands) != 1 or not isinstance(operands[0], pikepdf.Array):
            raise NotPlain
        for piece in operands[0]:
            if isinstance(piece, pikepdf.String):
                self._shown(bytes(piece))
                yield piece
            else:
                yield from _numbers([piece], 1)


def is_direction(operands: list[object]) -> bool:
    """Tell whether the operands of a mark say that letters stand in the order of the page."""
    return len(operands) == 1 and str(operands[0]) == "/ReversedChars"


def is_number(item: object) -> bool:
    """Tell whether an operand or an entry is a number."""
    return isinstance(item, int | float | Decimal) and not isinstance(item, bool)


def _numbers(operands: list[object], count: int) -> list[object]:
    if len(operands) != count or not all(is_number(one) for one in operands):
        raise NotPlain
    return operands


def _name(operands: list[object], count: int) -> str:
    if len(operands) != count or not isinstance(operands[0], pikepdf.Name):
        raise NotPlain
    return str(operands[0])


def _dashes(operands: list[object]) -> pikepdf.Array:
    if len(operands) != 2 or not isinstance(operands[0], pikepdf.Array):
        raise NotPlain
    return pikepdf.Array(_numbers(list(operands[0]), len(operands[0])))
