"""What a citizen reads, and takes back, over HTTP and without script."""

import feedparser
import time_machine

from infitah.core.models import Mail
from infitah.participation import operations
from infitah.participation.models import Idea
from infitah.participation.tests.factories import (
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import BASE

# Reading -----------------------------------------------------------------------------------------


def test_a_hidden_idea_shows_its_rule_and_no_text(client, sefrou, open_consultation):
    idea = make_idea(open_consultation, sefrou.axis, detail="تفصيل مهم")
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=idea.reference,
        rule=make_rule(sefrou.province, 2),
        reason="تتضمن رقم هاتف",
        by=BY,
        now=DURING,
    )
    page = client.get(f"{BASE}ideas/{idea.reference}/")
    text = page.content.decode()
    assert page.status_code == 200 and "قاعدة الإشراف رقم 2" in text
    assert STATEMENT not in text and "تفصيل مهم" not in text and "رقم هاتف" not in text


def test_public_pages_set_no_cookie_and_do_not_vary_by_it(client, sefrou, open_consultation):
    idea = make_idea(open_consultation, sefrou.axis)
    for address in (
        "/ar/consultations/",
        BASE,
        f"{BASE}ideas/{idea.reference}/",
        f"{BASE}similar/?q={STATEMENT}",
        f"{BASE}ideas.csv",
        f"{BASE}ideas.atom",
    ):
        answer = client.get(address)
        assert answer.status_code in {200, 204}, address
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")


def test_the_table_is_safe_for_spreadsheets_and_holds_shown_ideas_only(
    client, sefrou, open_consultation
):
    make_idea(open_consultation, sefrou.axis, '=HYPERLINK("http://x") نشر الميزانية السنوية')
    hidden = make_idea(open_consultation, sefrou.axis, "استشارة السكان قبل كل مشروع كبير")
    Idea.objects.filter(pk=hidden.pk).update(state="held")
    content = b"".join(client.get(f"{BASE}ideas.csv").streaming_content).decode()
    assert content.startswith("\ufeff") and "'=HYPERLINK" in content
    assert "استشارة السكان" not in content


def test_the_feed_can_be_read_by_another_program(client, sefrou, open_consultation):
    idea = make_idea(open_consultation, sefrou.axis)
    parsed = feedparser.parse(client.get(f"{BASE}ideas.atom").content)
    assert not parsed.bozo and parsed.entries[0].title == STATEMENT
    assert parsed.entries[0].link.endswith(f"/ideas/{idea.reference}/")


def test_a_consultation_that_nobody_announced_does_not_exist(client, sefrou):
    make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    assert client.get(BASE).status_code == 404
    assert client.get(f"{BASE}give/").status_code == 404


# Taking back -------------------------------------------------------------------------------------


@time_machine.travel(DURING, tick=False)
def test_the_link_of_the_mail_takes_back_by_one_button_and_says_when_it_was_used(
    client, sefrou, open_consultation
):
    idea = make_idea(open_consultation, sefrou.axis, author=sefrou.participant)
    address = f"/fr/mine/link/{operations.withdraw_token(idea)}/"
    assert client.get(address).status_code == 200
    idea.refresh_from_db()
    assert idea.state == "visible"  # scanners follow links, only the button acts
    page = idea.get_absolute_url()
    assert 'class="follow"' in client.get(page).content.decode()
    assert client.post(address).status_code == 302
    assert 'class="follow"' not in client.get(page).content.decode()
    used = client.get(address)
    assert "a été retirée le" in used.content.decode()
    client.post(address)
    assert Idea.objects.get().withdrawn_at == idea.submitted_at


@time_machine.travel(DURING, tick=False)
def test_a_forged_link_says_so_and_offers_a_new_one(client, sefrou, open_consultation):
    forged = client.get("/ar/mine/link/forged-token/")
    assert forged.status_code == 404 and "ليس منا" in forged.content.decode()
    wrong = client.post("/ar/mine/link/", {"email": "x"})
    assert wrong.status_code == 422
    asked = client.post("/ar/mine/link/", {"email": "nobody@example.org"})
    assert asked.status_code == 200 and not Mail.objects.exists()


def test_a_link_runs_out(client, sefrou, open_consultation):
    with time_machine.travel(DURING, tick=False):
        idea = make_idea(open_consultation, sefrou.axis, author=sefrou.participant)
        token = operations.withdraw_token(idea)
    with time_machine.travel("2024-12-01 10:00", tick=False):
        old = client.get(f"/ar/mine/link/{token}/")
        assert old.status_code == 404 and "انتهت صلاحية" in old.content.decode()


def test_a_device_takes_back_only_its_own_ideas(client, sefrou, open_consultation):
    idea = make_idea(open_consultation, sefrou.axis)
    client.cookies["device"] = sefrou.device
    answer = client.post("/ar/mine/", {"reference": idea.reference})
    assert answer.status_code == 422
    idea.refresh_from_db()
    assert idea.state == "visible"
