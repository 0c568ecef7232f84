"""Files given with ideas over HTTP: kept through an error, refused beside their field."""

import re

import pypdfium2
import pytest
import time_machine
from PIL import Image

from infitah.core.letters import read
from infitah.core.models import Mail, StoredFile
from infitah.participation import operations, queries
from infitah.participation.models import Idea, IdeaDraft
from infitah.participation.tests.factories import DURING, STATEMENT
from infitah.participation.tests.giving import BASE, give, last_code, typed


@time_machine.travel(DURING, tick=False)
def test_a_file_survives_an_error_and_is_given_with_the_idea(
    client, sefrou, open_consultation, settings, tmp_path
):
    settings.STORED_FILES_ROOT = tmp_path
    Image.new("RGB", (4, 3), "red").save(tmp_path / "photo.png")
    with (tmp_path / "photo.png").open("rb") as photo:
        wrong = client.post(f"{BASE}give/", typed(sefrou, attachment=photo))
    assert wrong.status_code == 422  # a picture needs its sentence
    kept = StoredFile.objects.get()
    page = wrong.content.decode()
    assert f'name="kept" value="{kept.key}"' in page and "photo.png" in page
    give(client, sefrou, kept=str(kept.key), attachment_alt="حفرة في الطريق")
    draft = IdeaDraft.objects.get()
    assert draft.attachment == kept
    client.post(f"{BASE}give/{draft.key}/code/", {"code": last_code()})
    idea = Idea.objects.get()
    kept.refresh_from_db()
    assert (kept.state, kept.is_public) == ("bound", False)
    page = client.get(f"{BASE}ideas/{idea.reference}/").content.decode()
    address = f"/files/{kept.key}/photo.png"
    assert address in page and 'alt="حفرة في الطريق"' in page
    given_file = client.get(address)
    assert given_file.status_code == 200
    given_file.close()
    operations.send_receipts(now=DURING)
    letter = read(Mail.objects.get(template="participation/email/received"))
    sheet = pypdfium2.PdfDocument(queries.receipt_pdf(idea, "fr"))
    printed = "".join(one.get_textpage().get_text_range() for one in sheet)
    for told in (letter.text, letter.html, re.sub(r"\s", "", printed)):
        assert "photo.png" in told and kept.sha256 in told
    client.post("/ar/mine/", {"reference": idea.reference})
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "SVG"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("table.csv", b"a;b\n1;2\n", "PDF"),
        ("empty.png", b"", ""),
    ],
)
@time_machine.travel(DURING, tick=False)
def test_other_kinds_of_file_are_refused_beside_the_field(
    client, sefrou, open_consultation, settings, tmp_path, name, content, words
):
    settings.STORED_FILES_ROOT = tmp_path
    (tmp_path / name).write_bytes(content)
    with (tmp_path / name).open("rb") as upload:
        answer = client.post(f"{BASE}give/", typed(sefrou, attachment=upload))
    page = answer.content.decode()
    assert answer.status_code == 422 and STATEMENT in page
    assert 'id="id_attachment-error"' in page and words in page
    assert 'name="kept"' not in page


@time_machine.travel(DURING, tick=False)
def test_a_file_beyond_5_mb_is_told(client, sefrou, open_consultation, settings, tmp_path):
    settings.STORED_FILES_ROOT = tmp_path
    (tmp_path / "large.pdf").write_bytes(b"%PDF-1.7" + b" " * 5 * 1024 * 1024)
    with (tmp_path / "large.pdf").open("rb") as upload:
        answer = client.post(f"{BASE}give/", typed(sefrou, attachment=upload))
    assert answer.status_code == 422 and "id_attachment-error" in answer.content.decode()
