"""Acts of a cycle in preparation, of its timetable, of an import and of carry-over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from infitah.community.models import CompositionRule
from infitah.community.tests.factories import (
    AxisFactory,
    BodyFactory,
    MandateFactory,
    ParticipantFactory,
    PersonFactory,
)
from infitah.core.errors import OperationRefused
from infitah.core.models import Mail, Outbox
from infitah.core.operations import dispatch_events
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText
from infitah.council.queries import vote_sentence
from infitah.council.rules import CalledBy, SessionKind
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.models import IdeaAnswer
from infitah.proceedings.rules import Counts
from infitah.programme import operations, queries
from infitah.programme.models import CarriedIdea, Commitment, Cycle, Milestone, StatusChange
from infitah.programme.operations import CycleRefused, CycleText, PastSession, StepText
from infitah.programme.queries import importing
from infitah.programme.queries.export import commitment_rows
from infitah.programme.rules import texts
from infitah.programme.rules.importing import COLUMNS
from infitah.programme.tests.factories import (
    BY,
    NOW,
    OWNER,
    SECOND,
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
    evidence,
    idea_of,
    viewer_of,
)

TODAY = date(2026, 11, 23)
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

DAYS = (date(2027, 3, 8), date(2027, 3, 8))


def step(**more):
    return replace(StepText("workshop", DAYS, LocalizedText(ar="ورشة", fr="Atelier")), **more)


def announced(cycle, **more):
    return operations.announce_step(cycle=cycle, said=step(**more), **STEP)


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


# Import ---------------------------------------------------------------------------------------

TABLE = (
    "key;title_ar;title_fr;axis;principles;values;budget;milestone_title_ar;weight;"
    "announced_start;announced_end;planned_end;milestone_state;done_on;reason_ar;after\n"
    "1;=نشر المحاضر;Publier;transparency;accountability;transparency;40000;المسطرة;40;"
    "2024-01-01;30/06/2024;;claimed;2024-06-20;;\n"
    "1;;;;;;;النشر;60;2024-07-01;2024-12-31;2025-03-31;blocked;;تأخر الصفقة;1\n"
    "2;تكوين;;transparency;;;;دورة أولى;100;2024-01-01;2025-12-31;;;;;\n"
)


def reading_of(cycle, table=TABLE):
    return importing.preview_of(cycle, table.encode(), TODAY)


def imported(cycle, sefrou, table=TABLE, **more):
    values = {
        "cycle": cycle,
        "reading": reading_of(cycle, table).reading,
        "deliberation": more.pop("deliberation", None) or adopted(sefrou.council),
        "file": None,
        **STEP,
    }
    return operations.import_programme(**(values | more))


def test_a_running_programme_is_imported_for_what_it_is(sefrou):
    cycle = cycle_of(sefrou)
    deliberation = adopted(sefrou.council)
    done = imported(cycle, sefrou, deliberation=deliberation)
    assert (done.made, done.milestones, done.unchanged) == (2, 3, 0)
    cycle.refresh_from_db()
    assert (cycle.state, cycle.is_imported, cycle.deliberation) == ("adopted", True, deliberation)
    first, second = cycle.commitments.order_by("position")
    assert (first.state, second.state, first.budget) == ("running", "adopted", 4_000_000)
    claimed, blocked = first.milestones.order_by("number")
    assert (claimed.state, claimed.done_on) == ("claimed", date(2024, 6, 20))
    assert (blocked.depends_on, blocked.planned_end) == (claimed, date(2025, 3, 31))
    assert StatusChange.objects.get(milestone=blocked).reason.ar == "تأخر الصفقة"
    # Nobody says that the deliberation quoted a hash, or that an idea stood behind it.
    version = first.versions.get()
    bound = version.adoption
    assert (version.kind, version.lint_score is not None) == ("imported", True)
    assert not bound.is_same_text and bound.difference.ar
    assert first.reason_without_idea.ar
    digest = texts.programme_digest(
        (one.reference, one.versions.get().sha256) for one in (first, second)
    )
    assert cycle.sha256 == digest
    entry = Entry.objects.get(act="programme.imported")
    assert digest in entry.canonical


def test_what_the_file_calls_done_waits_for_evidence(sefrou):
    cycle = cycle_of(sefrou)
    imported(cycle, sefrou, TABLE.replace("claimed", "verified"))
    milestone = Milestone.objects.get(state="claimed")
    with pytest.raises(operations.MilestoneRefused):
        operations.verify_milestone(reference=milestone.reference, on=TODAY, **STEP)
    back = {"reference": milestone.reference, "on": TODAY, "by": SECOND, "now": NOW}
    operations.return_milestone(reason=WHY, **back)
    operations.claim_milestone(**(back | {"evidence": evidence(), "by": OWNER}))
    assert operations.verify_milestone(**back).state == "verified"


def test_the_export_of_an_imported_programme_gives_the_same_rows(sefrou):
    cycle = cycle_of(sefrou)
    given = [
        row for one in reading_of(cycle).reading.commitments for row in importing.rows_of_plan(one)
    ]
    imported(cycle, sefrou)
    cycle.refresh_from_db()
    rows = list(commitment_rows(cycle, viewer_of(sefrou.province), TODAY))
    assert [{name: str(row[name]) for name in COLUMNS} for row in rows] == given
    table = ";".join(COLUMNS) + "\n"
    table += "\n".join(";".join(str(row[name]) for name in COLUMNS) for row in rows)
    again = importing.preview_of(cycle, table.encode(), TODAY)
    assert (again.faults, again.new, again.same, again.different) == ((), 0, 2, 0)


def test_the_same_file_again_changes_nothing(sefrou):
    cycle = cycle_of(sefrou)
    deliberation = adopted(sefrou.council)
    imported(cycle, sefrou, deliberation=deliberation)
    before = Entry.objects.count()
    done = imported(cycle, sefrou, deliberation=deliberation)
    assert (done.made, done.unchanged, Entry.objects.count()) == (0, 2, before)
    other = TABLE.replace("تكوين", "تكوين المستشارين")
    assert reading_of(cycle, other).different == 1
    assert imported(cycle, sefrou, other, deliberation=deliberation).made == 0
    with pytest.raises(CycleRefused):
        more = TABLE + TABLE.splitlines()[3].replace("2;", "3;", 1)
        imported(cycle, sefrou, more, deliberation=deliberation)
    assert cycle.commitments.count() == 2


def test_an_import_is_all_or_nothing(sefrou):
    cycle = cycle_of(sefrou)
    with pytest.raises(CycleRefused) as refused:
        imported(cycle, sefrou, TABLE.replace(";60;", ";50;"))
    assert refused.value.field == "file"
    other = cycle_of(sefrou, "other")
    deliberation = adopted(BodyFactory(community=sefrou.other))
    with pytest.raises(CycleRefused) as refused:
        imported(cycle, sefrou, deliberation=deliberation)
    assert refused.value.field == "deliberation"
    used = adopted(BodyFactory(community=sefrou.province, kind="bureau"), number=9)
    imported(other, sefrou, deliberation=used)
    with pytest.raises(CycleRefused):
        imported(cycle, sefrou, deliberation=used)
    commitment_of(cycle, sefrou.axis)
    with pytest.raises(CycleRefused):
        imported(
            cycle,
            sefrou,
            deliberation=adopted(BodyFactory(community=sefrou.province, kind="bureau"), number=10),
        )
    assert not Commitment.objects.filter(cycle=cycle).exclude(source_key="").exists()


def enter(sefrou, **more):
    session = PastSession(
        kind=SessionKind.ORDINARY,
        called_by=CalledBy.LAW,
        title=WORDS,
        convened_on=date(2025, 9, 20),
        held_on=more.pop("held_on", date(2025, 10, 7)),
        place=WORDS,
    )
    text = AdoptedText(31, LocalizedText(ar="مقرر البرنامج"), WORDS)
    values = {"body": sefrou.council, "session": session, "adopted": text, "counts": None, **STEP}
    return operations.enter_past_deliberation(**(values | more))


def test_a_past_deliberation_is_entered_with_or_without_its_votes(sefrou):
    made = enter(sefrou)
    assert (made.number, made.year, made.adopted_on) == (31, 2025, date(2025, 10, 7))
    assert not made.vote.are_counts_known
    with translation.override("fr"):
        assert "unanim" not in vote_sentence(made.vote) and "0" not in vote_sentence(made.vote)
    entry = Entry.objects.get(act="council.deliberation_adopted")
    assert '"for"' not in entry.canonical and entry.occurred_on == date(2025, 10, 7)
    known = enter(sefrou, counts=Counts(18, 0, 2), adopted=AdoptedText(32, WORDS, WORDS))
    assert (known.vote.in_favour, known.vote.are_counts_known) == (18, True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"counts": Counts(3, 9, 0)}, "in_favour"),
        ({"held_on": date(2027, 1, 5)}, "held_on"),
        ({"held_on": date(2025, 9, 1)}, "held_on"),
    ],
)
def test_a_past_deliberation_is_refused_beside_its_field(sefrou, more, field):
    with pytest.raises(OperationRefused) as refused:
        enter(sefrou, **more)
    assert refused.value.field == field
    assert not Deliberation.objects.exists()


# Carry-over -----------------------------------------------------------------------------------


@pytest.fixture
def ended(sefrou):
    """A cycle that has ended with one of two milestones confirmed, and one in preparation."""
    first, (commitment,) = adopted_programme(sefrou)
    Milestone.objects.filter(commitment=commitment, number=1).update(
        state="verified", done_on=date(2024, 5, 1)
    )
    second = operations.open_cycle(
        community=sefrou.province,
        slug="2027-2028",
        title=WORDS,
        intention=WORDS,
        span=(date(2027, 1, 1), date(2028, 12, 31)),
        principles=[sefrou.principle],
        challenges={sefrou.axis: WORDS},
        committee=None,
        opened_on=TODAY,
        carried_from=first,
        **STEP,
    )
    return first, commitment, second


def carry(commitment, cycle):
    return operations.carry_over_commitment(commitment=commitment, cycle=cycle, **STEP)


def test_what_remains_of_a_commitment_is_drafted_in_the_next_cycle(sefrou, ended):
    _first, commitment, second = ended
    links = commitment.source_ideas.count()
    made = carry(commitment, second)
    assert (made.carried_from, made.state, made.cycle) == (commitment, "drafted", second)
    (left,) = made.milestones.all()
    assert (left.weight, left.state) == (100, "planned")
    assert second.starts_on <= left.announced_start <= left.announced_end <= second.ends_on
    (figure,) = made.indicators.all()
    assert figure.target_on == second.ends_on
    assert made.source_ideas.count() == links
    commitment.refresh_from_db()
    assert commitment.state == "adopted"  # it was not assessed: its state is what it was
    page = queries.cycle_page(second, viewer_of(sefrou.province), TODAY)
    assert page.taken_over.commitments == (made,)
    assert queries.carried_of(commitment).after == made
    assert queries.carried_of(made).before == commitment
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "carried"


def test_an_assessed_commitment_becomes_carried_over(ended):
    _first, commitment, second = ended
    Commitment.objects.filter(pk=commitment.pk).update(state="assessed")
    carry(commitment, second)
    commitment.refresh_from_db()
    assert commitment.state == "carried_over"


def test_what_is_finished_or_not_adopted_is_not_carried_over(sefrou, ended):
    _first, commitment, second = ended
    draft = commitment_of(second, sefrou.axis)
    with pytest.raises(operations.CycleRefused):
        carry(draft, second)
    Commitment.objects.filter(pk=commitment.pk).update(state="withdrawn")
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "state"
    Commitment.objects.filter(pk=commitment.pk).update(state="running")
    second.axes.update(axis=AxisFactory(community=sefrou.province))
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "axis"
    commitment.milestones.update(state="verified", done_on=TODAY)
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "nothing"


def test_a_cycle_hands_over_only_when_it_ends(ended):
    first, commitment, second = ended
    Cycle.objects.filter(pk=first.pk).update(ends_on=date(2027, 12, 31))
    with pytest.raises(operations.CycleRefused):
        carry(commitment, second)


def left_idea(sefrou, number=1, **more):
    idea = idea_of(sefrou, number)
    idea.author = ParticipantFactory(
        community=sefrou.province, address=f"author{number}@example.org"
    )
    idea.save(update_fields=["author"])
    values = {"code": "next_cycle", "number": 1, "text": WORDS, "answered_on": TODAY}
    IdeaAnswer.objects.create(
        community=sefrou.province,
        idea=idea,
        answered_at=NOW,
        answered_by="focal",
        **(values | more),
    )
    return idea


def test_ideas_left_for_it_are_taken_up_once_and_their_authors_told(sefrou, ended):
    _first, _commitment, second = ended
    idea = left_idea(sefrou)
    take = {"ideas": [idea], "cycle": second, **STEP}
    assert len(operations.carry_over_ideas(**take)) == 1
    assert operations.carry_over_ideas(**take) == []
    assert CarriedIdea.objects.count() == 1
    assert Entry.objects.filter(act="programme.ideas_carried_over").count() == 1
    dispatch_events(now=NOW)
    assert not Outbox.objects.filter(kind=operations.IDEA_CARRIED, handled_at=None).exists()
    mail = Mail.objects.get(reference=idea.reference)
    assert mail.template == "participation/email/result"
    with translation.override("ar"):
        (knot,) = queries.knots_of_carried("SFR", idea.reference)
    assert knot.url == "/ar/programme/2027-2028/"
    page = queries.cycle_page(second, viewer_of(sefrou.province), TODAY)
    assert (page.taken_over.ideas, page.taken_over.idea_count) == ((idea,), 1)


def test_only_ideas_with_that_answer_are_taken_up(sefrou, ended):
    first, _commitment, second = ended
    kept = left_idea(sefrou, 2, code="kept")
    with pytest.raises(operations.CycleRefused) as refused:
        operations.carry_over_ideas(ideas=[kept], cycle=second, **STEP)
    assert refused.value.field == "ideas"
    idea = left_idea(sefrou, 3)
    with pytest.raises(operations.CycleRefused):
        operations.carry_over_ideas(ideas=[idea], cycle=first, **STEP)


def test_principles_of_the_national_texts_are_added_once(sefrou):
    values = {"community": sefrou.province, "by": BY, "now": NOW}
    made = operations.add_national_principles(**values)
    assert {one.slug for one in made} == {
        "transparency",
        "access-to-information",
        "participation",
        "digitisation",
    }
    assert operations.add_national_principles(**values) == []
