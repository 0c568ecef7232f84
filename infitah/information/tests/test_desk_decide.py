"""Deciding at the desk: the outcome is computed, parts come and go, nothing typed is lost."""

from datetime import date

import pytest
import time_machine

from infitah.information.models import CaseFile, Decision
from infitah.information.rules.wordings import SHIPPED
from infitah.information.tests.case_files import checked_file, staged
from infitah.information.tests.desk import DESK, again, at, file, officer, registered
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
PART = {
    "ground": "R2",
    "exception": "E03",
    "limb": "E03.1",
    "reason": "أرقام البطاقات الوطنية",
    "harm": "مس بالحياة الخاصة",
    "interest": "لا تضيف شيئا إلى معرفة العموم",
}


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def reader(sefrou):
    return Reader(officer(sefrou))


@pytest.fixture
def request_(sefrou):
    return registered(sefrou)


def part(number, **more):
    return {f"decide-part-{number}-{name}": value for name, value in {**PART, **more}.items()}


def test_a_routine_answer_is_signed_as_it_was_made_ready(reader, sefrou, request_):
    given = checked_file(request_, title="محضر دورة يناير")
    page = reader.read(f"{DESK}{request_.reference}/")
    assert "محضر دورة يناير" in page.text and "سلمت كاملة" not in page.text
    wrong = reader.send(page, {}, action="/decide/", status=422)
    assert not Decision.objects.exists()
    done = reader.send(wrong, {"decide-given": str(given.pk)}, action="/decide/")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.is_current) == ("full", True)
    assert request_.reference in decision.answer
    given.refresh_from_db()
    assert given.is_given and "/acts/deliver/" in done.text


def test_words_made_ready_for_other_files_are_not_signed(reader, request_):
    given = checked_file(request_, title="محضر دورة يناير")
    page = reader.read(f"{DESK}{request_.reference}/")
    wrong = reader.send(page, {"decide-gives": "on"}, action="/decide/", status=422)
    assert "decide-words-error" in wrong.text and not Decision.objects.exists()
    told = reader.send(wrong, {}, action="/decide/", press="press=check")
    reader.send(told, {}, action="/decide/")
    given.refresh_from_db()
    assert not given.is_given and "رفقة" not in Decision.objects.get().answer


def test_nothing_given_and_nothing_withheld_is_no_decision(reader, request_):
    page = reader.read(f"{DESK}{request_.reference}/")
    wrong = reader.send(page, {"decide-words": "هذا هو الجواب"}, action="/decide/", status=422)
    assert "هذا هو الجواب" in wrong.text and not Decision.objects.exists()
    reader.send(wrong, {"decide-gives": "on"}, action="/decide/")
    assert Decision.objects.get().outcome == "full"


def test_parts_are_added_and_taken_away_with_everything_typed_kept(reader, request_):
    page = reader.read(f"{DESK}{request_.reference}/")
    one = reader.send(page, {"decide-gives": "on"}, action="/decide/", press="press=add")
    assert "باستثناء" in one.text, "words that nobody touched follow what is decided"
    typed = part(0) | {"decide-words": "جوابي أنا"}
    two = reader.send(one, typed, action="/decide/", press="press=add")
    for text in (*PART.values(), "جوابي أنا"):
        assert text in two.text
    three = reader.send(two, part(1, reason="سر مهني"), action="/decide/", press="press=add")
    left = reader.send(three, {}, action="/decide/", press="press=drop-1")
    assert "سر مهني" in left.text and "أرقام البطاقات الوطنية" not in left.text
    assert left.text.count("<fieldset") >= 2 and "decide-part-1-ground" in left.text
    assert not Decision.objects.exists()


