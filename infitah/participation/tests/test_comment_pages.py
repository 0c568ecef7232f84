"""Comments, flags and appeals over HTTP: a citizen's walk, what is kept, what is seen by whom."""

import csv
import io
import re
import uuid

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from infitah.community.tests.factories import AxisFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.participation import operations
from infitah.participation.models import Comment, Flag, Idea, ModerationCase, PendingAct
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import SAME, last_code
from infitah.participation.tests.talk import (
    REASON,
    WORDS,
    appeal,
    decide,
    end_appeal,
    flag,
    hide,
    many,
    say,
)
from infitah.participation.tests.test_texts import OTHER, SUBJECT, publish

KEY = "00000000-0000-4000-8000-0000000000bb"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def known(sefrou):
    client = Client(headers={"host": "localhost"}, **SAME)
    client.cookies["device"] = sefrou.device
    return client


def page_of(idea, language="ar"):
    return f"/{language}/consultations/june/ideas/{idea.reference}/"


def test_a_citizen_comments_proves_an_address_replies_flags_and_appeals(sefrou, idea, client):
    make_rule(sefrou.province, 2)
    at = f"{page_of(idea)}comment/"
    assert at in client.get(page_of(idea)).content.decode()
    assert idea.statement in client.get(at).content.decode()
    wrong = client.post(at, {"text": "لا", "stance": "for", "key": KEY})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and ">لا</textarea>" in page.replace("\n", "")
    assert KEY in page and 'value="for"' in page and "id_text-error" in page
    waits = client.post(at, {"text": WORDS, "stance": "for", "key": KEY})
    assert waits.status_code == 303 and not Comment.objects.exists()
    assert WORDS in client.get(waits.url).content.decode()
    client.post(waits.url, {"email": "citizen@example.org", "consent": "on"})
    client.post(f"{waits.url}code/", {"code": last_code()})
    one = Comment.objects.get()
    assert (one.stance, one.submission_key) == ("for", uuid.UUID(KEY))
    assert PendingAct.objects.get().back == f"{page_of(idea)}#comments"
    page = client.get(page_of(idea)).content.decode()
    assert WORDS in page and "مؤيد" in page and f"{at}?to=1" in page
    reply = client.post(f"{at}?to=1", {"text": "وأنا أيضا أتفق معكم", "key": str(uuid.uuid4())})
    assert reply.status_code == 303
    assert f"{page_of(idea)}#comment-2" in client.get(reply.url).content.decode()
    assert 'class="comment-reply"' in client.get(page_of(idea)).content.decode()
    flagging = f"{page_of(idea)}flag/?comment=1"
    assert flagging in client.get(page_of(idea)).content.decode()
    nothing = client.post(flagging, {"note": "رقم هاتف"})
    assert nothing.status_code == 422 and "رقم هاتف" in nothing.content.decode()
    rule = make_rule(sefrou.province, 2)
    done = client.post(flagging, {"rule": rule.pk, "note": "رقم هاتف"})
    assert done.status_code == 303 and "24 ساعة" in client.get(done.url).content.decode()
    client.post(flagging, {"rule": rule.pk})
    assert Flag.objects.count() == 1
    hide(ModerationCase.objects.get())
    page = client.get(page_of(idea)).content.decode()
    assert WORDS not in page and REASON not in page and "قاعدة الإشراف رقم 2" in page
    mine = client.get("/ar/mine/comments/").content.decode()
    assert WORDS in mine and REASON in mine
    link = re.search(r"/ar/mine/appeal/[^\s\"]+", mine)[0]
    mailed = read(Mail.objects.get(template="participation/email/comment_hidden")).text
    assert link in mailed
    anybody = Client(headers={"host": "localhost"}, **SAME)
    assert REASON in anybody.get(link).content.decode(), "the link of the mail is enough"
    short = anybody.post(link, {"words": "خطأ"})
    assert short.status_code == 422 and "خطأ" in short.content.decode()
    assert anybody.post(link, {"words": "هذا رقم مصلحة عمومية معروف"}).status_code == 302
    assert "توصلنا" in anybody.get(link).content.decode()
    assert anybody.post(link, {"words": "مرة أخرى من فضلكم"}).status_code == 422
    end_appeal(ModerationCase.objects.get(), granted=True)
    assert WORDS in client.get(page_of(idea)).content.decode()


def test_after_closing_it_says_when_it_closed_and_keeps_what_was_typed(idea, known):
    at = f"{page_of(idea)}comment/"
    with time_machine.travel(AFTER, tick=False):
        for answer in (known.get(at), known.post(at, {"text": WORDS})):
            assert "20 يونيو 2023" in answer.content.decode()
        assert answer.status_code == 422 and WORDS in answer.content.decode()
        assert f"{at}?" not in known.get(page_of(idea)).content.decode()
    with translation.override("fr"), time_machine.travel(AFTER, tick=False):
        page = known.get(f"{page_of(idea, 'fr')}comment/").content.decode()
        assert "20 juin 2023" in page


