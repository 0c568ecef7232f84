"""Reading a package, or its ideas.csv, that another home wrote; checked against its manifest.

Nothing is kept in memory but the numbers: the rows are read again when they are entered.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.participation import rules
from infitah.participation.queries.packing import IDEAS
from infitah.participation.rules.archive import MANIFEST

WORKSHOPS: Final = "workshops.csv"
BLOCK: Final = 1024 * 1024


class PackageRefused(OperationRefused):
    """The file is no package of ours, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Package:
    """A file that can be read, with the hash of its ideas; `rows` as its manifest states them."""

    path: Path
    sha256: str
    rows: int | None


def read_package(path: Path) -> Package:
    """Return a package after its manifest was held against its files.

    Raises PackageRefused for what is broken, foreign or changed since it was written.
    """
    try:
        if zipfile.is_zipfile(path):
            return _checked(path)
        if path.suffix == ".zip":
            raise PackageRefused(_("The package is not whole: its end is missing."))
        with path.open("rb") as file:
            return Package(path, _digest(file), None)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise PackageRefused(_("The file cannot be read: %(why)s") % {"why": error}) from error


def _checked(path: Path) -> Package:
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        stated = {one["path"]: one for one in manifest["resources"]}
        for name in (IDEAS, WORKSHOPS):
            with archive.open(name) as file:
                digest = _digest(file)
            if stated[name]["hash"] != f"sha256:{digest}":
                raise PackageRefused(
                    _("%(file)s is not what its manifest says: it was changed.") % {"file": name}
                )
        found = stated[IDEAS]
        return Package(path, found["hash"].removeprefix("sha256:"), int(found["rows"]))


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def packed_ideas(package: Package) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the ideas of a package with their row of the file (the head is row 1), cells opened.

    Raises PackageRefused for another head, or a row with more or fewer cells.
    """
    with _lines(package.path, IDEAS) as lines:
        yield from _rows(lines, rules.IDEA_COLUMNS)


def packed_workshops(package: Package) -> list[dict[str, str]]:
    """Return the tables of workshops of a package; none for a bare ideas.csv."""
    if not zipfile.is_zipfile(package.path):
        return []
    with _lines(package.path, WORKSHOPS) as lines:
        return [
            {**dict.fromkeys(rules.WORKSHOP_COLUMNS, ""), **row}
            for _number, row in _rows(
                lines, rules.WORKSHOP_COLUMNS, before=rules.WORKSHOP_COLUMNS_BEFORE
            )
        ]


def _rows(
    lines: Iterator[str], columns: tuple[str, ...], *, before: tuple[str, ...] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below a head that has `columns`, or those that it had `before`."""
    reader = csv.reader(lines, strict=True)
    head = tuple(next(reader, []))
    if head == before:
        columns = before
    if head != columns:
        raise PackageRefused(
            _("The columns are not those of an export: %(columns)s")
            % {"columns": ", ".join(columns)}
        )
    number = 1
    try:
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(columns):
                raise PackageRefused(
                    _("Row %(row)s has %(n)s cells instead of %(columns)s.")
                    % {"row": number, "n": len(cells), "columns": len(columns)}
                )
            yield number, dict(zip(columns, map(rules.opened, cells), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise PackageRefused(
            _("After row %(row)s the file cannot be read: %(why)s") % {"row": number, "why": error}
        ) from error


@contextmanager
def _lines(path: Path, name: str) -> Iterator[IO[str]]:
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
        return
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(name) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
    ):
        yield file
