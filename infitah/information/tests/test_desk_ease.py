"""What the desk makes easy: a number finds its request, buttons say what they do, one year at most."""

from datetime import date

import pytest
import time_machine

from infitah.design import text
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_case import desk_case
from infitah.information.queries.figures.office import COLUMNS, cells, office_rows
from infitah.information.queries.prepared import answer_words
from infitah.information.queries.prepared_public import public_words
from infitah.information.rules import figures
from infitah.information.tests.desk import DESK, TITLE, at, decided, delivered, officer, registered
from infitah.information.tests.lettered import WITHHELD

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
LATER = {
    "publish-when": "later",
    "publish-until": "2026-05-01",
    "publish-reason_ar": "إلى ما بعد الدورة",
}


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


def found_by(sefrou, words, **more):
    page = officer(sefrou).get(DESK, {"q": words} | more).context["page"]
    return [row.reference for row in page.rows]


def test_a_number_finds_its_request_in_every_state(sefrou):
    closed = delivered(sefrou)
    InformationRequest.objects.filter(pk=closed.pk).update(turn="nobody", due_on=None)
    open_one = registered(sefrou)
    for words in (closed.reference, f"{closed.number:04}", str(closed.number), "R-1"):
        assert found_by(sefrou, words) == [closed.reference]
        assert found_by(sefrou, words, shelf="register") == [closed.reference]
    assert found_by(sefrou, "") == [open_one.reference]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"publish-until": "2040-01-01"}, "until"),
        ({"publish-until": "2027-03-05"}, "until"),
        ({"publish-until": "2026-03-03"}, "until"),
        ({"publish-until": ""}, "until"),
        ({"publish-reason_ar": "سبب"}, "reason_ar"),
    ],
)
def test_publication_is_put_off_a_year_at_most_and_in_a_sentence(sefrou, typed, field):
    request = delivered(sefrou)
    client = officer(sefrou)
    ready = client.get(f"{DESK}{request.reference}/").context["card"].form
    data = {one.html_name: one.value() or "" for one in ready}
    page = client.post(f"{DESK}{request.reference}/publish/", data | LATER | typed)
    assert page.status_code == 422
    assert list(page.context["card"].form.errors) == [field]
    done = client.post(f"{DESK}{request.reference}/publish/", data | LATER)
    assert done.status_code == 302


def test_the_fields_of_a_later_publication_need_no_opening(sefrou):
    html = officer(sefrou).get(f"{DESK}{delivered(sefrou).reference}/").content.decode()
    before = html.split('name="publish-until"')[0]
    assert before.count("<details") == before.count("</details")
    assert "نشر الجواب أو تأجيل نشره" in html


def test_the_button_says_that_a_mail_leaves_only_where_one_can(sefrou):
    with_mail, without = decided(sefrou, email="amina@example.org"), decided(sefrou)
    client = officer(sefrou)
    assert "تبليغ الجواب بالبريد الإلكتروني" in client.get(f"{DESK}{with_mail.reference}/").text
    page = client.get(f"{DESK}{without.reference}/").text
    assert "says-mail" not in page and "تقييد التبليغ" in page


def test_who_signed_is_told_who_confirms_and_is_offered_nothing(sefrou):
    request = decided(sefrou, withheld=(WITHHELD,))
    alone = officer(sefrou).get(f"{DESK}{request.reference}/")
    assert "أخبروا مدير المنصة" in alone.text
    second = officer(sefrou, "deputy_information_officer")
    page = officer(sefrou).get(f"{DESK}{request.reference}/")
    assert page.context["card"] is None
    assert "أنتم من وقع هذا القرار" in page.text and "تأكيد: يمكن تبليغه" not in page.text
    assert "أخبروا مدير المنصة" not in page.text
    deputy = second.get(f"{DESK}{request.reference}/")
    assert deputy.context["card"].act.name == "read"


def test_the_public_answer_does_not_speak_to_who_asked(sefrou):
    request = registered(sefrou)
    viewer = sefrou.viewer("information.read", "information.answer")
    found = desk_case(viewer=viewer, reference=request.reference, today=DAY)
    letter = answer_words(found, has_files=True)
    assert "طلبكم" in letter
    plain = public_words(found, f"{letter}\nالمحضر في صفحتين.")
    assert "كم " not in plain and plain.endswith("المحضر في صفحتين.")
    own = letter.split("»، ")[0] + "»، هذا هو المحضر."
    assert public_words(found, own) == "هذا هو المحضر."
    assert public_words(found, "هذا هو المحضر.") == "هذا هو المحضر."


def test_the_register_of_the_office_names_what_is_published(sefrou):
    asked, public = registered(sefrou), registered(sefrou)
    InformationRequest.objects.filter(pk=public.pk).update(published_on=DAY)
    span = figures.Span(date(2026, 1, 1), date(2026, 12, 31))
    rows = {one.row.reference: cells(one)[1] for one in office_rows(sefrou.province, span, DAY)}
    assert rows == {asked.reference: "", public.reference: TITLE}
    assert str(COLUMNS[1].head) == "الموضوع"


@pytest.mark.parametrize(
    ("bytes_", "words"), [(1, "بايت واحد"), (2, "بايتان"), (10, "10 بايتات"), (70, "70 بايتا")]
)
def test_a_small_file_is_counted_in_good_arabic(bytes_, words):
    assert text.size(bytes_) == words
