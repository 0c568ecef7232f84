"""Answers over HTTP: the walk of officer and citizen, the figures, the lists, what stays typed."""

import csv
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import ParticipantFactory, log_in
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import IdeaAnswer, Support
from infitah.participation.operations import AnswerText
from infitah.participation.tests.answering import (
    KEPT,
    OTHER,
    REASON,
    answer,
    ideas,
    make_theme,
    merge,
)
from infitah.participation.tests.factories import AFTER, BY, DURING, STATEMENT, make_idea, make_rule

SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGE = "/ar/consultations/june/"
DESK = "/desk/participation/"
TYPED = {"code": "kept", "text_ar": REASON.ar, "seen": "0"}


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=False):
        yield


def page_of(client, address, status=200):
    found = client.get(address)
    assert found.status_code == status, address
    return found.content.decode()


def test_officer_answers_and_the_citizen_reads_it_all(sefrou, june, focal, anybody):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    queue = page_of(focal, f"{DESK}consultations/june/answers/")
    assert STATEMENT in queue and f"{DESK}ideas/{idea.reference}/answer/" in queue
    at = f"{DESK}ideas/{idea.reference}/answer/"
    assert "csrfmiddlewaretoken" in page_of(focal, at)
    line = "سنبدأ بالمثال الذي ذكرتموه"
    assert focal.post(at, {**TYPED, "personal_ar": line}).url == at
    assert REASON.ar in page_of(focal, at)
    public = page_of(anybody, f"{PAGE}ideas/{idea.reference}/")
    assert REASON.ar in public and line in public and "أخذ بها" in public
    number = IdeaAnswer.objects.get().register_number
    assert f"/register/{number}/" in public  # its proof is a knot of the thread
    letter = read(Mail.objects.get(template="participation/email/answered"))
    for words in (idea.reference, STATEMENT, "أخذ بها", REASON.ar, line, "لجنة التتبع"):
        assert words in letter.text
    figures = page_of(anybody, f"{PAGE}answers/")
    assert "لكل فكرة جوابها" in figures and "?answer=kept#ideas" in figures


def test_an_author_finds_the_answer_among_their_ideas(sefrou, june, anybody):
    anybody.cookies["device"] = sefrou.device
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    assert "أخذ بها" not in page_of(anybody, "/ar/mine/")
    answer(idea)
    page = page_of(anybody, "/ar/mine/")
    assert "أخذ بها" in page and f"ideas/{idea.reference}/#answer" in page


