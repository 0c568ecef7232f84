"""One request from a telephone to the public record, by the pages alone: everybody's part of it.

A citizen asks and follows, the officer redacts and decides, a second person reads, the public finds
the answer by words that it does not hold, an officer of another community finds nothing. Nothing is
called but what a worker runs by itself.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.community.tests.world import SefrouWorld
from infitah.core import clock
from infitah.core.registry import JOBS
from infitah.information.models import CaseFile, InformationRequest
from infitah.information.tests.clicks import Officer
from infitah.information.tests.papers import SECRET, paper
from infitah.information.tests.walking import SAME, ask
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DESK = "/desk/information/"
QUESTION = "نسخة من جدول نفقات صيانة الطرق القروية لسنة 2025 مع أسماء المقاولات"
ORDINARY = "كم صرف على إصلاح الطريق"
TITLE = "نفقات صيانة الطرق القروية لسنة 2025"
PART = {
    "ground": "R2",
    "exception": "E03",
    "limb": "E03.1",
    "reason": "يتضمن الجدول رقم بطاقة موظف وهاتفه",
    "harm": "مس بالحياة الخاصة لموظف",
    "interest": "المبالغ كاملة، ولا تضيف إليها المعطيات الشخصية شيئا",
}


def work() -> None:
    """Let the worker do what is due now."""
    jobs = [
        job for name, job in JOBS.items() if name.startswith(("core.", "information.", "search"))
    ]
    for _round in range(60):
        waiting = [job for job in jobs if job.has_work and job.has_work(clock.now())]
        waiting = [job for job in waiting if "mail" not in job.name]
        if not waiting:
            return
        for job in waiting:
            job.run(now=clock.now())


def desk(sefrou: SefrouWorld, office: str) -> Officer:
    known = getattr(sefrou, office, None)
    who = known or grant(sefrou.province, office, username=office)
    return Officer(Reader(log_in(Client(), who, sefrou.province)))


def redact_whole(officer: Officer, reference: str) -> None:
    """Join a document, cover what is proposed in it, have the copy made."""
    content = paper(2)
    with_file = {"add-title": "جدول النفقات", "add-file": _upload(content)}
    joined = officer.reader.client.post(f"{DESK}{reference}/files/add/", with_file, follow=True)
    assert joined.status_code == 200
    work()
    document = CaseFile.objects.get(role="source")
    at = f"{DESK}{reference}/files/{document.pk}/redact/"
    page = officer.reader.read(at)
    page = officer.reader.send(page, press="act=accept_all")
    officer.reader.send(page, press="act=burn")
    work()
    assert CaseFile.objects.filter(role="redacted").exists()


def _upload(content: bytes) -> object:
    return SimpleUploadedFile("jadwal.pdf", content, content_type="application/pdf")


def text_of(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_from_a_telephone_to_the_public_record(sefrou: SefrouWorld, tmp_path: Path) -> None:
    citizen = Client(headers={"host": "localhost"}, **SAME)
    officer, deputy = (
        desk(sefrou, "information_officer"),
        desk(sefrou, "deputy_information_officer"),
    )
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        receipt = ask(citizen, QUESTION)
        proof = citizen.get(receipt.replace("received/", "receipt.json")).content
        work()
    request = InformationRequest.objects.get()
    reference, follow = request.reference, f"/ar/information/follow/{request.token}/"
    with time_machine.travel(datetime(2026, 3, 20, 9, tzinfo=UTC), tick=False):
        page = officer.reader.read(f"{DESK}{reference}/")
        page = officer.send(page, {"register-title": TITLE}, action="/acts/register/")
        officer.send(page, {"extend-ground": "large_volume"}, action="/acts/extend/")
        assert "مدد الأجل" in citizen.get(follow).content.decode()
        redact_whole(officer, reference)
    with time_machine.travel(datetime(2026, 4, 3, 9, tzinfo=UTC), tick=False):
        page = officer.reader.read(f"{DESK}{reference}/")
        held = {f"decide-part-0-{name}": value for name, value in PART.items()}
        copy = request.files.get(role="redacted", removed_at=None)
        officer.send(page, held | {"decide-given": str(copy.pk)}, action="/decide/")
        request.refresh_from_db()
        assert (request.outcome, request.turn) == ("partial", "second_reader")
        page = deputy.reader.read(f"{DESK}{reference}/")
        assert PART["reason"] in page.text
        deputy.send(page, action="/acts/read/")
        page = officer.reader.read(f"{DESK}{reference}/")
        said = {"deliver-channel": "counter", "deliver-proof": "وقعت على التسلم"}
        page = officer.send(page, said, action="/acts/deliver/")
        officer.send(page, action="/publish/")
        work()
    request.refresh_from_db()
    assert (request.phase, request.is_extended) == ("delivered", True)
    assert request.published_on == date(2026, 4, 3)
    _citizen_has_it(citizen, follow)
    _public_finds_it(reference)
    _other_community_sees_nothing(sefrou, reference)
    _receipt_is_intact(proof, tmp_path)


def _citizen_has_it(citizen: Client, follow: str) -> None:
    shown = citizen.get(follow).content.decode()
    assert PART["reason"] in shown
    at = re.search(rf'href="({follow}files/[^"]+\.pdf)"[^>]*><bdi', shown)
    assert at is not None
    answer = citizen.get(at[1])
    content = b"".join(answer.streaming_content)
    assert SECRET not in text_of(content) and "Budget" in text_of(content)


def _public_finds_it(reference: str) -> None:
    anybody = Client(headers={"host": "localhost"})
    shared = set(ORDINARY.split()) & set(f"{QUESTION} {TITLE}".split())
    assert shared <= {"على"}
    found = anybody.get("/ar/information/log/", {"q": ORDINARY}).content.decode()
    assert reference in found
    record = anybody.get(f"/ar/information/log/{reference}/").content.decode()
    assert "E03" in record and "الصفريوية" not in record and SECRET not in record


def _other_community_sees_nothing(sefrou: SefrouWorld, reference: str) -> None:
    theirs = log_in(Client(), grant(sefrou.commune, "deputy_information_officer"), sefrou.commune)
    assert theirs.get(f"{DESK}{reference}/").status_code == 404
    assert reference not in theirs.get(DESK).content.decode()
    assert reference not in theirs.get("/ar/information/log/").content.decode()


def _receipt_is_intact(proof: bytes, tmp_path: Path) -> None:
    """Check the receipt with the keys that anybody keeps, away from the site."""
    receipt, keys = tmp_path / "receipt.json", tmp_path / "infitah.json"
    receipt.write_bytes(proof)
    keys.write_bytes(Client(headers={"host": "localhost"}).get("/.well-known/infitah.json").content)
    call_command("verify", str(receipt), f"--keys={keys}")  # exits at once unless it is intact
    receipt.write_bytes(proof.replace(b"SFR-2026-R-0001", b"SFR-2026-R-0002"))
    with pytest.raises(SystemExit) as changed:
        call_command("verify", str(receipt), f"--keys={keys}")
    assert changed.value.code not in {0, None}
