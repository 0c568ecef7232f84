"""Redaction in a process of its own gives the same answers, and survives what kills the process."""

from pathlib import Path

import pytest

from infitah.core import hidden, media_types, redaction
from infitah.core.redaction import Box, PdfRefused, Progress, Rect, Step, TooDemanding, apart, plain
from infitah.core.redaction.refusals import RedactionFailed, TooManyPages
from infitah.core.redaction.values import Fault, Problem
from infitah.core.tests.hostile.recovery import recovered
from infitah.core.tests.hostile.sheets import BOX, SECRET, SHOWN, one_page, with_annex
from infitah.core.tests.offices import document

pytestmark = pytest.mark.processes
PDF = with_annex(lambda sheet: None)


class Kept(dict):
    """A store in memory."""

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


def test_a_process_apart_answers_as_this_one_does():
    """One walk, for each process takes a second to begin: looking, drawing, proposing, burning."""
    told: list[Progress] = []
    store = Kept()
    assert apart.inspect(PDF) == redaction.inspect(PDF)
    assert apart.render_page(PDF, 2, 50) == redaction.render_page(PDF, 2, 50)
    assert apart.proposals(PDF, ["registre"]) == redaction.proposals(PDF, ["registre"])
    redacted = apart.burn(PDF, [BOX], language="ar", store=store, told=told.append)
    assert redacted == redaction.burn(PDF, [BOX], language="ar")
    assert told[-1] == Progress(Step.CHECKING, 2, 2)
    assert len(store) == 1 and not list(recovered(redacted.content, SECRET))
    (page,) = store
    again = Kept(store)
    again.put = None  # what is in the store is not drawn again
    assert apart.burn(PDF, [BOX], language="ar", store=again) == redacted and page in again


def test_files_are_searched_apart_too():
    content = document_with_changes()
    assert apart.findings(content, media_types.DOCX) == hidden.findings(content, media_types.DOCX)
    assert apart.findings(PDF, media_types.PDF) == []
    with pytest.raises(hidden.HostileFile):
        apart.findings(hostile_document(), media_types.DOCX)
    with pytest.raises(hidden.MislabelledFile):
        apart.findings(PDF, media_types.DOCX)


def document_with_changes() -> bytes:
    return document("<w:p><w:del><w:r><w:delText>retrait</w:delText></w:r></w:del></w:p>")


def hostile_document() -> bytes:
    return document(**{"word/comments.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'})


def test_a_refusal_comes_back_as_itself():
    with pytest.raises(redaction.NotPdf):
        apart.inspect(b"nothing")
    with pytest.raises(redaction.BoxRefused) as refused:
        apart.burn(PDF, [Box(9, Rect(0, 0, 1, 1), "E03")])
    assert refused.value.field == "boxes"


@pytest.mark.parametrize(
    "refused",
    [
        TooManyPages(7),
        RedactionFailed([Problem(Fault.TEXT, 3, "pypdf")]),
        redaction.refusals.damaged(),
        redaction.refusals.bad_code(),
    ],
)
def test_refusals_pass_between_processes(refused: PdfRefused):
    again = plain.refusal_of(plain.refusal_as_plain(refused))
    assert type(again) is type(refused)
    assert (again.message, again.code, again.field) == (
        refused.message,
        refused.code,
        refused.field,
    )
    if isinstance(again, RedactionFailed):
        assert again.problems == refused.problems


def test_a_crash_is_a_refusal(monkeypatch, tmp_path: Path):
    """The child runs this very module, so a fault is planted where Python looks first."""
    (tmp_path / "sitecustomize.py").write_text(
        "import pypdfium2, os, signal\n"
        "pypdfium2.PdfDocument = lambda *_: os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(TooDemanding) as refused:
        apart.inspect(one_page(SHOWN))
    assert refused.value.code == "too_demanding"


@pytest.mark.parametrize(
    "fault",
    [
        "while True: pass",
        "held = [b'x' * 50_000_000 for _more in range(10_000)]",
    ],
    ids=["time", "memory"],
)
def test_a_file_that_hangs_or_swells_is_refused(fault, monkeypatch, tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(
        "import infitah.core.conf as conf, dataclasses, pypdfium2\n"
        "conf.REDACTION = dataclasses.replace(conf.REDACTION, seconds_at_least=2)\n"
        f"def fault(*_some):\n    {fault}\n"
        "pypdfium2.PdfDocument = fault\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(TooDemanding):
        apart.inspect(one_page(SHOWN))


def test_what_the_listener_raises_stops_the_child():
    class Stopped(Exception):
        pass

    def stop(progress: Progress) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        apart.burn(PDF, [BOX], told=stop)