def test_who_may_not_answer_finds_no_page(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    theme = make_theme(june, idea)
    for who in ("moderator", "verifier", "other_officer"):
        client = log_in(Client(), getattr(sefrou, who), sefrou.province)
        for address in (
            f"{DESK}consultations/june/answers/",
            f"{DESK}ideas/{idea.reference}/answer/",
            f"{DESK}themes/{theme.reference}/answer/",
        ):
            assert client.get(address).status_code in {302, 404}
            assert client.post(address, TYPED).status_code in {302, 404}
    assert not IdeaAnswer.objects.exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"code": ""}, "code"),
        ({"text_ar": "لا"}, "text_ar"),
        ({"text_fr": "Oui."}, "text_fr"),
        ({"code": "merged"}, "merged_into"),
        ({"code": "merged", "merged_into": "SFR-2023-I-0999"}, "merged_into"),
        ({"code": "other_body"}, "other_body_ar"),
        ({"code": "not_lawful"}, "article"),
        ({"article": "112-14"}, "article"),
        ({"code": "existing", "link": "javascript:alert(1)"}, "link"),
        ({"personal_fr": "x" * 501}, "personal_fr"),
        ({"text_ar": "كلمة " * 500 + "أخيرة"}, "text_ar"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_stays_typed(
    sefrou, june, focal, typed, wrong
):
    idea = make_idea(june, sefrou.axis)
    sent = {**TYPED, "personal_ar": "شكرا على هذا المثال", **typed}
    found = focal.post(f"{DESK}ideas/{idea.reference}/answer/", sent)
    page = found.content.decode()
    assert found.status_code == 422 and not IdeaAnswer.objects.exists()
    assert f"id_{wrong}-error" in page or (wrong == "code" and "id_code" in page)
    for value in ("شكرا على هذا المثال", *typed.values()):
        assert value.replace('"', "&quot;") in page


def test_the_second_officer_sees_what_changed_and_keeps_the_typed(sefrou, june, focal):
    idea = make_idea(june, sefrou.axis)
    at = f"{DESK}ideas/{idea.reference}/answer/"
    answer(
        idea, AnswerText(code="no_budget", text=LocalizedText("لا يتوفر الاعتماد المالي")), by=OTHER
    )
    found = focal.post(at, TYPED)
    page = found.content.decode()
    assert found.status_code == 422 and REASON.ar in page and "لا يتوفر الاعتماد المالي" in page
    assert 'name="seen" value="1"' in page
    assert focal.post(at, {**TYPED, "seen": "1"}).status_code == 302  # now knowing, it corrects
    numbers = IdeaAnswer.objects.order_by("number").values_list("number", "code", "is_current")
    assert list(numbers) == [(1, "no_budget", False), (2, "kept", True)]


def test_a_corrected_answer_stays_readable_with_its_date(sefrou, june, anybody):
    idea = make_idea(june, sefrou.axis)
    answer(idea, AnswerText(code="no_budget", text=LocalizedText("لا يتوفر الاعتماد المالي")))
    operations.correct_answer(
        idea=idea, answer=KEPT, seen=1, by=BY, now=AFTER + timedelta(minutes=1)
    )
    page = page_of(anybody, f"{PAGE}ideas/{idea.reference}/")
    assert REASON.ar in page and "لا يتوفر الاعتماد المالي" in page
    french = page_of(anybody, f"/fr/consultations/june/ideas/{idea.reference}/")
    assert "retenue" in french and REASON.fr in french and "corrigée" in french


@pytest.mark.parametrize("state", ["held", "late", "received"])
def test_what_is_not_decided_leads_to_its_decision(sefrou, june, focal, state):
    idea = make_idea(june, sefrou.axis, at=AFTER if state == "late" else DURING)
    type(idea).objects.filter(pk=idea.pk).update(state=state)
    page = page_of(focal, f"{DESK}ideas/{idea.reference}/answer/")
    assert 'name="text_ar"' not in page and f"{DESK}ideas/{idea.reference}/" in page
    assert focal.post(f"{DESK}ideas/{idea.reference}/answer/", TYPED).status_code == 422


def test_while_open_the_pages_say_when_answers_come(sefrou, june, focal, anybody):
    idea = make_idea(june, sefrou.axis)
    with time_machine.travel(DURING, tick=False):
        assert "بعد إغلاق الاستشارة" in page_of(anybody, f"{PAGE}answers/")
        for address in (
            f"{DESK}consultations/june/answers/",
            f"{DESK}ideas/{idea.reference}/answer/",
        ):
            assert "ما زالت مفتوحة" in page_of(focal, address)


def test_a_theme_is_answered_with_lines_and_ticks(sefrou, june, focal):
    one, two, three = ideas(june, sefrou, 3)
    theme = make_theme(june, one, two, three)
    at = f"{DESK}themes/{theme.reference}/answer/"
    assert at in page_of(focal, f"{DESK}consultations/june/answers/")
    sent = {
        "code": "kept",
        "text_ar": REASON.ar,
        f"take_{one.pk}": "on",
        f"take_{two.pk}": "on",
        f"line_ar_{two.pk}": "سطر خاص بهذه الفكرة",
    }
    wrong = focal.post(at, {**sent, "text_ar": ""})
    assert wrong.status_code == 422 and "سطر خاص بهذه الفكرة" in wrong.content.decode()
    answer(one, by=OTHER)  # somebody was quicker
    changed = focal.post(at, {**sent, f"line_ar_{one.pk}": "سطر كتب سدى"})
    page = changed.content.decode()
    assert changed.status_code == 422 and one.reference in page and "سطر كتب سدى" in page
    assert f'name="take_{one.pk}"' not in page and IdeaAnswer.objects.count() == 1
    del sent[f"take_{one.pk}"]
    assert focal.post(at, sent).status_code == 302
    assert {row.idea for row in IdeaAnswer.objects.all()} == {one, two}
    assert focal.post(at, {"code": "kept", "text_ar": REASON.ar}).status_code == 422
    assert focal.get(f"{DESK}themes/SFR-2023-T-0099/answer/").status_code == 404


@pytest.mark.parametrize("has_address", [False, True])
def test_no_mail_is_promised_where_there_is_no_address(sefrou, june, focal, has_address):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant if has_address else None)
    at = f"{DESK}ideas/{idea.reference}/answer/"
    page = page_of(focal, at)
    assert ("وأخبروا صاحب الفكرة" in page) is has_address
    assert ("لن تصل رسالة إلى أحد" in page) is not has_address
    done = focal.post(at, TYPED, follow=True).content.decode()
    assert "الجواب منشور الآن" in done


