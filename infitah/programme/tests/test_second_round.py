"""Draft commitments put to the public by paragraph, corrected in the open, traced to ideas."""

from datetime import UTC, date, datetime

import pytest

from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import queries as participation
from infitah.participation.models import DocumentText
from infitah.participation.operations import TextRefused
from infitah.participation.tests.factories import make_consultation
from infitah.programme import operations
from infitah.programme.operations import CommitmentRefused, WhatPart
from infitah.programme.queries.contents import content_of
from infitah.programme.queries.paragraphs import paragraphs_of, words_of
from infitah.programme.rules.paragraphs import missing, slots
from infitah.programme.tests.factories import (
    BY,
    WORDS,
    commitment_of,
    cycle_of,
    idea_of,
    viewer_of,
)

FIRST, LAST = date(2023, 9, 12), date(2023, 9, 20)
BEFORE = datetime(2023, 9, 8, 9, tzinfo=UTC)
DURING = datetime(2023, 9, 14, 9, tzinfo=UTC)
AFTER = datetime(2023, 9, 22, 9, tzinfo=UTC)
TITLE = LocalizedText(ar="تجديد الموقع", fr="Renouveler le site")
REASON = LocalizedText(ar="لم يحدد المبلغ بعد", fr="Le montant n’est pas arrêté")


@pytest.fixture
def cycle(sefrou):
    return cycle_of(sefrou)


@pytest.fixture
def second(sefrou, cycle):
    made = make_consultation(
        sefrou.province,
        slug="september",
        takes_ideas=False,
        round_number=2,
        first_day=FIRST,
        last_day=LAST,
    )
    operations.add_round(
        cycle=cycle, number=2, consultation=made, on=BEFORE.date(), by=BY, now=BEFORE
    )
    return made


@pytest.fixture
def commitment(sefrou, cycle):
    made = commitment_of(cycle, sefrou.axis)
    operations.link_idea(
        commitment=made, idea=idea_of(sefrou), weight="main", on=BEFORE.date(), by=BY, now=BEFORE
    )
    return made


def put(cycle, second, *commitments, at=BEFORE, **more):
    return operations.put_to_public(
        cycle=cycle, consultation=second, commitments=commitments, by=BY, now=at, **more
    )


def reword(commitment, at, words):
    commitment.refresh_from_db()
    part = WhatPart(TITLE, LocalizedText(ar=words), WORDS)
    operations.edit_draft(
        commitment=commitment, part=part, seen_at=commitment.changed_at, by=BY, now=at
    )
    commitment.refresh_from_db()


def test_a_text_is_cut_into_lasting_paragraphs(commitment):
    content = content_of(commitment)
    keys = [one.key for one in slots(content)]
    assert keys == [
        *("problem", "description", "contribution", "result", "verifiability"),
        *("M1", "M2", "indicators", "values"),
    ]
    assert missing({**content, "problem": {"ar": ""}}) == ["problem"]
    free = {**content, "values": [], "is_without_cost": True}
    assert [one.key for one in slots(free)][-2:] == ["indicators", "budget"]
    assert all(one.body.ar for one in paragraphs_of(free)), "a paragraph always says something"
    told = {one.key: one for one in paragraphs_of(content)}
    assert "1 يناير 2024" in told["M1"].body.ar and "1er janvier 2024" in told["M1"].body.fr
    assert "64" in told["indicators"].body.fr
    shown = words_of(content, "ar")
    assert [one.key for one in shown] == ["title", "span", *keys]
    assert shown[0].words == TITLE.ar


def test_drafts_are_put_to_the_public_with_their_score(cycle, second, commitment):
    (version,) = put(cycle, second, commitment, waivers={commitment.reference: REASON})
    commitment.refresh_from_db()
    assert commitment.state == "consulted"
    assert (version.kind, version.waiver) == ("round", REASON)
    assert 0 < version.lint_score < 80
    text = DocumentText.objects.get(subject=commitment.reference)
    assert [one.key for one in text.paragraphs.all()] == [one.key for one in slots(version.content)]
    entry = Entry.objects.get(act="programme.commitment_put_to_public")
    assert version.sha256 in entry.canonical and REASON.ar in entry.canonical


