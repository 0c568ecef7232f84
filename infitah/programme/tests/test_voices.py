"""Three voices kept apart: the claim, the findings, what citizens see."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.community.tests.factories import ParticipantFactory
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.models import PendingAct
from infitah.proceedings.models import Session
from infitah.proceedings.tests.factories import SittingFactory, held_sitting
from infitah.programme import operations, queries
from infitah.programme.models import Assessment, Commitment, Milestone, Rating
from infitah.programme.operations import AssessmentRefused, Finding, RatingRefused, Word
from infitah.programme.rules import voices
from infitah.programme.rules.voices import FindingFault, Kind, Level, Sights
from infitah.programme.tests.factories import BY, commitment_of, cycle_of

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
TODAY = date(2026, 8, 3)
TEXT = LocalizedText(ar="أنجز جزء من الأشغال", fr="Une partie est faite")
NONE = LocalizedText(ar="لا مصالح")


# Rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "level", "meeting", "interests", "confirmed", "fault"),
    [
        (Kind.COMMITTEE, Level.LIMITED, True, False, False, None),
        (Kind.COMMITTEE, Level.LIMITED, False, False, False, FindingFault.MEETING_MISSING),
        (Kind.COMMITTEE, Level.COMPLETE, True, False, False, None),
        (Kind.SELF, Level.SUBSTANTIAL, False, False, False, None),
        (Kind.SELF, Level.SUBSTANTIAL, True, False, False, FindingFault.MEETING_NOT_ITS),
        (Kind.SELF, Level.COMPLETE, False, False, False, FindingFault.NOT_COMPLETE),
        (Kind.SELF, Level.COMPLETE, False, False, True, None),
        (Kind.INDEPENDENT, Level.NO_EVIDENCE, False, False, False, FindingFault.INTERESTS_MISSING),
        (Kind.INDEPENDENT, Level.COMPLETE, False, True, False, None),
    ],
)
def test_what_a_finding_needs(kind, level, meeting, interests, confirmed, fault):
    found = voices.fault_of_finding(
        kind, level, has_meeting=meeting, has_interests=interests, is_confirmed=confirmed
    )
    assert found == fault


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5).filter(any))
def test_shares_make_a_hundred_and_keep_the_order(counts):
    shares = voices.shares_of(counts)
    assert sum(shares) == 100 and all(share >= 0 for share in shares)
    for one, share in zip(counts, shares, strict=True):
        assert abs(share - one * 100 / sum(counts)) < 1


def test_no_per_cent_below_twenty_answers():
    assert Sights(10, 5, 4).shares is None
    assert Sights(10, 6, 4).shares == (50, 30, 20)


@given(st.lists(st.sampled_from(["yes", "partly", "no"]), max_size=9))
def test_the_counts_are_those_of_the_last_answers(answers):
    counts, last = {"yes": 0, "partly": 0, "no": 0}, None
    for answer in answers:
        for name, by in voices.moved(last, answer).items():
            counts[name] += by
        last = answer
    assert counts == {name: int(name == last) for name in counts}


# Ratings -----------------------------------------------------------------------------------------


def rate(commitment, participant, sight):
    return operations.rate_commitment(
        commitment=commitment, participant=participant, sight=sight, now=NOW
    )


@pytest.mark.database
def test_one_answer_a_person_counted_once_and_never_registered(sefrou, commitment):
    entries = Entry.objects.count()
    other = ParticipantFactory(community=sefrou.province)
    for person, sight in (
        (sefrou.participant, "no"),
        (other, "yes"),
        (sefrou.participant, "partly"),
        (sefrou.participant, "partly"),
    ):
        rate(commitment, person, sight)
    commitment.refresh_from_db()
    assert (commitment.sees, commitment.sees_partly, commitment.sees_not) == (1, 1, 0)
    assert Rating.objects.count() == 2 and Entry.objects.count() == entries


def test_a_rating_that_may_not_be_is_refused(sefrou, commitment):
    with pytest.raises(RatingRefused):
        rate(commitment, sefrou.participant, "maybe")
    with pytest.raises(RatingRefused) as elsewhere:
        rate(commitment, ParticipantFactory(community=sefrou.other), "yes")
    assert elsewhere.value.code == "community"
    draft = commitment_of(cycle_of(sefrou, "2027-2028"), sefrou.axis)
    with pytest.raises(RatingRefused) as early:
        rate(draft, sefrou.participant, "yes")
    assert early.value.code == "adopted"


# Findings ----------------------------------------------------------------------------------------


def finding(**more):
    values = {"kind": "self", "level": "limited", "text": TEXT, "assessed_on": TODAY}
    return Finding(**(values | more))


def draft(commitment, **more):
    return operations.draft_assessment(
        commitment=commitment, finding=finding(**more), by=BY, now=NOW
    )


def publish(assessment, now=NOW):
    return operations.publish_assessment(pk=assessment.pk, by=BY, now=now)


def meeting_of(commitment):
    sitting, _present = held_sitting(commitment.cycle.committee, seats=3)
    return sitting.session


@pytest.mark.database
def test_a_draft_is_for_officers_and_a_published_finding_for_all(sefrou, commitment):
    made = draft(commitment)
    eyes = sefrou.viewer()
    assert queries.voices_of(commitment, eyes, TODAY).findings == ()
    assert queries.assessments_visible_to(sefrou.viewer("assessment.write")).count() == 1
    operations.change_assessment(pk=made.pk, finding=finding(level="substantial"), by=BY, now=NOW)
    publish(made)
    (shown,) = queries.voices_of(commitment, eyes, TODAY).others
    assert shown.assessment.level == "substantial"
    entry = Entry.objects.get(act="programme.assessment_published")
    assert (entry.subject, '"level":"substantial"' in entry.canonical) == (
        commitment.reference,
        True,
    )
    for act in (
        lambda: publish(made),
        lambda: operations.change_assessment(pk=made.pk, finding=finding(), by=BY, now=NOW),
    ):
        with pytest.raises(AssessmentRefused) as refused:
            act()
        assert refused.value.code == "published"


def test_the_committee_finds_at_a_held_meeting_of_its_own(sefrou, commitment):
    held = meeting_of(commitment)
    shown = publish(draft(commitment, kind="committee", session=held))
    entry = Entry.objects.get(act="programme.assessment_published")
    assert shown.session == held and held.reference in entry.canonical
    planned = SittingFactory(session__body=commitment.cycle.committee).session
    council = Session.objects.get(body=sefrou.council)
    for session in (planned, council, None):
        with pytest.raises(AssessmentRefused) as refused:
            draft(commitment, kind="committee", session=session)
        assert refused.value.field == "session"
    with pytest.raises(AssessmentRefused):
        draft(commitment, kind="committee", session=held, assessed_on=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": LocalizedText(fr="Sans arabe")}, "text"),
        ({"assessed_on": date(2026, 8, 4)}, "assessed_on"),
        ({"level": "complete"}, "level"),
        ({"kind": "independent", "reviewer": "جمعية"}, "interests"),
    ],
)
def test_a_finding_that_does_not_hold_is_refused_beside_its_field(commitment, more, field):
    with pytest.raises(AssessmentRefused) as refused:
        draft(commitment, **more)
    assert refused.value.field == field


def test_what_no_longer_holds_is_not_published(commitment):
    Milestone.objects.filter(commitment=commitment).update(state="verified", done_on=TODAY)
    made = draft(commitment, level="complete")
    Milestone.objects.filter(commitment=commitment, number=2).update(state="started")
    with pytest.raises(AssessmentRefused) as refused:
        publish(made)
    assert refused.value.field == "level"


@pytest.mark.parametrize(("day", "is_late"), [(18, False), (19, True)])
def test_the_council_replies_once_and_a_late_reply_says_so(sefrou, commitment, day, is_late):
    made = draft(commitment, kind="independent", interests=NONE, reviewer="جمعية التقييم")
    writer = sefrou.viewer("assessment.write")
    with pytest.raises(AssessmentRefused):
        operations.reply_to_assessment(pk=made.pk, reply=TEXT, by=BY, now=NOW)
    publish(made)
    assert len(queries.replies_due(writer, NOW)) == 1
    then = datetime(2026, 8, day, 9, tzinfo=UTC)
    with pytest.raises(AssessmentRefused) as empty:
        operations.reply_to_assessment(pk=made.pk, reply=LocalizedText(fr="Non"), by=BY, now=then)
    assert empty.value.field == "reply"
    operations.reply_to_assessment(pk=made.pk, reply=TEXT, by=BY, now=then)
    with pytest.raises(AssessmentRefused):
        operations.reply_to_assessment(pk=made.pk, reply=TEXT, by=BY, now=then)
    shown = queries.voices_of(commitment, sefrou.viewer(), then.date()).others[0]
    assert (shown.reply_due, shown.is_reply_late) == (date(2026, 8, 18), is_late)
    assert not queries.replies_due(writer, then)


def test_a_council_does_not_reply_to_itself(commitment):
    made = publish(draft(commitment))
    with pytest.raises(AssessmentRefused) as refused:
        operations.reply_to_assessment(pk=made.pk, reply=TEXT, by=BY, now=NOW)
    assert refused.value.code == "kind"
    assert Assessment.objects.get().reply == LocalizedText("")


def test_the_voices_are_read_in_three_queries(sefrou, commitment, django_assert_num_queries):
    for number in range(3):
        operations.tell_progress(
            commitment=commitment, word=Word("late", note=f"{number}"), by=BY, now=NOW
        )
        publish(draft(commitment))
    Commitment.objects.filter(pk=commitment.pk).update(sees=15, sees_partly=3, sees_not=2)
    commitment.refresh_from_db()
    with django_assert_num_queries(3):
        found = queries.voices_of(commitment, sefrou.viewer(), TODAY)
        assert found.last.update.note == "2" and len(found.earlier) == 2
        assert [bar.value for bar in found.bars] == [15, 3, 2]
        assert len(found.others) == 3 and not found.committee


def test_nothing_is_found_of_what_was_not_adopted(sefrou):
    early = commitment_of(cycle_of(sefrou), sefrou.axis)
    with pytest.raises(AssessmentRefused) as refused:
        draft(early)
    assert refused.value.code == "adopted"


def test_a_rating_that_waited_for_a_code_finds_its_commitment(sefrou, commitment):
    act = PendingAct(
        community=sefrou.province, subject=commitment.reference, payload={"sight": "yes"}
    )
    values = {"participant": sefrou.participant, "by": BY, "now": NOW}
    operations.perform_rating(act=act, **values)
    assert Rating.objects.get().sight == "yes" and queries.shown_rating(act)
    act.subject = "SFR-2023-C-0099"
    with pytest.raises(RatingRefused) as refused:
        operations.perform_rating(act=act, **values)
    assert refused.value.code == "gone"


def test_an_older_word_is_dated_once_a_later_act_says_otherwise(commitment, client):
    reference, why = f"{commitment.reference}-M1", LocalizedText(ar="في انتظار المعدات")
    then = {"by": BY, "now": NOW}
    operations.start_milestone(reference=reference, on=date(2026, 7, 1), **then)
    operations.block_milestone(reference=reference, on=date(2026, 8, 3), reason=why, **then)
    word = Word("blocked", note="المعدات لم تصل", milestone=reference)
    operations.tell_progress(commitment=commitment, word=word, **then)
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"

    def said():
        body = client.get(page, headers={"host": "localhost"}).content.decode()
        parts = [body.split(f'aria-labelledby="{name}"')[1] for name in ("voices", "milestones")]
        plain = [re.sub("<[^>]*>", " ", one.split("</section>")[0]) for one in parts]
        return [" ".join(one.split()) for one in plain]

    voices_, milestones = said()
    assert "ومنذ ذلك" not in voices_ and "منذ 3 غشت 2026" in milestones
    later = datetime(2026, 8, 12, 9, tzinfo=UTC)
    operations.resume_milestone(
        reference=reference, on=date(2026, 8, 12), reason=TEXT, by=BY, now=later
    )
    voices_, milestones = said()
    assert "قيل يوم 3 غشت 2026" in voices_ and "ومنذ ذلك: 12 غشت 2026" in voices_
    assert "منذ 12 غشت 2026" in milestones
