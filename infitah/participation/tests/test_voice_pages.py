"""Voting and supporting over HTTP, without script; and that nothing leaks before closing."""

import re

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import DeviceFactory, ParticipantFactory, log_in
from infitah.core.viewer import Viewer
from infitah.participation import operations, queries, rules
from infitah.participation.models import (
    Consultation,
    Idea,
    PendingAct,
    StatementTally,
    StatementVote,
    Support,
    VoiceTally,
)
from infitah.participation.tests.factories import AFTER, DURING, make_consultation, make_idea
from infitah.participation.tests.giving import BASE, SAME, last_code
from infitah.searchindex.operations import index_dirty

VOTING = "/ar/mine/vote/june/"
WORDS = "تزويد مدرسة الدوار رقم {} بالماء الصالح للشرب"


@pytest.fixture
def ideas(sefrou, june):
    return [make_idea(june, sefrou.axis, WORDS.format(n)) for n in range(1, 16)]


@pytest.fixture
def proved(sefrou):
    citizen = Client(headers={"host": "localhost"}, **SAME)
    citizen.cookies["device"] = sefrou.device
    return citizen


def asked_on(page) -> list[str]:
    _before, _mark, asked = page.content.decode().partition('id="next"')
    return re.findall(r'name="idea" value="(SFR-[^"]+)"', asked)


@time_machine.travel(AFTER, tick=False)
def test_results_go_on_where_a_page_ends(sefrou, june, voted, client, monkeypatch):
    few = make_idea(june, sefrou.axis, "فتح المكتبة الجماعية مساء للتلاميذ")
    vote_of_many(sefrou, june, few, 2, 3, 0)
    monkeypatch.setattr(queries, "RANKED", 1)
    first = client.get(f"{BASE}results/").content.decode()
    assert voted.statement in first and few.statement not in first
    at = "?order=agreed&amp;page=2#list"
    assert f'href="{at}"' in first
    second = client.get(f"{BASE}results/", {"order": "agreed", "page": "2"}).content.decode()
    assert few.statement in second and voted.statement not in second and 'start="2"' in second
    assert "page=3" not in second and "page=1#list" in second
    for odd in ("0", "x", "99"):
        assert client.get(f"{BASE}results/", {"page": odd}).status_code == 200


@time_machine.travel(DURING, tick=False)
def test_first_vote_by_code_then_eleven_more_then_a_pause(client, ideas):
    page = client.get(VOTING)
    asked = asked_on(page)
    assert (
        len(asked) == len(set(asked)) == 12 and "%" not in page.content.decode().split("<main")[1]
    )
    first = client.post(f"{BASE}vote/", {"idea": asked[0], "choice": "agree", "left": "12"})
    assert first.status_code == 303 and not StatementVote.objects.exists()
    page = client.get(first.url).content.decode()
    statement = next(one.statement for one in ideas if one.reference == asked[0])
    assert statement in page and "موافق" in page
    client.post(first.url, {"email": "new@example.org", "consent": "on"})
    done = client.post(f"{first.url}code/", {"code": last_code()})
    assert "تم احتساب تصويتكم" in client.get(done.url).content.decode()
    assert StatementVote.objects.get().choice == 1
    assert PendingAct.objects.get().back == f"{VOTING}?left=11"
    at = f"{VOTING}?left=11"
    for left in range(10, -1, -1):
        now = asked_on(client.get(at))
        assert len(now) == left + 1 and asked[0] not in now
        answer = client.post(
            f"{BASE}vote/", {"idea": now[0], "choice": "disagree", "left": str(left + 1)}
        )
        led = f"{VOTING}?left={left}&voted={now[0]}"
        assert (answer.status_code, answer.url) == (303, led)
        at = answer.url
    page = client.get(at).content.decode()
    assert not asked_on(client.get(at)) and "اثنا عشر صوتا" in page and f'href="{VOTING}"' in page
    assert len(asked_on(client.get(VOTING))) == 3 and "صوتتم على 12 فكرة من أصل 15" in page
    tally = StatementTally.objects.values_list("agree", "disagree")
    assert sorted(tally) == [(0, 1)] * 11 + [(1, 0)] and VoiceTally.objects.get().voters == 1