@pytest.mark.parametrize(
    "path",
    [
        "ideas/SFR-2023-I-0099/comment/",
        "ideas/SFR-2023-I-0099/flag/",
        "ideas/{0}/comment/?to=9",
        "ideas/{0}/flag/?comment=9",
        "paragraphs/1/comment/",
        "paragraphs/1/flag/",
        "paragraphs/1/flag/?done=1",
        "paragraphs/1/flag/?comment=1",
    ],
)
def test_what_is_not_there_is_not_found(idea, client, path):
    at = f"/ar/consultations/june/{path.format(idea.reference)}"
    assert client.get(at).status_code == 404
    assert client.post(at, {"text": WORDS}).status_code == 404


def test_who_flagged_reads_how_it_ended_though_the_text_is_hidden(sefrou, idea, client):
    rule = make_rule(sefrou.province, 2)
    say(idea, author=sefrou.participant)
    say(idea, f"{WORDS} ثان", author=sefrou.participant)
    told = []
    for number in (1, 2):
        at = f"{page_of(idea)}flag/?comment={number}"
        told.append(client.post(at, {"rule": rule.pk, "note": ""}).url)
    hidden, kept = ModerationCase.objects.order_by("pk")
    hide(hidden)
    decide(kept)
    page = client.get(told[0])
    words = f"بت في تبليغكم رقم {Flag.objects.get(case=hidden).pk}: حجب النص بموجب القاعدة 2"
    assert page.status_code == 200 and words in page.content.decode()
    assert WORDS not in page.content.decode()
    assert "أبقي النص كما هو" in client.get(told[1]).content.decode()
    assert client.get(told[0], REMOTE_ADDR="203.0.113.9").status_code == 404
    other = told[0].replace("comment=1", "comment=2")
    assert "بت في تبليغكم" not in client.get(other).content.decode()


def test_a_reply_to_a_hidden_comment_is_refused_in_words(sefrou, idea, client):
    say(idea, author=sefrou.participant)
    flag(idea, 1)
    hide(ModerationCase.objects.get())
    at = f"{page_of(idea)}comment/?to=1"
    page = client.get(at)
    assert page.status_code == 200 and "لم يعد هذا التعليق معروضا" in page.content.decode()
    assert WORDS not in page.content.decode() and page_of(idea) in page.content.decode()
    sent = client.post(at, {"text": "رد على تعليق محجوب"})
    assert sent.status_code == 422 and "رد على تعليق محجوب" in sent.content.decode()
    assert Comment.objects.count() == 1


def test_a_forged_link_of_an_appeal_says_so(client, sefrou):
    for token in ("x", "1:1uAAAA:x"):
        answer = client.get(f"/ar/mine/appeal/{token}/")
        assert answer.status_code == 404 and "/ar/mine/comments/" in answer.content.decode()


def test_one_takes_back_ones_own_comment_and_nobody_elses(sefrou, idea, known):
    one = say(idea, author=sefrou.participant)
    other = say(idea, "رأي آخر لشخص آخر")
    refused = known.post("/ar/mine/comments/", {"comment": other.pk})
    assert refused.status_code == 422 and Comment.objects.get(pk=other.pk).text
    assert known.post("/ar/mine/comments/", {"comment": "x"}).status_code == 422
    assert known.post("/ar/mine/comments/", {"comment": one.pk}).status_code == 302
    page = known.get(page_of(idea)).content.decode()
    assert WORDS not in page and "الرقم يبقى" in page
    stranger = Client(headers={"host": "localhost"}, **SAME).get("/ar/mine/comments/")
    assert "comment-" not in stranger.content.decode() and stranger.status_code == 200


def test_paragraphs_take_comments_on_their_own_page(sefrou, known):
    second = make_consultation(sefrou.province, slug="second", takes_ideas=False, round_number=2)
    text = publish(second, OTHER, keys=("problem",))
    paragraph = text.paragraphs.get()
    at = f"/ar/consultations/second/paragraphs/{paragraph.pk}/comment/"
    page = f"/ar/consultations/second/texts/{SUBJECT}/problem/"
    assert at in known.get(page).content.decode()
    assert OTHER.text_of("ar") in known.get(at).content.decode()
    given = known.post(at, {"text": WORDS, "stance": "against", "key": KEY})
    assert f"{page}#comment-1" in known.get(given.url).content.decode()
    shown = known.get(page).content.decode()
    assert WORDS in shown and f"/paragraphs/{paragraph.pk}/flag/?comment=1" in shown
    rule = make_rule(sefrou.province, 2)
    flagging = f"/ar/consultations/second/paragraphs/{paragraph.pk}/flag/?comment=1"
    assert known.post(flagging, {"rule": rule.pk}).status_code == 303
    hide(ModerationCase.objects.get())
    assert WORDS not in known.get(page).content.decode()
    letter = read(Mail.objects.get(template="participation/email/comment_hidden"))
    assert f"{SUBJECT}/P{paragraph.pk}/1" in letter.subject


