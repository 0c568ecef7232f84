"""Commands and checks; each refusal and warning names its remedy."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from infitah.community import checks, queries
from infitah.community.models import CalendarDay, Community, RuleValue, User
from infitah.community.tests.factories import AppointmentFactory


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


# --- community -----------------------------------------------------------------------
@pytest.mark.django_db
def test_communities_are_founded_and_listed():
    words = ["03.451.01.03", "--key", "EMZ", "--slug", "el-menzel", "--host", "el-menzel.localhost"]
    assert "جماعة المنزل" in run("community", "create", *words, "--default")
    assert "EMZ" in run("community", "list")
    with pytest.raises(CommandError):
        run("community", "create", *words)


@pytest.mark.django_db
def test_missing_laws_are_completed(sefrou):
    RuleValue.objects.of(sefrou.province).filter(key="information.reply").delete()
    run("community", "laws", "SFR")
    assert RuleValue.objects.of(sefrou.province).filter(key="information.reply").count() == 1
    with pytest.raises(CommandError, match="infitah community list"):
        run("community", "laws", "NOP")


# --- officer -------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_officer_is_made_with_a_password_shown_once(sefrou):
    words = ["create", "souad", "--community", "SFR", "--name-ar", "سعاد", "--act", "مقرر"]
    told = run("officer", *words, "--office", "editor")
    password = told.split("password:")[1].split()[0]
    assert User.objects.get(username="souad").check_password(password)
    with pytest.raises(CommandError):
        run("officer", *words, "--office", "editor")
    words[3] = "NOP"
    with pytest.raises(CommandError, match="infitah community list"):
        run("officer", *words, "--office", "editor")


# --- deadline --------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_deadline_is_explained_day_by_day(sefrou):
    told = run("deadline", "2026-03-02")
    assert "due         2026-04-01" in told
    assert "2026-03-23 Mon       closure" in told
    assert "calendar    SFR-1" in told


@pytest.mark.django_db
def test_a_deadline_for_programs(sefrou):
    answer = json.loads(run("deadline", "2026-03-02", "--json", "--calendar", "estimated"))
    assert answer["due"] == "2026-03-31"
    assert answer["rule"]["verified"] is True
    urgent = json.loads(run("deadline", "2024-07-15", "--urgent", "--extended", "--json"))
    assert (urgent["due"], urgent["next_working_day"]) == ("2024-07-21", "2024-07-22")
    assert urgent["rule"]["verified"] is False


@pytest.mark.django_db
def test_a_deadline_without_any_community_uses_the_shipped_data():
    told = run("deadline", "2027-03-01", "--urgent")
    assert "calendar    shipped" in told
    assert "to be verified" in told


@pytest.mark.django_db
def test_a_deadline_that_depends_on_the_moon_shows_both_dates(sefrou):
    told = run("deadline", "2027-02-09")
    assert "due, latest" in told
    assert "depends on the sighting" in told
    assert "day off; offices open on" in run("deadline", "2024-07-15", "--urgent", "--extended")


@pytest.mark.django_db
def test_a_deadline_before_the_law_uses_the_shipped_rule(sefrou):
    assert "calendar    shipped" in run("deadline", "2018-03-01")


def test_a_deadline_without_database_uses_the_shipped_data(monkeypatch):
    def no_database():
        raise OperationalError("no such table")

    monkeypatch.setattr(queries, "default_community", no_database)
    assert "due         2026-04-01" in run("deadline", "2026-03-02")


@pytest.mark.django_db
@pytest.mark.parametrize("words", [["hier"], ["2026-03-02", "--community", "NOP"]])
def test_a_deadline_that_cannot_be_counted_says_why(words):
    with pytest.raises(CommandError):
        run("deadline", *words)


# --- checks --------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_whole_community_has_nothing_to_mend(sefrou):
    assert checks.of_community(sefrou.province) == []


@pytest.mark.django_db
def test_what_is_missing_is_named_with_its_remedy(sefrou):
    RuleValue.objects.of(sefrou.commune).filter(key="information.reply").delete()
    CalendarDay.objects.of(sefrou.commune).filter(kind="hijri").delete()
    found = {message.id: message for message in checks.of_community(sefrou.commune)}
    assert set(found) == {f"community.W00{number}" for number in range(1, 5)}
    assert all("infitah" in m.hint or "/desk/" in m.hint for m in found.values())
    assert "information.reply" in found["community.W003"].msg


@pytest.mark.django_db
def test_the_check_walks_every_community_with_a_site(sefrou):
    AppointmentFactory(community=sefrou.commune, office="information_officer")
    found = checks.check_communities(None, databases=["default"])
    assert {message.msg[:3] for message in found} == {"SFV", "BHL"}
    assert checks.check_communities(None) == []
    Community.objects.update(is_default=False)
    (only,) = checks.check_communities(None, databases=["default"])
    assert only.id == "community.W005"


@pytest.mark.django_db
def test_the_check_is_silent_before_the_first_migration(monkeypatch):
    monkeypatch.setattr(checks, "_is_migrated", lambda: False)
    assert checks.check_communities(None, databases=["default"]) == []