@time_machine.travel(DURING, tick=False)
def test_the_page_after_a_vote_says_what_was_counted_and_lets_it_be_changed(proved, ideas):
    cast = {"idea": ideas[0].reference, "choice": "disagree", "left": "12"}
    at = proved.post(f"{BASE}vote/", cast).url
    page = proved.get(at).content.decode()
    told = page[page.index("سجل صوتكم:") : page.index('id="next"')]
    assert "سجل صوتكم: لا أوافق" in told and ideas[0].statement in told
    assert f'name="back" value="{at.replace("&", "&amp;")}"' in told
    changed = proved.post(f"{BASE}vote/", {**cast, "choice": "agree", "back": at})
    assert changed.url == at and "سجل صوتكم: أوافق" in proved.get(at).content.decode()
    assert StatementVote.objects.get().choice == 1
    for address in (VOTING, f"{VOTING}?voted={ideas[1].reference}"):
        assert "سجل صوتكم" not in proved.get(address).content.decode()


@time_machine.travel(DURING, tick=False)
def test_the_least_voted_come_first_and_people_begin_elsewhere(sefrou, june, ideas, proved):
    StatementTally.objects.bulk_create(
        StatementTally(consultation=june, idea=one, agree=3) for one in ideas[:12]
    )
    first = asked_on(proved.get(VOTING))
    assert set(first[:3]) == {one.reference for one in ideas[12:]} and len(first) == 12
    other = DeviceFactory(
        participant=ParticipantFactory(community=sefrou.province), cookie="another-device"
    )
    proved.cookies["device"] = "another-device"
    assert other.pk and asked_on(proved.get(VOTING)) != first


@time_machine.travel(DURING, tick=False)
def test_support_from_the_page_of_an_idea_and_taking_it_back(proved, ideas):
    reference = ideas[0].reference
    page = f"{BASE}ideas/{reference}/"
    assert f'action="{page}support/"' in proved.get(page).content.decode()
    given = proved.post(f"{page}support/")
    assert (given.status_code, given.url) == (303, f"{VOTING}{reference}/")
    assert "أنتم تساندون هذه الفكرة" in proved.get(given.url).content.decode()
    shown = proved.get(page)
    assert "يساند هذه الفكرة شخص واحد" in shown.content.decode() and not shown.cookies
    assert "مساندة واحدة" in proved.get(BASE).content.decode()
    proved.post(f"{BASE}vote/", {"idea": reference, "choice": "pass", "back": given.url})
    mine = proved.get(given.url).content.decode()
    assert "امتنعتم" in mine and 'aria-pressed="true"' in mine
    proved.post(f"{page}support/", {"take_back": "1"})
    assert "لا تساندون هذه الفكرة" in proved.get(given.url).content.decode()
    assert not Support.objects.exists()
    french = proved.get(given.url.replace("/ar/", "/fr/")).content.decode()
    assert "Vous êtes sans avis" in french


@time_machine.travel(DURING, tick=False)
def test_support_without_proof_waits_for_the_code(client, ideas):
    reference = ideas[0].reference
    waits = client.post(f"{BASE}ideas/{reference}/support/")
    assert waits.status_code == 303 and not Support.objects.exists()
    client.post(waits.url, {"email": "new@example.org", "consent": "on"})
    done = client.post(f"{waits.url}code/", {"code": last_code()}, follow=True)
    page = done.content.decode()
    assert "تم احتساب مساندتكم" in page and f'href="{VOTING}{reference}/"' in page
    assert Support.objects.count() == 1


