"""Two officers on one record: the second sees what the first saved, and erases nothing of it."""

from html import unescape
from html.parser import HTMLParser

import pytest
import time_machine

from infitah.participation import operations
from infitah.participation.models import Consultation, ModerationRule, Workshop
from infitah.participation.queries import marks
from infitah.participation.tests.factories import BY, DURING, make_rule, make_text
from infitah.participation.tests.workshops import make_workshop

DESK = "/desk/participation/"
JUNE = f"{DESK}consultations/june/"
WORKSHOP = f"{JUNE}workshops/first/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


class Filled(HTMLParser):
    """What a browser would send of the form that holds the mark of what was seen."""

    def __init__(self, page, prefix):
        super().__init__()
        self.values, self.area, self.select = {}, "", ""
        at = page.index(f'name="{prefix}seen"')
        start = page.rindex("<form", 0, at)
        self.feed(page[start : page.index("</form>", at)])

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        name = held.get("name")
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in held:
            self.values[self.select] = held["value"]
        elif tag == "input" and held.get("type") in {"checkbox", "radio"}:
            if "checked" in held:
                self.values[name] = held.get("value", "on")
        elif tag == "input" and name:
            self.values[name] = held.get("value", "")

    def handle_endtag(self, tag):
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += unescape(data.removeprefix("\n"))


def opened(client, at, prefix=""):
    return Filled(client.get(at).content.decode(), prefix).values


def test_the_second_officer_erases_nothing_of_a_consultation(june, focal):
    first, second = opened(focal, JUNE), opened(focal, JUNE)
    first |= {"introduction_ar": "مقدمة كتبها الأول", "name_fr": "Nom du premier"}
    assert focal.post(JUNE, first).status_code == 302
    back = focal.post(JUNE, second | {"name_fr": "Nom du second", "name_ar": "اسم الثاني"})
    page = back.content.decode()
    assert back.status_code == 422 and "مقدمة كتبها الأول" in page
    assert "Nom du premier" in page and 'value="Nom du second"' in page
    assert Consultation.objects.get().name.fr == "Nom du premier"
    told = {one.label: one.is_typed for one in back.context["form"].meanwhile}
    assert told == {"التقديم بالعربية": False, "الاسم بالفرنسية": True}
    again = Filled(page, "").values
    assert focal.post(JUNE, again).status_code == 302
    held = Consultation.objects.get()
    assert held.introduction.ar == "مقدمة كتبها الأول"
    assert (held.name.ar, held.name.fr) == ("اسم الثاني", "Nom du second")


def test_the_same_form_sent_again_unchanged_is_no_quarrel(june, focal):
    assert focal.post(JUNE, opened(focal, JUNE)).status_code == 302


def test_the_second_officer_erases_nothing_of_a_workshop(sefrou, june, focal):
    make_workshop(june, sefrou.axis)
    first, second = opened(focal, WORKSHOP), opened(focal, WORKSHOP)
    assert focal.post(WORKSHOP, first | {"place_ar": "قاعة البلدية"}).status_code == 302
    back = focal.post(WORKSHOP, second | {"present": "31"})
    assert back.status_code == 422 and "قاعة البلدية" in back.content.decode()
    assert focal.post(WORKSHOP, Filled(back.content.decode(), "").values).status_code == 302
    held = Workshop.objects.get()
    assert (held.place.ar, held.present) == ("قاعة البلدية", 31)


def test_a_rule_that_has_not_begun_is_not_worded_over_unread(sefrou, focal):
    rule = make_rule(sefrou.province, 1)
    ModerationRule.objects.update(starts_on="2023-07-01")
    at = f"{DESK}rules/{rule.pk}/"
    first, second = (opened(focal, at, "reword-") for _one in range(2))
    words = "صياغة الأول لهذه القاعدة"
    assert focal.post(f"{at}reword/", first | {"reword-text_ar": words}).status_code == 302
    back = focal.post(f"{at}reword/", second | {"reword-text_ar": "صياغة الثاني للقاعدة"})
    assert back.status_code == 422 and words in back.content.decode()
    assert ModerationRule.objects.get().text.ar == words


@pytest.mark.parametrize("act", ["consultation", "workshop"])
def test_the_act_itself_refuses_what_was_read_too_long_ago(sefrou, june, act):
    made = make_workshop(june, sefrou.axis)
    text = make_text(sefrou.axis, sefrou.second_axis)
    if act == "consultation":
        seen = marks.consultation_mark(june)
        given = {"consultation_id": june.pk, "text": text, "by": BY, "now": DURING, "seen": seen}
        edit = operations.edit_consultation
    else:
        stated = operations.WorkshopText(
            slug="first", name=made.name, held_on=made.held_on, place=made.name
        )
        seen = marks.workshop_mark(made)
        given = {"workshop_id": made.pk, "text": stated, "by": BY, "now": DURING, "seen": seen}
        edit = operations.edit_workshop
    edit(**given)
    edit(**given | {"seen": ""})
    Consultation.objects.update(round_number=2)
    Workshop.objects.update(present=3)
    with pytest.raises(operations.RecordChanged):
        edit(**given)
