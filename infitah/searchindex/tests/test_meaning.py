"""Closeness in meaning with the real encoder: what is kept, what is found, what is never found."""

import socket
import stat
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from infitah.core import diagnosis
from infitah.core.registry import JOBS, SERVICES
from infitah.searchindex import encoder, operations, queries
from infitah.searchindex.meaning import client, frames, service, vectors
from infitah.searchindex.models import TextMeaning
from infitah.searchindex.rules import Similar

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BUS = "توفير النقل المدرسي لتلاميذ الجماعات القروية"
BUS_ASKED = "Transport scolaire pour les élèves des communes rurales"
BUDGET = "نشر ميزانية المجلس الإقليمي في صيغة مفتوحة"


def put(subject: str, title: str, **changes: Any) -> None:
    text = {"community_key": "SFR", "kind": "idea", "language": "ar", "body": "", "url": "/"}
    operations.put(**{**text, "subject": subject, "title": title, "is_public": True, **changes})


def remove(subject: str) -> None:
    operations.remove(community_key="SFR", kind="idea", subject=subject)


def encode_all() -> None:
    while operations.encode_waiting(now=NOW):
        pass


def similar(text: str, **changes: Any) -> list[Similar]:
    return queries.similar(**{"community_key": "SFR", "kind": "idea", "text": text, **changes})


def subjects(text: str, **changes: Any) -> list[str]:
    return [one.subject for one in similar(text, **changes)]


@pytest.fixture
def two(with_meaning: service.Shelves) -> service.Shelves:
    put("bus", BUS)
    put("budget", BUDGET)
    encode_all()
    return with_meaning


# --- The adapter ----------------------------------------------------------------


