"""The flags that one raised, on one's own page: with what became of them, and nobody else's."""

import re

import pytest
import time_machine

from infitah.community.tests.factories import ParticipantFactory
from infitah.participation.models import ModerationCase
from infitah.participation.tests.factories import DURING
from infitah.participation.tests.talk import appeal, decide, end_appeal, flag, hide, say

MINE = "/ar/mine/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def listed(client):
    """What stands below the heading of one's flags, as plain words."""
    page = client.get(MINE).content.decode()
    section = page.split('id="flags"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", section))


def case_of(flagged):
    return ModerationCase.objects.get(pk=flagged.flag.case_id)


def test_each_flag_says_how_it_ended(sefrou, idea, proved):
    me = sefrou.participant.pk
    waiting, kept, hidden, reversed_ = (
        flag(idea, number, person=me)
        for number in (0, *(say(idea, f"{words} هذا النص").number for words in "ابج"))
    )
    decide(case_of(kept))
    hide(case_of(hidden))
    end_appeal(appeal(hide(case_of(reversed_))), granted=True)
    told = listed(proved)
    assert "(4)" in told
    for flagged, words in (
        (waiting, "ينتظر"),
        (kept, "أبقي النص"),
        (hidden, "بموجب القاعدة 2"),
        (reversed_, "ثم أعيد عرضه"),
    ):
        line = re.search(rf"تبليغكم رقم {flagged.flag.pk}\b[^·]*", told)
        assert line is not None and words in line[0], words
    assert idea.reference in proved.get(MINE).content.decode()


def test_flags_of_others_and_of_the_network_are_not_told(sefrou, idea, proved):
    other = ParticipantFactory(community=sefrou.province)
    flag(idea, person=other.pk)
    flag(idea)
    assert "(0)" in listed(proved)


def test_a_list_of_flags_costs_the_same_whatever_its_length(
    sefrou, idea, proved, django_assert_max_num_queries
):
    counts = []
    for more in (2, 10):
        for number in range(more):
            one = say(idea, f"تعليق من {more} رقم {number}")
            hide(case_of(flag(idea, one.number, person=sefrou.participant.pk)))
        proved.get(MINE)
        with django_assert_max_num_queries(30) as captured:
            proved.get(MINE)
        counts.append(len(captured))
    assert counts[0] == counts[1]
