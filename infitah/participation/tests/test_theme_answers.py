"""A theme answered in one act: its lines, what changed meanwhile, what it costs."""

import pytest
import time_machine

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

DESK = "/desk/participation/"


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=False):
        yield


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


def test_a_theme_that_is_answered_leads_to_no_answer(sefrou, june, focal):
    one, two = ideas(june, sefrou, 2)
    theme = make_theme(june, one, two)
    pages = (f"{DESK}consultations/june/themes/", f"{DESK}themes/{theme.reference}/")
    answer(one)
    assert all(
        f"/themes/{theme.reference}/answer/" in focal.get(at).content.decode() for at in pages
    )
    answer(two)
    assert not any(
        f"/themes/{theme.reference}/answer/" in focal.get(at).content.decode() for at in pages
    )


def test_a_line_for_an_idea_that_is_not_ticked_is_not_lost(sefrou, june, focal):
    one, two = ideas(june, sefrou, 2)
    theme = make_theme(june, one, two)
    sent = {
        "code": "kept",
        "text_ar": KEPT.text.ar,
        f"take_{one.pk}": "on",
        f"line_fr_{two.pk}": "Une ligne pour vous seul",
    }
    wrong = focal.post(f"{DESK}themes/{theme.reference}/answer/", sent)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and f"id_take_{two.pk}-error" in page
    assert "Une ligne pour vous seul" in page and not IdeaAnswer.objects.exists()
