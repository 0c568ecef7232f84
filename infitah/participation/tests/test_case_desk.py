"""The moderators' queue of cases: one, many, undone, appeals, comments and replies at the desk."""

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.participation import rules
from infitah.participation.models import Comment, Flag, ModerationCase
from infitah.participation.tests.factories import DURING, make_rule
from infitah.participation.tests.talk import REASON, WORDS, appeal, flag, many, say

CASES = "/desk/participation/cases/"
COMMENTS = "/desk/participation/comments/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def test_the_queue_costs_the_same_whatever_its_cases(
    sefrou, idea, moderator, django_assert_max_num_queries
):
    counts = []
    for more in (3, 52):
        for one in many(idea, more):
            case = ModerationCase.objects.create(
                community=sefrou.province,
                comment=one,
                origin="flags",
                opened_at=DURING,
                due_at=rules.due_at(DURING),
            )
            Flag.objects.create(
                community=sefrou.province,
                comment=one,
                case=case,
                rule=make_rule(sefrou.province, 2),
                flagger=str(one.pk),
                flagged_at=DURING,
            )
        moderator.get(CASES)
        with django_assert_max_num_queries(16) as captured:
            page = moderator.get(CASES).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert page.count('name="cases"') == 50 and "after=" in page
    assert "24 ساعة" in page