def test_a_page_of_comments_costs_the_same_whatever_their_number(
    sefrou, idea, client, django_assert_max_num_queries
):
    counts = []
    for more in (2, 60):
        many(idea, more, parent=say(idea, f"{WORDS} {more}"))
        client.get(page_of(idea))
        with django_assert_max_num_queries(26) as captured:
            page = client.get(page_of(idea)).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert page.count('<article class="card" id="comment-') == 50
    after = re.search(r"\?after=[\d.]+", page)[0]
    rest = client.get(f"{page_of(idea)}{after}").content.decode()
    assert rest.count('<article class="card" id="comment-') == 14 and "after=" not in rest
    assert client.get(f"{page_of(idea)}?after=x").status_code == 200


def test_files_and_feeds_give_what_is_shown_and_nothing_else(sefrou, idea, client):
    axis = AxisFactory(community=sefrou.commune)
    elsewhere = make_idea(make_consultation(sefrou.commune, axis, slug="june"), axis)
    say(elsewhere, "تعليق في جماعة أخرى")
    say(idea, "=HYPERLINK(1) كلام يبدأ بصيغة", stance="against")
    say(idea, "تعليق محجوب لا يقرأ")
    gone = say(idea, "تعليق مسحوب لا يقرأ", author=sefrou.participant)
    flag(idea, 2)
    hide(ModerationCase.objects.get())
    operations.withdraw_comment(
        community_id=idea.community_id,
        comment_id=gone.pk,
        author_id=sefrou.participant.pk,
        by=BY,
        now=DURING,
    )
    at = "/ar/consultations/june/comments."
    body = b"".join(client.get(f"{at}csv").streaming_content).decode()
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert body.startswith("\ufeff") and len(rows) == 2
    assert rows[1][0] == idea.reference and rows[1][9].startswith("'=")
    feed = client.get(f"{at}atom").content.decode()
    everywhere = [
        body,
        feed,
        client.get(page_of(idea)).content.decode(),
        client.get("/ar/search/", {"q": "تعليق"}).content.decode(),
        client.get("/ar/consultations/moderation/").content.decode(),
        client.get("/ar/consultations/june/").content.decode(),
    ]
    for secret in ("محجوب لا يقرأ", "مسحوب لا يقرأ", "جماعة أخرى"):
        assert not [text for text in everywhere if secret in text]
    assert "كلام يبدأ بصيغة" in feed


def test_an_idea_that_is_hidden_takes_its_comments_along(sefrou, idea, client):
    say(idea)
    operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=make_rule(sefrou.province),
        reason=REASON,
        by=BY,
        now=DURING,
    )
    assert WORDS not in client.get(page_of(idea)).content.decode()
    feed = client.get("/ar/consultations/june/comments.atom").content.decode()
    assert WORDS not in feed
    assert client.get(f"{page_of(idea)}comment/").status_code == 404


def test_a_held_idea_shows_its_author_why(sefrou, known):
    june = make_consultation(sefrou.province, sefrou.axis)
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=make_rule(sefrou.province, 2),
        reason=REASON,
        by=BY,
        now=DURING,
    )
    page = known.get("/ar/mine/").content.decode()
    assert REASON in page and "/ar/mine/appeal/" in page and "قاعدة الإشراف رقم 2" in page


def test_the_public_figures_count_what_was_done(
    sefrou, idea, client, django_assert_max_num_queries
):
    for number in range(3):
        say(idea, f"{WORDS} {number}", author=sefrou.participant)
        flag(idea, number + 1)
    first, second, _third = ModerationCase.objects.order_by("pk")
    hide(first)
    end_appeal(appeal(hide(second)), granted=True)
    with django_assert_max_num_queries(24):
        page = client.get("/ar/consultations/moderation/").content.decode()
    numbers = re.findall(r'class="figure-number">\D*(\d+)', page)
    assert numbers[:4] == ["4", "3", "2", "1"], "received, flagged, hidden, shown again"
    assert Idea.objects.count() == 1 and "استشارة يونيو" in page
    assert "تظلم مقبول" in page and "نصان" not in page, "no number said twice"
    assert client.get("/fr/consultations/moderation/").status_code == 200


def test_comments_read_first_are_with_their_author_alone(sefrou, known, client):
    calm = make_consultation(sefrou.province, sefrou.axis, is_premoderated=True)
    idea = make_idea(calm, sefrou.axis)
    Idea.objects.update(state="visible")
    given = known.post(f"{page_of(idea)}comment/", {"text": WORDS, "key": KEY})
    told = known.get(given.url).content.decode()
    assert WORDS in told and "يقرأ أولا ثم يعرض" in told and "#comment-1" not in told
    assert WORDS not in client.get(page_of(idea)).content.decode()
