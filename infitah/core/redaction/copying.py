"""A page copied into a new file: what draws it, rebuilt piece by piece, and nothing besides.

Nothing is taken over as it is. What is not known here makes the page unfit for copying, and it is
drawn instead: so a kind of hiding that nobody thought of costs sharpness, not secrecy.
"""

from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction.colours import (
    colours_of,
    group_of,
    numbers_of,
    plain_entries,
    shading_of,
    state_of,
)
from infitah.core.redaction.fonts import Fonts
from infitah.core.redaction.operators import NotPlain, Rewriting
from infitah.core.redaction.pictures import picture_of
from infitah.core.redaction.values import Reason

_DEEPEST: Final = 12
_LETTERS: Final = {
    "Font": "F",
    "XObject": "X",
    "ExtGState": "G",
    "ColorSpace": "C",
    "Shading": "S",
    "Pattern": "P",
}
_FAULTS: Final = (
    *(pikepdf.PdfError, UserWarning, RuntimeError),
    *(KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError),
)


class Copier:
    """Copies pages of one document into another; `finish` completes what they share."""

    def __init__(self, source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
        self._source = source
        self.pdf: Final = target
        self.fonts: Final = Fonts(target)
        self._known: dict[tuple[str, int, int], object] = {}
        self._depth = 0

    def page(self, number: int, box: tuple[float, float, float, float]) -> pikepdf.Object:
        """Return page `number` (from 1), with `box` in its own space as all there is of it.

        Raises NotPlain where it cannot be copied.
        """
        page = self._source.pages[number - 1]
        try:
            return self._page(page, box)
        except _FAULTS as error:
            raise NotPlain from error

    def _page(self, page: pikepdf.Page, box: tuple[float, float, float, float]) -> pikepdf.Object:
        resources = page.obj.get("/Resources", Dictionary())
        scope = _Scope(self, resources)
        content = scope.rewritten(page.obj)
        entries: dict[str, object] = {
            "/Type": Name.Page,
            "/MediaBox": _as_written(page, box),
            "/Resources": scope.resources(),
            "/Contents": self.pdf.make_stream(content),
            **plain_entries(page.obj, ("UserUnit",)),
        }
        turn = int(page.obj.get("/Rotate", 0)) % 360
        if turn:
            entries["/Rotate"] = turn
        if "/Group" in page.obj:
            entries["/Group"] = group_of(page.obj["/Group"], self.pdf)
        return self.pdf.make_indirect(Dictionary(entries))

    def resource(self, kind: str, source: pikepdf.Object, around: pikepdf.Object) -> object:
        """Return a resource rebuilt in the new document, the same one for the same source."""
        if not isinstance(source, pikepdf.Object):
            raise NotPlain
        key = (kind, *source.objgen)
        if source.objgen == (0, 0) or key not in self._known:
            made = self._rebuilt(kind, source, around)
            if source.objgen == (0, 0):
                return made
            self._known[key] = made
        return self._known[key]

    def _rebuilt(self, kind: str, source: pikepdf.Object, around: pikepdf.Object) -> object:
        match kind:
            case "ExtGState":
                return state_of(source, self.pdf)
            case "ColorSpace":
                return colours_of(source, self.pdf)
            case "Shading":
                return shading_of(source, self.pdf)
            case "Pattern":
                return self._pattern(source)
            case "XObject":
                return self._external(source, around)
        raise NotPlain

    def _pattern(self, source: pikepdf.Object) -> pikepdf.Object:
        if not isinstance(source, pikepdf.Dictionary) or int(source.get("/PatternType", 0)) != 2:
            raise NotPlain
        entries = plain_entries(source, ("PatternType", "Matrix"))
        entries["/Shading"] = shading_of(source["/Shading"], self.pdf)
        return self.pdf.make_indirect(Dictionary(entries))

    def _external(self, source: pikepdf.Object, around: pikepdf.Object) -> pikepdf.Object:
        if not isinstance(source, pikepdf.Stream):
            raise NotPlain
        kind = str(source.get("/Subtype"))
        if kind == "/Image":
            return picture_of(source, self.pdf)
        if kind != "/Form":
            raise NotPlain
        if "/OC" in source:
            raise NotPlain(Reason.LAYERS)
        return self._form(source, around)

    def _form(self, source: pikepdf.Object, around: pikepdf.Object) -> pikepdf.Object:
        if self._depth > _DEEPEST or "/PS" in source or "/Ref" in source:
            raise NotPlain
        self._depth += 1
        try:
            scope = _Scope(self, source.get("/Resources", around))
            made = self.pdf.make_stream(scope.rewritten(source))
        finally:
            self._depth -= 1
        made.Type, made.Subtype = Name.XObject, Name.Form
        made.BBox = Array(numbers_of(source["/BBox"]))
        for key, value in plain_entries(source, ("Matrix",)).items():
            made[key] = value
        made.Resources = scope.resources()
        if "/Group" in source:
            made.Group = group_of(source["/Group"], self.pdf)
        return made

    def finish(self) -> None:
        """Complete the fonts by what was shown. Raises NotPlain."""
        try:
            self.fonts.finish()
        except _FAULTS as error:
            raise NotPlain from error


class _Scope:
    """One stream of operators with its resources: only those that it names come along."""

    def __init__(self, copier: Copier, resources: pikepdf.Object) -> None:
        self._copier = copier
        self._resources = resources
        self._names: dict[tuple[str, str], str] = {}
        self._made: dict[str, dict[str, object]] = {}
        self._fonts: dict[str, tuple[int, int]] = {}
        self._font: tuple[int, int] | None = None

    def rewritten(self, stream: pikepdf.Object) -> bytes:
        return Rewriting(self._named, self._choose, self._show).rewritten(stream)

    def resources(self) -> pikepdf.Object:
        return Dictionary({f"/{kind}": Dictionary(made) for kind, made in self._made.items()})

    def _named(self, kind: str, name: str) -> str:
        if (kind, name) not in self._names:
            made = (
                self._copier.fonts.made(self._fonts[name])
                if kind == "Font"
                else self._copied(kind, name)
            )
            some = self._made.setdefault(kind, {})
            new = f"{_LETTERS[kind]}{len(some) + 1}"
            some[f"/{new}"] = made
            self._names[kind, name] = new
        return self._names[kind, name]

    def _copied(self, kind: str, name: str) -> object:
        source = self._entry(kind, name)
        return self._copier.resource(kind, source, self._resources)

    def _entry(self, kind: str, name: str) -> pikepdf.Object:
        found = self._resources.get(f"/{kind}")
        if not isinstance(found, pikepdf.Dictionary) or name not in found:
            raise NotPlain
        return found[name]

    def _choose(self, name: str) -> None:
        if name not in self._fonts:
            self._fonts[name] = self._copier.fonts.key_of(self._entry("Font", name))
        self._font = self._fonts[name]

    def _show(self, text: bytes) -> None:
        if self._font is None:
            raise NotPlain
        self._copier.fonts.show(self._font, text)


def _as_written(page: pikepdf.Page, box: tuple[float, float, float, float]) -> pikepdf.Object:
    """Return the box of a page in the page's own figures, where they are the same ones."""
    written = numbers_of(page.obj.get("/MediaBox", Array([])))
    same = [
        next((one for one in written if abs(float(one) - side) < 0.001), round(side, 4))
        for side in box
    ]
    return Array(same)
