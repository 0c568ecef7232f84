"""Consultations as acts: prepared, announced, changed, opened and closed by the clock."""

from datetime import UTC, date, datetime

import pytest

from infitah.core.errors import OperationRefused
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.participation import operations
from infitah.participation.models import Idea
from infitah.participation.operations import TopicText
from infitah.participation.operations.consultations import set_hash
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    acts,
    make_consultation,
    make_idea,
    make_text,
)


def test_a_draft_consultation_is_no_act_of_the_register(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    assert made.announced_at is None and ledger.of_subject("SFR", "consultation:june") == []


def test_announcing_writes_the_register_once(sefrou, june):
    again = operations.announce_consultation(consultation_id=june.pk, by=BY, now=AFTER)
    assert again.announced_at == june.announced_at
    assert acts("consultation:june") == ["consultation_announced"]


def test_history_is_announced_on_its_own_day(june):
    assert ledger.of_subject("SFR", "consultation:june")[0].occurred_on == date(2023, 6, 5)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": date(2023, 6, 11)}, "last_day"),
        ({"topics": []}, "axes"),
    ],
)
def test_what_cannot_be_a_consultation_is_refused(sefrou, changes, field):
    text = make_text(sefrou.axis, **changes)
    with pytest.raises(OperationRefused) as refused:
        operations.create_consultation(community=sefrou.province, text=text, by=BY, now=DURING)
    assert refused.value.field == field


def test_an_axis_has_a_question_and_a_context_of_200_words(sefrou):
    for topic in (
        TopicText(axis=sefrou.axis, question=LocalizedText("")),
        TopicText(sefrou.axis, LocalizedText("سؤال"), context=LocalizedText("كلمة " * 201)),
    ):
        with pytest.raises(OperationRefused):
            operations.create_consultation(
                community=sefrou.province, text=make_text(topics=[topic]), by=BY, now=DURING
            )


def test_a_short_name_is_used_once(sefrou, june):
    with pytest.raises(OperationRefused) as refused:
        make_consultation(sefrou.province, sefrou.axis)
    assert refused.value.field == "slug"


def test_a_consultation_whose_days_have_passed_is_not_announced(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    with pytest.raises(OperationRefused):
        operations.announce_consultation(consultation_id=made.pk, by=BY, now=AFTER)


def test_before_opening_everything_can_change(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    text = make_text(sefrou.second_axis, first_day=date(2023, 7, 1), last_day=date(2023, 7, 2))
    changed = operations.edit_consultation(consultation_id=made.pk, text=text, by=BY, now=DURING)
    assert [topic.axis for topic in changed.topics.all()] == [sefrou.second_axis]
    assert ledger.of_subject("SFR", "consultation:june") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": date(2023, 6, 13)}, "first_day"),
        ({"last_day": date(2023, 6, 19)}, "last_day"),
    ],
)
def test_while_open_no_announced_day_is_taken_back(sefrou, june, changes, field):
    text = make_text(sefrou.axis, sefrou.second_axis, **changes)
    with pytest.raises(OperationRefused) as refused:
        operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=DURING)
    assert refused.value.field == field


def test_while_open_an_axis_stays_and_the_end_may_come_later(sefrou, june):
    with pytest.raises(OperationRefused):
        operations.edit_consultation(
            consultation_id=june.pk, text=make_text(sefrou.axis), by=BY, now=DURING
        )
    text = make_text(sefrou.axis, sefrou.second_axis, last_day=date(2023, 6, 25))
    later = operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=DURING)
    assert later.closes_at == datetime(2023, 6, 25, 23, 0, tzinfo=UTC)
    assert acts("consultation:june")[-1] == "consultation_extended"


def test_a_closed_consultation_keeps_its_dates(sefrou, june):
    text = make_text(sefrou.axis, sefrou.second_axis, last_day=date(2023, 7, 25))
    with pytest.raises(OperationRefused):
        operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=AFTER)


def test_the_clock_records_opening_and_closing_once_with_the_hash_of_the_set(sefrou, june):
    make_idea(june, sefrou.axis)
    assert operations.has_clock_work(DURING)
    operations.keep_time(now=DURING)
    operations.keep_time(now=DURING)
    assert acts("consultation:june")[1:] == ["consultation_opened"]
    assert not operations.has_clock_work(DURING)
    operations.keep_time(now=AFTER)
    operations.keep_time(now=AFTER)
    assert acts("consultation:june")[1:] == ["consultation_opened", "consultation_closed"]
    june.refresh_from_db()
    assert (1, june.set_hash) == set_hash(june)


def test_the_hash_of_the_set_changes_with_any_text(sefrou, june):
    first = make_idea(june, sefrou.axis)
    before = set_hash(june)
    Idea.objects.filter(pk=first.pk).update(detail="غيرت")
    assert set_hash(june)[1] != before[1]


def test_a_consultation_takes_no_address_that_is_a_page(sefrou):
    with pytest.raises(OperationRefused):
        make_consultation(sefrou.province, sefrou.axis, slug="moderation-rules")
