"""The pure rules: offices, names, composition, codes, shipped data, deadlines."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.community import queries
from infitah.community.rules import codes, deadlines, names, retention, shipped
from infitah.community.rules.codes import CodeState, state_of_code
from infitah.community.rules.composition import Composition, GaugeState, SeatHeld, gauge
from infitah.community.rules.deadlines import LegalNumber
from infitah.community.rules.offices import (
    ALL_RIGHTS,
    OFFICE_RIGHTS,
    SINGLE_OFFICES,
    Office,
    is_in_force,
    most_at_once,
    overlaps,
    rights_of_office,
)
from infitah.kernel.calendar import WorkingCalendar
from infitah.kernel.localized import LocalizedText

DATA = Path(__file__).parent / "data"
DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# --- Offices ------------------------------------------------------------------
def test_every_office_has_its_rights():
    assert set(OFFICE_RIGHTS) == set(Office)
    assert all("." in right for right in ALL_RIGHTS)


@pytest.mark.parametrize(
    ("office", "right", "has"),
    [
        ("moderator", "idea.hide", True),
        ("moderator", "identity.read", False),  # programme.md 4: no telephone, no CNIE
        ("verifier", "evidence.confirm", True),
        ("verifier", "evidence.add", False),
        ("commitment_owner", "evidence.confirm", False),
        ("administrator", "idea.read", False),  # break-glass only
        ("focal_point", "programme.edit", True),
        ("secretary", "session.edit", True),
        ("nobody", "idea.hide", False),
    ],
)
def test_rights_of_offices(office, right, has):
    assert (right in rights_of_office(office)) is has


def test_the_reference_page_says_the_same():
    page = (Path(__file__).parents[3] / "docs/reference/rights.md").read_text(encoding="utf-8")
    for office in Office:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{office}`"))
        assert set(re.findall(r"`([a-z]+\.[a-z]+)`", row)) == OFFICE_RIGHTS[office]
        assert (" * |" in row) is (office in SINGLE_OFFICES)


@given(DAYS, st.none() | DAYS, DAYS, st.none() | DAYS)
def test_two_spans_overlap_when_they_share_a_day(start, end, other_start, other_end):
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(70)]
    shared = any(
        is_in_force(start, end, day) and is_in_force(other_start, other_end, day) for day in days
    )
    well_formed = (end is None or end >= start) and (other_end is None or other_end >= other_start)
    if well_formed:
        assert overlaps(start, end, other_start, other_end) is shared


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6), DAYS)
def test_the_fullest_day_is_found(spans, since):
    days = [since + timedelta(days=n) for n in range(70)]
    fullest = max(sum(is_in_force(*span, day) for span in spans) for day in days)
    assert most_at_once(spans, since) == fullest


# --- Names ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "ar", "fr", "wanted_ar", "wanted_fr"),
    [
        ("province", "صفرو", "Sefrou", "المجلس الإقليمي لصفرو", "Conseil provincial de Sefrou"),
        (
            "province",
            "الحاجب",
            "El Hajeb",
            "المجلس الإقليمي للحاجب",
            "Conseil provincial d'El Hajeb",
        ),
        ("prefecture", "مكناس", "Meknès", "مجلس عمالة مكناس", "Conseil préfectoral de Meknès"),
        ("commune", "عزابة", "Azzaba", "جماعة عزابة", "Commune d'Azzaba"),
        (
            "region",
            "فاس-مكناس",
            "Fès-Meknès",
            "مجلس جهة فاس-مكناس",
            "Conseil de la région Fès-Meknès",
        ),
        ("commune", "عزابة", "", "جماعة عزابة", ""),
    ],
)
def test_institutions_are_named_by_their_kind(kind, ar, fr, wanted_ar, wanted_fr):
    named = names.institution_name(kind, LocalizedText(ar=ar, fr=fr))
    assert named.ar == wanted_ar
    assert named.fr.replace("’", "'") == wanted_fr


@pytest.mark.parametrize(
    ("colour", "readable"),
    [("#9E1B32", True), ("#FFFFFF", False), ("#FF8FA0", False), ("red", False), ("", False)],
)
def test_an_accent_is_read_on_paper(colour, readable):
    assert names.is_readable(colour) is readable


def test_contrast_runs_from_1_to_21():
    assert round(names.contrast("#000000", "#FFFFFF"), 2) == 21
    assert names.contrast("#123456", "#123456") == 1


# --- Composition -------------------------------------------------------------------
def seat(sex="female", category="council", role="member"):
    return SeatHeld(sex, category, role)


def state_of(kind, seats, *, amount=0, category="", has_reason=False):
    found = gauge(kind, amount=amount, category=category, seats=seats, has_reason=has_reason)
    return found.state


@pytest.mark.parametrize(
    ("kind", "seats", "more", "state"),
    [
        (Composition.PARITY, [seat(), seat("male")], {}, "met"),
        (Composition.PARITY, [seat(), seat("male"), seat("male")], {}, "met"),
        (Composition.PARITY, [seat("male")] * 4 + [seat()], {}, "not_met"),
        (Composition.PARITY, [], {}, "not_met"),
        (Composition.SIZE, [seat()] * 3, {"amount": 3}, "met"),
        (Composition.SIZE, [seat()] * 2, {"amount": 3, "has_reason": True}, "reason_published"),
        (
            Composition.CATEGORY_SHARE,
            [seat(category="civil")] * 2 + [seat()] * 3,
            {"amount": 50, "category": "civil"},
            "not_met",
        ),
        (
            Composition.CATEGORY_SHARE,
            [seat(category="civil")] * 3 + [seat()] * 2,
            {"amount": 50, "category": "civil"},
            "met",
        ),
        (
            Composition.CATEGORY_SEATS,
            [seat(category="women")],
            {"amount": 1, "category": "women"},
            "met",
        ),
        (
            Composition.CO_CHAIRS,
            [seat(role="co_coordinator"), seat(category="civil", role="co_coordinator")],
            {"amount": 2},
            "met",
        ),
        (Composition.CO_CHAIRS, [seat(role="co_coordinator")] * 2, {"amount": 2}, "not_met"),
    ],
)
def test_the_gauge_says_met_or_not(kind, seats, more, state):
    assert state_of(kind, seats, **more) == GaugeState(state)


@given(st.lists(st.sampled_from(["female", "male"]), min_size=1, max_size=20))
def test_parity_asks_half_rounded_down(sexes):
    women = sexes.count("female")
    met = state_of(Composition.PARITY, [seat(sex) for sex in sexes]) == GaugeState.MET
    assert met == (min(women, len(sexes) - women) >= len(sexes) // 2)


# --- Codes -------------------------------------------------------------------------
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used", "minutes", "tries", "right", "state"),
    [
        (None, 1, 0, True, CodeState.PROVED),
        (None, 1, 2, True, CodeState.PROVED),
        (None, 1, 0, False, CodeState.WRONG),
        (None, 1, 2, False, CodeState.SPENT),
        (None, 1, 3, True, CodeState.SPENT),
        (None, 15, 0, True, CodeState.EXPIRED),
        (NOW, 1, 0, True, CodeState.USED),
    ],
)
def test_what_a_typed_code_yields(used, minutes, tries, right, state):
    found = state_of_code(
        used_at=used,
        expires_at=NOW + codes.LIFE,
        tries=tries,
        is_right=right,
        now=NOW + timedelta(minutes=minutes),
    )
    assert found == state


def test_codes_are_six_digits():
    assert all(len(codes.new_code()) == 6 and codes.new_code().isdigit() for _ in range(50))


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_months_last(day, months):
    later = retention.purge_day(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


# --- Shipped data ---------------------------------------------------------------------
def test_every_territory_of_morocco_ships():
    kinds = [territory.kind for territory in shipped.territories().values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "region": 12,
        "province": 62,
        "prefecture": 13,
        "commune": 1503,
    }
    known = shipped.territories()
    assert all(each.parent in known for each in known.values() if each.parent)
    assert all(each.name.ar and each.name.fr for each in known.values())


@pytest.mark.parametrize("row", rows("sefrou_communes.csv"), ids=lambda row: row["code"])
def test_the_communes_of_sefrou_are_those_of_the_census(row):
    found = shipped.territories()[row["code"]]
    assert (found.name.ar, found.name.fr) == (row["name_ar"], row["name_fr"])
    assert found.population_2014 == int(row["population_2014"])
    assert found.population_2024 == int(row["population_2024"])


def test_sefrou_has_a_code_a_slug_and_a_host_for_each_community():
    communities = shipped.sefrou()
    assert len(communities) == 25
    for field in ("key", "slug", "hcp_code"):
        assert len({getattr(each, field) for each in communities}) == 25
    assert all(names.KEY_FORM.fullmatch(each.key) for each in communities)
    by_key = {each.key: each for each in communities}
    assert (by_key["SFR"].hcp_code, by_key["SFR"].host) == ("03.451", "localhost")
    assert by_key["SFV"].host == "sefrou.localhost"
    assert by_key["FMK"].host is None


@pytest.mark.parametrize(
    ("kind", "population", "wanted"),
    [
        ("region", 999_999, 300),
        ("region", 1_000_000, 400),
        ("region", 3_000_000, 400),
        ("region", 4_467_911, 500),
        ("province", 304_748, 300),
        ("commune", 34_999, 100),
        ("commune", 35_000, 200),
        ("commune", 86_903, 200),
    ],
)
def test_petition_signatures_by_tier_and_size(kind, population, wanted):
    """LO 111-14 arts 119-122, LO 112-14 arts 113-116, LO 113-14 arts 121-125."""
    values = [value for law in shipped.laws(kind, population) for value in law.values]
    assert [v.value for v in values if v.key == "petition.signatures"] == [wanted]


def test_every_shipped_number_has_a_source_and_a_mark():
    values = [v for law in shipped.laws("commune", 1) for v in law.values]
    texts = [text for value in values for text in (value.source, value.label)]
    assert all(text.ar and text.fr for text in texts)
    for text in texts[::2]:
        assert shipped.source_words(text.ar) == shipped.source_words(text.fr) == text
    marks = {value.key: value.mark for value in values}
    assert marks["information.reply"] == "checked"  # D1
    assert marks["information.urgent_reply"] == "partly"  # D4: the unit is to be verified
    assert marks["information.complaint_answer"] == "to_verify"  # D7


# --- Deadlines ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "row",
    [row for row in rows("deadline_vectors.csv") if row["holidays_source"] != "estimated+1"],
    ids=lambda row: "-".join(row.values()),
)
def test_the_shipped_deadline_meets_the_vectors(row):
    """Law 31-13, arts. 16 and 17; law.md 4.2."""
    due = queries.shipped_deadline(
        received=date.fromisoformat(row["received"]),
        urgent=row["urgent"] == "yes",
        extended=row["extended"] == "yes",
        kind=row["holidays_source"],
    )
    assert due.deadline.due == date.fromisoformat(row["due"])


def number(value, unit="working_days", verified=True):
    return LegalNumber("k", value, unit, "31-13", "16", "source", verified)


def test_one_uncertain_number_makes_the_whole_uncertain():
    due = deadlines.reply_due(
        date(2026, 3, 2), [number(20), number(20, verified=False)], WorkingCalendar()
    )
    assert not due.is_verified
    assert due.period.days == 40


def test_units_are_not_mixed():
    with pytest.raises(ValueError, match="same unit"):
        deadlines.reply_due(
            date(2026, 3, 2), [number(20), number(3, "calendar_days")], WorkingCalendar()
        )


def test_a_number_that_is_no_period_is_none():
    with pytest.raises(ValueError, match="not in days"):
        number(2, "months").period()


def test_the_answer_for_programs_names_its_rule():
    answer = queries.shipped_deadline(received=date(2026, 3, 2)).as_json()
    assert answer["rule"] == {
        "article": "31-13:16",
        "source": "النموذج الرسمي للجنة الحق في الحصول على المعلومات وأسئلتها الشائعة",
        "verified": True,
        "days": 20,
        "unit": "working",
    }
    assert {"received", "due", "due_latest", "estimated", "calendar_version", "days"} <= set(answer)
