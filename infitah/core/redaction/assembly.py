"""The new file put together from copied and drawn pages: no more than that is in it."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction.copying import Copier
from infitah.core.redaction.engine import drawn, opened, page_of
from infitah.core.redaction.layer import FONT, LayerFont, Run
from infitah.core.redaction.letters import Word, words_of
from infitah.core.redaction.painting import Picture
from infitah.core.redaction.sight import DPI, MOST_PIXELS, looks_like, size_of
from infitah.core.redaction.values import Rect

PICTURE: Final = "P0"
FORMAT: Final = 1
_HEAD: Final = 8
OwnBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page that was drawn: its picture, its size in points, the words put back."""

    picture: Picture
    width: float
    height: float
    runs: tuple[Run, ...]
    kept: int
    lost: int

    def packed(self) -> bytes:
        """Return it as bytes, to wait in a store."""
        head = asdict(self)
        head["format"] = FORMAT
        data = head["picture"].pop("data")
        text = json.dumps(head, ensure_ascii=False).encode()
        return len(text).to_bytes(_HEAD, "big") + text + data

    @classmethod
    def unpacked(cls, content: bytes) -> "Drawn | None":
        """Return what `packed` packed, or None where it was something else."""
        size = int.from_bytes(content[:_HEAD], "big")
        try:
            head = json.loads(content[_HEAD : _HEAD + size])
            if head.pop("format") != FORMAT:
                return None
            picture = Picture(**head.pop("picture"), data=content[_HEAD + size :])
            runs = tuple(Run(**(run | {"rect": Rect(**run["rect"])})) for run in head.pop("runs"))
            return cls(picture=picture, runs=runs, **head)
        except (ValueError, KeyError, TypeError):
            return None


def assembled(
    source: pikepdf.Pdf,
    numbers: Sequence[int],
    boxes: Mapping[int, OwnBox],
    drawings: Mapping[int, Drawn],
    language: str = "",
) -> bytes:
    """Return the new file: of the pages `numbers` those of `drawings` drawn, the others copied.

    `boxes` are the visible parts of the copied pages. Raises NotPlain.
    """
    with pikepdf.new() as pdf:
        copier = Copier(source, pdf)
        letters = LayerFont(run for drawing in drawings.values() for run in drawing.runs)
        font = letters.made_in(pdf) if letters.numbers else None
        pages = [
            _drawn_page(pdf, drawings[number], letters, font)
            if number in drawings
            else copier.page(number, boxes[number])
            for number in numbers
        ]
        copier.finish()
        return _saved(pdf, pages, language)


def _saved(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Object], language: str) -> bytes:
    for page in pages:
        pdf.pages.append(pikepdf.Page(page))
    if language:
        pdf.Root.Lang = pikepdf.String(language)
    pdf.remove_unreferenced_resources()
    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _drawn_page(
    pdf: pikepdf.Pdf, drawing: Drawn, letters: LayerFont, font: pikepdf.Object | None
) -> pikepdf.Object:
    width, height = drawing.width, drawing.height
    content = f"q\n{width:.3f} 0 0 {height:.3f} 0 0 cm\n/{PICTURE} Do\nQ\n".encode()
    content += letters.content(drawing.runs, width, height)
    resources = Dictionary(XObject=Dictionary({f"/{PICTURE}": _picture(pdf, drawing.picture)}))
    if drawing.runs and font is not None:
        resources.Font = Dictionary({f"/{FONT}": font})
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=resources,
            Contents=pdf.make_stream(content),
        )
    )


def _picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    entries = {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": picture.width,
        "/Height": picture.height,
        "/ColorSpace": Name(f"/{picture.colours}"),
        "/BitsPerComponent": 8,
        "/Filter": Name(f"/{picture.filter}"),
    }
    return pikepdf.Stream(pdf, picture.data, entries)


def is_like(page: pypdfium2.PdfPage, words: Sequence[Word], copied: bytes) -> bool:
    """Tell whether the one page of `copied` looks and reads like `page` with its `words`."""
    size = size_of(page, DPI, MOST_PIXELS)
    with opened(copied) as new, page_of(new, 1) as copy:
        texts = sorted(word.text for word in words_of(copy))
        if texts != sorted(word.text for word in words):
            return False
        looks = drawn(page, size, annotations=True)
        return looks_like(looks, drawn(copy, size, annotations=True))
