"""Office files opened with care: as archives of bounded parts, their XML without document types."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS: Final = 5_000
_MOST_PART: Final = 100 * 1024 * 1024
_MOST_WHOLE: Final = 400 * 1024 * 1024
_MOST_ELEMENTS: Final = 20_000_000
_BLOCK: Final = 1 << 20
_NAMESPACE: Final = re.compile(r"\{[^}]*\}")


class FileUnchecked(OperationRefused):
    """The file cannot be searched for hidden content, so it cannot be published."""


class LockedFile(FileUnchecked):
    """The file is locked by a password."""


class DamagedFile(FileUnchecked):
    """The file cannot be read."""


class OversizedFile(FileUnchecked):
    """The file unpacks to more than is taken."""


class HostileFile(FileUnchecked):
    """The file holds what no office program writes."""


class MislabelledFile(FileUnchecked):
    """The file is not of the kind that it is said to be."""


def locked() -> LockedFile:
    return LockedFile(
        _("The file is locked by a password. Save it without one and send it again."),
        code="encrypted",
        field="file",
    )


def damaged() -> DamagedFile:
    return DamagedFile(_("The file is damaged: it cannot be opened."), code="damaged", field="file")


def oversized() -> OversizedFile:
    return OversizedFile(
        _("The file unpacks to more than can be checked. Save it anew, or divide it."),
        code="too_large",
        field="file",
    )


def hostile() -> HostileFile:
    return HostileFile(
        _("The file holds instructions that no office program writes. It is not taken."),
        code="entities",
        field="file",
    )


def mislabelled() -> MislabelledFile:
    return MislabelledFile(
        _("The file is not of the kind that it is said to be. Save it anew and send it again."),
        code="mislabelled",
        field="file",
    )


def unchecked(code: str) -> FileUnchecked:
    """Return the refusal of a code, its sentence in the language of the reader."""
    made = {
        "encrypted": locked,
        "damaged": damaged,
        "too_large": oversized,
        "entities": hostile,
        "mislabelled": mislabelled,
    }
    return made[code]()


def refuse_old_office(content: bytes) -> None:
    """Raise LockedFile or MislabelledFile for the container of old and of locked office files."""
    if content.startswith(OLD_OFFICE):
        raise locked() if _ENCRYPTED in content else mislabelled()


class Package:
    """An office file as its parts."""

    def __init__(self, content: bytes) -> None:
        refuse_old_office(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged() from error
        infos = self._archive.infolist()
        self.names: Final = [info.filename for info in infos]
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_WHOLE:
            raise oversized()
        if any(info.flag_bits & 1 for info in infos):
            raise locked()
        self._left = _MOST_WHOLE

    def matching(self, pattern: str) -> list[str]:
        """Return the names of parts that match `pattern` wholly."""
        wanted = re.compile(pattern)
        return [name for name in self.names if wanted.fullmatch(name)]

    def read(self, name: str) -> bytes:
        """Return a part; empty if it is not there. What it unpacks to is counted, not believed."""
        if name not in self.names:
            return b""
        parts, size = [], 0
        try:
            with self._archive.open(name) as part:
                while block := part.read(_BLOCK):
                    size += len(block)
                    self._left -= len(block)
                    if size > _MOST_PART or self._left < 0:
                        raise oversized()
                    parts.append(block)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise damaged() from error
        except ValueError as error:
            raise damaged() from error
        return b"".join(parts)

    def elements(self, name: str) -> Iterator[tuple[str, Element]]:
        """Yield (event, element) of a part as it is read; nothing if it is not there.

        Raises HostileFile for a document type or an entity, DamagedFile for what is no XML.
        """
        data = self.read(name)
        if not data:
            return
        count = 0
        try:
            for event, element in iterparse(
                io.BytesIO(data), events=("start", "end"), forbid_dtd=True
            ):
                count += 1
                if count > _MOST_ELEMENTS:
                    raise oversized()
                yield event, element
        except DefusedXmlException as error:
            raise hostile() from error
        except (ParseError, LookupError, ValueError) as error:
            raise damaged() from error

    def finished(self, name: str) -> Iterator[Element]:
        """Yield each element of a part when it is whole; what was yielded may be cleared."""
        return (element for event, element in self.elements(name) if event == "end")


def tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return _NAMESPACE.sub("", element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace; empty if there is none."""
    for key, value in element.attrib.items():
        if _NAMESPACE.sub("", key) == name:
            return value
    return ""


def text_of(element: Element) -> str:
    """Return all text within an element."""
    return "".join(element.itertext())
