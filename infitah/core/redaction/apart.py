"""Redaction in a process of its own: a file that crashes, hangs or swells takes nothing along.

PDFium and qpdf are written in C++ and read files of strangers. The child has a limit of memory and
of processor time; back come lists, words and bytes only. The functions are those of the package
and of `infitah.core.hidden`.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, Any, Final

from django.conf import settings

from infitah.core import hidden
from infitah.core.conf import REDACTION
from infitah.core.hidden import FileUnchecked, Finding, Hidden
from infitah.core.redaction import refusals
from infitah.core.redaction.burning import burn_by_page
from infitah.core.redaction.extraction import by_pdfium
from infitah.core.redaction.inspecting import inspect as inspect_here
from infitah.core.redaction.inspecting import render_page as render_here
from infitah.core.redaction.plain import (
    box_of,
    document_of,
    progress_of,
    proposal_of,
    redacted_of,
    refusal_as_plain,
    refusal_of,
)
from infitah.core.redaction.proposing import proposals as proposals_here
from infitah.core.redaction.refusals import PdfRefused
from infitah.core.redaction.values import Box, Document, Progress, Proposal, Redacted, Store

_LENGTH: Final = 8
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_MOST_ANSWER: Final = 1 << 31


def inspect(content: bytes) -> Document:
    """Return the pages of a PDF, as `redaction.inspect` does."""
    answer, _bytes = _asked("inspect", content)
    return document_of(answer)


def render_page(content: bytes, number: int, dpi: int = 110) -> bytes:
    """Return a page as PNG, as `redaction.render_page` does."""
    _answer, picture = _asked("render_page", content, number=number, dpi=dpi)
    return picture


def proposals(content: bytes, names: Sequence[str] = ()) -> list[Proposal]:
    """Return proposed boxes, as `redaction.proposals` does."""
    answer, _bytes = _asked("proposals", content, names=list(names))
    return [proposal_of(one) for one in answer["proposals"]]


def burn(
    content: bytes,
    boxes: Sequence[Box],
    *,
    language: str = "",
    every_page: bool = False,
    store: Store | None = None,
    told: Callable[[Progress], None] | None = None,
) -> Redacted:
    """Return a new file with `boxes` burnt in, as `redaction.burn` does."""
    answer, made = _asked(
        "burn",
        content,
        _Listener(told, store),
        boxes=[asdict(box) for box in boxes],
        language=language,
        every_page=every_page,
        is_kept=store is not None,
    )
    return redacted_of(answer, made)


def text_of(content: bytes) -> str:
    """Return the words of a PDF as its readers copy them, page after page; "" for a scan.

    Raises PdfRefused where they cannot be read.
    """
    _answer, words = _asked("text", content)
    return words.decode()


def findings(content: bytes, media_type: str, name: str = "") -> list[Finding]:
    """Return what a file hides, as `hidden.findings` does: PDFs, Office files and pictures."""
    hidden.refuse_other_kind(content, media_type, name)
    answer, _bytes = _asked("findings", content, media_type=media_type, name=name)
    return [Finding(Hidden(one["kind"]), one["place"], one["detail"]) for one in answer["findings"]]


# --- The parent ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Listener:
    """What a child may say and ask while it works: how far it is, and pages of the store."""

    told: Callable[[Progress], None] | None = None
    store: Store | None = None

    def takes(self, head: dict[str, Any], data: bytes, back: IO[bytes]) -> bool:
        """Answer what is said on the way; return False for the outcome."""
        if "progress" in head:
            if self.told is not None:
                self.told(progress_of(head["progress"]))
        elif "get" in head and self.store is not None:
            kept = self.store.get(head["get"])
            _send(back, {"is_kept": kept is not None}, kept or b"")
        elif "put" in head and self.store is not None:
            self.store.put(head["put"], data)
        else:
            return False
        return True


def _asked(
    act: str, content: bytes, listener: _Listener | None = None, **terms: object
) -> tuple[dict[str, Any], bytes]:
    """Let a child do `act`; return its answer and the bytes that came with it."""
    child = subprocess.Popen(  # noqa: S603 (our own module, by our own interpreter)
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 (pipes both)
    listener = listener or _Listener()
    try:
        _send(child.stdin, {"act": act, **terms}, content)
        for head, data in _received(child.stdout):
            if not listener.takes(head, data, child.stdin):
                return _outcome(head, data)
        raise refusals.too_demanding()
    except BrokenPipeError as error:
        raise refusals.too_demanding() from error
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
        with suppress(BrokenPipeError):
            child.stdin.close()


def _outcome(answer: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if "refusal" in answer:
        raise refusal_of(answer["refusal"])
    if "unchecked" in answer:
        raise hidden.unchecked(answer["unchecked"])
    return answer, data


def _send(stream: IO[bytes], head: dict[str, Any], data: bytes = b"") -> None:
    text = json.dumps(head).encode()
    stream.write(len(text).to_bytes(_LENGTH, "big") + text)
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def _received(stream: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield what is sent until the stream ends; what is cut off is not there."""
    while True:
        text, data = _block(stream), _block(stream)
        if text is None or data is None:
            return
        yield json.loads(text), data


