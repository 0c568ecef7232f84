"""Acts of a cycle in preparation and of its timetable."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from infitah.community.models import CompositionRule
from infitah.community.tests.factories import (
    BodyFactory,
    MandateFactory,
    PersonFactory,
)
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations as participation
from infitah.programme import operations, queries
from infitah.programme.models import Cycle
from infitah.programme.operations import CycleRefused, CycleText
from infitah.programme.queries.cycle_desk import free_consultations
from infitah.programme.tests.cycles import DAYS, TODAY, announced, step
from infitah.programme.tests.factories import (
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
    viewer_of,
)

WHY = LocalizedText(ar="لتزامن الموعد مع عطلة", fr="La date tombe un jour férié")


def acts(subject):
    return list(
        Entry.objects.filter(subject=subject).order_by("number").values_list("act", flat=True)
    )


def said_of(cycle, sefrou, **more):
    said = CycleText(
        title=cycle.title,
        intention=cycle.intention,
        span=(cycle.starts_on, cycle.ends_on),
        principles=[sefrou.principle],
        challenges={sefrou.axis: WORDS},
        committee=cycle.committee,
    )
    return replace(said, **more)


def edit(cycle, said, revision=0):
    return operations.edit_cycle(cycle=cycle, said=said, revision=revision, **STEP)


# Preparing ------------------------------------------------------------------------------------


def test_a_cycle_in_preparation_is_changed_and_each_change_recorded(sefrou):
    cycle = cycle_of(sefrou)
    title = LocalizedText(ar="برنامج جديد", fr="Nouveau programme")
    said = said_of(cycle, sefrou, title=title, challenges={sefrou.second_axis: WORDS})
    changed = edit(cycle, said)
    assert (changed.revision, changed.title) == (1, title)
    assert [one.axis for one in changed.axes.all()] == [sefrou.second_axis]
    entry = Entry.objects.get(act="programme.cycle_edited")
    assert '"axes"' in entry.canonical and '"committee"' not in entry.canonical
    edit(changed, said, revision=1)  # the same text again changes nothing
    assert Entry.objects.filter(act="programme.cycle_edited").count() == 1


def test_the_second_officer_is_told_that_the_cycle_changed(sefrou):
    cycle = cycle_of(sefrou)
    edit(cycle, said_of(cycle, sefrou, intention=LocalizedText(ar="أ")))
    with pytest.raises(operations.CycleChanged):
        edit(cycle, said_of(cycle, sefrou, intention=LocalizedText(ar="ب")))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"span": (date(2024, 1, 1), date(2024, 1, 1))}, "ends_on"),
        ({"principles": []}, "principles"),
        ({"challenges": {}}, "axes"),
    ],
)
def test_what_no_cycle_can_be_is_refused_beside_its_field(sefrou, more, field):
    cycle = cycle_of(sefrou)
    with pytest.raises(CycleRefused) as refused:
        edit(cycle, said_of(cycle, sefrou, **more))
    assert refused.value.field == field


def test_a_challenge_needs_its_arabic_and_an_axis_with_commitments_stays(sefrou):
    cycle = cycle_of(sefrou)
    said = said_of(cycle, sefrou, challenges={sefrou.axis: LocalizedText(fr="Défi")})
    with pytest.raises(CycleRefused):
        edit(cycle, said)
    commitment_of(cycle, sefrou.axis)
    with pytest.raises(CycleRefused) as refused:
        edit(cycle, said_of(cycle, sefrou, challenges={sefrou.second_axis: WORDS}))
    assert refused.value.field == "axes"


def test_an_adopted_cycle_does_not_change(sefrou):
    cycle, _made = adopted_programme(sefrou)
    with pytest.raises(CycleRefused):
        edit(cycle, said_of(cycle, sefrou))


def test_a_cycle_follows_an_earlier_one_of_its_community(sefrou):
    first = cycle_of(sefrou)
    values = {
        "community": sefrou.province,
        "title": WORDS,
        "intention": WORDS,
        "principles": [sefrou.principle],
        "challenges": {sefrou.axis: WORDS},
        "committee": None,
        "opened_on": TODAY,
        "carried_from": first,
        **STEP,
    }
    later = (date(2026, 1, 1), date(2027, 12, 31))
    with pytest.raises(CycleRefused) as refused:
        operations.open_cycle(slug="2023", span=(date(2023, 1, 1), date(2023, 12, 31)), **values)
    assert refused.value.field == "carried_from"
    made = operations.open_cycle(slug="2026-2027", span=later, **values)
    assert made.carried_from == first


def test_a_round_is_prepared_from_the_cycle_and_stays_a_draft(sefrou):
    cycle = cycle_of(sefrou)
    days = (date(2027, 3, 1), date(2027, 3, 9))
    made = operations.prepare_round(cycle=cycle, number=1, slug="ideas-2027", days=days, **STEP)
    consultation = made.consultation
    assert consultation.announced_at is None and consultation.takes_ideas
    (topic,) = consultation.topics.all()
    assert (topic.axis, topic.context) == (sefrou.axis, WORDS)
    assert topic.question.ar and topic.question.fr
    with pytest.raises(CycleRefused):
        operations.prepare_round(cycle=cycle, number=1, slug="again", days=days, **STEP)
    second = operations.prepare_round(cycle=cycle, number=2, slug="drafts", days=days, **STEP)
    assert not second.consultation.takes_ideas
    with pytest.raises(CycleRefused):
        operations.prepare_round(cycle=cycle, number=3, slug="third", days=days, **STEP)


def test_a_cancelled_consultation_makes_room_for_another_of_its_round(sefrou):
    cycle = cycle_of(sefrou)
    days = (date(2027, 3, 1), date(2027, 3, 9))
    made = operations.prepare_round(cycle=cycle, number=1, slug="ideas-2027", days=days, **STEP)
    asked = participation.announce_consultation(consultation_id=made.consultation_id, **STEP)
    participation.cancel_consultation(
        consultation_id=asked.pk, reason="تغير موعد الجولة، وتفتح استشارة أخرى قريبا.", **STEP
    )
    assert asked not in free_consultations(cycle)
    again = operations.prepare_round(cycle=cycle, number=1, slug="ideas-again", days=days, **STEP)
    assert [one.consultation.slug for one in cycle.rounds.all()] == ["ideas-again"]
    told = acts("SFR-programme-2024-2025")
    assert told.count("programme.round_added") == 2
    with pytest.raises(CycleRefused):
        operations.add_round(
            cycle=cycle, number=1, consultation=again.consultation, on=TODAY, **STEP
        )


def test_the_committee_is_held_to_the_national_rules_and_tells_why_not(sefrou):
    cycle = cycle_of(sefrou)
    for sex in ("male", "male", "female"):
        person = PersonFactory(community=sefrou.province, sex=sex)
        MandateFactory(body=cycle.committee, person=person, category="elected")
    made = operations.set_national_composition(cycle=cycle, **STEP)
    assert {one.kind for one in made} == {"parity", "category_share"}
    assert operations.set_national_composition(cycle=cycle, **STEP) == []
    page = queries.cycle_page(cycle, viewer_of(sefrou.province), TODAY)
    assert [one.rule.kind for one in page.unmet] == ["category_share"]
    rule = CompositionRule.objects.get(kind="category_share")
    operations.set_composition(cycle=cycle, rule=rule, reason=WHY, **STEP)
    page = queries.cycle_page(cycle, viewer_of(sefrou.province), TODAY)
    assert page.unmet == ()
    other = CompositionRule.objects.create(
        community=sefrou.province,
        body=BodyFactory(community=sefrou.province, kind="bureau"),
        kind="size",
    )
    with pytest.raises(CycleRefused):
        operations.set_composition(cycle=cycle, rule=other, reason=WHY, **STEP)


def test_a_running_cycle_can_be_given_its_committee(sefrou):
    cycle, _made = adopted_programme(sefrou)
    name = {"cycle": cycle, **STEP}
    body = BodyFactory(community=sefrou.province, kind="follow_up_committee")
    assert operations.name_committee(committee=body, **name).committee == body
    operations.name_committee(committee=body, **name)  # the same again changes nothing
    assert Entry.objects.filter(act="programme.committee_named").count() == 1
    for wrong in (sefrou.council, BodyFactory(community=sefrou.other, kind="follow_up_committee")):
        with pytest.raises(CycleRefused) as refused:
            operations.name_committee(committee=wrong, **name)
        assert refused.value.field == "committee"
    Cycle.objects.filter(pk=cycle.pk).update(state="assessed")
    with pytest.raises(CycleRefused):
        operations.name_committee(committee=cycle.committee, **name)


# Timetable ------------------------------------------------------------------------------------


def change(entry, said, reason=WHY, revision=0):
    return operations.change_step(entry=entry, said=said, reason=reason, revision=revision, **STEP)


def test_a_moved_step_keeps_the_days_announced_first(sefrou):
    entry = announced(cycle_of(sefrou))
    later = tuple(day + timedelta(days=7) for day in DAYS)
    change(entry, step(span=later))
    again = tuple(day + timedelta(days=9) for day in DAYS)
    moved = change(entry, step(span=again), revision=1)
    assert (moved.announced_start, moved.announced_end) == DAYS
    assert (moved.starts_on, moved.ends_on, moved.revision) == (*again, 2)
    assert "programme.timetable_moved" in acts("SFR-programme-2024-2025")
    back = change(entry, step(span=DAYS), revision=2)
    assert (back.announced_start, back.starts_on) == (DAYS[0], DAYS[0])


@pytest.mark.parametrize(
    ("said", "reason", "field"),
    [
        ({"span": (DAYS[0], DAYS[0] - timedelta(days=1))}, WHY, "ends_on"),
        ({"span": (DAYS[0], DAYS[0] + timedelta(days=1))}, LocalizedText(), "reason"),
        ({"record": "nothing"}, WHY, "record"),
        ({"record": "SFR-2026-S-0099"}, WHY, "record"),
        ({"record": "SFR-2026-I-0001"}, WHY, "record"),
    ],
)
def test_a_change_of_a_step_is_refused_beside_its_field(sefrou, said, reason, field):
    entry = announced(cycle_of(sefrou))
    with pytest.raises(CycleRefused) as refused:
        change(entry, step(**said), reason)
    assert refused.value.field == field


def test_a_step_is_tied_to_its_record_and_marked_as_estimated(sefrou):
    cycle = cycle_of(sefrou)
    session = adopted(sefrou.council).vote.item.sitting.session
    entry = announced(cycle)
    typed = session.reference.lower()
    tied = change(entry, step(record=typed, is_estimated=True), LocalizedText())
    assert (tied.record, tied.is_estimated) == (session.reference, True)
    assert tied.announced_start is None
    assert acts("SFR-programme-2024-2025")[-1] == "programme.timetable_edited"


def test_a_struck_step_stays_with_its_reason_and_changes_no_more(sefrou):
    entry = announced(cycle_of(sefrou))
    strike = {"entry": entry, "revision": 0, **STEP}
    with pytest.raises(CycleRefused) as refused:
        operations.strike_step(reason=LocalizedText(), **strike)
    assert refused.value.field == "reason"
    struck = operations.strike_step(reason=WHY, **strike)
    assert (struck.struck_on, struck.reason) == (TODAY, WHY)
    with pytest.raises(CycleRefused):
        operations.strike_step(reason=WHY, **(strike | {"revision": 1}))
    with pytest.raises(operations.StepChanged):
        change(entry, step())


def test_two_steps_of_a_kind_on_one_day_have_names_of_their_own(sefrou):
    cycle = cycle_of(sefrou)
    names = [announced(cycle).slug for _n in range(3)]
    assert names == ["workshop-2027-03-08", "workshop-2027-03-08-2", "workshop-2027-03-08-3"]