def test_a_changed_draft_is_the_next_number_and_an_unchanged_one_nothing(cycle, second, commitment):
    put(cycle, second, commitment)
    assert put(cycle, second, commitment) == []
    reword(commitment, BEFORE, "مشكل آخر")
    (version,) = put(cycle, second, commitment)
    texts = DocumentText.objects.filter(subject=commitment.reference).order_by("number")
    assert [one.is_current for one in texts] == [False, True]
    assert version.content["problem"]["ar"] == "مشكل آخر"


def test_a_round_that_opened_empty_is_given_its_texts_once(cycle, second, commitment):
    assert len(put(cycle, second, commitment, at=DURING)) == 1
    reword(commitment, DURING, "مشكل آخر")
    with pytest.raises(CommitmentRefused) as refused:
        put(cycle, second, commitment, at=DURING)
    assert refused.value.code == "open"


def test_an_open_round_is_corrected_in_the_open_only(cycle, second, commitment):
    put(cycle, second, commitment)
    reword(commitment, DURING, "مشكل مصحح")
    with pytest.raises(CommitmentRefused) as refused:
        put(cycle, second, commitment, at=DURING)
    assert refused.value.code == "open"
    values = {"commitment": commitment, "consultation": second, "by": BY}
    with pytest.raises(TextRefused):
        operations.correct_text(**values, reason="", now=DURING)
    for wrong in (BEFORE, AFTER):
        with pytest.raises(CommitmentRefused):
            operations.correct_text(**values, reason="خطأ", now=wrong)
    version = operations.correct_text(**values, reason="خطأ في العدد", now=DURING)
    assert version.reason == "خطأ في العدد"
    assert DocumentText.objects.get(is_current=True).reason == "خطأ في العدد"
    assert operations.correct_text(**values, reason="خطأ", now=DURING) is None


def test_only_whole_drafts_go_to_a_later_round_of_their_cycle(sefrou, cycle, second, commitment):
    stranger = make_consultation(sefrou.province, slug="other", takes_ideas=False)
    for consultation, code in ((stranger, "round"),):
        with pytest.raises(CommitmentRefused) as refused:
            put(cycle, consultation, commitment)
        assert refused.value.code == code
    with pytest.raises(CommitmentRefused) as refused:
        put(cycle, second)
    assert refused.value.field == "commitments"
    crooked = commitment_of(cycle, sefrou.axis, weights=(60, 30))
    with pytest.raises(CommitmentRefused) as refused:
        put(cycle, second, commitment, crooked)
    assert refused.value.code == "weights"
    commitment.refresh_from_db()
    assert commitment.state == "drafted", "one act: all of them or none"
    operations.validate_commitment(commitment=commitment, on=BEFORE.date(), by=BY, now=BEFORE)
    with pytest.raises(CommitmentRefused) as refused:
        put(cycle, second, commitment)
    assert refused.value.code == "step"


def test_history_is_entered_afterwards(cycle, second, commitment):
    (version,) = put(cycle, second, commitment, at=AFTER, occurred_on=date(2023, 9, 9))
    assert version.made_on == date(2023, 9, 9)
    entry = Entry.objects.get(act="participation.text_published")
    assert entry.occurred_on == date(2023, 9, 9)


def test_a_text_tells_the_ideas_that_it_grew_from(
    sefrou, cycle, second, commitment, django_assert_max_num_queries
):
    hidden = idea_of(sefrou, 2, "held")
    operations.link_idea(
        commitment=commitment, idea=hidden, weight="part", on=BEFORE.date(), by=BY, now=BEFORE
    )
    put(cycle, second, commitment, commitment_of(cycle, sefrou.axis))
    viewer = viewer_of(sefrou.province)
    with django_assert_max_num_queries(7):
        first, other = participation.texts_of(consultation=second, viewer=viewer)
    (idea,) = first.background.ideas
    assert (idea.reference, first.background.hidden_ideas) == ("SFR-2023-I-0001", 1)
    assert first.background.score is not None and first.background.url
    assert other.background.reason and not other.background.ideas
