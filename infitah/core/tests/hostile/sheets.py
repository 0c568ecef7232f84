"""Small PDFs written by hand for the tests of redaction: a page, its fonts, a secret in a place.

The page is 300 by 200 points. SECRET stands from (20, 100) on, in Helvetica 14, under the box BOX;
above and below it stand ordinary words that must stay readable.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction import Box, Rect

WIDTH, HEIGHT = 300, 200
SECRET = "ZK984217"
ABOVE = "Commune de Sefrou registre public"
BELOW = "Fin du document annexe budget"
KEPT = tuple(f"{ABOVE} {BELOW}".split())
BOX = Box(1, Rect(15 / WIDTH, 82 / HEIGHT, 200 / WIDTH, 106 / HEIGHT), "E03")
PLAIN = f"BT /F 12 Tf 20 170 Td ({ABOVE}) Tj 0 -130 Td ({BELOW}) Tj ET"
SHOWN = f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET"


@dataclass(frozen=True)
class Case:
    """A PDF that hides a secret in some way, where it is boxed, and the words that must stay."""

    name: str
    build: Callable[[], bytes]
    boxes: tuple[Box, ...] = (BOX,)
    secrets: tuple[str, ...] = (SECRET,)
    kept: tuple[str, ...] = KEPT
    is_scan: bool = False
    tags: frozenset[str] = field(default_factory=frozenset)


CASES: list[Case] = []


def case(**values: object) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Put a maker of a PDF among the cases, under its own name."""

    def put(build: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES.append(Case(build.__name__, build, **values))
        return build

    return put


class Sheet:
    """A PDF in the making."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.font = self.own(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )

    def own(self, item: object) -> pikepdf.Object:
        """Return an object of this PDF that others may point to."""
        return self.pdf.make_indirect(item)

    def stream(self, data: bytes | str, **entries: object) -> pikepdf.Object:
        """Return a stream of this PDF."""
        made = self.pdf.make_stream(data.encode("latin-1") if isinstance(data, str) else data)
        for key, value in entries.items():
            made[f"/{key}"] = value
        return made

    def form(self, data: bytes | str, **entries: object) -> pikepdf.Object:
        """Return a form that draws."""
        values: dict[str, object] = {
            "BBox": Array([0, 0, WIDTH, HEIGHT]),
            "Resources": Dictionary(Font=Dictionary(F=self.font)),
        } | entries
        return self.stream(data, Type=Name.XObject, Subtype=Name.Form, **values)

    def page(
        self, content: bytes | str = "", *, plain: bool = True, **entries: object
    ) -> pikepdf.Object:
        """Add a page with the ordinary words and `content`; `entries` go into its dictionary."""
        resources = entries.pop("Resources", None) or Dictionary()
        if "/Font" not in resources:
            resources.Font = Dictionary()
        resources.Font.F = self.font
        text = content if isinstance(content, bytes) else content.encode("latin-1")
        whole = (PLAIN.encode() + b"\n" if plain else b"") + text
        values: dict[str, object] = {"MediaBox": Array([0, 0, WIDTH, HEIGHT])} | entries
        made = self.own(
            Dictionary(
                {
                    "/Type": Name.Page,
                    "/Resources": resources,
                    "/Contents": self.stream(whole),
                    **{f"/{key}": value for key, value in values.items()},
                }
            )
        )
        self.pdf.pages.append(pikepdf.Page(made))
        return self.pdf.pages[-1].obj

    def saved(self, **options: object) -> bytes:
        """Return the PDF as bytes, its streams uncompressed unless asked otherwise."""
        out = io.BytesIO()
        values: dict[str, object] = {"compress_streams": False} | options
        self.pdf.save(out, **values)
        return out.getvalue()


def one_page(content: bytes | str, **resources: object) -> bytes:
    """Return a PDF of one page with `content` and resources of its own."""
    sheet = Sheet()
    sheet.page(content, Resources=Dictionary({f"/{k}": v for k, v in resources.items()}))
    return sheet.saved()


def with_annex(fill: Callable[[Sheet], None], content: str = SHOWN) -> bytes:
    """Return a PDF of a page with the secret and a plain one, after `fill` did something to it."""
    sheet = Sheet()
    sheet.page(content)
    sheet.page()
    fill(sheet)
    return sheet.saved()


def unicode_map(rows: Iterable[tuple[int, str]], digits: int = 2) -> str:
    """Return a ToUnicode map."""
    body = "\n".join(
        f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in rows
    )
    count = body.count("\n") + 1
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange\n"
        f"{count} beginbfchar\n{body}\nendbfchar\nendcmap end end"
    )
