"""Open data of a consultation: a package that says what it holds."""

import csv
import hashlib
import io
import json
import uuid
import zipfile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from infitah.core.viewer import Viewer
from infitah.kernel.text import safe_cell
from infitah.participation import queries, rules
from infitah.participation.models import Comment, Idea
from infitah.participation.rules.archive import Table, zipped
from infitah.participation.tests.factories import AFTER, DURING, STATEMENT, make_consultation
from infitah.participation.tests.packages import ONE, fetched, parts
from infitah.participation.tests.workshops import enter, make_workshop


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})


# Rules -------------------------------------------------------------------------------------------


@given(st.text())
def test_every_cell_is_given_back_and_none_is_run(text):
    cell = rules.sealed(text)
    assert rules.opened(cell) == text
    assert safe_cell(cell) == cell


def test_what_breaks_off_is_no_package():
    def broken():
        yield ["1"]
        raise OSError("the disk")

    blocks = []
    with pytest.raises(OSError, match="disk"):
        for block in zipped([Table("ideas.csv", ["a"], broken())], lambda _written: "{}"):
            blocks.append(block)
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(blocks)))


def test_the_first_block_comes_before_the_rows_are_read():
    read = []

    def rows():
        for number in range(100_000):
            read.append(number)
            yield [hashlib.sha256(str(number).encode()).hexdigest()]

    blocks = zipped([Table("ideas.csv", ["a"], rows())], lambda _written: "{}")
    assert next(blocks) and not read
    second = next(blocks)
    assert len(second) < 200_000 and len(read) < 10_000


# Export ------------------------------------------------------------------------------------------


def test_the_package_states_what_it_holds(told, client):
    found = parts(fetched(client))
    assert list(found)[-1] == "datapackage.json"
    manifest = json.loads(found["datapackage.json"])
    assert manifest["licenses"][0]["name"] == "CC-BY-4.0"
    for one in manifest["resources"]:
        content = found[one["path"]]
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content) and content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert one["rows"] == len(rows) - 1
        assert [field["name"] for field in one["schema"]["fields"]] == rows[0]
        assert all(field["title"] and field["title_fr"] for field in one["schema"]["fields"])
    assert tuple(queries.package_columns("ideas.csv")) == rules.IDEA_COLUMNS
    assert tuple(queries.package_columns("workshops.csv")) == rules.WORKSHOP_COLUMNS


def test_only_what_anybody_may_read_is_in_it(told, client):
    content = parts(fetched(client))["ideas.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["state"] for row in rows] == ["visible"] * 4 + ["late"]
    assert "محجوبة" not in content
    assert rows[0]["statement"] == "'=1+1 نشر الميزانية كل سنة"
    assert rows[1]["statement"].startswith("''apostrophe")
    assert [row["dots"] for row in rows if row["workshop"]] == ["7"]


def test_results_are_in_it_after_closing_only(sefrou, client):
    shy = make_consultation(
        sefrou.province, sefrou.axis, slug="june", counts_after_closing=True, takes_votes=True
    )
    enter(make_workshop(shy, sefrou.axis).tables.get(), STATEMENT, dots=987, is_counted=True)
    found = parts(fetched(client))
    assert {"tallies.csv", "answers.csv"}.isdisjoint(found) and b"987" not in found["ideas.csv"]
    assert b"987" not in fetched(client, "ideas.json")
    assert "ideas" not in client.get(f"{ONE}consultation.json").json()
    with time_machine.travel(AFTER, tick=False):
        found = parts(fetched(client))
        assert "tallies.csv" in found and b"987" in found["ideas.csv"]
        assert client.get(f"{ONE}consultation.json").json()["ideas"] == 1


def test_shown_comments_are_in_it(sefrou, told, client):
    idea = Idea.objects.filter(state="visible").first()
    held = Idea.objects.get(state="held")
    for number, (of, state, text) in enumerate(
        [(idea, "visible", "=تعليق"), (idea, "held", "سر"), (held, "visible", "خفي")], start=1
    ):
        Comment.objects.create(
            community=sefrou.province,
            consultation=told,
            idea=of,
            number=number,
            text=text,
            language="ar",
            state=state,
            submission_key=uuid.uuid4(),
            submitted_at=DURING,
        )
    rows = list(
        csv.DictReader(io.StringIO(parts(fetched(client))["comments.csv"].decode("utf-8-sig")))
    )
    assert [(row["subject"], row["text"]) for row in rows] == [(idea.reference, "'=تعليق")]


def test_json_says_how_many_and_ends(told, client):
    ideas = json.loads(fetched(client, "ideas.json"))
    assert ideas["count"] == len(ideas["ideas"]) == 5
    assert ideas["ideas"][0]["statement"] == "=1+1 نشر الميزانية كل سنة"
    one = client.get(f"{ONE}consultation.json").json()
    assert one["state"] == "open" and len(one["axes"]) == 2
    assert one["files"]["package"].endswith("/fr/consultations/june/consultation.zip")
    for language in ("ar", "fr"):
        page = client.get(f"/{language}/consultations/june/files/").content.decode()
        assert "consultation.zip" in page and "ideas.json" in page
    assert client.get("/ar/consultations/none/consultation.zip").status_code == 404


def test_rows_are_read_in_pieces(sefrou, told, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("infitah.participation.queries.packing.PIECE", 2)
    viewer = Viewer("SFR", sefrou.province.pk)
    with django_assert_max_num_queries(6):
        rows = list(queries.idea_rows(consultation=told, viewer=viewer, now=DURING))
    assert len({row[0] for row in rows}) == len(rows) == 5


def test_the_command_writes_what_the_site_gives(told, client, tmp_path, capsys):
    path = tmp_path / "whole.zip"
    call_command("export", "ideas", "june", str(path))
    assert parts(path.read_bytes())["ideas.csv"] == parts(fetched(client))["ideas.csv"]
    with pytest.raises(CommandError):
        call_command("export", "ideas", "none", str(path))
    with pytest.raises(CommandError):
        call_command("export", "ideas", "june", str(tmp_path / "no" / "whole.zip"))
