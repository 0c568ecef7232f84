"""The officers' desk: the queue, decisions, identities, consultations, visitors."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.community.models import IdentityReading
from infitah.community.tests.factories import log_in
from infitah.participation.models import Consultation, Idea, ModerationDecision
from infitah.participation.tests.factories import (
    AFTER,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)

DESK = "/desk/participation/"
REASON = "تتضمن رقم هاتف شخص آخر"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def test_the_queue_costs_the_same_whatever_its_ideas(
    sefrou, june, moderator, django_assert_max_num_queries
):
    counts = []
    for more in (3, 50):
        for number in range(more):
            make_idea(june, sefrou.axis, f"{STATEMENT} {more} رقم {number}")
        moderator.get(f"{DESK}ideas/")
        with django_assert_max_num_queries(16) as captured:
            assert moderator.get(f"{DESK}ideas/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_queue_is_filtered_by_shelf(sefrou, june, moderator):
    shown = make_idea(june, sefrou.axis)
    late = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    page = moderator.get(f"{DESK}ideas/", {"shelf": "late"}).content.decode()
    assert late.reference in page and shown.reference not in page
    assert shown.reference in moderator.get(f"{DESK}ideas/", {"shelf": "x"}).content.decode()


def test_an_idea_is_hidden_under_a_rule_and_shown_again(sefrou, june, moderator):
    rule, idea = make_rule(sefrou.province, 2), make_idea(june, sefrou.axis)
    at = f"{DESK}ideas/{idea.reference}/"
    assert "قاعدة الإشراف رقم 2" in moderator.get(at).content.decode()
    wrong = moderator.post(f"{at}hide/", {"hide-rule": rule.pk, "hide-reason": "قصير"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "قصير" in page and "id_hide-reason-error" in page
    long = "كلام طويل " * 60
    pasted = moderator.post(f"{at}hide/", {"hide-rule": rule.pk, "hide-reason": long})
    assert pasted.status_code == 422 and long.strip() in pasted.content.decode()
    assert f'value="{rule.pk}"' in page and "checked" in page
    nothing = moderator.post(f"{at}hide/", {})
    assert nothing.status_code == 422
    done = moderator.post(f"{at}hide/", {"hide-rule": rule.pk, "hide-reason": REASON})
    assert done.url == at
    assert REASON in moderator.get(at).content.decode()
    anybody = Client(headers={"host": "localhost"})
    page = anybody.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    assert STATEMENT not in page and REASON not in page
    again = moderator.post(f"{at}hide/", {"hide-rule": rule.pk, "hide-reason": REASON})
    assert again.status_code == 422
    assert moderator.post(f"{at}restore/", {}).url == at
    assert STATEMENT in anybody.get("/ar/consultations/june/").content.decode()


def test_late_ideas_are_decided(sefrou, june, moderator):
    one = make_idea(june, sefrou.axis, at=AFTER)
    two = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    moderator.post(f"{DESK}ideas/{one.reference}/accept/", {})
    refused = moderator.post(f"{DESK}ideas/{two.reference}/refuse/", {"refuse_late-reason": ""})
    assert refused.status_code == 422
    moderator.post(f"{DESK}ideas/{two.reference}/refuse/", {"refuse_late-reason": REASON})
    states = dict(Idea.objects.values_list("reference", "state"))
    assert states == {one.reference: "visible", two.reference: "refused"}


def test_a_waiting_idea_is_published(sefrou, moderator):
    calm = make_consultation(sefrou.province, sefrou.axis, is_premoderated=True)
    idea = make_idea(calm, sefrou.axis)
    at = f"{DESK}ideas/{idea.reference}/"
    assert moderator.post(f"{at}publish/").url == at
    assert moderator.post(f"{at}publish/").status_code == 422
    assert ModerationDecision.objects.get().action == "publish"


def test_an_identity_is_read_by_an_act_that_is_kept(sefrou, june, focal, moderator):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant, name="فاطمة الزهراء")
    at = f"{DESK}ideas/{idea.reference}/"
    assert "citizen@example.org" not in focal.get(at).content.decode()
    refused = focal.post(f"{at}identity/", {"identity-reason": ""})
    assert refused.status_code == 422 and not IdentityReading.objects.exists()
    shown = focal.post(f"{at}identity/", {"identity-reason": "للاتصال بصاحب الفكرة حول جوابه"})
    page = shown.content.decode()
    assert "citizen@example.org" in page and "فاطمة الزهراء" in page
    assert IdentityReading.objects.get().participant == sefrou.participant
    assert moderator.post(f"{at}identity/", {"identity-reason": REASON}).status_code == 404
    assert "identity-reason" not in moderator.get(at).content.decode()


@pytest.mark.parametrize("who", ["administrator", "verifier", "other_officer"])
def test_who_has_not_the_right_sees_no_queue(sefrou, june, who):
    idea = make_idea(june, sefrou.axis)
    client = log_in(Client(), getattr(sefrou, who), sefrou.province)
    for address in (f"{DESK}ideas/", f"{DESK}ideas/{idea.reference}/"):
        assert client.get(address).status_code in {302, 404}
    answer = client.post(f"{DESK}ideas/{idea.reference}/hide/", {})
    assert answer.status_code in {302, 404} and idea.state == "visible"


def consultation_form(sefrou, **changes):
    pk = sefrou.axis.pk
    return {
        "slug": "autumn",
        "name_ar": "استشارة الخريف",
        "name_fr": "Consultation d’automne",
        "first_day": "2023-09-01",
        "last_day": "2023-09-10",
        "round_number": "1",
        "takes_ideas": "on",
        "takes_votes": "on",
        "takes_comments": "on",
        f"axis_{pk}": "on",
        f"question_ar_{pk}": "ماذا تقترحون؟",
        f"facts_ar_{pk}": "حقيقة\nأخرى",
        **changes,
    }


def test_a_second_round_asks_about_texts_and_needs_no_axis(sefrou, focal):
    sent = consultation_form(sefrou, round_number="2")
    pk = sefrou.axis.pk
    for name in ("takes_ideas", f"axis_{pk}", f"question_ar_{pk}", f"facts_ar_{pk}"):
        del sent[name]
    made = focal.post(f"{DESK}consultations/new/", sent)
    assert made.status_code == 302, made.content.decode()[:2000]
    consultation = Consultation.objects.get(slug="autumn")
    assert (consultation.round_number, consultation.takes_ideas) == (2, False)
    page = focal.get(f"{DESK}consultations/autumn/").content.decode()
    assert 'name="takes_ideas"' in page and "checked" in page


def test_a_consultation_is_prepared_announced_and_changed(sefrou, focal):
    page = focal.get(f"{DESK}consultations/new/")
    assert page.status_code == 200
    made = focal.post(f"{DESK}consultations/new/", consultation_form(sefrou))
    assert made.status_code == 302, made.content.decode()[:2000]
    anybody = Client(headers={"host": "localhost"})
    assert anybody.get("/ar/consultations/autumn/").status_code == 404
    assert focal.post(f"{DESK}consultations/autumn/announce/").status_code == 302
    assert "تفتح" in anybody.get("/ar/consultations/autumn/").content.decode()
    changes = consultation_form(sefrou, last_day="2023-09-12", extend="2023-09-12")
    assert focal.post(f"{DESK}consultations/autumn/", changes).status_code == 302
    assert Consultation.objects.get().closes_at.date() == date(2023, 9, 12)
    listed = focal.get(f"{DESK}consultations/").content.decode()
    assert "استشارة الخريف" in listed


@pytest.mark.parametrize(
    "changes",
    [
        {"last_day": "2023-08-01"},
        {"slug": "Not A Slug"},
        {"name_ar": ""},
        {"first_day": "soon"},
    ],
)
def test_what_cannot_be_a_consultation_is_given_back_with_what_was_typed(sefrou, focal, changes):
    sent = consultation_form(sefrou, **changes)
    answer = focal.post(f"{DESK}consultations/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Consultation d’automne" in page
    assert "ماذا تقترحون؟" in page and not Consultation.objects.exists()


def test_an_axis_without_its_question_is_told(sefrou, focal):
    sent = consultation_form(sefrou, **{f"question_ar_{sefrou.axis.pk}": ""})
    answer = focal.post(f"{DESK}consultations/new/", sent)
    assert answer.status_code == 422
    assert f"id_question_ar_{sefrou.axis.pk}-error" in answer.content.decode()


def test_a_visitor_leaves_with_a_number_and_a_receipt(sefrou, june, focal):
    at = f"{DESK}consultations/june/enter/"
    page = focal.get(at)
    assert page.status_code == 200 and "csrfmiddlewaretoken" in page.content.decode()
    wrong = focal.post(at, {"axis": sefrou.axis.slug, "statement": "قصير", "name": "فاطمة"})
    assert wrong.status_code == 422 and "فاطمة" in wrong.content.decode()
    sent = {
        "axis": sefrou.axis.slug,
        "statement": STATEMENT,
        "name": "فاطمة",
        "key": "6f1c2a34-1111-4222-8333-444455556666",
    }
    done = focal.post(at, sent)
    assert done.status_code == 302 and focal.post(at, sent).url == done.url
    idea = Idea.objects.get()
    assert (idea.source, idea.author.level) == ("desk", "L1")
    receipt = focal.get(done.url).content.decode()
    assert idea.reference in receipt and "<svg" in receipt
    sheet = focal.get(f"{done.url.removesuffix('receipt/')}receipt.pdf")
    assert sheet.content.startswith(b"%PDF-")


def test_the_mail_of_a_visitor_needs_a_name(sefrou, june, focal):
    at = f"{DESK}consultations/june/enter/"
    sent = {"axis": sefrou.axis.slug, "statement": STATEMENT, "email": "v@example.org"}
    answer = focal.post(at, sent)
    assert answer.status_code == 422 and "id_name-error" in answer.content.decode()


def test_an_idea_typed_after_closing_is_said_to_be_late(sefrou, june, focal):
    at, late = f"{DESK}consultations/june/enter/", "ضمن الأفكار المتأخرة"
    assert late not in focal.get(at).content.decode()
    with time_machine.travel(AFTER, tick=False):
        officer = log_in(Client(), sefrou.officer, sefrou.province)
        assert late in officer.get(at).content.decode()
        sent = {"axis": sefrou.axis.slug, "statement": STATEMENT}
        receipt = officer.post(at, sent, follow=True).content.decode()
    assert Idea.objects.get().state == "late" and "وردت هذه الفكرة بعد" in receipt