def test_a_case_is_decided_undone_and_its_appeal_ended_by_another(sefrou, idea, moderator, focal):
    rule = make_rule(sefrou.province, 2)
    say(idea, author=sefrou.participant)
    flag(idea, 1, note="انظروا إلى الرقم")
    case = ModerationCase.objects.get()
    at = f"{CASES}{case.pk}/"
    page = moderator.get(at).content.decode()
    assert WORDS in page and "انظروا إلى الرقم" in page
    wrong = moderator.post(f"{at}decide/", {"ruling-decision": "hide", "ruling-reason": "قصير"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "قصير" in page and "id_ruling-rule-error" in page
    hidden = {"ruling-decision": "hide", "ruling-rule": rule.pk, "ruling-reason": REASON}
    done = moderator.post(f"{at}decide/", hidden, follow=True).content.decode()
    assert "تم البت في الملف" in done and "محجوب بموجب" in done and "محجوبة" not in done
    assert moderator.post(f"{at}decide/", hidden).status_code == 422
    assert moderator.post(f"{at}undo/").url == at
    assert moderator.post(f"{at}undo/").status_code == 422
    assert moderator.post(f"{at}decide/", hidden).url == at
    case.refresh_from_db()
    appeal(case)
    ended = {"ending-outcome": "granted", "ending-reason": REASON}
    assert 'name="ending-outcome"' not in moderator.get(at).content.decode()
    assert moderator.post(f"{at}appeal/", ended).status_code == 422
    assert moderator.get(f"{CASES}?shelf=appeals").content.decode().count(at) == 1
    short = focal.post(f"{at}appeal/", {"ending-outcome": "granted", "ending-reason": ""})
    assert short.status_code == 422
    assert focal.post(f"{at}appeal/", ended).url == at
    assert Comment.objects.get().state == "visible"
    assert focal.get(f"{CASES}?shelf=closed").content.decode().count(at) == 1


def test_many_are_decided_at_once(sefrou, idea, moderator):
    rule, other = make_rule(sefrou.province, 2), make_rule(sefrou.province, 3)
    for number in range(4):
        say(idea, f"{WORDS} {number}")
        flag(idea, number + 1, rule=other if number == 3 else rule)
    pks = list(ModerationCase.objects.order_by("pk").values_list("pk", flat=True))
    nothing = moderator.post(f"{CASES}decide/", {"bulk-decision": "keep"})
    assert nothing.status_code == 422
    typed = {"bulk-decision": "hide", "bulk-rule": rule.pk, "cases": pks[:1]}
    wrong = moderator.post(f"{CASES}decide/", {**typed, "bulk-reason": "قصير"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "قصير" in page and f'id="case-{pks[0]}" checked' in page
    done = moderator.post(f"{CASES}decide/", {**typed, "bulk-reason": REASON})
    assert done.url == f"{CASES}?shelf=decided"
    assert f"{CASES}{pks[0]}/" in moderator.get(done.url).content.decode()
    every = {"bulk-decision": "keep", "every": "1", "rule": "2"}
    assert moderator.post(f"{CASES}decide/", every).status_code == 302
    left = ModerationCase.objects.filter(state="reported").values_list("pk", flat=True)
    assert list(left) == pks[3:], "those flagged under another rule wait"


def test_who_may_not_read_sees_no_case(sefrou, idea):
    say(idea)
    flag(idea, 1)
    pk = ModerationCase.objects.get().pk
    for user in (sefrou.verifier, sefrou.secretary):
        client = log_in(Client(), user, sefrou.province)
        for path in (CASES, f"{CASES}{pk}/", COMMENTS, f"{COMMENTS}1/"):
            assert client.get(path).status_code == 404
    elsewhere = log_in(Client(), sefrou.other_officer, sefrou.other)
    assert elsewhere.get(f"{CASES}{pk}/").status_code == 404
    assert elsewhere.post(f"{CASES}{pk}/undo/").status_code == 404


def test_comments_are_read_hidden_shown_again_and_answered_at_the_desk(sefrou, idea, moderator):
    one = say(idea, author=sefrou.participant)
    rule = make_rule(sefrou.province, 2)
    at = f"{COMMENTS}{one.pk}/"
    assert WORDS in moderator.get(COMMENTS).content.decode()
    assert WORDS not in moderator.get(f"{COMMENTS}?state=held").content.decode()
    wrong = moderator.post(f"{at}reply/", {"reply-text": "لا"})
    assert wrong.status_code == 422 and ">لا</textarea>" in wrong.content.decode().replace("\n", "")
    assert moderator.post(f"{at}reply/", {"reply-text": "شكرا على تعليقكم المفيد"}).url == at
    public = Client(headers={"host": "localhost"})
    page = public.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    assert "شكرا على تعليقكم" in page
    hiding = {"hide-rule": rule.pk, "hide-reason": REASON}
    assert moderator.post(f"{at}hide/", {**hiding, "hide-reason": ""}).status_code == 422
    done = moderator.post(f"{at}hide/", hiding, follow=True).content.decode()
    assert "تم حجب التعليق" in done and "صاحب الفكرة" not in done
    assert (
        "ما حجب أو سحب يبقى رقمه"
        in public.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    )
    assert moderator.post(f"{at}hide/", hiding).status_code == 422
    assert moderator.post(f"{at}reply/", {"reply-text": "جواب على المحجوب"}).status_code == 422
    assert moderator.post(f"{at}restore/", {}).url == at
    assert ModerationCase.objects.get().outcome == "kept"


def test_comments_are_those_of_the_consultation_asked_for(sefrou, idea, moderator):
    say(idea, author=sefrou.participant)
    slug = idea.consultation.slug
    here = moderator.get(COMMENTS, {"consultation": slug, "state": "visible"})
    assert WORDS in here.content.decode()
    assert f"consultation={slug}" in here.content.decode(), "the filters keep one another"
    assert WORDS not in moderator.get(COMMENTS, {"consultation": "elsewhere"}).content.decode()


def test_a_case_names_the_office_that_decided_and_asks_only_for_what_hiding_needs(
    sefrou, idea, moderator
):
    make_rule(sefrou.province, 2)
    say(idea, author=sefrou.participant)
    flag(idea, 1)
    at = f"{CASES}{ModerationCase.objects.get().pk}/"
    assert "ضروري إذا قررتم الحجب" in moderator.get(at).content.decode()
    moderator.post(f"{at}decide/", {"decision": "keep"})
    page = moderator.get(at).content.decode()
    assert "مشرف" in page and "<bdi>moderator</bdi>" not in page
