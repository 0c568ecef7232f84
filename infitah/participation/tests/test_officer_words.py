"""What the desk says of a consultation: which day stands, what waits, which number counts what."""

import pytest
import time_machine

from infitah.participation.models import Idea
from infitah.participation.tests.factories import DURING, STATEMENT, make_consultation, make_idea
from infitah.participation.tests.test_extending import stated

DESK = "/desk/participation/"
JUNE = f"{DESK}consultations/june/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def test_the_first_day_of_an_open_consultation_is_named_where_it_was_changed(sefrou, june, focal):
    both = stated(sefrou, first_day="2023-06-28", last_day="2023-06-25")
    answer = focal.post(JUNE, both)
    errors = answer.context["form"].errors
    assert answer.status_code == 422 and set(errors) == {"first_day"}
    assert "12 يونيو 2023" in errors["first_day"][0]
    early = focal.post(JUNE, stated(sefrou, last_day="2023-06-10"))
    assert "12 يونيو 2023" in early.context["form"].errors["last_day"][0]
    sooner = focal.post(JUNE, stated(sefrou, last_day="2023-06-18"))
    assert "20 يونيو 2023" in sooner.context["form"].errors["last_day"][0]


def test_an_open_consultation_says_what_waits_for_its_closing_and_when(june, focal):
    page = focal.get(JUNE).content.decode()
    assert "ما ينتظر إغلاقها" in page and "23:59" in page and "20 يونيو 2023" in page


@pytest.mark.parametrize(
    ("last_day", "told"), [("2023-06-14", "تغلق الليلة"), ("2023-06-16", "16 يونيو 2023")]
)
def test_the_announcement_that_opens_at_once_says_so(sefrou, focal, last_day, told):
    days = {"first_day": "2023-06-14", "last_day": last_day, "slug": "quick"}
    focal.post(f"{DESK}consultations/new/", stated(sefrou, **days))
    page = focal.get(f"{DESK}consultations/quick/announce/").content.decode()
    assert "لحظة إعلانها" in page and told in page and "إلى أن تفتح" not in page


def test_an_announcement_for_later_is_told_as_before(sefrou, focal):
    days = {"first_day": "2023-06-20", "last_day": "2023-06-25", "slug": "later"}
    focal.post(f"{DESK}consultations/new/", stated(sefrou, **days))
    assert "لحظة إعلانها" not in focal.get(f"{DESK}consultations/later/announce/").content.decode()


def test_the_desk_says_how_many_of_its_ideas_count_in_public(sefrou, june, focal):
    make_idea(june, sefrou.axis, author=sefrou.participant)
    page = focal.get(JUNE).content.decode()
    assert "للعموم وفي المواضيع" not in page
    make_idea(june, sefrou.axis, "توفير النقل المدرسي للتلاميذ بالدواوير البعيدة")
    Idea.objects.exclude(statement=STATEMENT).update(state="refused", is_late=True)
    page = focal.get(JUNE).content.decode()
    assert "واحدة منها محسوبة للعموم وفي المواضيع" in page and "فكرة واحدة متأخرة لم تقبل" in page


def test_the_paper_form_speaks_of_the_visitor(june, focal):
    page = focal.get(f"{JUNE}enter/").content.decode()
    assert "فكرة الزائر في جملة واحدة" in page and "محور فكرتكم" not in page


def test_what_is_done_is_said_once(sefrou, focal):
    made = make_consultation(sefrou.province, sefrou.axis, slug="autumn", is_announced=False)
    page = focal.post(f"{DESK}consultations/{made.slug}/announce/", follow=True).content.decode()
    assert "أعلنت الاستشارة" in page and "تم: أعلنت" not in page
