"""A theme answered in one act: its lines, what changed meanwhile, what it costs."""

import pytest

from infitah.community.tests.factories import ParticipantFactory
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import IdeaAnswer, Theme
from infitah.participation.tests.answering import (
    KEPT,
    OTHER,
    answer,
    ideas,
    make_theme,
    merge,
    refusal,
    tally,
)
from infitah.participation.tests.factories import AFTER, BY, STATEMENT, acts, make_idea


@pytest.mark.database
def test_a_theme_is_answered_in_one_act_with_personal_lines(sefrou, june):
    one, two, three, target = ideas(june, sefrou, 4)
    theme = make_theme(june, one, two, three, target)
    answer(three)
    made = operations.answer_theme(
        theme=theme,
        answer=merge(target),
        personal_lines={two.reference: LocalizedText("شكرا على المثال الذي أعطيتموه")},
        by=BY,
        now=AFTER,
    )
    assert [one.idea.reference for one in made] == [one.reference, two.reference]
    assert [bool(one.personal_line) for one in made] == [False, True]
    assert {one.theme_id for one in made} == {theme.pk}
    assert acts(one.reference)[-1] == acts(two.reference)[-1] == "idea_answered"
    assert tally(june) == {("kept", 2): 1, ("merged", 2): 2}


def test_what_changed_meanwhile_is_named_and_nothing_is_recorded(sefrou, june):
    one, two, three = ideas(june, sefrou, 3)
    theme = make_theme(june, one, two)
    answer(two, by=OTHER)
    for only in ({one.reference, two.reference}, {one.reference, three.reference}):
        refused = refusal(
            operations.answer_theme, theme=theme, answer=KEPT, only=only, by=BY, now=AFTER
        )
        assert refused.code == "changed" and IdeaAnswer.objects.count() == 1
    answer(one)
    for only in (None, ()):
        refused = refusal(
            operations.answer_theme, theme=theme, answer=KEPT, only=only, by=BY, now=AFTER
        )
        assert refused.field == "only"


def test_a_merged_theme_and_a_long_line_are_refused(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    theme = make_theme(june, idea)
    act = {"theme": theme, "answer": KEPT, "by": BY, "now": AFTER}
    lines = {idea.reference: LocalizedText("م" * 501)}
    refused = refusal(operations.answer_theme, personal_lines=lines, **act)
    assert refused.field == "personal_line" and idea.reference in refused.message
    Theme.objects.create(
        community=june.community,
        consultation=june,
        reference="SFR-2023-T-0002",
        name=LocalizedText(ar="آخر"),
        changed_at=AFTER,
    )
    Theme.objects.filter(pk=theme.pk).update(merged_into=Theme.objects.last())
    assert refusal(operations.answer_theme, **act).code == "changed"


def test_an_idea_more_costs_a_bounded_number_of_queries(
    sefrou, june, django_assert_max_num_queries
):
    counts = []
    for start, count in ((0, 3), (3, 13)):
        people = [ParticipantFactory(community=sefrou.province) for _ in range(count)]
        placed = [
            make_idea(june, sefrou.axis, f"{STATEMENT} {start} رقم {n}", author=person)
            for n, person in enumerate(people)
        ]
        Theme.objects.all().update(reference=f"SFR-2023-T-009{start}")
        theme = make_theme(june, *placed)
        with django_assert_max_num_queries(400) as asked:
            operations.answer_theme(theme=theme, answer=KEPT, by=BY, now=AFTER)
        counts.append(len(asked))
    assert (counts[1] - counts[0]) / 10 <= 25
