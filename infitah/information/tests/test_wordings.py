"""The law's wordings as data: what ships, a community's own, confirmed by a named person."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from infitah.community.models import Community, RuleValue
from infitah.community.tests.factories import log_in
from infitah.core.viewer import Actor, Viewer
from infitah.information import rules
from infitah.information.models import LegalText
from infitah.information.operations.wordings import (
    NewWording,
    WordingRefused,
    change_wording,
    confirm_wording,
)
from infitah.information.queries.wordings import doubts, wordings
from infitah.information.rules.wordings import GROUPS, SHIPPED, limbs_of
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry

TODAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
BY = Actor("officer", "administrator", "administrator")
BULLETIN = "الجريدة الرسمية عدد 6655 بتاريخ 12 مارس 2018"
TEXT = LocalizedText(ar="نص مصحح", fr="texte corrigé")

database = pytest.mark.database


# What ships --------------------------------------------------------------------------------------


def test_every_code_of_the_rules_has_a_wording_in_both_languages():
    for ground in rules.RefusalGround:
        assert SHIPPED[ground.value].article == "31-13:18"
    for code in rules.EXCEPTIONS:
        assert SHIPPED[code].article == "31-13:7"
        assert limbs_of(SHIPPED, code), code
    for ground in rules.ExtensionGround:
        assert SHIPPED[f"X.{ground.value}"].is_certain
    for one in SHIPPED.values():
        assert one.text.ar and one.text.fr and one.source
    assert sum(map(len, GROUPS.values())) == len(SHIPPED)


def test_a_limb_fits_into_one_line_of_a_decision():
    for one in GROUPS["limbs"]:
        assert max(len(one.text.ar), len(one.text.fr)) <= 40


def test_what_was_recalled_is_marked_and_what_was_read_is_not():
    """Law.md 1.3 to 1.6: only what stands on the official form is certain."""
    certain = {key for key, one in SHIPPED.items() if one.is_certain}
    assert certain == {
        *("X.unable_in_time", "X.large_volume", "X.not_available_in_time"),
        *("X.third_party_consultation", "U.life", "U.safety", "U.freedom", "remedies.cdai"),
    }


def test_local_deliberations_are_no_exception():
    """Law.md 1.6: never offer the deliberation of a local council as an exception."""
    told = " ".join(one.text.fr for one in (*GROUPS["exceptions"], *GROUPS["limbs"])).lower()
    assert "conseil communal" not in told and "conseil provincial" not in told


# A community's own -------------------------------------------------------------------------------


def change(sefrou, key="R5", now=NOW, **more):
    values = {"text": TEXT, "article": "31-13:18", "source": BULLETIN} | more
    return change_wording(
        community=sefrou.province, key=key, new=NewWording(**values), by=BY, now=now
    )


def confirm(sefrou, key="R5", source=BULLETIN, now=NOW):
    return confirm_wording(community=sefrou.province, key=key, source=source, by=BY, now=now)


@database
@pytest.mark.django_db
def test_a_case_keeps_the_wording_of_its_day_of_receipt(sefrou):
    change(sefrou)
    assert wordings(sefrou.province, TODAY)["R5"].text == TEXT
    assert wordings(sefrou.province, date(2026, 3, 8))["R5"] == SHIPPED["R5"]
    assert wordings(sefrou.other, TODAY)["R5"] == SHIPPED["R5"]
    again = LocalizedText(ar="نص ثان")
    change(sefrou, now=datetime(2026, 4, 1, 10, tzinfo=UTC), text=again)
    assert wordings(sefrou.province, date(2026, 3, 31))["R5"].text == TEXT
    assert wordings(sefrou.province, date(2026, 4, 1))["R5"].text == again


@database
@pytest.mark.django_db
def test_confirming_makes_certain_for_every_day_and_names_who_and_where(sefrou):
    row = confirm(sefrou)
    assert (row.confirmed_by, row.confirmed_on, row.source) == ("administrator", TODAY, BULLETIN)
    for day in (date(2019, 6, 1), TODAY):
        held = wordings(sefrou.province, day)["R5"]
        assert held.is_certain and held.text == SHIPPED["R5"].text
    entry = Entry.objects.get(act="information.wording_confirmed")
    assert entry.facts.subject == "SFR/wording/R5"
    assert entry.facts.public["source"] == BULLETIN
    with pytest.raises(WordingRefused):
        confirm(sefrou)


@database
@pytest.mark.django_db
def test_a_changed_wording_is_to_be_confirmed_anew(sefrou):
    confirm(sefrou)
    change(sefrou)
    assert not wordings(sefrou.province, TODAY)["R5"].is_certain
    confirm(sefrou)
    assert wordings(sefrou.province, TODAY)["R5"].is_certain
    change(sefrou, text=LocalizedText(ar="نص آخر"))
    held = wordings(sefrou.province, TODAY)["R5"]
    assert held.text.ar == "نص آخر" and not held.is_certain
    assert LegalText.objects.filter(key="R5").count() == 2
    assert Entry.objects.filter(act="information.wording_changed").count() == 2


@database
@pytest.mark.django_db
def test_a_wording_that_is_no_longer_offered_stays_for_older_cases(sefrou):
    change(sefrou, key="E05.1", is_offered=False)
    assert limbs_of(wordings(sefrou.province, TODAY), "E05") == []
    assert limbs_of(wordings(sefrou.province, date(2026, 3, 8)), "E05")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "more", "field"),
    [
        ("R9", {}, None),
        ("R5", {"text": LocalizedText(fr="seulement")}, "text"),
        ("R5", {"source": ""}, "source"),
        ("E03.1", {"text": LocalizedText(ar="ا" * 41)}, "text"),
    ],
)
def test_what_cannot_hold_is_refused(sefrou, key, more, field):
    with pytest.raises(WordingRefused) as refused:
        change(sefrou, key=key, **more)
    assert refused.value.field == field and not LegalText.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "source"),
    [
        ("R9", BULLETIN),
        ("R5", ""),
        ("X.large_volume", "x"),
        ("E01", SHIPPED["E01"].source.ar),  # "still to be read" is no source
    ],
)
def test_what_cannot_be_confirmed_is_refused(sefrou, key, source):
    with pytest.raises(WordingRefused):
        confirm(sefrou, key=key, source=source)


@pytest.mark.django_db
def test_reading_all_wordings_takes_one_query(sefrou, django_assert_num_queries):
    change(sefrou)
    with django_assert_num_queries(1):
        wordings(sefrou.province, TODAY)


# The banner --------------------------------------------------------------------------------------


def viewer(sefrou, *rights):
    return Viewer(sefrou.province.key, sefrou.province.pk, user_id=1, rights=frozenset(rights))


@pytest.mark.django_db
def test_the_banner_stands_until_the_last_one_is_confirmed(sefrou, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = doubts(viewer(sefrou, "ruleset.edit"), TODAY)
    open_keys = [key for key, one in SHIPPED.items() if not one.is_certain]
    assert (found.wordings, found.is_cndp_missing) == (len(open_keys), True)
    assert (
        found.numbers
        == RuleValue.objects.of(sefrou.province)
        .exclude(mark="checked")
        .filter(rule_set__law__in=("31-13", "09-08"))
        .count()
    )
    for key in open_keys:
        confirm(sefrou, key=key)
    RuleValue.objects.of(sefrou.province).update(verified_by="administrator", verified_on=TODAY)
    found = doubts(viewer(sefrou, "ruleset.edit"), TODAY)
    assert found and (found.numbers, found.wordings) == (0, 0)
    Community.objects.filter(pk=sefrou.province.pk).update(cndp_number="A-GC-12/2026")
    assert not doubts(viewer(sefrou, "ruleset.edit"), TODAY)
    assert doubts(viewer(sefrou, "idea.read"), TODAY) is None


def words(answer, status=200):
    assert answer.status_code == status
    return " ".join(strip_tags(answer.content.decode()).replace("\u00a0", " ").split())


@pytest.fixture
def administrator(sefrou):
    with time_machine.travel(NOW, tick=False):
        yield log_in(Client(), sefrou.administrator, sefrou.province)


@pytest.mark.django_db
def test_the_administrator_is_told_on_the_first_page_and_walks_to_the_end(sefrou, administrator):
    home = words(administrator.get("/desk/"))
    assert "جزء من القانون هنا لم يؤكد بعد" in home and "اللجنة الوطنية" in home
    listed = words(administrator.get("/desk/information/law/?open=1"))
    assert "R5" in listed and "X.large_volume" not in listed
    page = "/desk/information/law/R5/"
    assert (
        SHIPPED["E01"].source.ar not in administrator.get(page).content.decode().split("<form")[1]
    )
    empty = words(administrator.post(f"{page}confirm/", {"confirm-source": ""}), 422)
    assert "R5" in empty
    done = administrator.post(f"{page}confirm/", {"confirm-source": BULLETIN}, follow=True)
    assert "administrator" in words(done) and BULLETIN in words(done)
    assert "R5" not in words(administrator.get("/desk/information/law/?open=1"))


@pytest.mark.django_db
def test_a_refused_change_keeps_what_was_typed(sefrou, administrator):
    page = "/desk/information/law/E03.1/change/"
    typed = {
        "change-text_ar": "نص طويل " * 10,
        "change-text_fr": "texte",
        "change-article": "31-13:7",
        "change-source": BULLETIN,
        "change-is_offered": "on",
    }
    answer = administrator.post(page, typed)
    assert "نص طويل" in words(answer, 422) and "change-text_ar-error" in answer.content.decode()
    administrator.post(page, typed | {"change-text_ar": "الفقرة 1: الحياة الخاصة"})
    assert LegalText.objects.get().wording.fr == "texte"
    assert words(administrator.get("/desk/information/law/none/"), 404)


@pytest.fixture
def officer(sefrou):
    with time_machine.travel(NOW, tick=False):
        yield log_in(Client(), sefrou.information_officer, sefrou.province)


@pytest.mark.django_db
def test_the_officer_reads_what_holds_and_who_confirmed_it_and_changes_nothing(sefrou, officer):
    queue = officer.get("/desk/information/")
    assert "لم يؤكد بعد" in words(queue)
    assert 'href="/desk/information/law/?open=1"' in queue.content.decode()
    assert 'href="/desk/information/law/"' in queue.content.decode()  # in the navigation
    confirm(sefrou, key="R4")
    listed = words(officer.get("/desk/information/law/"))
    assert "R5" in listed and "administrator" in listed
    opened = words(officer.get("/desk/information/law/?open=1"))
    assert "R5" in opened and "R4" not in opened
    page = officer.get("/desk/information/law/R5/")
    assert SHIPPED["R5"].text.ar in words(page)
    assert "/law/R5/confirm/" not in page.content.decode()
    assert "/law/R5/change/" not in page.content.decode()


@pytest.mark.django_db
def test_only_who_may_edit_the_rules_confirms_or_changes(sefrou, officer):
    page = "/desk/information/law/R5/"
    assert officer.post(f"{page}confirm/", {"confirm-source": BULLETIN}).status_code == 404
    typed = {"change-text_ar": "نص", "change-article": "31-13:18", "change-source": BULLETIN}
    assert officer.post(f"{page}change/", typed).status_code == 404
    assert not LegalText.objects.exists()


@pytest.mark.django_db
def test_the_administrator_finds_it_in_the_navigation_with_both_forms(administrator):
    assert 'href="/desk/information/law/"' in administrator.get("/desk/").content.decode()
    page = administrator.get("/desk/information/law/R5/").content.decode()
    assert "/law/R5/confirm/" in page and "/law/R5/change/" in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["moderator", "secretary"])
def test_others_have_no_page_of_the_law_and_no_banner(sefrou, who):
    with time_machine.travel(NOW, tick=False):
        other = log_in(Client(), getattr(sefrou, who), sefrou.province)
        for page in ("/desk/information/law/", "/desk/information/law/R5/"):
            assert other.get(page).status_code == 404
        home = other.get("/desk/")
        assert "لم يؤكد بعد" not in words(home)
        assert "/desk/information/law/" not in home.content.decode()