def test_rows_are_of_length_one_and_close_where_the_meaning_is(with_encoder: None) -> None:
    rows = operations.encode([BUS, BUS_ASKED, BUDGET])
    assert rows is not None
    assert (rows.shape, rows.dtype) == ((3, encoder.DIMENSIONS), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > 0.6
    assert rows[0] @ rows[2] < 0.2
    assert np.array_equal(rows, operations.encode([BUS, BUS_ASKED, BUDGET]))


def test_a_process_that_may_not_encode_has_no_vectors() -> None:
    assert operations.encode([BUS]) is None
    assert not operations.use_encoder()  # the tests run with INFITAH_MEANING=off
    assert operations.encode([BUS]) is None
    put("bus", BUS)
    assert not operations.has_unencoded(NOW)
    assert not operations.encode_waiting(now=NOW)
    assert not operations.renew_vectors(now=NOW)


@pytest.mark.parametrize("module", ["no_such_encoder", "json"])  # absent; without its class
def test_a_package_that_is_absent_or_broken_leaves_words(
    module: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = encoder._Encoder()
    broken.is_permitted = True
    monkeypatch.setattr(encoder, "_ENCODER", broken)
    monkeypatch.setattr(encoder, "MODULE", module)
    assert operations.encode([BUS]) is None
    assert operations.encode([BUS]) is None
    assert encoder.fault()
    assert len(caplog.records) == 1  # said once, not at every text


def test_the_version_of_the_vectors_is_that_of_the_installed_package() -> None:
    assert version(encoder.PACKAGE) == encoder.PACKAGE_VERSION, "raise ENCODER_VERSION with it"


def test_eight_bits_a_number_keep_the_direction(with_encoder: None) -> None:
    rows = operations.encode([BUS, BUDGET, "texte"])
    assert rows is not None
    kept = np.frombuffer(vectors.to_bytes(rows), np.int8).reshape(3, -1).astype(np.float32)
    cosines = np.einsum("ij,ij->i", kept, rows) / np.linalg.norm(kept, axis=1)
    assert cosines.min() > 0.999


# --- What is found ----------------------------------------------------------------


def test_the_other_language_is_found_by_its_meaning(two: service.Shelves) -> None:
    assert [(one.subject, one.found_by) for one in similar(BUS_ASKED)] == [("bus", "meaning")]
    assert [(one.subject, one.found_by) for one in similar(f"{BUS} بالإقليم")] == [("bus", "words")]
    assert subjects("بغينا الطوبيس للتلامذ ديال المدرسة فالدواور") == ["bus"]
    assert similar(BUS)[0].score == pytest.approx(1, abs=0.01)
    assert subjects(BUS_ASKED, exclude="bus") == []
    assert subjects(BUS_ASKED, community_key="BHL") == []
    assert subjects(BUS_ASKED, kind="request") == []


def test_a_sentence_of_the_text_counts_as_the_title_does(with_meaning: service.Shelves) -> None:
    put("school", "تحسين ظروف التمدرس", body=f"نقترح ما يلي. {BUS}.")
    encode_all()
    assert subjects(BUS_ASKED) == ["school"]


def test_a_look_up_takes_three_queries_and_two_of_the_worker(
    two: service.Shelves, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3 + 2):  # the fixture answers in this process
        similar(BUS)
    for number in range(30):
        put(f"more-{number}", f"{BUS} {number}")
    encode_all()
    with django_assert_num_queries(3 + 2):
        similar(BUS)


# --- What is never found ----------------------------------------------------------


def test_what_left_the_index_does_not_come_back(two: service.Shelves) -> None:
    assert subjects(BUS_ASKED) == ["bus"]
    remove("bus")
    assert TextMeaning.objects.filter(subject="bus").count() == 0
    assert subjects(BUS_ASKED) == []
    assert len(two.of("SFR", "idea")) == 1  # forgotten in memory as well


def test_a_changed_text_is_no_longer_found_by_its_old_meaning(two: service.Shelves) -> None:
    assert subjects(BUS_ASKED) == ["bus"]
    put("bus", "مركز لتصفية الدم قريب من المرضى")
    assert subjects(BUS_ASKED) == []  # before it is encoded anew
    encode_all()
    assert subjects(BUS_ASKED) == []
    assert subjects("Un centre de dialyse proche des malades") == ["bus"]


def test_a_text_that_is_not_public_is_not_compared(two: service.Shelves) -> None:
    assert subjects(BUS_ASKED) == ["bus"]
    put("bus", BUS, is_public=False)
    encode_all()
    assert subjects(BUS_ASKED) == []
    assert (
        service.answer(
            {"community": "SFR", "kinds": ["idea"], "texts": [BUS], "ids": [], "limit": 5}, two
        )["closest"]
        != []
    )  # the budget is somewhere; the bus is not
    assert TextMeaning.objects.get(subject="bus").pk not in two.of("SFR", "idea").revisions


# --- The worker's encoding --------------------------------------------------------


def test_a_text_waits_and_is_encoded_in_batches(with_encoder: None) -> None:
    for number in range(5):
        put(str(number), f"{BUS} {number}")
    assert operations.has_unencoded(NOW)
    assert operations.encode_waiting(now=NOW, limit=3)
    assert not operations.encode_waiting(now=NOW, limit=3)
    assert not operations.has_unencoded(NOW)
    kept = TextMeaning.objects.values_list("revision", "encoder_version")
    assert set(kept) == {(1, vectors.VECTORS_VERSION), (2, vectors.VECTORS_VERSION)}


@pytest.mark.parametrize("changed", ["put", "remove"])
def test_what_changes_while_it_is_encoded_is_not_kept(
    changed: str, with_encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("bus", BUS)
    encoded = vectors.encoded

    def meanwhile(texts: Any) -> Any:
        put("bus", BUDGET) if changed == "put" else remove("bus")
        return encoded(texts)

    with monkeypatch.context() as patch:
        patch.setattr(vectors, "encoded", meanwhile)
        operations.encode_waiting(now=NOW)
    waiting = list(TextMeaning.objects.values_list("subject", "vectors", "revision"))
    assert waiting == ([("bus", None, None)] if changed == "put" else [])


def test_another_encoder_and_texts_from_before_are_renewed(
    two: service.Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not operations.renew_vectors(now=NOW)
    assert not operations.has_unencoded(NOW)
    monkeypatch.setattr(vectors, "VECTORS_VERSION", vectors.VECTORS_VERSION + 1)
    assert subjects(BUS_ASKED) in (["bus"], [])  # whatever this worker holds of the old ones
    assert operations.renew_vectors(now=NOW, limit=1)
    assert operations.renew_vectors(now=NOW, limit=1)
    assert not operations.renew_vectors(now=NOW, limit=1)
    TextMeaning.objects.filter(subject="bus").delete()  # as an older release left it
    operations.renew_vectors(now=NOW)
    encode_all()
    assert subjects(BUS_ASKED) == ["bus"]
    assert set(TextMeaning.objects.values_list("encoder_version", flat=True)) == {
        vectors.VECTORS_VERSION
    }


def test_shelves_stay_within_their_bound(
    two: service.Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("other", BUS, community_key="BHL")
    encode_all()
    monkeypatch.setattr(service, "MAX_SENTENCES", 2)
    for place in ("SFR", "BHL", "SFR"):
        assert len(two.of(place, "idea")) == (2 if place == "SFR" else 1)
        assert len(two._held) == 1


# --- The socket -------------------------------------------------------------------


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.HOME = tmp_path / ("a-long-name-of-a-home-" * 5)  # longer than a socket's address
    client.forget_silence()
    yield settings.HOME
    client.forget_silence()


@pytest.mark.django_db(transaction=True)
def test_the_worker_answers_over_a_socket_that_its_owner_alone_reaches(
    home: Path, with_encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 5.0)  # no test fails for a busy machine
    assert subjects(BUS_ASKED) == []
    put("bus", BUS)
    encode_all()
    stopping = threading.Event()
    thread = threading.Thread(target=service.serve, args=(stopping,), kwargs={"head_start": 0.0})
    thread.start()
    try:
        while not client.is_answering():
            time.sleep(0.01)
        place = home / "run" / frames.NAME
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        assert subjects(BUS_ASKED) == ["bus"]
        client._ask({"texts": 3}, 5.0)  # a strange question ends its own line only
        assert subjects(BUS_ASKED) == ["bus"]
        assert "answers" in next(f.told for f in diagnosis.examine(NOW) if f.name == "meaning")
    finally:
        stopping.set()
        thread.join()
    assert list(place.parent.iterdir()) == []
    assert subjects(BUS_ASKED) == []


def test_a_silent_worker_costs_a_moment_a_few_times(home: Path, with_encoder: None) -> None:
    put("bus", BUS)
    (home / "run").mkdir(parents=True)
    with (
        frames.reachable(home / "run") as place,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent,
    ):
        silent.bind(f"{place}/{frames.NAME}")
        silent.listen(8)
        for silences in range(1, client.MANY_SILENCES):
            began = time.monotonic()
            assert subjects(f"{BUS} بالإقليم") == ["bus"]  # words answer
            assert time.monotonic() - began < 1
            assert client._Line.silences == silences
        subjects(BUS)
        until = client._Line.silent_until
        assert until > time.monotonic()
        assert subjects(f"{BUS} بالإقليم") == ["bus"]
        assert client._Line.silent_until == until  # it was not asked again


def test_frames_that_are_too_long_or_no_json_are_refused() -> None:
    one, other = socket.socketpair()
    with one, other:
        deadline = time.monotonic() + 1
        with pytest.raises(frames.FrameRefused, match="too long"):
            frames.send(one, {"text": "ن" * frames.MAX_FRAME}, deadline)
        one.sendall((frames.MAX_FRAME + 1).to_bytes(4, "big"))
        with pytest.raises(frames.FrameRefused, match="too long"):
            frames.receive(other, deadline)
        for body in (b"{", b"[1]"):
            one.sendall(len(body).to_bytes(4, "big") + body)
            with pytest.raises(frames.FrameRefused):
                frames.receive(other, deadline)
        one.sendall(b"\0\0")
        with pytest.raises(TimeoutError):
            frames.receive(other, time.monotonic() + 0.02)


# --- The doctor -------------------------------------------------------------------


def told() -> str:
    return next(one.told for one in diagnosis.examine(NOW) if one.name == "meaning")


def test_the_doctor_says_how_meaning_is_doing(
    home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, request: Any
) -> None:
    assert "INFITAH_MEANING=off" in told()
    request.getfixturevalue("with_encoder")
    assert "does not answer" in told()
    monkeypatch.setattr(encoder, "MODULE", "no_such_encoder")
    assert "not installed" in told()


def test_the_worker_knows_its_work_and_the_rest_never_loads_the_encoder() -> None:
    assert {"meaning", "meaning.renew"} <= JOBS.keys()
    assert SERVICES["meaning"] is service.serve
    stopping = threading.Event()
    service.serve(stopping)  # returns at once: meaning is off
    assert not (frames.folder() / frames.NAME).exists()