@pytest.mark.database
def test_lists_are_filtered_by_answer_with_counts(sefrou, june, anybody):
    one, two, three = ideas(june, sefrou, 3)
    answer(one)
    answer(two, AnswerText(code="no_budget", text=REASON))
    page = page_of(anybody, PAGE)
    assert "?answer=no_budget#ideas" in page and "?answer=none#ideas" in page
    for code, shown in (("kept", one), ("no_budget", two), ("none", three)):
        listed = page_of(anybody, f"{PAGE}?answer={code}")
        for idea in (one, two, three):
            assert (f"ideas/{idea.reference}/" in listed) is (idea == shown)
    assert all(
        f"ideas/{idea.reference}/" in page_of(anybody, f"{PAGE}?answer=perhaps")
        for idea in (one, two, three)
    )


def test_the_table_of_ideas_has_their_answers(sefrou, june, anybody):
    one, two = ideas(june, sefrou, 2)
    hostile = LocalizedText(ar="=1+1 هذه الجملة ليست صيغة حسابية", fr=REASON.fr)
    answer(one, AnswerText(code="kept", text=hostile))
    table = b"".join(anybody.get("/fr/consultations/june/ideas.csv").streaming_content).decode()
    rows = {row["Numéro"]: row for row in csv.DictReader(StringIO(table.lstrip("\ufeff")))}
    assert rows[one.reference]["Réponse"] == "kept"
    assert rows[one.reference]["Réponse en toutes lettres"] == "retenue"
    assert rows[one.reference]["Motif, en arabe"] == f"'{hostile.ar}"
    assert rows[one.reference]["Motif, en français"] == REASON.fr
    assert rows[two.reference]["Réponse"] == ""


def test_small_numbers_are_counts_and_large_ones_shares(sefrou, june, anybody):
    made = ideas(june, sefrou, 19)
    for idea in made:
        answer(idea)
    few = page_of(anybody, f"{PAGE}answers/")
    assert "دون عشرين" in few and "%" not in few.partition("<main")[2].partition("</main")[0]
    make_idea(june, sefrou.second_axis, "استشارة السكان قبل كل مشروع كبير")
    many = page_of(anybody, f"{PAGE}answers/")
    assert "95 %" in many and "19 من أصل 20" in many and "?answer=none#ideas" in many


