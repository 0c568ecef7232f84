"""Tables as files for spreadsheets: CSV in UTF-8 whose cells start no formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override

from infitah.kernel.text import safe_cell

BOM: Final = "\ufeff"  # spreadsheets read UTF-8 only where it begins so
MEDIA: Final = "text/csv; charset=utf-8"
Rows = Iterable[Sequence[object]]
Response = TypeVar("Response", bound=HttpResponseBase)


class _Line:
    """A file that only hands back what the CSV writer writes."""

    def write(self, text: str) -> str:
        return text


def table_file(name: str, rows: Rows, *, delimiter: str = ",") -> HttpResponse:
    """Return a short table as the file `name`; the first row names the columns."""
    text = "".join(_lines(rows, delimiter, get_language() or "ar"))
    return _named(HttpResponse(text, content_type=MEDIA), name)


def streamed_table(name: str, rows: Rows) -> StreamingHttpResponse:
    """Return a table of any length as the file `name`, a row at a time.

    Rows are asked for while the answer leaves, in the language of the request.
    """
    lines = _lines(rows, ",", get_language() or "ar")
    return _named(StreamingHttpResponse(lines, content_type=MEDIA), name)


def _lines(rows: Rows, delimiter: str, language: str) -> Iterator[str]:
    writer, waiting, begin = csv.writer(_Line(), delimiter=delimiter), iter(rows), BOM
    while True:
        with override(language):  # the language of the request has left when the answer leaves
            row = next(waiting, None)
            if row is None:
                return
            line = writer.writerow([safe_cell(str(cell)) for cell in row])
        yield f"{begin}{line}"
        begin = ""


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
