"""A zip of tables made while it is sent: constant memory, each file's hash, the manifest last.

A line that breaks leaves a file without its list of contents and without manifest: no program
takes it for whole. No Django.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

BOM: Final = "\ufeff"
BLOCK: Final = 64 * 1024
MANIFEST: Final = "datapackage.json"
MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The time written for each file: none, so that the same rows give the same bytes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file to be written: its columns, and its rows as they come."""

    path: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a table: its size, its rows without the head, its SHA-256."""

    path: str
    columns: tuple[str, ...]
    bytes: int
    rows: int
    sha256: str


class _Outlet(io.RawIOBase):
    """A file that cannot be wound back; what is written is taken away in blocks."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.held = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.blocks.append(bytes(data))
        self.held += len(data)
        return len(data)

    def taken(self) -> bytes:
        """Return what waits, and forget it."""
        block = b"".join(self.blocks)
        self.blocks, self.held = [], 0
        return block


def lines_of(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV in UTF-8 with its byte order mark, a line at a time."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write(BOM)
    writer.writerow(table.columns)
    yield line.getvalue().encode()
    for row in table.rows:
        line.seek(0)
        line.truncate()
        writer.writerow(row)
        yield line.getvalue().encode()


def zipped(
    tables: Iterable[Table], manifest_of: Callable[[Sequence[Written]], str]
) -> Iterator[bytes]:
    """Yield the zip of `tables` in blocks, the first at once; `manifest_of` what was written."""
    outlet, written = _Outlet(), []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for table in tables:
            digest, size, lines = hashlib.sha256(), 0, -1
            with archive.open(_entry(table.path), "w", force_zip64=True) as target:
                yield outlet.taken()
                for line in lines_of(table):
                    target.write(line)
                    digest.update(line)
                    size, lines = size + len(line), lines + 1
                    if outlet.held >= BLOCK:
                        yield outlet.taken()
            columns = tuple(table.columns)
            written.append(Written(table.path, columns, size, lines, digest.hexdigest()))
        archive.writestr(_entry(MANIFEST), manifest_of(written).encode())
    yield outlet.taken()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
