"""A consultation whose last day is put later: asked once more, told in public, in the register."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from infitah.core.operations import follow
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations
from infitah.participation.models import Consultation
from infitah.participation.queries.extending import extended as told
from infitah.participation.tests.factories import BY, DURING, acts, make_text
from infitah.participation.tests.test_desk import consultation_form

AT = "/desk/participation/consultations/june/"
PUBLIC = "/{}/consultations/june/"
BEFORE = datetime(2023, 6, 7, 10, 0, tzinfo=UTC)
JUNE = {"first_day": "2023-06-12", "slug": ""}


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def stated(sefrou, **changes):
    second = sefrou.second_axis.pk
    both = {f"axis_{second}": "on", f"question_ar_{second}": "سؤال"}
    return consultation_form(sefrou, **{**JUNE, **both, **changes})


def extended(sefrou, june, last_day, now=DURING, **more):
    text = make_text(sefrou.axis, sefrou.second_axis, last_day=last_day, **more)
    return operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=now)


def test_it_is_asked_once_more_with_who_is_told(sefrou, june, focal):
    for address, topic in (
        ("a@example.org", "consultation:june"),
        ("a@example.org", "consultations"),
        ("b@example.org", "consultations"),
        ("c@example.org", "programme"),
    ):
        follow(community_key="SFR", address=address, topic=topic, language="ar", now=DURING)
    asked = focal.post(AT, stated(sefrou, last_day="2023-06-25", name_fr="Autre nom"))
    page, extension = asked.content.decode(), asked.context["extension"]
    assert asked.status_code == 200 and (extension.followers, extension.days) == (2, 5)
    assert extension.held == date(2023, 6, 20) and 'name="extend" value="2023-06-25"' in page
    assert "20 يونيو 2023" in page and "25 يونيو 2023" in page and 'value="Autre nom"' in page
    assert acts("consultation:june") == ["consultation_announced"]
    later = focal.post(AT, stated(sefrou, last_day="2023-06-26", extend="2023-06-25"))
    assert later.context["extension"].asked == date(2023, 6, 26)
    done = focal.post(AT, stated(sefrou, last_day="2023-06-26", extend="2023-06-26"))
    assert done.url == AT and acts("consultation:june")[1] == "consultation_extended"
    assert "20 يونيو 2023" in focal.get(AT).content.decode()


def test_nobody_is_written_to_where_nobody_follows(sefrou, june, focal):
    page = focal.post(AT, stated(sefrou, last_day="2023-06-25")).content.decode()
    assert "لا يتتبعها أحد بالبريد" in page


def test_what_cannot_be_is_said_before_anything_is_asked(sefrou, june, focal):
    wrong = focal.post(AT, stated(sefrou, first_day="2023-06-13", last_day="2023-06-25"))
    assert wrong.status_code == 422 and "id_first_day-error" in wrong.content.decode()
    assert 'name="extend"' not in wrong.content.decode()


def test_a_draft_and_an_unchanged_last_day_ask_nothing(sefrou, june, focal):
    assert focal.post(AT, stated(sefrou, last_day="2023-06-20")).status_code == 302
    assert acts("consultation:june")[-1] == "consultation_edited"
    Consultation.objects.filter(pk=june.pk).update(announced_at=None)
    assert focal.post(AT, stated(sefrou, last_day="2023-06-25")).status_code == 302


def test_the_public_page_says_from_which_day_to_which(sefrou, june, anybody):
    words = {"ar": "تأجل يومها الأخير", "fr": "son dernier jour a été repoussé"}
    for language, said in words.items():
        assert said not in anybody.get(PUBLIC.format(language)).content.decode()
    extended(sefrou, june, date(2023, 6, 25))
    extended(sefrou, june, date(2023, 6, 30))
    for language, said in words.items():
        note = anybody.get(PUBLIC.format(language)).content.decode().split(said)[1].split("</p>")[0]
        assert "20 " in note and "30 " in note and "25 " not in note


def test_the_register_says_that_it_was_extended_and_what_else_changed(sefrou, june):
    made = extended(sefrou, june, date(2023, 6, 25))
    extended(sefrou, june, date(2023, 6, 26))
    extended(sefrou, june, date(2023, 6, 27), introduction=LocalizedText("غير"))
    assert acts("consultation:june")[1:] == [
        "consultation_extended",
        "consultation_extended",
        "consultation_extended",
        "consultation_edited",
    ]
    entry = Entry.objects.filter(act="participation.consultation_extended").order_by("number")[0]
    assert entry.facts.public["closed_before"] == june.closes_at.isoformat()
    assert entry.facts.public["closes_at"] == made.closes_at.isoformat()


def test_before_it_opens_the_day_may_come_back_and_then_nothing_is_said(sefrou, june):
    later = extended(sefrou, june, date(2023, 6, 25), now=BEFORE)
    assert told(later).before == date(2023, 6, 20)
    earlier = extended(sefrou, june, date(2023, 6, 23), now=BEFORE)
    assert told(earlier).after == date(2023, 6, 23)
    assert told(extended(sefrou, june, date(2023, 6, 20), now=BEFORE)) is None


def test_an_extension_that_puts_nothing_later_cannot_be_stored(june):
    kept = Consultation.objects.filter(pk=june.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(extended_at=DURING, first_closes_at=june.closes_at)
