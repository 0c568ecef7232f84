"""The public calculator of deadlines."""

import pytest


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
@pytest.mark.parametrize("text", ["", "hier", "2026-02-30", "9999-12-31", "2018-01-01"])
def test_a_day_that_is_none_is_kept_and_explained(client, sefrou, text):
    answer = client.get("/fr/information/deadline/", {"date": text}, HTTP_HOST="localhost")
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.content.decode()
