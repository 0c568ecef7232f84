"""Founding and editing communities; axes, principles, units; legal numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from infitah.community import operations, queries
from infitah.community.models import (
    Axis,
    CalendarDay,
    CalendarVersion,
    Community,
    RuleSet,
    RuleValue,
)
from infitah.community.operations.founding import CommunityChanges
from infitah.community.operations.law import NewNumber
from infitah.community.seeds import seed_communities
from infitah.community.tests.factories import UnitFactory
from infitah.core.models import Outbox
from infitah.core.queries import generations
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = Actor("officer", "admin", "administrator")
NAME = LocalizedText(ar="الرقمنة", fr="Numérisation")


def acts(key):
    return list(Entry.objects.filter(community_key=key).values_list("act", flat=True))


def found(**changes):
    asked = {
        "hcp_code": "03.451.01.03",
        "key": "EMZ",
        "slug": "el-menzel",
        "host": "el-menzel.localhost",
        "by": BY,
        "now": NOW,
    }
    return operations.create_community(**asked | changes)


# --- Founding ---------------------------------------------------------------------
def test_a_community_is_founded_from_its_code(sefrou):
    community = found(name_zgh="ⵎⵏⵣⵍ")
    assert community.name == LocalizedText(ar="المنزل", fr="El Menzel", zgh="ⵎⵏⵣⵍ")
    assert community.institution.ar == "جماعة المنزل"
    assert (community.population_2014, community.population_2024) == (12641, 11400)
    assert community.parent == sefrou.province
    assert queries.rule(community, "information.reply", date(2026, 1, 1)).value == 20
    assert queries.version_of(community) == 1
    assert acts("EMZ") == ["community.founded"]
    assert Outbox.objects.get(kind="community.founded").community_key == "EMZ"
    assert queries.by_host("el-menzel.localhost") == community


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hcp_code": "99.999"}, "hcp_code"),
        ({"hcp_code": "03.451.01.01"}, "hcp_code"),
        ({"key": "EM"}, "key"),
        ({"key": "emz"}, "key"),
        ({"key": "BHL"}, "key"),
        ({"slug": "El Menzel"}, "slug"),
        ({"slug": "bhalil"}, "slug"),
        ({"host": "http://x"}, "host"),
        ({"host": "bhalil.localhost"}, "host"),
        ({"host": None, "is_default": True}, "host"),
    ],
)
def test_what_is_wrong_or_taken_is_named(sefrou, changes, field):
    with pytest.raises(operations.CommunityRefused) as refused:
        found(**changes)
    assert refused.value.field == field
    assert not Community.objects.filter(key="EMZ").exists()


def test_a_new_default_takes_the_place_of_the_old(sefrou):
    found(is_default=True)
    assert Community.objects.get(is_default=True).key == "EMZ"


def test_a_parent_founded_later_takes_its_children_in():
    orphan = found()
    province = found(hcp_code="03.451", key="SFR", slug="sefrou-province", host="localhost")
    orphan.refresh_from_db()
    assert orphan.parent == province


def test_upper_apps_take_part_in_the_founding_once(monkeypatch):
    seen = []
    step = seen.append
    monkeypatch.setattr("infitah.community.operations.founding._STEPS", [])
    operations.register_founding_step(step)
    operations.register_founding_step(step)
    community = found()
    assert seen == [community]


def test_the_communities_of_sefrou_are_seeded_once(monkeypatch):
    monkeypatch.setattr("infitah.community.operations.founding._STEPS", [])
    first = seed_communities(now=NOW)
    entries = Entry.objects.count()
    again = seed_communities(now=NOW)
    assert len(first) == 25
    assert {key: each.pk for key, each in first.items()} == {k: e.pk for k, e in again.items()}
    assert Entry.objects.count() == entries
    assert queries.default_community().key == "SFR"
    province = queries.by_key("SFR")
    assert province.parent.key == "FMK"
    assert queries.communes_of(province).count() == 23
    assert queries.tree(province)[0].key == "SFR"
    assert len(queries.tree(queries.by_key("FMK"))) == 25
    assert queries.by_slug("fes-meknes") is None
    with pytest.raises(Community.DoesNotExist):
        queries.by_key("NOP")


def changes_of(community, **more):
    fields = {name: getattr(community, name) for name in CommunityChanges.__slots__}
    return replace(CommunityChanges(**fields), **more)


def test_editing_names_what_changed(sefrou):
    changes = changes_of(sefrou.province, phone="0535 66 00 00", accent="#0B5E4F")
    edited = operations.edit_community(community=sefrou.province, changes=changes, by=BY, now=NOW)
    assert edited.phone == "0535 66 00 00"
    entry = Entry.objects.get(act="community.edited")
    assert list(entry.facts.public["fields"]) == ["accent", "phone"]


def test_editing_nothing_records_nothing(sefrou):
    operations.edit_community(
        community=sefrou.province, changes=changes_of(sefrou.province), by=BY, now=NOW
    )
    assert acts("SFR") == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"accent": "#FFFFFF"}, "accent"),
        ({"name": LocalizedText(fr="Sefrou")}, "name"),
        ({"institution": LocalizedText()}, "name"),
    ],
)
def test_an_identity_that_cannot_be_is_refused(sefrou, more, field):
    with pytest.raises(operations.CommunityRefused) as refused:
        operations.edit_community(
            community=sefrou.province, changes=changes_of(sefrou.province, **more), by=BY, now=NOW
        )
    assert refused.value.field == field


# --- Axes, principles, units ---------------------------------------------------------
def add_axis(sefrou, **changes):
    asked = {"community": sefrou.province, "slug": "digital", "name": NAME, "by": BY, "now": NOW}
    return operations.add_axis(**asked | changes)


def test_an_axis_is_added_last(sefrou):
    axis = add_axis(sefrou)
    assert list(queries.axes(sefrou.province)) == [sefrou.axis, sefrou.second_axis, axis]
    assert acts("SFR") == ["community.axis_added"]
    assert generations("SFR")["site"] == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "transparency"}, "slug"),
        ({"slug": "Ré"}, "slug"),
        ({"name": LocalizedText(fr="x")}, "name"),
        ({"colour": "#FFFF00"}, "colour"),
    ],
)
def test_an_axis_that_cannot_be_is_refused(sefrou, changes, field):
    with pytest.raises(operations.PartRefused) as refused:
        add_axis(sefrou, **changes)
    assert refused.value.field == field


def test_the_same_slug_is_free_elsewhere(sefrou):
    assert add_axis(sefrou, community=sefrou.other, slug="transparency").community == sefrou.other


def test_axes_are_put_in_order(sefrou):
    operations.order_axes(
        community=sefrou.province, slugs=["participation", "transparency"], by=BY, now=NOW
    )
    assert list(queries.axes(sefrou.province)) == [sefrou.second_axis, sefrou.axis]


@pytest.mark.parametrize("slugs", [["transparency"], ["transparency", "transparency"], ["x", "y"]])
def test_an_order_names_each_axis_once(sefrou, slugs):
    with pytest.raises(operations.PartRefused):
        operations.order_axes(community=sefrou.province, slugs=slugs, by=BY, now=NOW)


def test_a_closed_axis_is_no_longer_offered(sefrou):
    operations.close_axis(axis=sefrou.axis, by=BY, now=NOW)
    assert list(queries.axes(sefrou.province)) == [sefrou.second_axis]
    assert Axis.objects.filter(slug="transparency").exists()
    with pytest.raises(operations.PartRefused):
        operations.close_axis(axis=sefrou.axis, by=BY, now=NOW)


def test_principles_and_units_are_added(sefrou):
    asked = {"community": sefrou.province, "by": BY, "now": NOW}
    principle = operations.add_principle(slug="digital", name=NAME, **asked)
    assert list(queries.principles(sefrou.province)) == [sefrou.principle, principle]
    unit = operations.add_unit(slug="it", name=NAME, **asked)
    below = operations.add_unit(slug="web", name=NAME, parent=unit, **asked)
    assert list(queries.units(sefrou.province)) == [unit, below]
    for act in (operations.add_principle, operations.add_unit):
        slug = "digital" if act is operations.add_principle else "it"
        with pytest.raises(operations.PartRefused):
            act(slug=slug, name=NAME, **asked)


def test_a_unit_stands_below_one_of_its_own_community(sefrou):
    foreign = UnitFactory(community=sefrou.other)
    with pytest.raises(operations.PartRefused) as refused:
        operations.add_unit(
            community=sefrou.province, slug="it", name=NAME, parent=foreign, by=BY, now=NOW
        )
    assert refused.value.field == "parent"


# --- Legal numbers -------------------------------------------------------------------
NEW = NewNumber(15, "working_days", "16", "BO 7600 of 1 December 2026", date(2026, 12, 1))


def value_of(sefrou, key="information.reply"):
    return RuleValue.objects.of(sefrou.province).get(key=key, valid_to=None)


def test_a_case_keeps_the_number_of_its_day_of_receipt(sefrou, django_assert_num_queries):
    """law.md 0: a new rule set never touches open cases."""
    before = queries.deadline(sefrou.province, received=date(2026, 11, 30))
    operations.set_rule(value=value_of(sefrou), new=NEW, by=BY, now=NOW)
    with django_assert_num_queries(3):
        after = queries.deadline(sefrou.province, received=date(2026, 11, 30))
    assert before.deadline.due == after.deadline.due
    assert after.is_verified
    later = queries.deadline(sefrou.province, received=date(2026, 12, 1))
    assert (later.period.days, later.is_verified) == (15, False)
    assert queries.period(sefrou.province, "information.reply", date(2027, 1, 1)).days == 15
    assert acts("SFR") == ["community.rule_set"]


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": date(2026, 11, 22)},
        {"valid_from": date(2019, 1, 1)},
        {"source": ""},
        {"article": ""},
    ],
)
def test_a_number_is_not_set_backwards_or_without_source(sefrou, changes):
    with pytest.raises(operations.RuleRefused):
        operations.set_rule(value=value_of(sefrou), new=replace(NEW, **changes), by=BY, now=NOW)


def test_only_the_number_in_force_is_followed(sefrou):
    old = value_of(sefrou)
    operations.set_rule(value=old, new=NEW, by=BY, now=NOW)
    with pytest.raises(operations.RuleRefused):
        operations.set_rule(value=old, new=NEW, by=BY, now=NOW)


def test_a_number_becomes_certain_when_somebody_read_it(sefrou):
    value = value_of(sefrou, "information.complaint_answer")
    assert not value.is_verified
    read = operations.verify_rule(value=value, source="BO 6655", by=BY, now=NOW)
    assert (read.is_verified, read.verified_by) == (True, "admin")
    for source in ("BO 6655", ""):
        with pytest.raises(operations.RuleRefused):
            operations.verify_rule(value=value, source=source, by=BY, now=NOW)
    with pytest.raises(operations.RuleRefused) as refused:
        operations.verify_rule(
            value=value_of(sefrou, "information.court"), source="", by=BY, now=NOW
        )
    assert refused.value.field == "source"


def test_a_number_that_is_missing_is_named(sefrou):
    with pytest.raises(queries.RuleMissing, match=r"SFR: information\.reply on 2018"):
        queries.rule(sefrou.province, "information.reply", date(2018, 1, 1))


def test_a_province_applies_its_own_laws(sefrou):
    laws = RuleSet.objects.of(sefrou.province).values_list("law", flat=True)
    assert set(laws) == {"31-13", "112-14", "09-08", "OGP"}
    assert set(RuleSet.objects.of(sefrou.other).values_list("law", flat=True)) == {
        "31-13",
        "113-14",
        "09-08",
        "OGP",
    }


def test_a_seeded_calendar_keeps_computed_dates_beside_announced_ones(sefrou):
    days = CalendarDay.objects.of(sefrou.province)
    fitr = days.get(occasion="fitr-2025-1")
    assert (fitr.date, fitr.estimated_on) == (date(2025, 3, 31), date(2025, 3, 30))
    assert days.filter(kind="exceptional", date=date(2026, 3, 23)).exists()
    assert CalendarVersion.objects.of(sefrou.province).get().change == "seeded"


# --- Numbers of a sitting (LO 113-14, art. 42, to be verified) --------------------
def test_every_council_has_its_quorum_and_last_call_never_as_certain(sefrou):
    seed_communities(now=NOW)
    for key, article in (("SFR", ""), ("EMZ", "42")):
        community = Community.objects.get(key=key)
        numbers = [
            queries.rule(community, name, date(2026, 1, 1))
            for name in ("council.quorum", "council.last_call")
        ]
        assert [(one.value, one.unit) for one in numbers] == [(50, "per_cent"), (3, "count")]
        assert {one.article for one in numbers} == {article}
        assert not any(one.is_verified for one in numbers)
