"""Open data of a consultation: a package that says what it holds, and gives the same back."""

import csv
import hashlib
import io
import json
import uuid
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import safe_cell
from infitah.ledger import queries as ledger
from infitah.participation import operations, queries, rules
from infitah.participation.models import Comment, Idea, IdeaTally, Workshop
from infitah.participation.operations import ImportRefused
from infitah.participation.rules.archive import Table, zipped
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
)
from infitah.participation.tests.test_workshops import enter, make_workshop

ONE = "/fr/consultations/june/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis, sefrou.second_axis)


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})


@pytest.fixture
def told(sefrou, june):
    """Ideas of every kind that a file meets: formulas, quotes, lines, late, workshop, hidden."""
    commune = Community.objects.filter(parent=sefrou.province).first()
    make_idea(june, sefrou.axis, "=1+1 نشر الميزانية كل سنة", detail='سطر\nثان, "مقتبس"')
    make_idea(june, sefrou.second_axis, "'apostrophe : publier le budget", commune=commune)
    at = DURING + timedelta(microseconds=123456)
    make_idea(june, sefrou.axis, "@publier les comptes rendus", at=at, detail='-- \'= "x"')
    make_idea(june, sefrou.axis, at=AFTER)
    hidden = make_idea(june, sefrou.axis, "فكرة محجوبة لا يقرؤها أي أحد هنا")
    Idea.objects.filter(pk=hidden.pk).update(state="held")
    table = make_workshop(june, sefrou.axis, place=LocalizedText("")).tables.get()
    enter(table, "توفير النقل المدرسي للتلاميذ بالدواوير", dots=7)
    return june


def fetched(client, name="consultation.zip"):
    return b"".join(client.get(f"{ONE}{name}").streaming_content)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


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
    enter(make_workshop(shy, sefrou.axis).tables.get(), STATEMENT, dots=987)
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


# Import ------------------------------------------------------------------------------------------


@pytest.fixture
def home(told, client, sefrou, tmp_path):
    """The package of the ideas, and the home of before they were given."""
    path = tmp_path / "consultation.zip"
    path.write_bytes(fetched(client))
    Idea.objects.filter(consultation=told).delete()
    for workshop in Workshop.objects.all():
        workshop.tables.all().delete()
    Workshop.objects.all().delete()
    IdeaTally.objects.all().delete()
    return path


def taken(path, slug="june"):
    call_command("import", "ideas", str(path), "--consultation", slug)


@pytest.mark.database
def test_what_is_exported_and_imported_is_exported_the_same(home, told, client, monkeypatch):
    monkeypatch.setattr("infitah.participation.operations.importing.PIECE", 2)
    before = parts(home.read_bytes())
    taken(home)
    after = parts(fetched(client))
    assert after["ideas.csv"] == before["ideas.csv"]
    assert after["workshops.csv"] == before["workshops.csv"]
    tallies = queries.tallies(told)
    assert (tallies.shown, tallies.late) == (4, 1)
    acts = [row.act for row in ledger.of_subject("SFR", "consultation:june")]
    assert acts[-2:] == ["participation.import_begun", "participation.ideas_imported"]
    taken(home)
    assert Idea.objects.count() == 5
    new = make_idea(told, told.topics.first().axis)
    assert new.number > 6


def test_an_import_that_broke_off_goes_on(home, told, monkeypatch):
    monkeypatch.setattr("infitah.participation.operations.importing.PIECE", 2)
    checked = operations.check_import(consultation=told, package=queries.read_package(home))
    steps = operations.import_ideas(consultation=told, checked=checked, by=BY, now=DURING)
    assert next(steps).made == 2
    steps.close()
    taken(home)
    assert Idea.objects.count() == 5 and queries.tallies(told).shown == 4


def test_numbers_that_are_taken_are_given_anew_and_told(home, told, sefrou, capsys):
    other = make_consultation(sefrou.province, sefrou.axis, slug="other")
    mine = make_idea(other, sefrou.axis)
    Idea.objects.filter(pk=mine.pk).update(reference="SFR-2023-I-0001", number=1)
    taken(home)
    with home.with_suffix(".numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number_there"] for row in rows] == ["SFR-2023-I-0001"]
    assert Idea.objects.filter(consultation=told).count() == 5
    assert Idea.objects.filter(reference=rows[0]["number_here"], consultation=told).exists()


def altered(home, name, content):
    """Write the package again with another file, its manifest as it was."""
    found = parts(home.read_bytes())
    with zipfile.ZipFile(home, "w") as archive:
        for one, old in found.items():
            archive.writestr(one, content if one == name else old)


def test_files_that_are_not_whole_are_refused(home, told, tmp_path):
    whole = home.read_bytes()
    home.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CommandError):
        taken(home)
    home.write_bytes(whole)
    altered(home, "ideas.csv", parts(whole)["ideas.csv"].replace("كل سنة".encode(), b"x"))
    with pytest.raises(CommandError):
        taken(home)
    with pytest.raises(CommandError):
        taken(tmp_path / "missing.csv")
    with pytest.raises(CommandError):
        taken(home, slug="none")
    assert not Idea.objects.exists()


