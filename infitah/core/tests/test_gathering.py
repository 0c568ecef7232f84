"""Things of many threads in one transaction: whole each by itself, answered after the commit."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from infitah.core.errors import OperationRefused
from infitah.core.gathering import COMPANY_SECONDS, GATE, Gathering
from infitah.core.models import Attempt

NOW = datetime(2023, 6, 12, 9, 0, tzinfo=UTC)


@transaction.atomic
def write(names):
    """Write all names; refuse "no" in words, break at "broken" with others."""
    for name in names:
        if name != "no":
            Attempt.objects.create(name=name, digest=str(len(names)), at=NOW)
    if "broken" in names:
        raise ZeroDivisionError
    return [OperationRefused("لا") if name == "no" else None for name in names]


@pytest.fixture
def together(monkeypatch):
    """Gather whatever the database is: PostgreSQL would write each by itself."""
    monkeypatch.setattr("infitah.core.gathering.writes_alone", lambda: False)


def sent_at_once(gathering, *names) -> dict[str, object]:
    """Send names from as many threads, held at the gate until all wait; return what each heard."""
    heard: dict[str, object] = {}

    def send(name: str) -> None:
        try:
            heard[name] = gathering.perform(name)
        except Exception as error:  # noqa: BLE001
            heard[name] = error
        connections.close_all()

    threads = [threading.Thread(target=send, args=(name,)) for name in names]
    with GATE:
        for thread in threads:
            thread.start()
        while len(gathering._waiting) < len(names):
            pass
    for thread in threads:
        thread.join(20)
    return heard


def kept() -> dict[str, str]:
    return dict(Attempt.objects.values_list("name", "digest"))


@pytest.mark.django_db(transaction=True)
def test_those_who_wait_share_a_commit_and_hear_their_own_refusal(together):
    heard = sent_at_once(Gathering(write), "a", "b", "no", "c")
    assert isinstance(heard.pop("no"), OperationRefused)
    assert heard == {"a": None, "b": None, "c": None}
    assert kept() == {"a": "4", "b": "4", "c": "4"}


@pytest.mark.django_db(transaction=True)
def test_one_that_breaks_leaves_the_others_whole(together):
    heard = sent_at_once(Gathering(write), "a", "broken", "b")
    assert isinstance(heard.pop("broken"), ZeroDivisionError)
    assert heard == {"a": None, "b": None} and kept() == {"a": "1", "b": "1"}
    with pytest.raises(ZeroDivisionError):
        Gathering(write).perform("broken")


@pytest.mark.django_db
def test_within_a_transaction_it_is_written_at_once():
    Gathering(write).perform("a")
    with pytest.raises(OperationRefused):
        Gathering(write).perform("no")
    assert kept() == {"a": "1"}


@pytest.mark.django_db(transaction=True)
def test_a_fault_before_writing_is_told_and_leaves_nobody_waiting(together, monkeypatch):
    gathering = Gathering(write)

    def no_turn():
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("infitah.core.gathering.turn", no_turn)
        heard = sent_at_once(gathering, "a", "b")
    assert [type(error) for error in heard.values()] == [OSError, OSError] and not kept()
    assert sent_at_once(gathering, "c", "d") == {"c": None, "d": None}


@pytest.mark.django_db(transaction=True)
def test_who_had_company_waits_for_it_and_who_is_alone_does_not(together, monkeypatch):
    waits, gathering = [], Gathering(write)
    monkeypatch.setattr("infitah.core.gathering.time.sleep", waits.append)
    gathering.perform("alone")
    assert not waits
    sent_at_once(gathering, "a", "b", "c")
    assert kept()["c"] == "3"
    before = len(waits)
    gathering.perform("first to come")
    gathering.perform("alone again")
    assert waits[before:] == [COMPANY_SECONDS]
