"""Texts put to the public by paragraph: versions, votes that stay with their words, pages."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations, queries, rules
from infitah.participation.models import DocumentText, StatementTally
from infitah.participation.operations import Statement, TextGiven, TextRefused
from infitah.participation.rules.texts import ParagraphWords
from infitah.participation.tests.factories import AFTER, BY, DURING, make_consultation, make_text

BEFORE = datetime(2023, 6, 8, 10, 0, tzinfo=UTC)
SUBJECT = "SFR-2023-C-0001"
TITLE = LocalizedText(ar="تجديد الموقع", fr="Renouveler le site")
HEADING = LocalizedText(ar="المشكل", fr="Problème public")
OLD = LocalizedText(ar="لا تنشر المحاضر إلا بعد أشهر", fr="Les comptes rendus tardent")
NEW = LocalizedText(
    ar="لا تنشر المحاضر إلا بعد ستة أشهر", fr="Les comptes rendus tardent de six mois"
)
OTHER = LocalizedText(ar="نشر المحاضر بعد عشرة أيام", fr="Publier en dix jours")


def words(*bodies, keys=("problem", "description", "result")):
    return [ParagraphWords(key, HEADING, body) for key, body in zip(keys, bodies, strict=False)]


def publish(consultation, *bodies, at=BEFORE, reason="", **more):
    given = TextGiven(SUBJECT, TITLE, words(*bodies, **more))
    return operations.publish_text(
        consultation=consultation, given=given, by=BY, now=at, reason=reason
    )


@pytest.fixture
def round_two(sefrou):
    return make_consultation(sefrou.province, slug="second", takes_ideas=False, round_number=2)


def viewer_of(sefrou, *rights):
    return Viewer(sefrou.province.key, sefrou.province.pk, rights=frozenset(rights))


def vote(sefrou, paragraph, choice=rules.Choice.AGREE):
    operations.vote_on_statement(
        community=sefrou.province,
        statement=Statement("second", paragraph=str(paragraph.pk)),
        choice=choice,
        participant_id=sefrou.participant.pk,
        now=DURING,
    )


def test_the_same_words_make_one_version_and_changed_ones_the_next(round_two):
    first = publish(round_two, OLD, OTHER)
    assert publish(round_two, OLD, OTHER) == first
    second = publish(round_two, NEW, OTHER)
    assert (first.number, second.number) == (1, 2)
    assert [one.is_current for one in DocumentText.objects.order_by("number")] == [False, True]
    assert [one.body for one in first.paragraphs.all()] == [OLD, OTHER]
    assert [one.body for one in second.paragraphs.all()] == [NEW, OTHER]
    acts = Entry.objects.filter(act="participation.text_published")
    assert acts.count() == 2
    assert second.sha256 in acts.latest("number").canonical


def test_a_paragraph_that_was_not_changed_keeps_its_votes_and_a_changed_one_begins_anew(
    sefrou, round_two
):
    first = publish(round_two, OLD, OTHER)
    problem, description = first.paragraphs.all()
    vote(sefrou, problem)
    vote(sefrou, description, rules.Choice.DISAGREE)
    second = publish(round_two, NEW, OTHER, at=DURING, reason="خطأ في العدد")
    changed, kept = second.paragraphs.all()
    assert kept.pk == description.pk, "the row moves on, and with it votes, comments and address"
    assert changed.pk != problem.pk
    assert StatementTally.objects.get(paragraph=kept).disagree == 1
    assert StatementTally.objects.get(paragraph=problem).agree == 1
    assert not StatementTally.objects.filter(paragraph=changed).exists()
    assert [one.body for one in first.paragraphs.all()] == [OLD, OTHER]
    with pytest.raises(operations.VoiceRefused):
        vote(sefrou, problem)


def test_a_correction_while_it_is_open_says_why_and_a_closed_one_stays(round_two):
    publish(round_two, OLD)
    with pytest.raises(TextRefused) as refused:
        publish(round_two, NEW, at=DURING)
    assert refused.value.field == "reason"
    made = publish(round_two, NEW, at=DURING, reason="خطأ في العدد")
    assert made.reason == "خطأ في العدد"
    assert Entry.objects.filter(act="participation.text_corrected").count() == 1
    with pytest.raises(TextRefused) as refused:
        publish(round_two, OTHER, at=AFTER, reason="متأخر")
    assert refused.value.code == "closed"
    given = TextGiven("SFR-2023-C-0002", TITLE, words(OLD))
    history = operations.publish_text(
        consultation=round_two, given=given, by=BY, now=AFTER, occurred_on=date(2023, 6, 9)
    )
    assert history.number == 1


def test_a_text_has_paragraphs_each_with_its_own_name(round_two):
    with pytest.raises(TextRefused):
        publish(round_two)
    with pytest.raises(TextRefused):
        publish(round_two, OLD, OTHER, keys=("problem", "problem"))


def test_a_draft_consultation_shows_its_texts_to_nobody_but_its_officers(sefrou):
    hidden = make_consultation(sefrou.province, slug="h", takes_ideas=False, is_announced=False)
    publish(hidden, OLD)
    assert not queries.texts_of(consultation=hidden, viewer=viewer_of(sefrou))
    officer = viewer_of(sefrou, "commitment.edit")
    assert len(queries.texts_of(consultation=hidden, viewer=officer)) == 1


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_the_pages_show_texts_paragraphs_and_what_changed(client, round_two, language):
    publish(round_two, OLD, OTHER, LocalizedText(ar="يحذف", fr="à retirer"))
    publish(round_two, NEW, OTHER)
    base = f"/{language}/consultations/second/texts/"
    with time_machine.travel(DURING, tick=False):
        listed = client.get(base).content.decode()
        response = client.get(f"{base}{SUBJECT}/")
        earlier = client.get(f"{base}{SUBJECT}/1/").content.decode()
        assert client.get(f"{base}{SUBJECT}/2/").status_code == 302
        assert client.get(f"{base}{SUBJECT}/9/").status_code == 404
        assert client.get(f"{base}SFR-2023-C-0099/").status_code == 404
    page = response.content.decode()
    assert f"{base}{SUBJECT}/" in listed
    assert 'id="problem"' in page and 'href="#problem"' in page
    assert page.count("<ins>") == 1 and 'name="paragraph"' in page
    assert 'id="gone-result"' in page
    assert 'name="paragraph"' not in earlier
    assert "Set-Cookie" not in response.headers


def test_votes_are_told_after_closing_only_and_ones_own_on_ones_own_page(
    client, sefrou, round_two, django_assert_max_num_queries
):
    text = publish(round_two, OLD, OTHER)
    vote(sefrou, text.paragraphs.first())
    address = f"/fr/consultations/second/texts/{SUBJECT}/"
    with time_machine.travel(DURING, tick=False):
        assert "1 vote" not in client.get(address).content.decode()
        assert 'aria-pressed="true"' not in client.get(address).content.decode()
        client.cookies["device"] = sefrou.device
        mine = client.get(f"/fr/mine/texts/second/{SUBJECT}/")
        assert mine.content.decode().count('aria-pressed="true"') == 1
        assert mine.headers["Cache-Control"] == "private, no-store"
    with time_machine.travel(AFTER, tick=False):
        told = client.get(address).content.decode()
    assert "1 vote" in told and 'name="paragraph"' not in told
    now, viewer = AFTER, viewer_of(sefrou)
    with django_assert_max_num_queries(6):
        queries.text_page(consultation=round_two, subject=SUBJECT, viewer=viewer, now=now)
    with django_assert_max_num_queries(3):
        queries.texts_of(consultation=round_two, viewer=viewer)


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_a_paragraph_has_its_own_page_with_its_history(client, sefrou, round_two, language):
    publish(round_two, OLD, OTHER)
    publish(round_two, NEW, OTHER)
    base = f"/{language}/consultations/second/texts/{SUBJECT}/"
    with time_machine.travel(DURING, tick=False):
        page = client.get(f"{base}problem/").content.decode()
        unchanged = client.get(f"{base}description/").content.decode()
        assert client.get(f"{base}nothing/").status_code == 404
    assert page.count("<ins>") == 1 and 'name="paragraph"' in page
    assert 'id="history"' not in unchanged
    assert f"{base}#problem" in page


def test_a_vote_on_a_paragraph_leads_back_to_it(client, sefrou, round_two):
    paragraph = publish(round_two, OLD).paragraphs.get()
    client.cookies["device"] = sefrou.device
    back = f"/ar/mine/texts/second/{SUBJECT}/#problem"
    with time_machine.travel(DURING, tick=False):
        response = client.post(
            "/ar/consultations/second/vote/",
            {"paragraph": paragraph.pk, "choice": "agree", "back": back},
        )
    assert (response.status_code, response.headers["Location"]) == (303, back)
    assert StatementTally.objects.get(paragraph=paragraph).agree == 1


def test_a_consultation_that_takes_no_ideas_says_so(client, sefrou, round_two):
    publish(round_two, OLD)
    with time_machine.travel(DURING, tick=False):
        page = client.get("/fr/consultations/second/").content.decode()
        give = client.get("/fr/consultations/second/give/")
    assert "/fr/consultations/second/give/" not in page
    assert "/fr/consultations/second/texts/" in page
    assert give.status_code == 302
    idea = operations.IdeaText(
        key="7d0ecb1c-7d3f-4a53-8a2e-7e9e6e2a0b10",
        axis=sefrou.axis,
        statement="نشر ميزانية المجلس كل سنة",
    )
    with pytest.raises(operations.DraftRefused):
        operations.enter_idea_at_desk(
            consultation=round_two, text=idea, author=None, by=BY, now=DURING
        )


def test_what_people_may_do_is_announced_and_stays(sefrou, round_two):
    with pytest.raises(operations.ConsultationRefused):
        make_consultation(
            sefrou.province, takes_ideas=False, takes_votes=False, takes_comments=False
        )
    without = make_text(slug="second", takes_ideas=False, round_number=2, takes_votes=False)
    with pytest.raises(operations.ConsultationRefused) as refused:
        operations.edit_consultation(consultation_id=round_two.pk, text=without, by=BY, now=DURING)
    assert refused.value.field == "takes_votes"
