"""Numbers without gap or double, generations, limits: decisions C11, D14."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction

from infitah.core import queries
from infitah.core.models import Attempt, Installation
from infitah.core.operations import bump, next_reference, sweep_attempts, within_limit
from infitah.core.tests.conftest import NOW, ROOT

SEVERAL = """
import sys, threading
import django
django.setup()
from django.db import connection, transaction
from infitah.core.operations import next_reference

def give(out):
    for turn in range(25):
        try:
            with transaction.atomic():
                out.append(str(next_reference(community_key="SFR", year=2026, letter="I")))
                if turn % 5 == 4:
                    out.pop()
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    connection.close()

given = []
threads = [threading.Thread(target=give, args=(given,)) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
print("\\n".join(given))
"""


def number(community: str = "SFR", year: int = 2026, letter: str = "I") -> str:
    with transaction.atomic():
        return str(next_reference(community_key=community, year=year, letter=letter))


@pytest.mark.django_db
def test_numbers_follow_each_other_by_community_year_and_letter() -> None:
    assert [number(), number(), number()] == [f"SFR-2026-I-000{n}" for n in (1, 2, 3)]
    assert number(letter="C") == "SFR-2026-C-0001"
    assert number(year=2027) == "SFR-2027-I-0001"
    assert number(community="BHL") == "BHL-2026-I-0001"


@pytest.mark.django_db
def test_a_number_is_lost_with_its_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_reference(community_key="SFR", year=2026, letter="I")
        raise ZeroDivisionError
    assert number() == "SFR-2026-I-0001"


@pytest.mark.django_db(transaction=True)
def test_numbers_and_generations_belong_inside_an_act() -> None:
    with pytest.raises(RuntimeError, match="next_reference"):
        next_reference(community_key="SFR", year=2026, letter="I")
    with pytest.raises(RuntimeError, match="bump"):
        bump("SFR", "site")


@pytest.mark.processes
def test_threads_of_several_processes_leave_no_gap_and_no_double(
    file_environment: dict[str, str],
) -> None:
    command = [sys.executable, "-c", SEVERAL]
    started = [
        subprocess.Popen(command, env=file_environment, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    given = [line for one in started for line in one.communicate(timeout=120)[0].split()]
    assert all(one.returncode == 0 for one in started)
    assert sorted(given) == [f"SFR-2026-I-{n:04}" for n in range(1, 3 * 4 * 20 + 1)]


@pytest.mark.django_db
def test_bump_raises_the_generation_of_each_kind_once() -> None:
    with transaction.atomic():
        bump("SFR", "site", "programme", "site")
    with transaction.atomic():
        bump("SFR", "site")
    assert queries.generations("SFR") == {"site": 2, "programme": 1}
    assert queries.generations("BHL") == {}


@pytest.mark.django_db
def test_a_limit_slides_with_time_and_keeps_people_apart() -> None:
    def use(key: str, minutes: int) -> bool:
        now = NOW + timedelta(minutes=minutes)
        return within_limit(name="code", key=key, limit=2, seconds=600, now=now)

    assert [use("a", 0), use("a", 5), use("a", 9), use("b", 9)] == [True, True, False, True]
    assert [use("a", 11), use("a", 12), use("a", 16)] == [True, False, True]


@pytest.mark.django_db
def test_a_limit_keeps_nobody_in_clear_and_is_swept() -> None:
    within_limit(name="code", key="fatima@example.ma", limit=2, seconds=600, now=NOW)
    assert "fatima" not in Attempt.objects.get().digest
    assert sweep_attempts(now=NOW + timedelta(hours=1)) == 0
    assert sweep_attempts(now=NOW + timedelta(days=3)) == 1


@pytest.mark.django_db
def test_only_a_marked_database_is_a_demonstration() -> None:
    assert not queries.is_demonstration()
    Installation.objects.create(pk=1, is_demonstration=True)
    assert queries.is_demonstration()
