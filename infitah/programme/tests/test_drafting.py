"""Writing a draft at the desk: part by part, every wording kept, nothing overwritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from infitah.community.models import RuleSet, RuleValue
from infitah.community.tests.factories import AxisFactory, PersonFactory, UnitFactory
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.models import Theme, ThemeIdea
from infitah.programme import operations, queries
from infitah.programme.models import CommitmentVersion
from infitah.programme.operations import CommitmentRefused, DraftChanged, WhatPart
from infitah.programme.queries.contents import content_of
from infitah.programme.queries.lint import quality_of_draft
from infitah.programme.rules import texts
from infitah.programme.tests.factories import (
    BY,
    NOW,
    STEP,
    WORDS,
    commitment_of,
    cycle_of,
    idea_of,
    viewer_of,
)

TITLE = LocalizedText(ar="نشر المحاضر", fr="Publier les comptes rendus")
REASON = LocalizedText(ar="من محضر لجنة التتبع")
LATER = NOW + timedelta(minutes=5)
LONG = LocalizedText(
    ar="لا تنشر الجماعة محاضر دورات المجلس إلا بعد أشهر من انعقادها، فلا يعرف السكان ما تقرر."
)


@pytest.fixture
def cycle(sefrou):
    return cycle_of(sefrou)


@pytest.fixture
def drafted(sefrou, cycle):
    return operations.start_draft(
        cycle=cycle, title=TITLE, axis=sefrou.axis, ideas=[idea_of(sefrou)], **STEP
    )


def what(**more):
    return WhatPart(**({"title": TITLE, "problem": LONG, "description": WORDS} | more))


def edit(drafted, part, at=LATER, seen_at=None):
    seen = drafted.changed_at if seen_at is None else seen_at
    made = operations.edit_draft(commitment=drafted, part=part, seen_at=seen, by=BY, now=at)
    drafted.refresh_from_db()
    return made


def row(title="إعداد المسطرة", months=(1, 3), weight=60, **more):
    first, last = (date(2024, month, 28) for month in months)
    return operations.MilestoneRow(LocalizedText(ar=title), (first, last), weight, **more)


def figure(baseline=(date(2023, 12, 31), Decimal("64.00")), target=Decimal(10)):
    return operations.IndicatorRow(
        LocalizedText(ar="المدة"), LocalizedText(ar="يوم"), baseline, (date(2025, 12, 31), target)
    )


def test_a_draft_begins_from_ideas_or_with_a_reason(sefrou, cycle):
    with pytest.raises(CommitmentRefused) as refused:
        operations.start_draft(cycle=cycle, title=TITLE, axis=sefrou.axis, **STEP)
    assert refused.value.field == "reason"
    with pytest.raises(CommitmentRefused) as refused:
        operations.start_draft(
            cycle=cycle, title=LocalizedText(fr="Sans"), axis=sefrou.axis, reason=REASON, **STEP
        )
    assert refused.value.field == "title"
    blank = operations.start_draft(
        cycle=cycle, title=TITLE, axis=sefrou.axis, reason=REASON, **STEP
    )
    assert (blank.starts_on, blank.ends_on) == (cycle.starts_on, cycle.ends_on)
    assert blank.versions.get().kind == "draft"


def test_a_draft_from_a_theme_takes_its_name_and_its_ideas(sefrou, cycle):
    shown, held = idea_of(sefrou), idea_of(sefrou, 2, "held")
    theme = Theme.objects.create(
        community=sefrou.province,
        consultation=shown.consultation,
        reference="SFR-2023-T-0001",
        name=TITLE,
        summary=LocalizedText(ar="المحاضر لا تنشر", fr="Rien n’est publié"),
        changed_at=NOW,
    )
    for idea in (shown, held):
        ThemeIdea.objects.create(theme=theme, idea=idea, placed_at=NOW)
    made = operations.start_from_theme(cycle=cycle, theme=theme, axis=sefrou.axis, **STEP)
    assert made.title == TITLE
    assert [link.idea for link in made.source_ideas.all()] == [shown]
    assert shown.reference in made.problem.ar and held.reference not in made.problem.ar


def test_every_wording_is_a_version_and_the_same_one_is_none(drafted):
    assert edit(drafted, what()).number == 2
    assert edit(drafted, what()) is None
    made = edit(drafted, what(problem=LocalizedText(ar="مشكل آخر")))
    assert (made.number, made.kind, made.made_by) == (3, "draft", "focal_point")
    assert (
        made.sha256 == texts.content_digest(made.content) != drafted.versions.get(number=2).sha256
    )
    assert made.content == content_of(drafted)
    told = Entry.objects.filter(act="programme.commitment_edited")
    assert told.count() == 2 and made.sha256 in told.latest("number").canonical
    assert operations.save_draft_version(commitment=drafted, **STEP) is None


def test_who_comes_second_overwrites_nothing(drafted):
    seen = drafted.changed_at
    edit(drafted, what())
    with pytest.raises(DraftChanged) as refused:
        edit(drafted, what(problem=WORDS), seen_at=seen)
    assert refused.value.code == "changed"
    assert drafted.problem == LONG


def test_each_part_of_the_form_is_kept(sefrou, cycle, drafted):
    unit, person = UnitFactory(community=sefrou.province), PersonFactory(community=sefrou.province)
    edit(drafted, operations.ResultPart(WORDS, WORDS, LONG))
    edit(drafted, operations.WhoPart(unit, person, WORDS, WORDS))
    edit(drafted, operations.MoneyPart(4_000_000, WORDS))
    edit(drafted, operations.ValuePart(["transparency"], LONG, [16]))
    edit(drafted, operations.OriginPart(REASON))
    frame = operations.FramePart(
        sefrou.axis, [sefrou.principle], date(2024, 2, 1), date(2025, 6, 30)
    )
    assert edit(drafted, frame) is not None
    content = content_of(drafted)
    assert content["lead_unit"] == unit.name.as_json()
    assert (content["budget"], content["sdg"]) == (4_000_000, [16])
    assert (content["from"], content["principles"]) == ("2024-02-01", [sefrou.principle.slug])
    for part, field in (
        (what(title=LocalizedText(fr="x")), "title_ar"),
        (operations.MoneyPart(1, WORDS, True), "is_without_cost"),
        (operations.WhoPart(UnitFactory(), None), "lead_unit"),
        (operations.FramePart(sefrou.axis, [], date(2024, 2, 1), date(2024, 2, 1)), "ends_on"),
        (operations.FramePart(AxisFactory(), [], date(2024, 1, 1), date(2024, 2, 1)), "axis"),
    ):
        with pytest.raises(CommitmentRefused) as refused:
            edit(drafted, part)
        assert refused.value.field == field


def test_milestones_are_set_as_one_table(drafted):
    def put(*rows):
        made = operations.set_milestones(
            commitment=drafted, rows=rows, seen_at=drafted.changed_at, by=BY, now=LATER
        )
        drafted.refresh_from_db()
        return made

    assert put(row(), row("النشر", (4, 6), 40, after=1)).number == 2
    first, second = drafted.milestones.all()
    assert second.reference == f"{drafted.reference}-M2" and second.depends_on == first
    assert put(row(), row("النشر", (4, 6), 40, after=1)) is None
    put(row("إعداد المسطرة ونشرها", (1, 6), 100))
    assert drafted.milestones.get().pk == first.pk
    assert drafted.milestones.get().announced_end == date(2024, 6, 28)
    for rows, field in (
        ([row(months=(4, 3))], "until_1"),
        ([row(weight=0)], "weight_1"),
        ([row(), row(after=2)], "after_2"),
    ):
        with pytest.raises(CommitmentRefused) as refused:
            put(*rows)
        assert refused.value.field == field


def test_indicators_may_wait_for_their_first_measure(drafted):
    def put(*rows):
        made = operations.set_indicators(
            commitment=drafted, rows=rows, seen_at=drafted.changed_at, by=BY, now=LATER
        )
        drafted.refresh_from_db()
        return made

    put(figure(baseline=None), figure())
    unmeasured, measured = drafted.indicators.all()
    assert unmeasured.baseline is None and measured.slug == "i2"
    assert content_of(drafted)["indicators"][1]["baseline"] == "64"
    operations.record_measure(
        indicator=measured, on=date(2024, 3, 1), value=Decimal(50), source=WORDS, **STEP
    )
    with pytest.raises(CommitmentRefused):
        put(figure())
    with pytest.raises(CommitmentRefused) as refused:
        put(figure(baseline=(date(2026, 1, 1), Decimal(1))), figure())
    assert refused.value.field == "target_on_1"


def test_ideas_are_linked_weighed_and_taken_away_again(sefrou, drafted):
    idea, other = idea_of(sefrou, 2), idea_of(sefrou, 3)
    operations.link_idea(commitment=drafted, idea=idea, weight="main", on=NOW.date(), **STEP)
    link = operations.weigh_idea(commitment=drafted, idea=idea, weight="part", **STEP)
    assert link.weight == "part"
    operations.weigh_idea(commitment=drafted, idea=idea, weight="part", **STEP)
    assert Entry.objects.filter(act="programme.commitment_idea_weighed").count() == 1
    operations.unlink_idea(commitment=drafted, idea=idea, **STEP)
    assert not drafted.source_ideas.filter(idea=idea).exists()
    with pytest.raises(CommitmentRefused):
        operations.unlink_idea(commitment=drafted, idea=other, **STEP)
    drafted.state = "consulted"
    drafted.save()
    with pytest.raises(CommitmentRefused):
        operations.unlink_idea(commitment=drafted, idea=drafted.source_ideas.get().idea, **STEP)
    drafted.state = "validated"
    drafted.save()
    with pytest.raises(CommitmentRefused):
        operations.unlink_idea(commitment=drafted, idea=drafted.source_ideas.get().idea, **STEP)


def test_the_linter_publishes_and_refuses_nothing(sefrou, drafted):
    made = operations.record_check(commitment=drafted, waiver=REASON, **STEP)
    drafted.refresh_from_db()
    assert drafted.state == "linted"
    assert made.lint_score < 80 and made.waiver == REASON
    assert {one["check"] for one in made.lint} >= {"problem", "evidence"}
    view = quality_of_draft(drafted, NOW.date())
    assert view.score == made.lint_score and not view.is_enough
    assert any(check.example for check in view.checks)
    with override("ar"):
        card = queries.cards(queries.commitments(viewer_of(sefrou.province)), NOW.date())[0]
        assert card.sentence == f"قيست جودته: {made.lint_score} من 100"
    assert queries.published_quality(drafted).score == made.lint_score


def test_nothing_unwritten_and_nothing_without_origin_is_validated(sefrou, cycle):
    unwritten = operations.start_draft(
        cycle=cycle, title=TITLE, axis=sefrou.axis, reason=REASON, **STEP
    )
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_commitment(commitment=unwritten, on=NOW.date(), **STEP)
    assert refused.value.code == "parts"
    without = commitment_of(cycle, sefrou.axis)
    without.reason_without_idea = LocalizedText("")
    without.save()
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_commitment(commitment=without, on=NOW.date(), **STEP)
    assert refused.value.code == "origin"
    idea = idea_of(sefrou)
    operations.link_idea(commitment=without, idea=idea, weight="main", on=NOW.date(), **STEP)
    version = operations.validate_commitment(
        commitment=without, on=NOW.date(), waiver=REASON, **STEP
    )
    assert version.lint_score is not None and version.waiver == REASON
    with pytest.raises(CommitmentRefused):
        edit(without, what())
    assert CommitmentVersion.objects.filter(commitment=without).count() == 1


def test_the_numbers_of_the_linter_are_those_of_the_community(sefrou, drafted):
    before = quality_of_draft(drafted, date(2026, 1, 1))
    held, _is_new = RuleSet.objects.get_or_create(
        community=sefrou.province, law="OGP", defaults={"name": WORDS, "source": "x"}
    )
    RuleValue.objects.filter(community=sefrou.province, key__startswith="linter.").delete()
    for key, value in (("linter.problem", 100), ("linter.threshold", 50)):
        RuleValue.objects.create(
            community=sefrou.province,
            rule_set=held,
            key=key,
            label=WORDS,
            value=value,
            unit="count",
            source="x",
            mark="to_verify",
            valid_from=date(2026, 2, 1),
        )
    after = quality_of_draft(drafted, date(2026, 2, 1))
    assert (before.threshold, after.threshold) == (80, 50)
    assert after.score > before.score == quality_of_draft(drafted, date(2026, 1, 1)).score
