"""Ideas of visitors typed twice or wrongly at the desk: asked about, and taken back in public."""

import uuid

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.ledger.models import Entry
from infitah.participation import operations
from infitah.participation.models import Idea, IdeaTally
from infitah.participation.tests.factories import BY, DURING, STATEMENT, make_idea

ENTER = "/desk/participation/consultations/june/enter/"
REASON = "كتبت الورقة نفسها مرتين"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def typed(sefrou, **more):
    sent = {"axis": sefrou.axis.slug, "statement": STATEMENT, "key": str(uuid.uuid4())}
    return sent | more


def test_the_same_paper_typed_twice_is_asked_about_first(sefrou, june, focal):
    first = typed(sefrou)
    assert focal.post(ENTER, first).status_code == 302
    assert focal.post(ENTER, first).status_code == 302 and Idea.objects.count() == 1
    held = Idea.objects.get()
    second = typed(sefrou, statement=f" {STATEMENT}  ")
    asked = focal.post(ENTER, second)
    page = asked.content.decode()
    assert asked.status_code == 200 and Idea.objects.count() == 1
    assert held.reference in page and f'name="double" value="{held.reference}"' in page
    assert STATEMENT in page
    assert focal.post(ENTER, second | {"double": held.reference}).status_code == 302
    assert Idea.objects.count() == 2


def test_the_same_words_from_a_telephone_are_no_double_of_the_paper(sefrou, june, focal):
    make_idea(june, sefrou.axis, author=sefrou.participant)
    assert focal.post(ENTER, typed(sefrou)).status_code == 302


def test_what_was_typed_wrongly_is_taken_back_in_public(sefrou, june, focal, anybody):
    at = focal.post(ENTER, typed(sefrou)).url
    idea = Idea.objects.get()
    back = f"/desk/participation/ideas/{idea.reference}/mistyped/"
    assert f'href="{back}"' in focal.get(at).content.decode()
    assert STATEMENT in focal.get(back).content.decode()
    short = focal.post(back, {"reason": "خطأ"})
    assert short.status_code == 422 and "خطأ" in short.content.decode()
    told = focal.post(back, {"reason": REASON}, follow=True).content.decode()
    assert idea.reference in told and "يبقى رقمها" in told
    idea.refresh_from_db()
    assert (idea.state, idea.statement, idea.was_mistyped) == ("withdrawn", "", True)
    assert sum(IdeaTally.objects.values_list("shown", flat=True)) == 0
    (entry,) = Entry.objects.filter(act="participation.desk_idea_withdrawn")
    assert entry.facts.public["reason"] == REASON
    page = anybody.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    assert STATEMENT not in page and "كتبت خطأ" in page and "سحبها صاحبها" not in page
    assert idea.reference not in anybody.get("/ar/consultations/june/").content.decode()
    assert focal.get(back).status_code == 404
    assert focal.post(ENTER, typed(sefrou)).status_code == 302  # typed again, it is no double


def test_only_what_the_desk_typed_is_taken_back_there(sefrou, june, focal, moderator):
    online = make_idea(june, sefrou.axis, author=sefrou.participant)
    back = f"/desk/participation/ideas/{online.reference}/mistyped/"
    assert focal.get(back).status_code == 404
    with pytest.raises(operations.IdeaRefused):
        operations.withdraw_desk_idea(
            community_id=online.community_id,
            reference=online.reference,
            reason=REASON,
            by=BY,
            now=DURING,
        )
    focal.post(ENTER, typed(sefrou, statement="توفير النقل المدرسي للتلاميذ البعيدين"))
    paper = Idea.objects.get(source="desk")
    verifier = log_in(Client(), sefrou.verifier, sefrou.province)
    at = f"/desk/participation/ideas/{paper.reference}/mistyped/"
    assert verifier.post(at, {"reason": REASON}).status_code == 404
