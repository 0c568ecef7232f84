"""The demonstration has a case for every place where a request can stand, in both languages."""

import pytest

from infitah.community.models import Community
from infitah.core import clock
from infitah.information import rules
from infitah.information.models import IncomingMail, InformationRequest, RequestAct, Requester
from infitah.information.operations import replay
from infitah.information.seeds import seed_requests
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
    states = list(IncomingMail.objects.order_by("state").values_list("state", "kind"))
    assert states == [
        ("matched", "message"), ("set_aside", "auto_reply"), *[("to_sort", "message")] * 3,
    ]  # fmt: skip
    assert IncomingMail.objects.get(state="matched").request.turn == "requester"
    proposed = IncomingMail.objects.get(match="reference")
    assert proposed.request.phase in rules.UNANSWERED and proposed.state == "to_sort"


def test_telling_again_changes_nothing_and_the_columns_are_what_the_acts_say(story):
    before, mails = InformationRequest.objects.count(), IncomingMail.objects.count()
    seed_requests(Community.objects.get(key="SFR"), now=clock.now())
    assert (InformationRequest.objects.count(), IncomingMail.objects.count()) == (before, mails)
    assert replay.replay(now=clock.now()).differing == ()
    assert Requester.objects.filter(purged_at=None).count() == before
