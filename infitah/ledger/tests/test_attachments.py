"""The proof inside a PDF: found whoever wrote the file, and never at any price."""

import io
import zlib

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.ledger import rules
from infitah.ledger.rules import attachments, documents
from infitah.ledger.tests.test_rules_verdicts import as_file, receipt

PROOF = as_file(receipt())


def by_pypdf(*files, compressed=False):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    for number, content in enumerate(files):
        writer.add_attachment(f"file-{number}.json", content)
    if compressed:
        writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_hand(body, filters=b"/FlateDecode", newline=b"\r\n"):
    return (
        b"%PDF-1.7\n7 0 obj\n<< /Type /EmbeddedFile /Filter "
        + filters
        + b" >>\nstream"
        + newline
        + body
        + b"\nendstream\nendobj\n%%EOF"
    )


def test_an_attachment_is_found_as_it_was_put_in():
    assert list(rules.attached(by_pypdf(PROOF))) == [PROOF]
    assert list(rules.attached(by_hand(zlib.compress(PROOF)))) == [PROOF]


def test_the_proof_is_found_among_other_files():
    sheet = by_pypdf(b"{}", PROOF, b"text")
    assert rules.opened(sheet) == receipt()


def test_a_pdf_without_proof_is_unreadable():
    for sheet in (by_pypdf(), by_pypdf(b"{}"), by_hand(b"broken"), b"%PDF-1.7"):
        with pytest.raises(rules.Unreadable):
            rules.opened(sheet)


def test_a_bomb_is_left_alone(monkeypatch):
    bomb = by_hand(zlib.compress(b"0" * 10_000))
    monkeypatch.setattr(attachments, "MAX_INFLATED", 1_000)
    assert list(rules.attached(bomb)) == []


def test_only_so_many_streams_are_looked_at(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_STREAMS", 1)
    assert len(list(rules.attached(by_pypdf(PROOF, PROOF)))) <= 1


def test_a_stream_without_end_is_read_to_the_end_of_the_file():
    sheet = b"%PDF-1.7\n7 0 obj << /Type /EmbeddedFile >> stream\n" + PROOF
    assert list(rules.attached(sheet)) == [PROOF]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    for sheet in (content, b"%PDF-" + content, by_hand(content), by_hand(content, b"/Other")):
        list(rules.attached(sheet))
        with pytest.raises(documents.Unreadable):
            rules.opened(sheet)
