"""A package taken in again: it gives the same, or names what is wrong and changes nothing."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.participation import operations, queries, rules
from infitah.participation.models import Idea, IdeaTally, Workshop
from infitah.participation.operations import ImportRefused
from infitah.participation.tests.factories import BY, DURING, make_consultation, make_idea
from infitah.participation.tests.packages import fetched, parts


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})


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


@pytest.mark.parametrize(
    ("old", "new"),
    [("09:30:00", "9h30"), ("2023-06-14T11:00:00+01:00", "soon"), ("قاعة الاجتماعات مغلقة", "")],
)
def test_the_hour_and_the_cancelling_of_a_workshop_travel(home, told, client, old, new):
    Workshop.objects.create(
        community=told.community,
        consultation=told,
        slug="late",
        name=LocalizedText(ar="ورشة ملغاة"),
        held_on=date(2023, 6, 16),
        hour=time(9, 30),
        cancelled_at=DURING,
        cancel_reason="قاعة الاجتماعات مغلقة",
    ).tables.create(number=1, axis=told.topics.first().axis, token="t" * 22)
    home.write_bytes(fetched(client))
    Workshop.objects.get(slug="late").tables.all().delete()
    Workshop.objects.get(slug="late").delete()
    whole = home.read_bytes()
    resealed(home, "workshops.csv", lambda text: text.replace(old, new))
    with pytest.raises(CommandError, match="workshops"):
        taken(home)
    home.write_bytes(whole)
    before = parts(whole)["workshops.csv"]
    taken(home)
    assert parts(fetched(client))["workshops.csv"] == before
    assert old.encode() in before


def test_a_package_from_before_workshops_had_an_hour_is_taken(home, told):
    resealed(
        home,
        "workshops.csv",
        lambda text: "".join(
            f"{','.join(line.split(',')[:9])}\r\n" for line in text.splitlines() if line
        ),
    )
    taken(home)
    assert Workshop.objects.get().hour is None


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


def test_instants_need_their_offset():
    assert rules.instant("2023-06-14T11:00:00+01:00") == datetime(2023, 6, 14, 10, tzinfo=UTC)
    assert rules.instant("2023-06-14T11:00:00") is None and rules.instant("x") is None
