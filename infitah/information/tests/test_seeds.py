"""The demonstration has a case for every place where a request can stand, in both languages."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.community.tests.factories import log_in
from infitah.core import clock
from infitah.core.models import Mail
from infitah.information import rules
from infitah.information.models import IncomingMail, InformationRequest, RequestAct, Requester
from infitah.information.operations import replay
from infitah.information.seeds import seed_requests
from infitah.ledger.models import Entry
from infitah.publication.models import PublishedRecord

pytestmark = [pytest.mark.django_db(transaction=True)]
Channel = InformationRequest.Channel


def told(field: str) -> set[str]:
    return set(InformationRequest.objects.values_list(field, flat=True))


def test_cases_stand_in_every_state_channel_and_outcome(story):
    assert InformationRequest.objects.count() >= 40
    assert told("phase") == set(rules.Phase)
    assert told("channel") == set(Channel.values)
    assert told("outcome") == {"", *rules.Outcome}
    assert told("language") == {"ar", "fr"}
    assert told("remedy") >= {"none", "head_open", "head_decided", "cdai_open", "court_open"}
    assert told("turn") >= {"officer", "second_reader", "requester", "head", "court", "nobody"}
    assert InformationRequest.objects.filter(urgent_case="life", outcome="full").exists()
    kinds = set(RequestAct.objects.values_list("kind", flat=True))
    assert kinds >= set(rules.ActKind) - {rules.ActKind.TASK_CANCELLED, rules.ActKind.TAKEN_BACK}
    today = clock.today()
    silent = InformationRequest.objects.unanswered().filter(silent_from__lte=today)
    assert silent.count() >= 3
    states = set(PublishedRecord.objects.values_list("state", flat=True))
    assert states >= {"published", "deferred"}


def test_grounds_of_refusal_are_all_met(story):
    grounds = set()
    for request in InformationRequest.objects.filter(decisions__is_current=True):
        for part in request.decisions.get(is_current=True).withheld.all():
            grounds.add(part.ground)
    assert grounds == {ground.value for ground in rules.RefusalGround}


def test_mails_wait_to_be_sorted_and_one_answers_a_question(story):
    states = sorted(IncomingMail.objects.values_list("state", "kind"))
    assert states == [
        ("matched", "bounce"), ("matched", "message"), ("set_aside", "auto_reply"),
        *[("to_sort", "message")] * 3,
    ]  # fmt: skip
    answer = IncomingMail.objects.get(state="matched", kind="message")
    assert answer.request.turn == "requester"
    proposed = IncomingMail.objects.get(match="reference")
    assert proposed.request.phase in rules.UNANSWERED and proposed.state == "to_sort"


def test_a_receipt_came_back_and_the_desk_says_so(story):
    bounce = IncomingMail.objects.get(kind="bounce")
    request = bounce.request
    assert request.phase in rules.UNANSWERED and not request.requester.has_email
    assert bounce.bounce_status == "5.1.1" and bounce.received_at < clock.now()
    sent = Mail.objects.get(reference=request.reference)
    assert sent.state == "sent" and sent.sent_at < bounce.received_at
    officer = get_user_model().objects.get(username="information_officer")
    desk = log_in(Client(headers={"host": "localhost"}), officer, request.community)
    page = desk.get(f"/desk/information/{request.reference}/").content.decode()
    assert "بعثت في" in page
    with override("ar"):
        assert _(
            "A mail to the requester came back. Tell them by telephone or by post instead."
        ) in (page)


def test_the_log_tells_the_days_of_the_story_and_not_the_day_of_the_seed(story):
    published = PublishedRecord.objects.filter(state="published")
    days = dict(InformationRequest.objects.values_list("reference", "published_on"))
    assert published.count() >= 15
    for record in published:
        day = clock.local_day(record.published_at)
        assert day == days[record.reference] < clock.today()
        entry = Entry.objects.get(community_key="SFR", number=record.register_number)
        assert entry.occurred_on == day
    put_off = PublishedRecord.objects.get(state="deferred")
    entry = Entry.objects.get(community_key="SFR", number=put_off.register_number)
    assert entry.occurred_on < clock.today() < put_off.deferred_until
    log = Client(headers={"host": "localhost"}).get("/fr/information/log/").content.decode()
    assert f'datetime="{clock.today().isoformat()}' not in log


def test_what_was_answered_already_leads_to_that_answer(story):
    twice = InformationRequest.objects.get(public_title="طلب مكرر حول النقل المدرسي")
    first = InformationRequest.objects.get(
        public_title="ميزانية النقل المدرسي وعدد المستفيدين سنة 2025"
    )
    client = Client(headers={"host": "localhost"})
    page = client.get(f"/ar/information/log/{twice.reference}/").content.decode()
    assert f'href="/d/{first.reference}"' in page
    public = PublishedRecord.objects.filter(outcome="already_public").values_list("reference")
    pages = [client.get(f"/ar/information/log/{one}/").content.decode() for (one,) in public]
    assert any('href="/ar/council/sessions/"' in one for one in pages)


def test_telling_again_changes_nothing_and_the_columns_are_what_the_acts_say(story):
    before, mails = InformationRequest.objects.count(), IncomingMail.objects.count()
    seed_requests(Community.objects.get(key="SFR"), now=clock.now())
    assert (InformationRequest.objects.count(), IncomingMail.objects.count()) == (before, mails)
    assert replay.replay(now=clock.now()).differing == ()
    assert Requester.objects.filter(purged_at=None).count() == before
