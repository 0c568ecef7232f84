"""The page of an idea: every step of what it became in order of days, and where it stands today."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations as ideas
from infitah.participation.models import Consultation, IdeaAnswer
from infitah.participation.operations import AnswerText
from infitah.proceedings.rules import Choice
from infitah.proceedings.tests.factories import held_sitting
from infitah.programme import operations, queries
from infitah.programme.models import Commitment, Round
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
)
from infitah.programme.tests.sittings import vote_at

TODAY = date(2026, 11, 23)
KEPT = AnswerText(code="kept", text=LocalizedText("أخذ بها لجنة التتبع في مشروع الموقع"))


def done(reference, on, confirmed_on):
    operations.start_milestone(reference=reference, on=on, by=OWNER, now=NOW)
    operations.claim_milestone(reference=reference, evidence=evidence(), on=on, by=OWNER, now=NOW)
    operations.verify_milestone(reference=reference, on=confirmed_on, by=SECOND, now=NOW)


@pytest.fixture
def kept(sefrou):
    """An answered idea, linked to a commitment of which one milestone of two is confirmed."""
    _cycle, (commitment,) = adopted_programme(sefrou)
    idea = idea_of(sefrou)
    ideas.answer_idea(idea=idea, answer=KEPT, by=BY, now=datetime(2023, 10, 10, 9, tzinfo=UTC))
    linked = {"idea": idea, "weight": "main", "on": date(2023, 10, 12)}
    operations.link_idea(commitment=commitment, **linked, **STEP)
    done(f"{commitment.reference}-M1", date(2024, 2, 1), date(2024, 3, 1))
    return commitment


def became(reference="SFR-2023-I-0001", today=TODAY):
    with translation.override("ar"):
        return queries.follow_up_of("SFR", reference, today=today, is_kept=True)


def page_of(client, language="ar"):
    with time_machine.travel(NOW, tick=False):
        found = client.get(
            f"/{language}/consultations/june-2023/ideas/SFR-2023-I-0001/",
            headers={"host": "localhost"},
        )
    assert found.status_code == 200
    return found.content.decode()


def test_every_step_stands_on_the_page_in_the_order_of_its_day(kept, client):
    report = operations.make_report(
        cycle=kept.cycle, year=2024, counted_on=date(2024, 12, 31), today=TODAY, **STEP
    )
    operations.publish_report(reference=report.reference, on=TODAY, **STEP)
    page = page_of(client)
    thread = page.split('<ol class="thread"')[1].split("</ol>")[0]
    days = re.findall(r'<time datetime="([0-9-]{10})', thread)
    assert days == sorted(days)
    steps = [
        "قدمها مواطن أو مواطنة",
        "جواب معلل",
        "أخذ بها في الالتزام",
        "صادقت لجنة التتبع على نص الالتزام",
        "مقرر المجلس",
        "أعلن عنها لهذا اليوم ولم تنجز",
        "أحدث إثبات",
        "يتحدث تقرير 2024 عن هذا الالتزام",
        "التنفيذ كما هو اليوم",
    ]
    places = [thread.find(words) for words in steps]
    assert -1 not in places
    first = steps[:4]
    assert [words for _place, words in sorted(zip(places, steps, strict=True))][:4] == first
    deliberation = kept.versions.get(adoption__isnull=False).adoption.deliberation
    assert f"/council/decisions/{deliberation.reference}/" in thread
    assert f"{kept.reference}-E1" in thread and "/report/2024/" in thread


def test_linking_is_no_execution_and_only_execution_is_called_done(kept):
    words = {knot.sentence: str(knot.state_words) for knot in became().knots}
    linked = next(said for sentence, said in words.items() if "أخذ بها" in sentence)
    assert linked == "ربطت بالالتزام"
    assert "منجز ومؤكد" not in words.values()


def test_it_says_not_yet_with_the_milestone_its_day_and_its_lateness(kept, client):
    (outcome,) = became().outcomes
    assert "ليس بعد" in outcome.sentence and "28 فبراير 2024" in outcome.sentence
    late = (TODAY - date(2024, 2, 28)).days
    assert str(late) in outcome.sentence and outcome.star == "late"
    assert outcome.evidence_url.endswith(f"#{kept.reference}-E1")
    page = page_of(client)
    assert "أين وصلت اليوم" in page and "نخبركم بالبريد إذا اعتمد" not in page
    french = page_of(client, "fr")
    assert "Pas encore" in french and "Où elle en est aujourd" in french


def test_it_says_here_it_is_once_every_milestone_is_confirmed(kept):
    done(f"{kept.reference}-M2", date(2024, 2, 20), date(2024, 3, 5))
    (outcome,) = became().outcomes
    assert "ها هي" in outcome.sentence and outcome.star == "done" and outcome.evidence_url


def test_a_kept_idea_without_commitment_is_told_so_after_the_adoption(sefrou, kept, client):
    idea = idea_of(sefrou, 2)
    assert not became(idea.reference).outcomes
    Round.objects.create(
        community=sefrou.province, cycle=kept.cycle, number=1, consultation=idea.consultation
    )
    told = became(idea.reference)
    assert not told.knots and "لا يرتبط بها أي التزام" in told.outcomes[0].sentence
    at = f"/ar/consultations/june-2023/ideas/{idea.reference}/"
    get = {"headers": {"host": "localhost"}}
    with time_machine.travel(NOW, tick=False):
        assert "لا يرتبط بها أي التزام" not in client.get(at, **get).content.decode()
        ideas.answer_idea(idea=idea, answer=KEPT, by=BY, now=NOW)
        assert "لا يرتبط بها أي التزام" in client.get(at, **get).content.decode()
    assert IdeaAnswer.objects.count() == 2


def test_a_merged_idea_is_kept_with_the_one_that_it_was_merged_into(sefrou, kept):
    merged = idea_of(sefrou, 2)
    said = AnswerText(code="merged", text=KEPT.text, merged_into="SFR-2023-I-0001")
    ideas.answer_idea(idea=merged, answer=said, by=BY, now=datetime(2023, 10, 10, 9, tzinfo=UTC))
    link = {"idea": merged, "weight": "main", "on": date(2023, 10, 12)}
    operations.link_idea(commitment=kept, **link, **STEP)
    assert became().knots[0].who == ""
    assert "SFR-2023-I-0001" in became(merged.reference).knots[0].who


def test_a_draft_is_not_called_adopted_and_what_was_not_kept_is_said(sefrou, kept):
    drafted = commitment_of(cycle_of(sefrou, "2027-2028"), sefrou.axis)
    operations.record_check(commitment=drafted, waiver=WORDS, **STEP)
    idea = idea_of(sefrou, 3)
    operations.link_idea(
        commitment=drafted, idea=idea, weight="part", on=date(2023, 10, 20), **STEP
    )
    told = became(idea.reference)
    assert "لم يصادق عليه المجلس" in told.outcomes[0].sentence and len(told.knots) == 1
    Commitment.objects.filter(pk=drafted.pk).update(state="rejected")
    told = became(idea.reference)
    assert "لن تكون" in told.outcomes[0].sentence and told.knots[-1].state == "refused"
    vote = vote_at(*held_sitting(drafted.cycle.committee, seats=3), Choice.AGAINST)
    Commitment.objects.filter(pk=drafted.pk).update(rejected_by=vote)
    told = became(idea.reference)
    for said in (told.outcomes[0].sentence, told.knots[-1].sentence):
        assert "لجنة التتبع" in said and "المجلس" not in said


def test_the_path_is_read_in_as_many_queries_for_one_commitment_as_for_three(
    sefrou, kept, django_assert_num_queries
):
    with django_assert_num_queries(8):
        assert len(became().outcomes) == 1
    cycle = cycle_of(sefrou, "2027-2028")
    for _n in range(2):
        more = commitment_of(cycle, sefrou.axis)
        operations.record_check(commitment=more, waiver=WORDS, **STEP)
        link = {"idea": idea_of_first(), "weight": "part", "on": date(2023, 10, 12)}
        operations.link_idea(commitment=more, **link, **STEP)
    with django_assert_num_queries(8):
        assert len(became().outcomes) == 3


def idea_of_first():
    return queries.commitments_of_idea("SFR-2023-I-0001").first().idea


def test_an_idea_without_an_answer_is_linked_but_not_said_to_be_kept(sefrou, kept, client):
    late = idea_of(sefrou, 2)
    open_now = {"slug": "now-2026", "name": LocalizedText(ar="استشارة مفتوحة", fr="Ouverte")}
    late.consultation = Consultation.objects.create(
        community=sefrou.province,
        opens_at=datetime(2026, 11, 1, tzinfo=UTC),
        closes_at=datetime(2026, 12, 31, tzinfo=UTC),
        announced_at=datetime(2026, 10, 20, tzinfo=UTC),
        **open_now,
    )
    late.save(update_fields=["consultation"])
    operations.link_idea(commitment=kept, idea=late, weight="main", on=date(2026, 11, 20), **STEP)
    page = f"/ar/programme/2024-2025/commitments/{kept.reference}/"
    body = client.get(page, headers={"host": "localhost"}).content.decode()
    shown = body.split('aria-labelledby="ideas"')[1].split("</section>")[0]
    of_late = next(one for one in shown.split("<li>") if late.reference in one)
    assert "مرتبطة بالالتزام، وتنتظر جوابها" in of_late and "استشارة مفتوحة" in of_late
    assert "أخذ بها" not in of_late and shown.count("أخذ بها") == 1
    thread = body.split('aria-labelledby="thread"')[1].split("</section>")[0]
    assert thread.count("فكرة واحدة للمواطنين في الاستشارة") == 2
    found = became(late.reference)
    assert not any("أخذ بها" in knot.sentence for knot in found.knots)
    desk = log_in(client, sefrou.officer, sefrou.province)
    told = desk.get(f"/desk/programme/commitments/{kept.reference}/ideas/").content.decode()
    assert "مرتبطة بالالتزام، وتنتظر جوابها" in told and "استشارة دورة أخرى" in told
