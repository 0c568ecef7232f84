"""The desk page of a consultation: announced by an act of its own, counted, its ideas found."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.participation import operations
from infitah.participation.models import Consultation, StatementVote
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.test_desk import REASON, consultation_form
from infitah.searchindex.operations import index_dirty

DESK = "/desk/participation/"
OTHER = "توفير النقل المدرسي للتلاميذ بالدواوير البعيدة"
AT = f"{DESK}consultations/autumn/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


# Announcing ---------------------------------------------------------------------------------------


def test_announcing_keeps_what_was_changed_in_the_form(sefrou, focal, anybody):
    focal.post(f"{DESK}consultations/new/", consultation_form(sefrou))
    draft = focal.get(AT).content.decode()
    assert f'action="{AT}announce/"' not in draft and f'href="{AT}announce/"' not in draft
    changed = consultation_form(sefrou, name_ar="استشارة الشتاء", announce="1")
    asked = focal.post(AT, changed)
    assert asked.url == f"{AT}announce/"
    page = focal.get(asked.url).content.decode()
    assert "استشارة الشتاء" in page and "ماذا تقترحون؟" in page and "شتنبر 2023" in page
    assert Consultation.objects.get().announced_at is None
    assert anybody.get("/ar/consultations/autumn/").status_code == 404
    done = focal.post(asked.url, follow=True)
    assert "أعلنت الاستشارة" in done.content.decode()
    public = anybody.get("/ar/consultations/autumn/").content.decode()
    assert "استشارة الشتاء" in public
    assert focal.get(asked.url).url == AT and focal.post(asked.url).url == AT


def test_saving_alone_announces_nothing_and_says_so(sefrou, focal):
    made = focal.post(f"{DESK}consultations/new/", consultation_form(sefrou), follow=True)
    assert "حفظت الاستشارة" in made.content.decode()
    wrong = focal.post(AT, consultation_form(sefrou, name_ar="", announce="1"))
    assert wrong.status_code == 422 and "id_name_ar-error" in wrong.content.decode()
    assert Consultation.objects.get().announced_at is None


def test_an_announcement_that_cannot_be_says_why_on_its_page(sefrou, focal):
    make_consultation(sefrou.province, sefrou.axis, slug="autumn", is_announced=False)
    with time_machine.travel(AFTER, tick=False):
        officer = log_in(Client(), sefrou.officer, sefrou.province)
        refused = officer.post(f"{AT}announce/")
    assert refused.status_code == 422 and refused.context["refusal"] in refused.content.decode()


def test_the_last_day_of_what_was_announced_says_that_it_never_goes_back(sefrou, focal):
    words = "لا يقدم أبدا"
    made = make_consultation(sefrou.province, sefrou.axis, slug="autumn", is_announced=False)
    assert words not in focal.get(AT).content.decode()
    announced_at = made.opens_at - timedelta(days=3)
    operations.announce_consultation(consultation_id=made.pk, by=BY, now=announced_at)
    assert words in focal.get(AT).content.decode()


def test_the_page_before_announcing_shows_all_that_becomes_public(sefrou, focal):
    rule = make_rule(sefrou.province, 2)
    make_consultation(
        sefrou.province, sefrou.axis, slug="autumn", is_announced=False, is_premoderated=True
    )
    page = focal.get(f"{AT}announce/").content.decode()
    shown = (
        *("استشارة يونيو", "Consultation de juin", "مقدمة", "Introduction"),
        *("ماذا تقترحون؟", "Que proposez-vous ?", "سياق قصير", "Un contexte"),
        *("حقيقة ثانية", "Deux faits", rule.text.ar, "تقرأ الأفكار قبل عرضها"),
    )
    assert [words for words in shown if words not in page] == []


def test_everything_that_is_wrong_is_said_at_once(sefrou, focal):
    pk = sefrou.axis.pk
    other = sefrou.second_axis.pk
    wrong = consultation_form(
        sefrou,
        last_day="2023-08-01",
        **{
            f"question_ar_{pk}": "",
            f"axis_{other}": "on",
            f"question_ar_{other}": "سؤال",
            f"context_ar_{other}": "كلمة " * 201,
            f"documents_ar_{other}": "بلا عنوان",
        },
    )
    answer = focal.post(f"{DESK}consultations/new/", wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "last_day",
        f"question_ar_{pk}",
        f"context_ar_{other}",
        f"documents_ar_{other}",
    }


# Short name and folded axes -----------------------------------------------------------------------


def test_the_short_name_is_made_from_the_name(sefrou, focal):
    new = f"{DESK}consultations/new/"
    for slug in ("consultation-d-automne", "consultation-d-automne-2"):
        made = focal.post(new, consultation_form(sefrou, slug=""))
        assert made.url == f"{DESK}consultations/{slug}/"
    names = {"name_fr": "", "name_ar": "استشارة"}
    assert focal.post(new, consultation_form(sefrou, slug="", **names)).status_code == 302
    reserved = focal.post(new, consultation_form(sefrou, slug="new"))
    assert reserved.status_code == 422
    called = focal.post(new, consultation_form(sefrou, slug="", name_fr="New"))
    assert called.url == f"{DESK}consultations/new-2/"
    form = focal.get(new).content.decode()
    assert form.index('name="slug"') > form.index(f'name="facts_ar_{sefrou.axis.pk}"')


def test_an_axis_is_folded_until_something_in_it_is_wrong(sefrou, focal):
    new = f"{DESK}consultations/new/"
    assert not any(one.is_open for one in focal.get(new).context["form"].groups())
    wrong = focal.post(new, consultation_form(sefrou, **{f"question_ar_{sefrou.axis.pk}": ""}))
    opened = [one.name for one in wrong.context["form"].groups() if one.is_open]
    assert opened == [sefrou.axis.name] and "<details open>" in wrong.content.decode()


@pytest.mark.parametrize("part", ["question_ar", "facts_fr"])
def test_words_under_an_axis_that_is_not_ticked_are_not_lost(sefrou, focal, part):
    new, pk = f"{DESK}consultations/new/", sefrou.second_axis.pk
    words = "كلمات كتبت تحت هذا المحور"
    wrong = focal.post(new, consultation_form(sefrou, **{f"{part}_{pk}": words}))
    page = wrong.content.decode()
    assert wrong.status_code == 422 and set(wrong.context["form"].errors) == {f"axis_{pk}"}
    assert words in page and f"id_axis_{pk}-error" in page and "<details open>" in page
    assert not Consultation.objects.exists()


def test_an_axis_is_taken_out_by_its_tick_with_the_words_that_stood_there(sefrou, focal):
    pk = sefrou.second_axis.pk
    both = {f"axis_{pk}": "on", f"question_ar_{pk}": "سؤال", f"facts_ar_{pk}": "أولى\r\nثانية"}
    focal.post(f"{DESK}consultations/new/", consultation_form(sefrou, **both))
    del both[f"axis_{pk}"]
    changed = {**both, f"question_ar_{pk}": "سؤال آخر"}
    assert focal.post(AT, consultation_form(sefrou, **changed)).status_code == 422
    assert focal.post(AT, consultation_form(sefrou, **both)).status_code == 302
    assert [one.axis for one in Consultation.objects.get().topics.all()] == [sefrou.axis]


def test_the_question_of_an_axis_is_said_to_be_needed(sefrou, focal):
    page = focal.get(f"{DESK}consultations/new/").content.decode()
    label = page.split(f'<label for="id_question_ar_{sefrou.axis.pk}">')[1].split("</label>")[0]
    assert "اختياري" not in label and "المحور" in label


# Counts -------------------------------------------------------------------------------------------


def vote(june, idea, participant):
    StatementVote.objects.create(
        consultation=june, idea=idea, participant=participant, choice=1, voted_at=DURING
    )


def test_counts_lead_to_the_ideas_and_tell_no_votes_before_closing(sefrou, june, focal):
    idea = make_idea(june, sefrou.axis)
    hidden = make_idea(june, sefrou.axis, OTHER)
    operations.hide_idea(
        community_id=june.community_id,
        reference=hidden.reference,
        rule=make_rule(sefrou.province, 2),
        reason=REASON,
        by=BY,
        now=DURING,
    )
    make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    vote(june, idea, sefrou.participant)
    page = focal.get(f"{DESK}consultations/june/")
    counts, text = page.context["counts"], page.content.decode()
    found = (counts.ideas, counts.waiting, counts.late, counts.hidden, counts.votes)
    assert found == (3, 0, 1, 1, None)
    for shelf in ("", "&amp;shelf=late", "&amp;shelf=hidden"):
        assert f'href="{DESK}ideas/?consultation=june{shelf}"' in text
    assert "صوت واحد" not in text and "الأصوات: لا يطلع عليها أحد قبل الإغلاق" in text
    assert str(june.get_results_visibility_display()) in text
    with time_machine.travel(AFTER, tick=False):
        officer = log_in(Client(), sefrou.officer, sefrou.province)
        closed = officer.get(f"{DESK}consultations/june/")
    assert closed.context["counts"].votes == 1 and "صوت واحد" in closed.content.decode()


def test_a_premoderated_consultation_counts_what_waits(sefrou, focal):
    calm = make_consultation(sefrou.province, sefrou.axis, is_premoderated=True)
    make_idea(calm, sefrou.axis)
    assert focal.get(f"{DESK}consultations/june/").context["counts"].waiting == 1


# The list of ideas --------------------------------------------------------------------------------


@pytest.fixture
def ideas(sefrou, june):
    other = make_consultation(sefrou.province, sefrou.axis, slug="other")
    made = [
        make_idea(june, sefrou.axis),
        make_idea(june, sefrou.second_axis, OTHER),
        make_idea(other, sefrou.axis, "إصلاح المسالك الطرقية المؤدية إلى المدرسة"),
    ]
    index_dirty(now=DURING)
    return made


def found(client, **asked):
    page = client.get(f"{DESK}ideas/", asked)
    return [row.reference for row in page.context["page"].ideas.rows]


def test_ideas_are_found_by_consultation_axis_and_words(sefrou, ideas, moderator):
    budget, bus, road = (idea.reference for idea in ideas)
    assert found(moderator, consultation="june") == [bus, budget]
    assert found(moderator, consultation="june", axis=sefrou.second_axis.slug) == [bus]
    assert found(moderator, q="النقل") == [bus]
    assert found(moderator, q="للنقل المدرسى") == [bus]  # another spelling: by the index
    assert found(moderator, q=road) == [road]
    assert found(moderator, q="لا شيء من هذا هنا") == []
    assert found(moderator, consultation="nowhere") == [road, bus, budget]


def test_what_is_hidden_is_found_by_who_may_read_it(sefrou, ideas, moderator):
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=ideas[1].reference,
        rule=make_rule(sefrou.province, 2),
        reason=REASON,
        by=BY,
        now=DURING,
    )
    assert found(moderator, q="النقل المدرسي") == [ideas[1].reference]


def test_filters_stay_with_shelves_and_pages(sefrou, june, moderator):
    for number in range(25):
        make_idea(june, sefrou.axis, f"{STATEMENT} رقم {number}", key=uuid.uuid4())
    page = moderator.get(f"{DESK}ideas/", {"consultation": "june", "shelf": "visible"})
    text = page.content.decode()
    assert "?consultation=june&amp;shelf=hidden" in text
    assert page.context["older_url"].startswith("?consultation=june&shelf=visible&before=")
    assert 'value="june" selected>' in text


def test_looking_for_words_costs_the_same_whatever_the_ideas(
    sefrou, june, moderator, django_assert_max_num_queries
):
    counts = []
    for more in (3, 40):
        for number in range(more):
            make_idea(june, sefrou.axis, f"{STATEMENT} {more} رقم {number}")
        index_dirty(now=DURING)
        moderator.get(f"{DESK}ideas/")
        with django_assert_max_num_queries(24) as captured:
            moderator.get(f"{DESK}ideas/", {"q": "ميزانية", "consultation": "june"})
        counts.append(len(captured))
    assert counts[0] == counts[1]


# Hiding -------------------------------------------------------------------------------------------


def test_who_hides_knows_whether_the_author_is_told_and_who_decided(sefrou, june, moderator):
    rule = make_rule(sefrou.province, 2)
    known = make_idea(june, sefrou.axis, author=sefrou.participant)
    nobody = make_idea(june, sefrou.axis, OTHER)
    for idea, is_told in ((known, True), (nobody, False)):
        page = moderator.get(f"{DESK}ideas/{idea.reference}/").content.decode()
        assert ("ترك صاحبها عنوانا" in page) is is_told
        assert ("لم يترك معها أحد عنوانا" in page) is not is_told
    at = f"{DESK}ideas/{known.reference}/"
    hidden = moderator.post(
        f"{at}hide/", {"hide-rule": rule.pk, "hide-reason": REASON}, follow=True
    )
    page = hidden.content.decode()
    assert (
        "حجبت الفكرة" in page and "صاحب القرار" in page and "مشرف" in page.split("صاحب القرار")[1]
    )
    assert "أظهرت الفكرة" in moderator.post(f"{at}restore/", {}, follow=True).content.decode()


def test_the_page_of_moderation_says_why_it_counts_more_than_reports(sefrou, june, anybody):
    make_idea(june, sefrou.axis)
    make_idea(june, sefrou.axis, OTHER, at=AFTER)
    page = anybody.get("/ar/consultations/moderation/")
    assert page.context["figures"].in_all.received == 2
    assert "فتحتسب الأفكار المنشورة وحدها" in page.content.decode()