def test_a_page_kept_since_before_closing_counts_nothing(proved, client, june, ideas):
    reference = ideas[0].reference
    with time_machine.travel(AFTER, tick=False):
        for citizen in (proved, client):
            for address, typed in (
                (f"{BASE}vote/", {"idea": reference, "choice": "agree"}),
                (f"{BASE}ideas/{reference}/support/", {}),
            ):
                refused = citizen.post(address, typed)
                assert refused.status_code == 422
                assert "20 يونيو 2023" in refused.content.decode()
        french = proved.post("/fr/consultations/june/vote/", {"idea": reference, "choice": "agree"})
        assert "20 juin 2023" in french.content.decode()
        page = proved.get(VOTING).content.decode()
        assert not asked_on(proved.get(VOTING)) and "20 يونيو 2023" in page
        assert f'href="{BASE}results/"' in page
        own = proved.get(f"{VOTING}{reference}/").content.decode()
        assert "انتهى التصويت" in own and "20 يونيو 2023" in own
    assert not StatementVote.objects.exists() and not PendingAct.objects.exists()


@time_machine.travel(DURING, tick=False)
def test_what_is_no_vote_is_no_fault(proved, client, sefrou, ideas):
    assert proved.get(f"{BASE}vote/").url == VOTING
    assert proved.post(f"{BASE}vote/", {"idea": ideas[0].reference}).url == VOTING
    assert proved.post(f"{BASE}vote/", {"idea": "x" * 90, "choice": "agree"}).status_code == 404
    unknown = {"paragraph": "9" * 30, "choice": "agree"}
    assert client.post(f"{BASE}vote/", unknown).status_code == 404
    assert proved.post("/ar/consultations/other/vote/", unknown).status_code == 404
    assert proved.get(f"{VOTING}SFR-2023-I-0099/").status_code == 404
    away = {"idea": ideas[0].reference, "choice": "agree", "back": "//example.org/"}
    assert proved.post(f"{BASE}vote/", away).url == f"{VOTING}?voted={ideas[0].reference}"
    stranger = Client(headers={"host": "localhost"})
    assert stranger.post(f"{BASE}vote/", away, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    elsewhere = Client(headers={"host": sefrou.commune.host}, **SAME)
    assert elsewhere.post(f"{BASE}vote/", away).status_code == 404


def vote_of_many(sefrou, june, idea, agree, disagree, passed):
    for number, choice in enumerate([1] * agree + [-1] * disagree + [0] * passed):
        person = ParticipantFactory(community=sefrou.province)
        operations.vote_on_statement(
            community=sefrou.province,
            statement=operations.Statement("june", idea.reference),
            choice=rules.Choice(choice),
            participant_id=person.pk,
            now=DURING,
        )
        if number % 2:
            operations.support_idea(
                community=sefrou.province,
                slug="june",
                reference=idea.reference,
                participant_id=person.pk,
                now=DURING,
            )


# 26 agree, 14 disagree, 7 pass, 23 supports, 47 people: numbers that stand nowhere else.
SECRETS = (26, 14, 7, 23, 47)
OPEN_SURFACES = (
    "",
    "ideas/{}/",
    "results/",
    "results/?order=divisive",
    "axes/transparency/",
    "ideas.csv",
    "ideas.atom",
    "similar/?q=تزويد مدرسة الدوار",
)
MORE = (
    "/ar/consultations/",
    "/ar/register/",
    "/ar/mine/vote/june/",
    "/ar/mine/vote/june/{}/",
    "/ar/mine/",
)
DESK = (
    "/desk/",
    "/desk/participation/ideas/",
    "/desk/participation/ideas/{}/",
    "/desk/participation/consultations/",
)


def said(page) -> set[int]:
    """Every number in what a reader is told: not in addresses, dates, times or references."""
    text = b"".join(page.streaming_content if page.streaming else [page.content]).decode()
    text = re.sub(r"<(script|style|head|header class=\"masthead).*?</\1>", " ", text, flags=re.S)
    text = re.sub(r"<[^>]+>|SFR-[\w-]+|\d{4}-\d\d-\d\d\S*|\d+:\d+|\d{1,2} \w+ \d{4}", " ", text)
    return {int(number) for number in re.findall(r"(?<!\w)\d{1,3}(?!\w)", text)}


@pytest.fixture
def voted(sefrou, june):
    Consultation.objects.update(results_visibility="after_closing")
    idea = make_idea(june, sefrou.axis, "تزويد مدرسة الدوار بالماء الصالح للشرب طيلة السنة")
    with time_machine.travel(DURING, tick=False):
        vote_of_many(sefrou, june, idea, 26, 14, 7)
        index_dirty(now=DURING)
    return idea


def test_no_count_leaves_before_closing_on_any_surface(sefrou, june, voted, client, proved):
    officer = log_in(Client(), sefrou.officer, sefrou.province)
    tally = StatementTally.objects.get()
    assert (tally.agree, tally.disagree, tally.passed, tally.supports) == (26, 14, 7, 23)
    assert VoiceTally.objects.get().voters == 47
    paths = [f"{BASE}{one}" for one in OPEN_SURFACES] + list(MORE)
    readers = [(client, paths), (proved, paths), (officer, [*paths, *DESK])]
    last = june.closes_at
    with time_machine.travel(last.replace(second=0) - (last - DURING) / 1000, tick=False):
        operations.commit_voices(now=DURING)
        for reader, addresses in readers:
            for address in addresses:
                page = reader.get(address.format(voted.reference))
                if page.status_code in {204, 302, 303}:
                    continue
                assert page.status_code == 200, address
                leaked = said(page) & set(SECRETS[:1] + SECRETS[3:])
                assert not leaked, (address, leaked)
        viewer = sefrou.viewer("consultation.edit", "idea.read")
        assert queries.results_of(consultation=june, viewer=viewer, now=DURING) is None


def test_after_closing_everybody_reads_them(sefrou, june, voted, client):
    few = make_idea(june, sefrou.axis, "فتح المكتبة الجماعية مساء للتلاميذ")
    vote_of_many(sefrou, june, few, 2, 3, 0)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"{BASE}results/").content.decode()
        assert "صوت 52 شخصا" in page and "موافقون 26 (55%)" in page
        assert page.index(voted.statement) < page.index(few.statement)
        assert "موافقون 2، غير موافقين 3، ممتنعون 0." in page and "لا يكفي" in page
        divisive = client.get(f"{BASE}results/", {"order": "divisive"}).content.decode()
        assert divisive.index(few.statement) > divisive.index(voted.statement)
        french = client.get("/fr/consultations/june/results/?order=x").content.decode()
        assert "d’accord 26 (55\u00a0%)" in french
        idea = client.get(f"{BASE}ideas/{voted.reference}/").content.decode()
        assert "موافقون 26 (55%)" in idea and "يساند هذه الفكرة 23 شخصا" in idea
        home = client.get(BASE).content.decode()
        assert "صوت 52 شخصا" in home and "23 مساندة" in home
        results = queries.results_of(consultation=june, viewer=sefrou.viewer(), now=AFTER)
        assert [one.reference for one in queries.each_statement(results)] == [
            voted.reference,
            few.reference,
        ]
        Idea.objects.filter(pk=few.pk).update(state="held")  # hidden since: told no more
        assert few.statement not in client.get(f"{BASE}results/").content.decode()
    elsewhere = Viewer(sefrou.commune.key, sefrou.commune.pk)
    assert queries.results_of(consultation=june, viewer=elsewhere, now=AFTER) is None


