"""A citizen finds, supports, votes, comments and takes back on a telephone, and sees it told."""

import re
import uuid

import pypdfium2
import pytest
import time_machine

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.operations import follow
from infitah.kernel.text import arabic_letters
from infitah.participation import operations, queries, rules
from infitah.participation.models import Flag, Idea
from infitah.participation.tests.factories import (
    AFTER,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import BASE, give, last_code, typed
from infitah.participation.tests.workshops import enter
from infitah.searchindex.operations import index_dirty

LIST = f"{BASE}ideas/"
SCHOOL = "تزويد مدرسة الدوار بالماء الصالح للشرب طيلة السنة"
FORMS = "ﻧﺸﺮ ﻣﺤﺎﺿﺮ ﺩﻭﺭﺍﺕ ﺍﻟﻤﺠﻠﺲ"
LETTERS = "نشر محاضر دورات المجلس"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def text_of(client, address, **asked):
    found = client.get(address, asked)
    assert found.status_code == 200, address
    return found.content.decode()


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


# The list -----------------------------------------------------------------------------------------


def test_words_are_found_in_any_spelling_within_the_filters(client, sefrou, june):
    make_idea(june, sefrou.axis)
    school = make_idea(june, sefrou.second_axis, SCHOOL)
    index_dirty(now=DURING)
    found = text_of(client, LIST, q="المَدرسه")
    assert SCHOOL in found and STATEMENT not in found and "1 من أصل فكرتين" in found
    assert f"/ideas/{school.reference}/" in found and 'value="المَدرسه"' in found
    assert SCHOOL not in text_of(client, LIST, q="المدرسة", axis=sefrou.axis.slug)
    assert found.index("1 من أصل فكرتين") < found.index("إلغاء البحث")
    assert "لا توجد فكرة فيها هذه الكلمات" in text_of(client, LIST, q="الطائرات")
    assert STATEMENT in text_of(client, LIST, q="؟")  # no word at all filters nothing


def test_the_list_stands_by_itself_and_every_filter_lands_at_it(client, sefrou, june):
    make_idea(june, sefrou.axis)
    make_idea(june, sefrou.second_axis, SCHOOL)
    page = text_of(client, LIST, axis=sefrou.axis.slug)
    assert "1 من أصل فكرتين" in page and "فكرتان في المجموع" not in page
    links = re.findall(r'href="([^"]*)"', page.split('class="filters"')[1].split("</nav>")[0])
    assert links and all(link.startswith(LIST) and link.endswith("#ideas") for link in links)
    front = text_of(client, BASE)
    head = front.split("<h2")[0]
    assert f'href="{LIST}#ideas"' in head and "الأفكار (2)" in plain(head)
    assert "فكرتان في المجموع" in front


def test_notes_of_a_workshop_say_so_among_the_others(client, sefrou, june, table):
    enter(table, SCHOOL)
    make_idea(june, sefrou.axis)
    page = text_of(client, LIST)
    card = page[page.index(SCHOOL) :].split("</article>")[0]
    assert "من ورشة" in card and 'datetime="2023-03-08"' in card
    assert "من ورشة" not in page[page.index(STATEMENT) :].split("</article>")[0]
    assert "وملاحظات ورشة واحدة" in text_of(client, BASE).split("<h2")[0]


# Supports and votes -------------------------------------------------------------------------------


def test_each_button_says_what_it_is_for_and_leads_to_what_one_said(proved, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    page = text_of(proved, f"{LIST}{idea.reference}/")
    voice = page[page.index('id="voice"') :]
    mine = f'href="/ar/mine/vote/june/{idea.reference}/"'
    assert voice.index("المساندة أن تحسبوا") < voice.index("/support/") < voice.index(mine)
    assert voice.index(mine) < voice.index("الموافقة أو المعارضة") < voice.index(f"{BASE}vote/")
    form = text_of(proved, f"{LIST}{idea.reference}/comment/")
    assert "ليس تصويتا ولا مساندة" in form.replace("وليس", "ليس")


@pytest.mark.parametrize("when", [DURING, AFTER])
def test_the_filters_of_a_search_tell_no_counts_of_the_whole(client, sefrou, june, when):
    make_idea(june, sefrou.axis)
    make_idea(june, sefrou.second_axis, SCHOOL)
    index_dirty(now=DURING)
    with time_machine.travel(when, tick=False):
        whole, found = client.get(LIST), client.get(LIST, {"q": "مدرسة"})
        nothing = text_of(client, LIST, q="كلمة لا توجد")
    assert counts_in(whole) == {None, 1} and counts_in(found) == {None}
    assert nothing.index("لا توجد فكرة فيها هذه الكلمات") < nothing.index("حسب المحور")


def counts_in(answer):
    groups = answer.context["filters"]
    return {option.count for group in groups for option in group.options}


def test_ones_own_idea_is_not_asked_about_nor_counted_among_the_asked(proved, sefrou, june):
    own = make_idea(june, sefrou.axis, author=sefrou.participant)
    other = make_idea(june, sefrou.axis, SCHOOL)
    asked = text_of(proved, "/ar/mine/vote/june/")
    assert other.reference in asked and own.reference not in asked
    viewer = proved.get("/ar/mine/").wsgi_request.viewer
    assert queries.progress_of(consultation=june, viewer=viewer) == queries.Progress(0, 1)
    proved.post(f"{BASE}vote/", {"idea": other.reference, "choice": "agree"})
    assert queries.progress_of(consultation=june, viewer=viewer) == queries.Progress(1, 1)


def test_all_that_one_said_stands_on_ones_own_page(proved, sefrou, june):
    ideas = [make_idea(june, sefrou.axis, f"{SCHOOL} رقم {n}") for n in range(1, 7)]
    for one in ideas[:5]:
        proved.post(f"{BASE}vote/", {"idea": one.reference, "choice": "disagree"})
    proved.post(f"{LIST}{ideas[5].reference}/support/")
    at = f"{LIST}{ideas[0].reference}/comment/"
    proved.post(at, {"key": str(uuid.uuid4()), "text": "المدرسة بعيدة عن الدوار"})
    page = text_of(proved, "/ar/mine/")
    assert "أصواتي (5)" in plain(page) and "الأفكار التي أساندها (1)" in plain(page)
    for one in ideas:
        assert f"/ar/mine/vote/june/{one.reference}/" in page
    assert "تعليقاتي (1)" in plain(page)
    assert 'href="/ar/mine/?votes=open#voted">5 أصوات' in page
    assert '<details id="voted">' in page
    assert '<details id="voted" open>' in text_of(proved, "/ar/mine/", votes="open")
    voting = text_of(proved, "/ar/mine/vote/june/")
    assert "آخر 3 من أصواتكم، وهي 5 أصوات" in voting and "/ar/mine/#votes" in voting


def test_a_stranger_sees_nothing_of_it(client, proved, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    proved.post(f"{LIST}{idea.reference}/support/")
    del client.cookies["device"]
    page = text_of(client, "/ar/mine/")
    assert idea.reference not in page and "أصواتي" not in page


def test_a_device_is_forgotten_gladly_only_when_nothing_hangs_on_it(proved, sefrou, june):
    words, own = (
        "لم تعد له حاجة إلى تذكركم",
        make_idea(june, sefrou.axis, author=sefrou.participant),
    )
    other = make_idea(june, sefrou.axis, SCHOOL)
    proved.post(f"{LIST}{other.reference}/support/")
    assert words not in text_of(proved, "/ar/mine/")
    proved.post("/ar/mine/", {"reference": own.reference})
    assert words not in text_of(proved, "/ar/mine/")  # the support is still there
    proved.post(f"{LIST}{other.reference}/support/", {"take_back": "1"})
    assert words in text_of(proved, "/ar/mine/")


def test_a_follow_by_mail_hangs_on_it_too(client, sefrou, june):
    at = give(client, sefrou, email="reader@example.org")
    client.post(f"{at}code/", {"code": last_code()})
    client.post("/ar/mine/", {"reference": Idea.objects.get().reference})
    assert "لم تعد له حاجة إلى تذكركم" in text_of(client, "/ar/mine/")
    follow(
        community_key="SFR",
        address="reader@example.org",
        topic="consultations",
        language="ar",
        now=DURING,
    )
    assert "لم تعد له حاجة إلى تذكركم" not in text_of(client, "/ar/mine/")


# Receipts of what one did -------------------------------------------------------------------------


def test_a_comment_is_confirmed_with_its_number_and_its_place(proved, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    at = f"{LIST}{idea.reference}/comment/"
    done = proved.post(at, {"key": str(uuid.uuid4()), "text": "المدرسة بعيدة عن الدوار"})
    page = text_of(proved, done.url)
    assert "توصلنا بتعليقكم تحت رقم 1" in page
    assert f"/ar/consultations/june/ideas/{idea.reference}/#comment-1" in page
    assert "توصلنا بتعليقكم" not in text_of(proved, "/ar/mine/comments/")


def test_a_comment_by_code_is_confirmed_with_its_number_too(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    at = f"{LIST}{idea.reference}/comment/"
    waits = client.post(at, {"key": str(uuid.uuid4()), "text": "المدرسة بعيدة عن الدوار"})
    client.post(waits.url, {"email": "new@example.org", "consent": "on"})
    done = client.post(f"{waits.url}code/", {"code": last_code()}, follow=True)
    page = done.content.decode()
    assert "رقمه 1" in page and f"ideas/{idea.reference}/#comment-1" in page


def test_a_flag_has_a_number_that_only_its_sender_is_told(proved, sefrou, june, anybody):
    rule, idea = make_rule(sefrou.province, 2), make_idea(june, sefrou.axis)
    done = proved.post(f"{LIST}{idea.reference}/flag/", {"rule": rule.pk, "note": ""})
    number = Flag.objects.get().pk
    assert f"رقم تبليغكم {number}" in text_of(proved, done.url)
    elsewhere = proved.get(done.url, REMOTE_ADDR="203.0.113.9").content.decode()
    assert "رقم تبليغكم" not in elsewhere
    assert "رقم تبليغكم" not in text_of(anybody, f"{LIST}{idea.reference}/flag/?done=x")


def test_the_receipt_says_all_that_was_typed(client, sefrou, june):
    at = give(client, sefrou, commune=sefrou.commune.pk)
    client.post(f"{at}code/", {"code": last_code()})
    page, idea = text_of(client, f"{at}received/"), Idea.objects.get()
    assert idea.commune.name.ar in page and "تفصيل" in page
    pdf = pypdfium2.PdfDocument(queries.receipt_pdf(idea, "fr"))
    assert idea.commune.name.fr in pdf[0].get_textpage().get_text_range()
    while operations.send_receipts(now=DURING):
        pass
    letter = read(Mail.objects.get(template="participation/email/received"))
    title = letter.html.split("<h1>")[1].split("</h1>")[0]
    assert f'<bdi dir="ltr" class="ref">{idea.reference}</bdi>' in title
    assert re.search(r"\.ref {[^}]*white-space: nowrap", letter.html)
    assert f'ideas/{idea.reference}/"' in letter.html  # an address is left as it is
    assert "التفاصيل: تفصيل" in letter.text and f"الجماعة: {idea.commune.name.ar}" in letter.text


def test_no_step_is_jumped_over(client, proved, sefrou, june):
    assert "الخطوة 1<" in text_of(proved, f"{BASE}give/")
    confirm = proved.post(f"{BASE}give/", typed(sefrou)).url
    assert "الخطوة 2<" in text_of(proved, confirm)
    done = proved.post(confirm, {"consent": "on"})
    assert "الخطوة" not in text_of(proved, done.url)
    del client.cookies["device"]
    at = give(client, sefrou, statement=SCHOOL)
    assert "الخطوة 2<" in text_of(client, at) and "الخطوة 3<" in text_of(client, f"{at}code/")


def test_the_rights_name_where_to_go(client, sefrou, june):
    at = client.post(f"{BASE}give/", typed(sefrou)).url
    page = text_of(client, at)
    assert "العنوان أعلاه" not in page
    assert f"زوروا مكتب الاستقبال لدى {sefrou.province.institution.ar}" in re.sub(r"\s+", " ", page)


# Similar ideas ------------------------------------------------------------------------------------


def test_similar_ideas_come_from_every_axis_and_year_and_can_be_supported(client, sefrou, june):
    other_axis = make_idea(june, sefrou.second_axis, f"{SCHOOL} كلها")
    same_axis = make_idea(june, sefrou.axis, f"{SCHOOL} دائما وأبدا")
    old = make_consultation(
        sefrou.province,
        sefrou.axis,
        slug="march",
        first_day=DURING.date().replace(year=2022, day=1),
        last_day=DURING.date().replace(year=2022, day=9),
    )
    earlier = make_idea(old, sefrou.axis, SCHOOL, at=DURING.replace(year=2022, day=5))
    index_dirty(now=DURING)
    at = client.post(f"{BASE}give/", typed(sefrou, statement=SCHOOL)).url
    page = text_of(client, at)
    places = [page.index(one.reference) for one in (same_axis, other_axis, earlier)]
    assert places == sorted(places) and "سابقة، من سنة 2022" in page
    assert f"ideas/{same_axis.reference}/#voice" in page and "ساندوها" in page
    assert f"ideas/{earlier.reference}/#voice" not in page
    assert "احتفظوا برقمها" not in page


# Numbers and letters ------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [(41, 1, 1), (30, 1, 12), (7, 7, 7), (99, 1, 1), (20, 0, 0)])
def test_equal_counts_have_equal_percentages(counts):
    shares = rules.shares_of(*counts)
    told = (shares.agree, shares.disagree, shares.passed)
    by_count = dict(zip(counts, told, strict=True))
    assert told == tuple(by_count[count] for count in counts)
    assert shares.are_whole == (sum(told) == 100)


def test_rounding_is_said_where_it_shows(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    people = ParticipantFactory.create_batch(21, community=sefrou.province)
    for place, person in enumerate(people):
        operations.vote_on_statement(
            community=sefrou.province,
            statement=operations.Statement("june", idea.reference, ""),
            choice=list(rules.CHOICES.values())[place % 3],
            participant_id=person.pk,
            now=DURING,
        )
    with time_machine.travel(AFTER, tick=False):
        page = text_of(client, f"{LIST}{idea.reference}/")
    assert page.count("(33%)") == 3 and "فلا يساوي مجموعها 100" in page


def test_shapes_of_letters_become_letters_however_an_idea_comes(client, sefrou, june):
    made = make_idea(june, sefrou.axis, f"{FORMS} ﷺ")
    assert made.statement == f"{LETTERS} ﷺ"
    at = client.post(f"{BASE}give/", typed(sefrou, statement=f"{FORMS} كاملة")).url
    assert f"{LETTERS} كاملة" in text_of(client, at) and FORMS not in text_of(client, at)
    assert arabic_letters("ﻻ ﹰ é œ ½") == "لا ﹰ é œ ½"
    assert arabic_letters(arabic_letters(FORMS)) == arabic_letters(FORMS)
