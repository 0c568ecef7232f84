"""What a file may hold that a reader does not see, and how it is said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _


class Hidden(StrEnum):
    """A kind of hidden content."""

    SHEET = "sheet"
    VERY_HIDDEN_SHEET = "very_hidden_sheet"
    ROWS = "rows"
    COLUMNS = "columns"
    CELLS = "cells"
    COMMENTS = "comments"
    NAMES = "names"
    LINKS = "links"
    CONNECTIONS = "connections"
    PIVOT = "pivot"
    PROPERTIES = "properties"
    INSERTIONS = "insertions"
    DELETIONS = "deletions"
    TEXT = "text"
    PICTURES = "pictures"
    EMBEDDED = "embedded"
    PROGRAM_DATA = "program_data"
    SCRIPTS = "scripts"
    VERSIONS = "versions"
    PREVIEW = "preview"
    FIELDS = "fields"
    LAYERS = "layers"
    PLACE = "place"
    DEVICE = "device"


_HARMLESS: Final = {
    Hidden.NAMES,
    Hidden.PROPERTIES,
    Hidden.FIELDS,
    Hidden.DEVICE,
    Hidden.INSERTIONS,
}
"""What is told without stopping a publication."""


def sentences() -> dict[Hidden, str]:
    """Return the sentence of each kind in the language of the reader."""
    return {
        Hidden.SHEET: _("The sheet “%(place)s” is hidden."),
        Hidden.VERY_HIDDEN_SHEET: _("The sheet “%(place)s” is hidden so that no menu lists it."),
        Hidden.ROWS: _("Rows of the sheet “%(place)s” are hidden: %(detail)s."),
        Hidden.COLUMNS: _("Columns of the sheet “%(place)s” are hidden: %(detail)s."),
        Hidden.CELLS: _(
            "Cells of the sheet “%(place)s” are formatted to show nothing: %(detail)s."
        ),
        Hidden.COMMENTS: _("Comments or notes are attached (%(place)s): %(detail)s."),
        Hidden.NAMES: _("Ranges of cells have names: %(detail)s."),
        Hidden.LINKS: _("The file refers to other files: %(detail)s."),
        Hidden.CONNECTIONS: _("The file holds connections to sources of data: %(detail)s."),
        Hidden.PIVOT: _(
            "A pivot table keeps a copy of the data that it was made from (%(place)s)."
        ),
        Hidden.PROPERTIES: _("The file says who made it or what with: %(detail)s."),
        Hidden.INSERTIONS: _("Insertions are kept as tracked changes (%(place)s): %(detail)s."),
        Hidden.DELETIONS: _("Deleted text is kept as tracked changes (%(place)s): %(detail)s."),
        Hidden.TEXT: _("There is text that is not seen (%(place)s): %(detail)s."),
        Hidden.PICTURES: _("Parts of pictures or drawings are covered or cut off (%(place)s)."),
        Hidden.EMBEDDED: _("Other files are inside the file: %(detail)s."),
        Hidden.PROGRAM_DATA: _("The file holds data that programs left in it (%(place)s)."),
        Hidden.SCRIPTS: _("The file holds a script (%(place)s)."),
        Hidden.VERSIONS: _("Earlier versions of the document are kept in the file (%(place)s)."),
        Hidden.PREVIEW: _("A small picture of the document is kept in the file (%(place)s)."),
        Hidden.FIELDS: _("There is a form to fill in: %(detail)s."),
        Hidden.LAYERS: _("There are layers that may be hidden: %(detail)s."),
        Hidden.PLACE: _("The picture says where it was taken (%(place)s)."),
        Hidden.DEVICE: _("The picture says when or with which device it was taken: %(detail)s."),
    }


MOST_DETAIL: Final = 160


@dataclass(frozen=True, slots=True)
class Finding:
    """Hidden content: of which kind, where (sheet, page, part of the file), and what it is."""

    kind: Hidden
    place: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Return what was found and where, in the language of the reader."""
        return sentences()[self.kind] % {
            "place": self.place or "–",
            "detail": self.detail or "–",
        }

    @property
    def blocks(self) -> bool:
        """Tell whether the file must not be published before it is removed or accepted by name."""
        return self.kind not in _HARMLESS


def listed(items: list[str]) -> str:
    """Return items as one short line, each once."""
    line = " · ".join(dict.fromkeys(" ".join(item.split()) for item in items if item.strip()))
    return line if len(line) <= MOST_DETAIL else f"{line[: MOST_DETAIL - 1]}…"
