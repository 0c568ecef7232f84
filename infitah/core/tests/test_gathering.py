"""Acts of many threads in one transaction: whole each by itself, answered after the commit."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.utils import translation

from infitah.core.errors import OperationRefused
from infitah.core.gathering import GATE, Gathering
from infitah.core.models import Attempt

NOW = datetime(2023, 6, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def together(monkeypatch):
    """Gather whatever the database is: PostgreSQL would write each by itself."""
    monkeypatch.setattr("infitah.core.gathering.writes_alone", lambda: False)


class Crowd:
    """Threads that wait at the gate together; `begun` counts the transactions that were begun."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.told: dict[str, object] = {}
        self.threads: list[threading.Thread] = []

    def send(self, name: str, act, language: str = "ar") -> None:
        def run() -> None:
            with translation.override(language):
                try:
                    self.gathering.perform(act)
                    self.told[name] = translation.get_language()
                except Exception as error:  # noqa: BLE001
                    self.told[name] = error
            connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        self.threads.append(thread)

    def wait(self) -> None:
        for thread in self.threads:
            thread.join(20)


def written(name: str):
    def act() -> None:
        Attempt.objects.create(name=name, digest=translation.get_language(), at=NOW)

    return act


def refused() -> None:
    written("half")()
    raise OperationRefused("لا")


@pytest.mark.django_db(transaction=True)
def test_those_who_wait_share_a_commit_and_a_refusal_undoes_only_itself(together, monkeypatch):
    gathering = Gathering()
    crowd, sizes = Crowd(gathering), []
    whole = gathering._write
    monkeypatch.setattr(gathering, "_write", lambda acts: (sizes.append(len(acts)), whole(acts)))
    with GATE:
        for number in range(5):
            crowd.send(f"n{number}", written(f"n{number}"), "fr" if number % 2 else "ar")
        crowd.send("refused", refused)
        while len(gathering._waiting) < 6:
            pass
    crowd.wait()
    assert sum(sizes) == 6 and max(sizes) > 1
    kept = dict(Attempt.objects.values_list("name", "digest"))
    assert kept == {"n0": "ar", "n1": "fr", "n2": "ar", "n3": "fr", "n4": "ar"}
    assert isinstance(crowd.told.pop("refused"), OperationRefused)
    assert crowd.told == kept


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_for_one_is_done_for_the_others(together):
    def orphan() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE owner (id INTEGER PRIMARY KEY)")
            cursor.execute(
                "CREATE TEMPORARY TABLE owned (owner INTEGER REFERENCES owner (id)"
                " DEFERRABLE INITIALLY DEFERRED)"
            )
            cursor.execute("INSERT INTO owned VALUES (404)")

    gathering = Gathering()
    crowd = Crowd(gathering)
    with GATE:
        crowd.send("fine", written("fine"))
        crowd.send("orphan", orphan)
        while len(gathering._waiting) < 2:
            pass
    crowd.wait()
    assert crowd.told["fine"] == "ar" and isinstance(crowd.told["orphan"], Exception)
    assert list(Attempt.objects.values_list("name", flat=True)) == ["fine"]


@pytest.mark.django_db
def test_within_a_transaction_an_act_is_done_at_once():
    Gathering().perform(written("inside"))
    assert Attempt.objects.filter(name="inside").exists()
    with pytest.raises(OperationRefused):
        Gathering().perform(refused)
