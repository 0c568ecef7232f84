"""Many at the same moment: one publishes, everything is counted, nothing twice; both databases."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from infitah.core.tests.conftest import ROOT, file_environment  # noqa: F401 (a fixture)
from infitah.publication.tests import racing


def check(found: dict[str, object]) -> None:
    refused = ["published"] * (racing.WRITERS - 1)
    assert found["same"] == ["1", *refused]
    assert found["each"] == [1] * racing.WRITERS
    assert found["records"] == 1 + racing.WRITERS
    counted = [tuple(one) for one in found["counted"]]
    assert counted == [
        ("item", "P06", 1 + racing.WRITERS),
        ("state", "published", 1 + racing.WRITERS),
    ]
    assert found["said"] == [False] * 3 + [True] * 3
    assert [tuple(one) for one in found["verdicts"]] == [(3, 0)]


@pytest.mark.processes
def test_on_a_file_of_sqlite(file_environment: dict[str, str]) -> None:  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-m", "infitah.publication.tests.racing"],
        env=file_environment,
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    check(json.loads(done.stdout))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_on_postgresql() -> None:
    if connection.vendor == "postgresql":
        check(racing.race())
    else:  # SQLite in memory has no second connection: the file above stands for it
        assert connection.vendor == "sqlite"