@time_machine.travel(DURING, tick=False)
def test_the_page_of_an_axis(client, sefrou, june, ideas):
    page = client.get(f"{BASE}axes/transparency/").content.decode()
    for words in ("سياق قصير", "حقيقة أولى", "ماذا تقترحون؟", "كيف تشاركون", WORDS.format(3)):
        assert words in page
    assert f'href="{BASE}give/?axis=transparency"' in page and f'href="{VOTING}"' in page
    assert f'href="{BASE}axes/participation/"' in page
    assert f'href="{BASE}axes/transparency/"' in client.get(BASE).content.decode()
    assert client.get(f"{BASE}axes/roads/").status_code == 404
    other = client.get(f"{BASE}axes/participation/").content.decode()
    assert WORDS.format(3) not in other
    more = [make_idea(june, sefrou.axis, WORDS.format(n)) for n in range(20, 30)]
    older = client.get(f"{BASE}axes/transparency/?before={ideas[5].reference}").content.decode()
    assert ideas[4].statement in older and more[0].statement not in older


def test_a_round_on_texts_asks_for_votes_where_the_texts_stand(sefrou, proved):
    make_consultation(sefrou.province, sefrou.axis, slug="round-two", takes_ideas=False)
    with time_machine.travel(DURING, tick=False):
        assert proved.get("/ar/mine/vote/round-two/").url == "/ar/consultations/round-two/"
        page = proved.get("/ar/consultations/round-two/").content.decode()
        assert "/ar/mine/vote/" not in page
    with time_machine.travel(AFTER, tick=False):
        page = proved.get("/ar/consultations/round-two/").content.decode()
        assert "لم يصوت أحد في هذه الاستشارة" in page


