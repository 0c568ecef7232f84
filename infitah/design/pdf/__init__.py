"""Documents in PDF, set by typst from the shipped fonts (decisions H37).

Data go in as JSON, never as markup; a template is `infitah/<app>/pdf/<name>.typ`, named
"<app>/<name>.typ". The result is tagged PDF/UA-1.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Final

import typst
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.core.queries import is_demonstration
from infitah.design import qr
from infitah.kernel.dates import format_date, format_datetime
from infitah.kernel.grouping import digits_together
from infitah.kernel.localized import DIRECTIONS, LocalizedText, known_language
from infitah.kernel.money import Money
from infitah.kernel.references import Reference

ROOT: Final = Path(__file__).resolve().parent.parent.parent
FONTS: Final = Path(__file__).resolve().parent / "fonts"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text carried inside the PDF, such as the JSON proof of a receipt."""

    name: str
    text: str
    description: str
    mime: str = "application/json"


class TemplateUnknown(LookupError):
    """No app has a PDF template of this name."""


def render(
    template: str,
    inputs: Mapping[str, object],
    *,
    title: str,
    language: str,
    attachments: Sequence[Attachment] = (),
    at: datetime | None = None,
) -> bytes:
    """Return the PDF of `template`; the same inputs give the same bytes.

    Dates, money, references and localized texts among `inputs` come out in words of `language`;
    `qr` (a text) becomes a code; `at` is written as the time of making. In a demonstration it
    says that it is one. Compiling takes some 30 ms: call it outside any transaction. Raises
    TemplateUnknown, typst.TypstError.
    """
    known_language(language)
    made: bytes = typst.compile(
        str(_path(template)),
        root=str(ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": _as_json(inputs, title, language, attachments)},
        pdf_standards="ua-1",
        timestamp=0 if at is None else int(at.timestamp()),
    )
    return made


def _path(template: str) -> Path:
    parts = PurePosixPath(template).parts
    path = ROOT.joinpath(*parts[:1], "pdf", *parts[1:])
    if len(parts) != 2 or ".." in parts or path.suffix != ".typ" or not path.is_file():
        raise TemplateUnknown(template)
    return path


def _as_json(
    inputs: Mapping[str, object], title: str, language: str, attachments: Sequence[Attachment]
) -> str:
    content = inputs.get("qr")
    data = {
        **{name: _together(value) for name, value in inputs.items()},
        "title": digits_together(title),
        "language": language,
        "direction": DIRECTIONS[language],
        "demonstration": _demonstration(language),
        "qr": qr.svg(str(content)) if content else "",
        "attachments": [
            {"name": one.name, "text": one.text, "mime": one.mime, "description": one.description}
            for one in attachments
        ],
    }
    return json.dumps(data, ensure_ascii=False, default=lambda value: _in_words(value, language))


def _together(value: object) -> object:
    """Return what a PDF shows with the digits of its texts kept together, however deep it lies."""
    match value:
        case str():
            return digits_together(value)
        case Mapping():
            return {name: _together(part) for name, part in value.items()}
        case list() | tuple():
            return [_together(part) for part in value]
    return value


def _demonstration(language: str) -> str:
    """Return what the documents of a demonstration say of themselves, "" elsewhere. One query."""
    if not is_demonstration():
        return ""
    with override(language):
        return _("Demonstration: this document comes from no council and has no legal value.")


def _in_words(value: object, language: str) -> object:
    """Return what JSON cannot carry, as a reader of `language` reads it. Raises TypeError."""
    match value:
        case LocalizedText():
            return digits_together(value.in_language(language))
        case datetime():
            return format_datetime(value, language)
        case date():
            return format_date(value, language)
        case Money():
            return value.format(language)
        case Reference() | Promise() | Decimal():
            return str(value)
    raise TypeError(f"a PDF cannot carry {type(value).__name__}")