def _block(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length >= _MOST_ANSWER:
        return None
    data = stream.read(length)
    return data if len(data) == length else None


# --- The child ----------------------------------------------------------------


def _limit(pages: int = 0) -> None:
    """Take no more memory than is given to one file, and no more time than its pages need."""
    seconds = REDACTION.seconds_at_least + pages * REDACTION.seconds_a_page
    most = REDACTION.seconds_at_least + REDACTION.most_pages * REDACTION.seconds_a_page
    resource.setrlimit(resource.RLIMIT_AS, (REDACTION.most_memory, REDACTION.most_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(act: str, content: bytes, terms: dict[str, Any], out: IO[bytes]) -> None:
    match act:
        case "inspect":
            _send(out, asdict(inspect_here(content)))
        case "render_page":
            _send(out, {}, render_here(content, terms["number"], terms["dpi"]))
        case "proposals":
            found = proposals_here(content, terms["names"])
            _send(out, {"proposals": [asdict(one) for one in found]})
        case "text":
            _send(out, {}, "\n".join(by_pdfium(content)).strip().encode("utf-8", "replace"))
        case "findings":
            seen = hidden.findings(content, terms["media_type"], terms["name"])
            _send(out, {"findings": [asdict(one) for one in seen]})
        case "burn":
            _burn(content, terms, out)


class _ParentStore:
    """The store of the parent, asked by the same two pipes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def get(self, key: str) -> bytes | None:
        _send(self._out, {"get": key})
        head, data = next(_received(sys.stdin.buffer))
        return data if head["is_kept"] else None

    def put(self, key: str, content: bytes) -> None:
        _send(self._out, {"put": key}, content)


def _burn(content: bytes, terms: dict[str, Any], out: IO[bytes]) -> None:
    _limit(len(inspect_here(content).pages))
    steps = burn_by_page(
        content,
        [box_of(box) for box in terms["boxes"]],
        language=terms["language"],
        every_page=terms["every_page"],
        store=_ParentStore(out) if terms["is_kept"] else None,
    )
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            made = asdict(end.value)
            _send(out, made, made.pop("content"))
            return
        _send(out, {"progress": asdict(progress)})


def main() -> None:
    """Do what the parent asks by the standard input, and answer by the standard output."""
    _limit()
    settings.configure(USE_I18N=False)
    out = sys.stdout.buffer
    terms, content = next(_received(sys.stdin.buffer))
    try:
        _answer(terms.pop("act"), content, terms, out)
    except PdfRefused as refused:
        _send(out, {"refusal": refusal_as_plain(refused)})
    except FileUnchecked as refused:
        _send(out, {"unchecked": refused.code})


if __name__ == "__main__":
    main()