def test_documents_of_an_axis_are_stated_at_the_desk_and_read_on_its_page(sefrou, june, client):
    officer = log_in(Client(), sefrou.officer, sefrou.province)
    at = "/desk/participation/consultations/june/"
    pk = sefrou.axis.pk
    typed = {
        "name_ar": "استشارة يونيو",
        "first_day": "2023-06-12",
        "last_day": "2023-06-20",
        "round_number": "1",
        "takes_ideas": "on",
        "takes_votes": "on",
        "takes_comments": "on",
        "reason": "تصحيح",
        f"axis_{pk}": "on",
        f"axis_{sefrou.second_axis.pk}": "on",
        f"question_ar_{pk}": "ماذا تقترحون؟",
        f"question_ar_{sefrou.second_axis.pk}": "ماذا تقترحون؟",
        f"documents_ar_{pk}": "ميزانية 2023 | javascript:alert(1)",
    }
    with time_machine.travel(DURING, tick=False):
        refused = officer.post(at, typed)
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "لا يدل على أية وثيقة" in page and "javascript:alert(1)" in page
        typed[f"documents_ar_{pk}"] = (
            "ميزانية 2023 | /ar/programme/\nدليل <b>الشفافية</b> | https://example.org/a.pdf"
        )
        assert officer.post(at, typed).status_code == 302
        page = client.get(f"{BASE}axes/transparency/").content.decode()
    assert '<a href="/ar/programme/"><bdi dir="auto">ميزانية 2023</bdi></a>' in page
    assert 'href="https://example.org/a.pdf" rel="external"' in page and "<b>" not in page


def test_pages_of_voices_cost_the_same_whatever_there_is(
    client, proved, sefrou, june, voted, django_assert_max_num_queries
):
    for number in range(30, 60):
        vote_of_many(sefrou, june, make_idea(june, sefrou.axis, WORDS.format(number)), 1, 0, 0)
    with time_machine.travel(DURING, tick=False):
        for reader, address, most in (
            (client, BASE, 8),
            (client, f"{BASE}axes/transparency/", 7),
            (client, f"{BASE}ideas/{voted.reference}/", 12),
            (proved, VOTING, 9),
            (proved, f"{VOTING}{voted.reference}/", 7),
        ):
            reader.get(address)  # what every page shares is remembered
            with django_assert_max_num_queries(most):
                assert reader.get(address).status_code == 200
        with django_assert_max_num_queries(9):  # savepoints of the test among them
            proved.post(f"{BASE}vote/", {"idea": voted.reference, "choice": "agree"})
    with time_machine.travel(AFTER, tick=False):
        for address, most in ((BASE, 8), (f"{BASE}results/", 7)):
            client.get(address)
            with django_assert_max_num_queries(most):
                assert client.get(address).status_code == 200
