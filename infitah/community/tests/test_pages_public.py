"""The public calculator of deadlines."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from infitah.community.tests.factories import CalendarDayFactory


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_the_calculator_counts_day_by_day(client, sefrou, language):
    answer = client.get(f"/{language}/information/deadline/?date=2026-03-02", HTTP_HOST="localhost")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('<ol class="deadline-days">') == 1
    assert "2026" in page
    assert "Set-Cookie" not in answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said", "last"),
    [
        ("ar", "يوم عطلة، لا يحتسب (المصدر: المرسوم", "يوم العمل 20، وهو آخر يوم"),
        ("fr", "jour férié, non compté (source : décret", "20, dernier jour"),
    ],
)
def test_a_day_off_says_why_it_is_not_counted_and_the_last_day_concludes(
    client, sefrou, language, said, last
):
    source = "المرسوم رقم 2.77.169 بتاريخ 28 فبراير 1977 (لائحة تنتظر التحقق في الجريدة الرسمية)"
    CalendarDayFactory(community=sefrou.province, date=date(2026, 5, 1), source=source)
    where = f"/{language}/information/deadline/?date=2026-04-27"
    page = client.get(where, HTTP_HOST="localhost").content.decode()
    words = " ".join(strip_tags(page).replace("\u00a0", " ").split())
    assert said in words and last in words


@pytest.mark.django_db
def test_a_name_that_falls_back_to_arabic_is_marked_so(client, sefrou):
    CalendarDayFactory(community=sefrou.province, date=date(2026, 5, 1))
    where = "/zgh/information/deadline/?date=2026-04-27"
    page = client.get(where, HTTP_HOST="localhost").content.decode()
    assert '<bdi lang="ar" dir="rtl">إغلاق استثنائي</bdi>' in page
    assert "en français (titres et boutons) ou en arabe (textes du conseil)" in page


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "hier", "2026-02-30", "9999-12-31", "2018-01-01"])
def test_a_day_that_is_none_is_kept_and_explained(client, sefrou, text):
    answer = client.get("/fr/information/deadline/", {"date": text}, HTTP_HOST="localhost")
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.content.decode()