def resealed(home, name, change, **manifest):
    """Write the package again with a file changed and its hash told, or with other facts of it."""
    found = parts(home.read_bytes())
    found[name] = change(found[name].decode()).encode()
    told = json.loads(found["datapackage.json"])
    one = next(one for one in told["resources"] if one["path"] == name)
    one |= {"hash": f"sha256:{hashlib.sha256(found[name]).hexdigest()}", **manifest}
    found["datapackage.json"] = json.dumps(told).encode()
    with zipfile.ZipFile(home, "w") as archive:
        for path, content in found.items():
            archive.writestr(path, content)


def test_rows_and_workshops_are_held_against_what_is_told(home, told, monkeypatch):
    whole = home.read_bytes()
    changes = [
        ("ideas.csv", lambda text: text, {"rows": 6}, "6"),
        ("workshops.csv", lambda text: text.replace("2023-03-08", "8 mars"), {}, "workshops"),
        ("workshops.csv", lambda text: text.replace(",42,", ",many,"), {}, "workshops"),
    ]
    for name, change, manifest, words in changes:
        home.write_bytes(whole)
        resealed(home, name, change, **manifest)
        with pytest.raises(CommandError, match=words):
            taken(home)
    home.write_bytes(whole)
    slug = told.topics.first().axis.slug
    resealed(home, "workshops.csv", lambda text: text.replace(slug, "none"))
    with pytest.raises(CommandError, match=r"workshops\.csv: axis"):
        taken(home)
    home.write_bytes(whole)
    monkeypatch.setattr("infitah.participation.operations.importing.MOST_FAULTS", 1)
    resealed(home, "ideas.csv", lambda text: text.replace(slug, "none"))
    with pytest.raises(CommandError) as caught:
        taken(home)
    assert str(caught.value).count("axis") == 1
    assert not Idea.objects.exists() and not Workshop.objects.exists()


def test_numbers_of_another_community_are_given_anew(home, told):
    resealed(home, "ideas.csv", lambda text: text.replace("SFR-2023-I-", "FES-2023-I-"))
    taken(home)
    assert all(one.startswith("SFR-") for one in Idea.objects.values_list("reference", flat=True))
    assert len(home.with_suffix(".numbers.csv").read_text(encoding="utf-8").splitlines()) == 6


def rewritten(home, tmp_path, **cells):
    """Return ideas.csv alone, with other cells in its first row."""
    content = parts(home.read_bytes())["ideas.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    rows = [{**row, "workshop": "", "table": ""} for row in rows]
    rows[0].update(cells)
    path = tmp_path / "ideas.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rules.IDEA_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


WRONG = [
    ("reference", "SFR-2023-C-0001"),
    ("reference", "SFR-2023-I-0002"),
    ("submitted_at", "2023-06-14"),
    ("state", "held"),
    ("axis", "none"),
    ("commune", "XXX"),
    ("language", "arabic!"),
    ("source", "fax"),
    ("table", "9"),
    ("dots", "-1"),
    ("is_late", "yes"),
    ("statement", "قصير"),
    ("detail", "ن" * 1501),
]


def test_a_wrong_cell_is_named_and_nothing_is_imported(home, told, tmp_path):
    for column, cell in WRONG:
        path = rewritten(home, tmp_path, **{column: cell})
        with pytest.raises(ImportRefused) as caught:
            operations.check_import(consultation=told, package=queries.read_package(path))
        assert column in [fault.column for fault in caught.value.faults]
    with pytest.raises(CommandError, match="detail"):
        taken(path)
    assert not Idea.objects.exists()


def test_a_bare_table_is_taken_and_a_foreign_one_is_not(home, told, tmp_path):
    path = rewritten(home, tmp_path)
    call_command("import", "ideas", str(path), "--consultation", "june", "--check")
    assert not Idea.objects.exists()
    taken(path)
    assert Idea.objects.count() == 5
    for words in ("a,b\n1,2\n", f"{','.join(rules.IDEA_COLUMNS)}\n1,2\n", "\udc80"):
        path.write_bytes(words.encode("utf-8", "surrogateescape"))
        with pytest.raises(CommandError):
            taken(path)


def test_only_an_empty_consultation_takes_a_file(home, told, sefrou):
    make_idea(told, sefrou.axis)
    with pytest.raises(CommandError):
        taken(home)
    texts = make_consultation(sefrou.province, slug="texts", takes_ideas=False)
    with pytest.raises(ImportRefused):
        operations.check_import(consultation=texts, package=queries.read_package(home))


def test_the_command_writes_what_the_site_gives(told, client, tmp_path, capsys):
    path = tmp_path / "whole.zip"
    call_command("export", "ideas", "june", str(path))
    assert parts(path.read_bytes())["ideas.csv"] == parts(fetched(client))["ideas.csv"]
    with pytest.raises(CommandError):
        call_command("export", "ideas", "none", str(path))
    with pytest.raises(CommandError):
        call_command("export", "ideas", "june", str(tmp_path / "no" / "whole.zip"))


def test_instants_need_their_offset():
    assert rules.instant("2023-06-14T11:00:00+01:00") == datetime(2023, 6, 14, 10, tzinfo=UTC)
    assert rules.instant("2023-06-14T11:00:00") is None and rules.instant("x") is None
