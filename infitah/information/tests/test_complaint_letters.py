"""Complaints written beforehand: the facts of the acts, the article, no motive, nobody's name."""

from datetime import date

import pytest

from infitah.information import queries, rules
from infitah.information.queries import letters
from infitah.information.tests import sheets
from infitah.information.tests.asked import PERSON, TEXT
from infitah.information.tests.lettered import (
    WITHHELD,
    complained,
    decided,
    delivered,
    extended,
    registered,
    ruled,
)

pytestmark = pytest.mark.django_db
K = rules.ActKind


def stands(request, on):
    return queries.standing_on(request, list(request.acts.order_by("position")), on)


def followed(sefrou, request, on):
    """Return the request as the bearer of its token sees it."""
    viewer = sefrou.viewer("information.read")
    return queries.followed(request, viewer, on)


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("ar", ("1 أبريل 2026", "منذ 2 أبريل 2026", "المادة 19 من القانون رقم 31.13", TEXT)),
        ("fr", ("1er avril 2026", "depuis le 2 avril 2026", "article 19 de la loi nº 31-13")),
    ],
)
def test_silence_is_complained_about_with_its_days(sefrou, language, pieces):
    shown = stands(registered(sefrou), date(2026, 4, 2))
    words = queries.complaint_text(shown, language)
    for piece in (*pieces, "SFR-2026-R-0001"):
        assert piece in words, piece
    assert PERSON.family_name not in words


def test_before_any_window_there_is_nothing_to_complain_about(sefrou):
    assert queries.complaint_text(stands(registered(sefrou), date(2026, 4, 1)), "ar") == ""


def test_a_refusal_is_complained_about_with_its_grounds(sefrou):
    request = registered(sefrou)
    extended(request)
    decided(request)
    delivered(request)
    words = queries.complaint_text(followed(sefrou, request, date(2026, 3, 26)), "fr")
    for piece in (
        *("le conseil a prorogé le délai une fois", "Le conseil a répondu le 25 mars 2026"),
        *("Vie privée", WITHHELD.reason, "du conseil"),
    ):
        assert piece in words, piece
    assert "silence" not in words and "après l’échéance" not in words


def test_the_commission_is_told_what_the_president_said(sefrou):
    request = registered(sefrou)
    decided(request)
    delivered(request)
    complained(request)
    silent = queries.complaint_text(followed(sefrou, request, date(2026, 4, 18)), "fr")
    assert "qui n’y a pas répondu dans le délai" in silent and "l’article 20" in silent
    ruled(request)
    told = queries.complaint_text(followed(sefrou, request, date(2026, 4, 9)), "fr")
    assert "qui y a répondu le 8 avril 2026" in told and "la plainte est rejetée" in told


def test_a_complaint_is_a_letter_to_sign(sefrou):
    shown = stands(registered(sefrou), date(2026, 4, 2))
    words = queries.complaint_text(shown, "ar")
    made = letters.complaint_pdf(
        shown.request, words, "ar", level=K.COMPLAINED_HEAD, on=date(2026, 4, 2)
    )
    said = sheets.words(made)
    for piece in ("شكاية إلى رئيس المجلس", "إلى رئاسة المجلس", "التوقيع أو البصمة", "2 أبريل 2026"):
        assert piece in said, piece
    assert PERSON.family_name not in said
    named = letters.complaint_pdf(
        shown.request,
        words,
        "ar",
        level=K.COMPLAINED_HEAD,
        on=date(2026, 4, 2),
        requester=PERSON.name,
    )
    assert PERSON.name in sheets.words(named)


@pytest.mark.parametrize("level", [K.COMPLAINED_CDAI, K.COURT_SEIZED])
def test_each_level_has_its_own_addressee(sefrou, level):
    shown = stands(registered(sefrou), date(2026, 4, 2))
    words = queries.letters.complaint_text(shown, "fr", level)
    made = letters.complaint_pdf(shown.request, words, "fr", level=level, on=date(2026, 4, 2))
    wanted = {K.COMPLAINED_CDAI: "de la Commission", K.COURT_SEIZED: "du tribunal administratif"}
    assert f"À la présidence {wanted[level]}" in sheets.words(made)


def test_a_long_request_is_quoted_from_its_beginning(sefrou):
    request = registered(sefrou, text="محضر دورة " * 200)
    words = queries.complaint_text(stands(request, date(2026, 4, 2)), "ar")
    assert "…" in words and len(words) < 1500