def test_what_is_counted_apart_is_said(sefrou, june, anybody):
    one, two = ideas(june, sefrou, 2)
    make_idea(june, sefrou.second_axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    answer(one)
    operations.hide_idea(
        community_id=june.community_id,
        reference=two.reference,
        rule=make_rule(june.community, 2),
        reason="تتضمن رقم هاتف شخص آخر",
        by=BY,
        now=AFTER,
    )
    page = page_of(anybody, "/fr/consultations/june/answers/")
    assert "est masquée selon une règle" in page and "attend une décision" in page
    assert two.reference not in page


def test_the_idea_that_others_joined_names_them(sefrou, june, anybody):
    one, two, three = ideas(june, sefrou, 3)
    Support.objects.create(idea=one, participant=sefrou.participant, given_at=DURING)
    Support.objects.create(idea=three, participant=sefrou.participant, given_at=DURING)
    answer(one, merge(two))
    answer(two, merge(three))
    page = page_of(anybody, f"{PAGE}ideas/{three.reference}/")
    assert one.reference in page and two.reference in page
    assert "يساندها شخص واحد" in page and "3 أصحاب" in page
    assert three.reference in page_of(anybody, f"{PAGE}ideas/{two.reference}/")


def test_what_is_gone_takes_its_answer_off_the_page(sefrou, june, anybody):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    answer(idea)
    operations.withdraw_idea(
        community_id=june.community_id,
        reference=idea.reference,
        author_id=sefrou.participant.pk,
        by=BY,
        now=AFTER,
    )
    for address in (PAGE, f"{PAGE}ideas/{idea.reference}/", f"{PAGE}answers/"):
        assert REASON.ar not in page_of(anybody, address)
    assert IdeaAnswer.objects.count() == 1  # the record stays


def test_lists_cost_the_same_whatever_their_ideas(
    sefrou, june, focal, anybody, django_assert_max_num_queries
):
    counts: dict[str, list[int]] = {}
    addresses = {
        f"{PAGE}answers/": 8,
        f"{PAGE}?answer=kept": 9,
        f"{DESK}consultations/june/answers/": 20,
        f"{DESK}consultations/june/answers/?shelf=answered": 20,
    }
    for more in (2, 25):
        for number in range(more):
            answer(make_idea(june, sefrou.axis, f"{STATEMENT} {more} رقم {number}"))
            make_idea(june, sefrou.second_axis, f"{STATEMENT} {more} ينتظر {number}")
        for address, most in addresses.items():
            client = focal if address.startswith("/desk") else anybody
            client.get(address)
            with django_assert_max_num_queries(most) as asked:
                page_of(client, address)
            counts.setdefault(address, []).append(len(asked))
    assert all(few == many for few, many in counts.values()), counts


def test_the_desk_says_how_many_wait(sefrou, june, focal):
    made = ideas(june, sefrou, 3)
    queue = page_of(focal, "/desk/queue/?kind=answer")
    assert "الأفكار التي تنتظر جوابها: 3، استشارة يونيو" in queue
    assert f"{DESK}consultations/june/answers/" in queue
    for idea in made:
        answer(idea)
    assert "الأفكار التي تنتظر جوابها" not in page_of(focal, "/desk/queue/?kind=answer")
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    assert moderator.get("/desk/queue/?kind=answer").status_code == 404


# Mails -----------------------------------------------------------------------------------------

ANSWERS = {
    "answered_kept": AnswerText(
        code="kept", text=REASON, personal_line=LocalizedText(ar="شكرا على المثال", fr="Merci.")
    ),
    "answered_other_body": AnswerText(
        code="other_body",
        text=REASON,
        other_body=LocalizedText(ar="وزارة التجهيز والماء", fr="Ministère de l’Équipement"),
        link="https://www.equipement.gov.ma/",
    ),
    "answered_not_lawful": AnswerText(code="not_lawful", text=REASON, article="112-14:79"),
}


def told(sefrou, june, name, language):
    author = ParticipantFactory(community=sefrou.province, language=language)
    idea = make_idea(june, sefrou.axis, author=author, key="6f1c2a34-1111-4222-8333-444455556666")
    other = make_idea(june, sefrou.second_axis, "استشارة السكان قبل كل مشروع كبير")
    if name in ANSWERS:
        return answer(idea, ANSWERS[name])
    if name == "answered_merged":
        return answer(idea, merge(other))
    if name == "result_merged_in":
        return answer(other, merge(idea))
    title = LocalizedText(ar="ميزانية المواطن", fr="Budget citoyen")
    return operations.tell_result(
        idea=idea, title=title, path="programme/2024-2025/", kind="adopted", now=AFTER
    )


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/information/ask/", "http://localhost:8000/ar/information/ask/"),
        ("SFR-2023-I-0001", "http://localhost:8000/d/SFR-2023-I-0001"),
        ("https://www.chafafiya.ma/", "https://www.chafafiya.ma/"),
    ],
)
def test_mail_and_page_lead_to_what_exists(sefrou, june, anybody, link, address):
    make_idea(june, sefrou.second_axis, "استشارة السكان قبل كل مشروع كبير")
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    answer(idea, AnswerText(code="existing", text=REASON, link=link))
    letter = read(Mail.objects.get(template="participation/email/answered"))
    assert f"{address}\n" in letter.text and f'href="{address}"' in letter.html
    page = page_of(anybody, f"{PAGE}ideas/{idea.reference}/")
    assert f'href="{address.removeprefix("http://localhost:8000")}' in page


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "name", [*ANSWERS, "answered_merged", "result_merged_in", "result_adopted"]
)
def test_a_mail_reads_as_it_was_written(sefrou, june, name, language):
    told(sefrou, june, name, language)
    template = f"participation/email/{name.partition('_')[0]}"
    letter = read(Mail.objects.get(template=template))
    kept = SNAPSHOTS / f"{name}.{language}.txt"
    assert f"Subject: {letter.subject}\n\n{letter.text}" == kept.read_text(encoding="utf-8")
    assert f'lang="{language}"' in letter.html and STATEMENT in letter.html
    first = letter.text.split("\n\n")[1]  # both parts say the same
    html = re.sub(r'<bdi dir="ltr" class="ref">([^<]*)</bdi>', r"\1", letter.html)
    assert first in html.replace("&#x27;", "'")
