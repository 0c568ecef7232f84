"""Moderation cases among what waits for an officer."""

import time_machine

from infitah.core.viewer import Actor
from infitah.desk import queries as queue
from infitah.participation import queries
from infitah.participation.models import ModerationCase
from infitah.participation.tests.factories import DURING, make_consultation, make_idea
from infitah.participation.tests.talk import WORDS, flag, hide, say


@time_machine.travel(DURING, tick=False)
def test_cases_wait_on_the_desk_by_their_clock(sefrou):
    idea = make_idea(make_consultation(sefrou.province, sefrou.axis), sefrou.axis)
    say(idea, author=sefrou.participant)
    say(idea, f"{WORDS} ثان", author=sefrou.participant)
    flag(idea, 1)
    flag(idea, 2)
    viewer = sefrou.viewer("idea.read", "idea.hide")
    page = queue.waiting(viewer, DURING.date(), kind="case")
    assert [act.title for act in page.acts] == [WORDS, f"{WORDS} ثان"]
    cursor = page.acts[0].cursor
    rest = queue.waiting(viewer, DURING.date(), kind="case", after=str(cursor))
    assert [act.title for act in rest.acts] == [f"{WORDS} ثان"]
    hide(ModerationCase.objects.order_by("pk")[0], by=Actor("officer", "x", "moderator"))
    heap = next(one for one in queue.heaps(viewer, DURING.date()) if one.source.kind == "case")
    assert heap.count == 1
    assert not queries.case_queue(viewer=sefrou.viewer(), now=DURING).rows