def test_the_outcome_is_computed_and_never_typed(reader, request_):
    page = reader.read(f"{DESK}{request_.reference}/")
    for typed, words in (
        ({"decide-gives": "on"}, "سلمت جزئيا"),
        ({}, "مرفوض"),
    ):
        added = reader.send(page, typed, action="/decide/", press="press=add")
        shown = reader.send(added, part(0), action="/decide/", press="press=check")
        outcome = shown.text.split('class="outcome"')[1].split("</p>")[0]
        assert words in outcome, outcome
    assert 'name="decide-outcome"' not in page.text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"exception": ""}, "exception"),
        ({"limb": ""}, "limb"),
        ({"limb": "E01.1"}, "limb"),
        ({"reason": ""}, "reason"),
        ({"harm": ""}, "harm"),
        ({"interest": ""}, "interest"),
        ({"ground": "R3", "exception": "", "place": ""}, "place"),
    ],
)
def test_each_thing_lacking_is_said_beside_its_field(reader, request_, more, field):
    page = reader.read(f"{DESK}{request_.reference}/")
    added = reader.send(page, {}, action="/decide/", press="press=add")
    wrong = reader.send(added, part(0, **more), action="/decide/", press="", status=422)
    assert f"decide-part-0-{field}-error" in wrong.text
    assert (PART | more)["reason"] in wrong.text and not Decision.objects.exists()


def test_a_partial_decision_waits_for_a_second_reader_who_sees_all_that_is_hidden(
    sefrou, reader, request_
):
    checked_file(request_, title="المحضر بعد الحجب")
    page = reader.read(f"{DESK}{request_.reference}/")
    added = reader.send(page, {}, action="/decide/", press="press=add")
    reader.send(added, part(0), action="/decide/", press="")
    assert again(request_).turn == "second_reader"
    deputy = Reader(officer(sefrou, "deputy_information_officer", username="deputy"))
    shown = deputy.read(f"{DESK}{request_.reference}/")
    limb = SHIPPED[PART["limb"]].text.ar
    for text in (*list(PART.values())[3:], limb, "E03", "المحضر بعد الحجب"):
        assert text in shown.text
    deputy.send(shown, {}, action="/acts/read/")
    assert again(request_).phase == "read"


def test_only_files_that_were_looked_into_may_leave(reader, sefrou, request_):
    waiting = staged(request_, "ينتظر")
    found = checked_file(request_, title="فيه تعليقات", findings=[{"code": "comments"}])
    green = checked_file(request_, title="لا شيء فيه")
    page = reader.read(f"{DESK}{request_.reference}/")
    form = page.text.split('action="' + f"{DESK}{request_.reference}/decide/")[1]
    offered = form.split("</form>")[0]
    assert f'value="{green.pk}"' in offered
    assert f'value="{waiting.pk}"' not in offered and f'value="{found.pk}"' not in offered
    data = {"decide-words": "جواب", "decide-given": [str(found.pk)]}
    forged = reader.client.post(f"{DESK}{request_.reference}/decide/", data)
    assert forged.status_code == 422 and not Decision.objects.exists()
    CaseFile.objects.filter(pk=found.pk).update(
        accepted_by="x", accepted_reason="تعليقات عادية لا ضرر فيها"
    )
    reader.client.post(f"{DESK}{request_.reference}/decide/", data)
    assert set(CaseFile.objects.filter(is_given=True)) == {found}


def test_a_file_of_another_case_cannot_be_given(reader, sefrou, request_):
    other = checked_file(registered(sefrou))
    data = {"decide-words": "جواب", "decide-given": [str(other.pk)]}
    assert reader.client.post(f"{DESK}{request_.reference}/decide/", data).status_code == 422


def test_a_decision_signed_twice_is_one(reader, request_):
    data = {"decide-words": "جواب", "decide-gives": "on"}
    path = f"{DESK}{request_.reference}/decide/"
    assert reader.client.post(path, data).status_code == 302
    assert reader.client.post(path, data).status_code == 422
    assert Decision.objects.count() == 1


def test_a_request_not_in_hand_cannot_be_decided(reader, sefrou):
    made = file(sefrou).request
    data = {"decide-words": "جواب", "decide-gives": "on"}
    answer = reader.client.post(f"{DESK}{made.reference}/decide/", data)
    assert answer.status_code == 422 and "جواب" in answer.content.decode()


def test_enormous_and_hostile_words_come_back_whole(reader, request_):
    long = "ج" * 5000
    data = {"decide-words": long, "decide-gives": "on", "decide-part-99-ground": "R1"}
    data |= {"decide-part-x-ground": "R1", "decide-part-5-evil": "<script>"}
    answer = reader.client.post(f"{DESK}{request_.reference}/decide/", data)
    html = answer.content.decode()
    assert answer.status_code == 422 and long in html and "<script>alert" not in html
    assert not Decision.objects.exists()
