"""What is said below the ideas of the demonstration, and how it was moderated; nobody's words."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.models import Community, User
from infitah.community.tests.factories import log_in
from infitah.core import clock
from infitah.core.models import Installation
from infitah.core.viewer import Actor, Viewer
from infitah.ledger.models import Entry
from infitah.participation import queries
from infitah.participation.models import (
    Comment,
    Consultation,
    Flag,
    ModerationCase,
    ModerationDecision,
    StatementTally,
)
from infitah.participation.seeds import FIRST_SLUG, OPEN_SLUG, given_in
from infitah.programme.seeds.people import Cast
from infitah.programme.seeds.talk import FILES, seed_talk, told_acts

HOST = {"host": "localhost"}
PROPAGANDA = "اللائحة ديالنا"

pytestmark = pytest.mark.usefixtures("story")


def consultation(slug: str) -> Consultation:
    return Consultation.objects.select_related("community").get(slug=slug)


def outcomes(slug: str) -> Counter[tuple[str, str]]:
    cases = ModerationCase.objects.select_related("idea", "comment")
    about = [one for one in cases if (one.idea or one.comment).consultation.slug == slug]
    return Counter((one.state, one.outcome) for one in about)


@pytest.mark.parametrize("slug", FILES)
def test_every_word_of_the_file_stands_where_it_was_said(slug):
    here = consultation(slug)
    ideas = given_in(here)
    said = [act for act in told_acts(here, clock.now()) if act.verb in {"say", "reply"}]
    found = {(one.idea_id, one.number): one for one in here.comments.select_related("parent")}
    assert len(said) == len(found)
    for act in said:
        one = found[ideas[act.idea].pk, act.number]
        assert (one.text, one.stance) == (act.text, act.about)
        assert (one.parent.number if one.parent else 0, one.submitted_at) == (act.to, act.at)
        assert here.opens_at <= one.submitted_at < here.closes_at
        assert one.office == (act.who if act.verb == "reply" else "")


def test_people_answer_each_other_and_offices_answer_people():
    june = consultation(FIRST_SLUG).comments.all()
    assert june.filter(author__isnull=False).count() == 24
    assert june.values("idea").distinct().count() == 10
    assert Counter(june.exclude(office="").values_list("office", flat=True)) == {
        "focal_point": 2,
        "deputy_focal_point": 1,
    }
    assert Counter(june.values_list("stance", flat=True)) == {"for": 9, "against": 3, "": 15}
    assert june.filter(parent__isnull=False, author__isnull=False).count() == 3
    open_now = consultation(OPEN_SLUG).comments.all()
    assert (open_now.count(), open_now.values("idea").distinct().count()) == (8, 4)
    assert set(Comment.objects.values_list("language", flat=True)) == {"ar", "fr"}


def test_each_kind_of_case_was_told_and_one_waits_in_the_open_consultation():
    assert outcomes(FIRST_SLUG) == {
        ("closed", "kept"): 1,
        ("closed", "hidden"): 1,
        ("closed", "upheld"): 1,
        ("closed", "reversed"): 1,
    }
    assert outcomes(OPEN_SLUG) == {("reported", ""): 1}
    assert Flag.objects.count() == 6
    told = Installation.objects.get().seeded_at
    waiting = ModerationCase.objects.waiting().get()
    assert waiting.opened_at < told < waiting.due_at
    hidden = Comment.objects.filter(state="held").order_by("idea__position")
    assert [one.cases.get().outcome for one in hidden] == ["hidden", "upheld"]


def test_an_appeal_was_decided_by_another_officer_and_in_time():
    for case in ModerationCase.objects.exclude(appealed_at=None):
        hiding = case.decisions.get(action="hide")
        end = case.decisions.exclude(action="hide").get()
        assert end.decided_by != hiding.decided_by
        assert end.decided_at <= case.due_at
        assert end.reason and hiding.reason and hiding.rule is not None
    for decision in ModerationDecision.objects.exclude(case=None):
        entry = Entry.objects.get(community_key="SFR", number=decision.register_number)
        assert entry.occurred_on == clock.local_day(decision.decided_at)


def test_the_counts_below_the_ideas_are_those_of_what_is_shown():
    shown = Counter(Comment.objects.shown().values_list("idea", flat=True))
    counted = StatementTally.objects.exclude(comments=0).values_list("idea", "comments")
    assert dict(counted) == shown


@pytest.mark.parametrize("slug", FILES)
def test_telling_it_again_changes_nothing(slug):
    models = (Comment, Flag, ModerationCase, ModerationDecision, Entry)
    before = [model.objects.count() for model in models]
    here = consultation(slug)
    seed_talk(Cast(here.community, Actor.system("seed"), clock.now()), here)
    assert [model.objects.count() for model in models] == before


def test_everybody_reads_how_it_was_moderated(client):
    where = Viewer("SFR", Community.objects.get(key="SFR").pk)
    figures = queries.moderation_figures(viewer=where, now=Installation.objects.get().seeded_at)
    told = figures.in_all
    assert (told.flagged, told.hidden, told.restored) == (5, 3, 1)
    assert (told.appeals, told.granted, told.refused) == (2, 1, 1)
    assert (figures.waiting, figures.alone) == (1, 0)
    assert (figures.in_time.part, figures.in_time.whole) == (4, 4)
    assert {rule.number: rule.hidden for rule in figures.rules} == {1: 0, 2: 1, 3: 1, 4: 1, 5: 0}
    page = client.get("/ar/consultations/moderation/", headers=HOST).content.decode()
    assert str(consultation(FIRST_SLUG).name) in page
    assert "رقم هاتف" in page  # the words of rule 2, under which a text was hidden


def test_what_is_hidden_is_read_by_nobody_and_what_is_asked_is_answered(client):
    given = given_in(consultation(FIRST_SLUG))
    page = f"/ar/consultations/{FIRST_SLUG}/ideas/{given[64].reference}/"
    body = client.get(page, headers=HOST).content.decode()
    assert "06 00 00 00 00" not in body and "فين وصلات" in body
    page = f"/fr/consultations/{FIRST_SLUG}/ideas/{given[28].reference}/"
    assert "المادة 16" in client.get(page, headers=HOST).content.decode()


def test_a_moderator_finds_the_waiting_case_while_its_clock_runs():
    case = ModerationCase.objects.waiting().get()
    community = Community.objects.get(key="SFR")
    with time_machine.travel(case.opened_at + timedelta(hours=5), tick=False):
        moderator = Client(headers=HOST)
        log_in(moderator, User.objects.get(username="moderator"), community)
        queue = moderator.get("/desk/participation/cases/").content.decode()
        assert PROPAGANDA in queue and queue.count('name="cases"') == 1
        page = moderator.get(f"/desk/participation/cases/{case.pk}/").content.decode()
    assert PROPAGANDA in page and "دعوة إلى التصويت" in page
