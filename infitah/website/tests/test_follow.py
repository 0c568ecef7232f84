"""Following by mail, walked: the button, the code, the news from the register, the stop."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine
from django.db import transaction
from django.test import Client

from infitah.core import letters
from infitah.core.models import DigestCursor, Follow, Mail, News, Subscriber
from infitah.core.operations import bump, end_follow, follow, make_digests
from infitah.core.viewer import Actor, Viewer
from infitah.council.tests.factories import adopted, voted_again
from infitah.ledger import operations as ledger
from infitah.ledger.rules import act_label
from infitah.participation.operations import cancel_consultation, withdraw_idea
from infitah.participation.tests.factories import BY, DURING, make_consultation, make_idea
from infitah.participation.tests.giving import SAME, last_code
from infitah.programme.operations import withdraw_commitment
from infitah.programme.tests.factories import STEP, WORDS, adopted_programme
from infitah.website import operations
from infitah.website.topics import topic_for, topics_of_subject

pytestmark = pytest.mark.django_db
MORNING = DURING + timedelta(days=1)


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis)


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"}, **SAME)


def read_news(now: datetime = DURING) -> None:
    while operations.read_register(now=now):
        pass


def test_from_the_button_to_the_digest_and_the_one_click_stop(client, sefrou, june):
    read_news()  # what is in the register already is history
    with time_machine.travel(DURING, tick=False):
        page = client.get("/ar/mine/follow/consultation:june/").content.decode()
        assert "استشارة يونيو" in page and 'href="/fr/mine/follow/consultation:june/"' in page
        waiting = client.post("/ar/mine/follow/consultation:june/").url
        assert (
            client.post(waiting, {"email": "amina@example.org", "consent": "on"}).status_code == 302
        )
        client.post(f"{waiting}code/", {"code": last_code()})
    assert Follow.objects.get().topic == "consultation:june"
    assert confirmation().unsubscribe.endswith("/stop/consultation:june/")
    _publish()
    read_news(DURING + timedelta(hours=2))
    assert News.objects.filter(topic="consultation:june").count() == 1
    make_digests(now=MORNING)
    mail = Mail.objects.filter(template="core/email/digest").get()
    letter = letters.read(mail)
    assert "استشارة يونيو" in letter.text and letter.direction == "rtl"
    assert letter.unsubscribe.endswith("/stop/")
    path = re.sub(r"^https?://[^/]+", "", letter.unsubscribe)
    shown = client.get(path)
    assert shown.status_code == 200 and not Subscriber.objects.get().stopped_at
    program = Client(headers={"host": "localhost"})  # a mail program: no cookie, no origin
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and Subscriber.objects.get().stopped_at


def test_who_follows_a_consultation_learns_that_it_is_cancelled(june):
    read_news()
    before_it_opens = june.opens_at - timedelta(days=2)
    cancel_consultation(
        consultation_id=june.pk,
        reason="تأجل إعداد البرنامج إلى السنة المقبلة",
        by=Actor("officer", "focal", "focal_point"),
        now=before_it_opens,
    )
    read_news(before_it_opens)
    assert set(News.objects.values_list("topic", flat=True)) == {
        "consultation:june",
        "consultations",
    }


def confirmation(template: str = "followed") -> letters.Letter:
    return letters.read(Mail.objects.get(template=f"website/email/{template}"))


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def _publish() -> None:
    with transaction.atomic():
        ledger.record(
            community_key="SFR",
            act="participation.themes_published",
            subject="consultation:june",
            by=Actor.system("clock"),
            public={},
            occurred_on=DURING.date(),
            now=DURING + timedelta(hours=1),
        )


def test_history_entered_afterwards_is_no_news(sefrou, june):
    read_news()
    with transaction.atomic():
        ledger.record(
            community_key="SFR",
            act="participation.consultation_closed",
            subject="consultation:june",
            by=Actor.system("seed"),
            public={},
            occurred_on=datetime(2020, 1, 1, tzinfo=UTC).date(),
            now=DURING,
        )
    read_news()
    assert not News.objects.exists()
    assert DigestCursor.objects.filter(community_key="SFR").exists()


def test_preferences_keep_choose_and_resume(client, sefrou, june):
    held, _result = follow(
        community_key="SFR",
        address="amina@example.org",
        topic="programme",
        language="ar",
        now=DURING,
    )
    at = f"/fr/mine/mails/{held.token}/"
    assert "Tout le programme" in client.get(at).content.decode()
    wrong = client.post(at, {"topics": ["programme"], "mails": "", "language": "fr"})
    assert wrong.status_code == 422
    client.post(at, {"topics": [], "mails": "off", "language": "fr"})
    held.refresh_from_db()
    assert held.stopped_at and held.language == "fr" and not Follow.objects.in_force().exists()
    client.post(at, {"topics": ["programme"], "mails": "on", "language": "fr"})
    held.refresh_from_db()
    assert held.stopped_at is None and Follow.objects.in_force().count() == 1
    foreign = client.post(at, {"topics": ["idea:SFR-2023-I-0001"], "mails": "on", "language": "fr"})
    assert foreign.status_code == 422


def test_a_forged_link_says_so_and_offers_a_new_one(client, sefrou):
    for path in ("", "stop/"):
        answer = client.get(f"/ar/mine/mails/{uuid.uuid4()}/{path}")
        assert answer.status_code == 404 and 'name="email"' in answer.content.decode()


def test_the_link_to_preferences_goes_to_the_address_alone(client, sefrou):
    follow(
        community_key="SFR",
        address="amina@example.org",
        topic="programme",
        language="fr",
        now=DURING,
    )
    same = [
        client.post("/fr/mine/mails/", {"email": address}).content
        for address in ("nobody@example.org", "amina@example.org")
    ]
    assert same[0] == same[1]
    assert Mail.objects.get().template == "website/email/preferences"
    assert client.post("/fr/mine/mails/", {"email": "amina"}).status_code == 422


def test_a_proved_device_sees_what_it_follows_and_stops_it_at_once(client, sefrou, june):
    client.cookies["device"] = sefrou.device
    before = client.get("/ar/mine/follow/consultation:june/").text
    assert "c•••@example.org" in before and "citizen@example.org" not in before
    shown = client.get(client.post("/ar/mine/follow/consultation:june/").url).text
    assert "أنتم تتتبعونه بالبريد" in shown and "c•••@example.org" in shown
    letter = confirmation()
    assert "استشارة يونيو" in letter.subject and letter.to == "citizen@example.org"
    listed = client.get("/ar/mine/mails/").text
    stop = path_of(letter.unsubscribe)
    assert f'action="{stop}"' in listed and f'action="{stop}"' in shown
    assert "يطلع عليه أحد" not in before and "موظف مأذون له" in before
    assert client.post(stop).status_code == 302 and "توقفت" in client.get(stop).text
    assert not Follow.objects.in_force().exists()
    other = Client(headers={"host": "localhost"}).get("/ar/mine/mails/").text
    assert "c•••@example.org" not in other


def test_one_click_of_a_mail_program_stops_one_topic_alone(client, sefrou, june):
    client.cookies["device"] = sefrou.device
    for topic in ("consultation:june", "programme"):
        client.post(f"/ar/mine/follow/{topic}/")
    letter = next(
        one
        for one in map(letters.read, Mail.objects.filter(template="website/email/followed"))
        if "june" in one.unsubscribe
    )
    assert letter.message("a@b.ma", "b.ma").extra_headers["List-Unsubscribe-Post"]
    program = Client(headers={"host": "localhost"})
    answer = program.post(path_of(letter.unsubscribe), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "توقفت" in answer.text  # it follows no redirect
    assert [one.topic for one in Follow.objects.in_force()] == ["programme"]
    forged = f"/ar/mine/mails/{Subscriber.objects.get().token}/stop/idea:SFR-2023-I-0001/"
    assert program.get(forged).status_code == 404


@pytest.mark.parametrize("is_all", [True, False])
def test_what_was_stopped_begins_again_by_the_persons_own_choice_alone(
    client, sefrou, june, is_all
):
    client.cookies["device"] = sefrou.device
    client.post("/ar/mine/follow/programme/")
    held = Subscriber.objects.get()
    if is_all:
        client.post(f"/ar/mine/mails/{held.token}/stop/")
    else:
        client.post("/ar/mine/follow/consultation:june/")
        end_follow(token=str(held.token), topic="consultation:june", now=DURING)
    answer = client.get(client.post("/ar/mine/follow/consultation:june/").url)
    assert "أوقفتم هذه الرسائل" in answer.text and "متأخر" not in answer.text
    assert re.search(r"أرسلنا إلى .*c•••@example.org.* رسالة فيها زر الاستئناف", answer.text)
    assert "consultation:june" not in [one.topic for one in Follow.objects.in_force()]
    letter = confirmation("follow_again")
    where = re.search(r"http\S+\?topic=consultation:june", letter.text)
    page = client.get(path_of(where[0]))
    assert 'name="again" value="consultation:june"' in page.text and "استشارة يونيو" in page.text
    client.post(path_of(where[0]), {"again": "consultation:june"})
    assert "consultation:june" in [one.topic for one in Follow.objects.in_force()]
    # What was stopped as a whole does not come back with the one that was chosen.
    assert Follow.objects.in_force().filter(topic="programme").exists() is not is_all
    assert client.post(path_of(where[0]), {"again": "idea:SFR-2023-I-0001"}).status_code == 404


@pytest.mark.parametrize("is_all", [True, False])
def test_a_proved_device_starts_again_at_once_by_the_button_that_says_so(
    client, sefrou, june, is_all
):
    at = "/ar/mine/follow/consultation:june/"
    client.cookies["device"] = sefrou.device
    client.post("/ar/mine/follow/programme/")
    held = Subscriber.objects.get()
    if is_all:
        client.post(f"/ar/mine/mails/{held.token}/stop/")
    else:
        client.post(at)
        end_follow(token=str(held.token), topic="consultation:june", now=DURING)
    before = client.get(at).text
    assert "استأنفوا هذا التتبع" in before and "أرسلنا" not in before
    sent = Mail.objects.count()
    after = client.get(client.post(at, {"resume": "1"}).url).text
    assert "عدتم إلى تتبعه بالبريد" in after and "استشارة يونيو" in after
    assert Mail.objects.count() == sent
    followed = {one.topic for one in Follow.objects.in_force()}
    assert followed == {"consultation:june"} | (set() if is_all else {"programme"})
    assert not Subscriber.objects.get().stopped_at


def test_an_unproved_device_starts_nothing_again(client, sefrou, june):
    follow(
        community_key="SFR",
        address="citizen@example.org",
        topic="programme",
        language="ar",
        now=DURING,
    )
    held = Subscriber.objects.get()
    end_follow(token=str(held.token), topic="programme", now=DURING)
    answer = client.post("/ar/mine/follow/programme/", {"resume": "1"})
    assert "/mine/follow/" not in answer.url and not Follow.objects.in_force().exists()


def test_a_mail_promises_one_button_and_the_page_has_one_name(client, sefrou, june):
    client.cookies["device"] = sefrou.device
    client.post("/ar/mine/follow/programme/")
    letter = confirmation()
    assert "بزر واحد في صفحة تفتح" in letter.text and "بنقرة" not in letter.text
    for path in ("follow/programme/", f"mails/{Subscriber.objects.get().token}/stop/programme/"):
        assert ">ما أتتبعه بالبريد</a>" in client.get(f"/ar/mine/{path}").text


def test_pages_that_can_be_followed_offer_it_after_their_content(client, sefrou, june):
    page = client.get("/ar/consultations/june/").text
    link = 'href="/ar/mine/follow/consultation:june/"'
    assert link in page[page.index("<main") : page.index("</main>")]
    assert link in page[page.index("<footer") :]
    about = client.get("/ar/consultations/").text
    assert 'class="follow"' not in about


def test_a_withdrawn_idea_offers_nothing_to_follow(client, sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    address = f"/ar/consultations/june/ideas/{idea.reference}/"
    assert f"/ar/mine/follow/idea:{idea.reference}/" in client.get(address).text
    withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=idea.author_id,
        by=Actor("participant", str(idea.author_id)),
        now=DURING,
    )
    assert "/mine/follow/" not in client.get(address).text


def test_a_cancelled_consultation_says_that_it_has_ended(client, sefrou, june):
    client.cookies["device"] = sefrou.device
    at, follow = "/ar/consultations/june/", "/ar/mine/follow/consultation:june/"
    assert follow in client.get(at).text
    cancel_consultation(
        consultation_id=june.pk,
        reason="تأجل إعداد البرنامج إلى السنة المقبلة",
        by=BY,
        now=june.opens_at - timedelta(days=1),
    )
    page = client.get(at).text
    assert "/mine/follow/" not in page and "انتهى الأمر" in page
    told = client.get(follow).text
    assert "لن يأتي عنه جديد" in told and "<button" not in told.split("<main")[1]
    refused = client.post(follow)
    assert refused.status_code == 422 and "لن يأتي عنه جديد" in refused.text
    assert not Follow.objects.exists()


def test_a_withdrawn_commitment_offers_nothing_to_follow(client, sefrou):
    cycle, (first,) = adopted_programme(sefrou)
    address = f"/ar/programme/{cycle.slug}/commitments/{first.reference}/"
    assert f"/ar/mine/follow/commitment:{first.reference}/" in client.get(address).text
    later = adopted(sefrou.council, number=48, vote=voted_again(cycle.deliberation.vote))
    withdraw_commitment(commitment=first, deliberation=later, reason=WORDS, **STEP)
    page = client.get(address)
    assert page.status_code == 200 and "/mine/follow/" not in page.text


def test_a_commitment_that_was_not_kept_offers_nothing_to_follow(client, sefrou):
    cycle, (first,) = adopted_programme(sefrou)
    address = f"/fr/programme/{cycle.slug}/commitments/{first.reference}/"
    follow = f"/fr/mine/follow/commitment:{first.reference}/"
    assert follow in client.get(address).text
    type(first).objects.filter(pk=first.pk).update(state="rejected")
    bump(sefrou.province.key, "programme")
    page = client.get(address).text
    assert "/mine/follow/" not in page and "C’est terminé" in page
    assert client.post(follow).status_code == 422


def test_the_page_of_the_code_speaks_of_following(client, sefrou, june):
    with time_machine.travel(DURING, tick=False):
        waiting = client.post("/ar/mine/follow/consultation:june/").url
        asked = client.get(waiting).text
        client.post(waiting, {"email": "amina@example.org", "consent": "on"})
        code = client.get(f"{waiting}code/").text
    assert "لكي يحتسب" not in asked and "استشارة يونيو" in asked
    assert "أكدوا وتتبعوا" in code and "احتسبوا" not in code


def test_topics_are_what_one_may_see(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    viewer = Viewer("SFR", sefrou.province.pk)
    assert topic_for(viewer, f"idea:{idea.reference}").title.ar.endswith(idea.reference)
    other = Viewer(sefrou.commune.key, sefrou.commune.pk)
    assert topic_for(other, f"idea:{idea.reference}") is None
    assert client.get("/ar/mine/follow/consultation:none/").status_code == 404


@pytest.mark.parametrize(
    ("subject", "family", "topics"),
    [
        ("SFR-2024-C-0003-M2", "programme", ("commitment:SFR-2024-C-0003", "programme")),
        ("SFR-2023-I-0042/comment/3", "participation", ("idea:SFR-2023-I-0042",)),
        ("consultation:june", "participation", ("consultation:june", "consultations")),
        ("SFR-programme-2024-2025", "programme", ("cycle:2024-2025", "programme")),
        ("SFR-2025-M-0001", "programme", ("programme",)),
        ("SFR/axis/water", "community", ()),
    ],
)
def test_an_act_is_news_for_the_narrowest_topic_first(subject, family, topics):
    assert topics_of_subject(subject, family) == topics


def test_the_same_news_as_a_feed_that_others_read(client, sefrou, june):
    read_news()
    _publish()
    read_news()
    for address in ("/feeds/consultations.atom", "/feeds/consultation/june.atom?lang=fr"):
        parsed = feedparser.parse(client.get(address).content)
        assert not parsed.bozo and len(parsed.entries) == 1
        assert parsed.entries[0].link.endswith("/consultations/june/")
    assert "Consultation de juin" in parsed.entries[0].title
    assert client.get("/feeds/consultation/none.atom").status_code == 404
    assert feedparser.parse(client.get("/feeds/programme.atom").content).entries == []


def test_all_news_is_of_acts_that_the_register_knows():
    assert not [act for act in operations.NEWS if act_label(act) == act]
