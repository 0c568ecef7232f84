"""The letters of the office: each tells its act, its reason, its days; none names who asked."""

from datetime import date

import pytest
from django.utils.translation import override

from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.models import CaseFile, Decision
from infitah.information.queries import letters
from infitah.information.queries.letters.case import told
from infitah.information.queries.letters.paper import days_words
from infitah.information.queries.letters.remedies import remedy_lines
from infitah.information.rules.clocks import CITIZENS
from infitah.information.tests import lettered, sheets
from infitah.information.tests.asked import PERSON
from infitah.information.tests.case_files import checked_file
from infitah.information.tests.lettered import (
    ANSWER,
    WITHHELD,
    WORDS,
    complained,
    decided,
    delivered,
    does,
    extended,
    registered,
    ruled,
)
from infitah.kernel.dates import format_date

pytestmark = pytest.mark.django_db
K, N = rules.ActKind, rules.ClockName


def read(act, language="ar", **more):
    return sheets.words(letters.letter_pdf(act, language, **more))


def windows(request, on):
    """Return the last days of the windows of the citizen, by the rules alone."""
    known = told(request)
    return {one.name: one.ends_on for one in known.clocks(on) if one.name in CITIZENS}


def says(text, day, language="ar"):
    return sheets.says_day(text, day, language)


def test_an_acknowledgement_names_the_officer_and_the_day(sefrou):
    said = read(registered(sefrou).acts.get(kind="registered"))
    for piece in ("إشعار بالتوصل", "2 مارس 2026", "الأربعاء 1 أبريل 2026", "فاطمة الزهراء"):
        assert piece in said, piece


def test_a_refused_urgency_counts_the_ordinary_period_from_the_filing(sefrou):
    request = registered(sefrou, urgent_case="life")
    words = "لا يتعلق الطلب بحماية حياة الأشخاص"
    act = does(operations.refuse_urgency, request, date(2026, 3, 4), words=words)
    said = read(act)
    assert words in said and "الأربعاء 1 أبريل 2026" in said and "20 يوم عمل" in said
    assert "jeudi 5 mars 2026" not in read(act, "fr")


def test_a_question_says_that_the_period_runs_on(sefrou):
    act = does(
        operations.ask_clarification, registered(sefrou), date(2026, 3, 5), words="أي دورة تقصدون؟"
    )
    assert "أي دورة تقصدون" in read(act) and "يستمر سريان الأجل" in read(act)
    assert "mercredi 1er avril 2026" in read(act, "fr")


@pytest.mark.parametrize("ground", [one.value for one in rules.ExtensionGround])
def test_an_extension_tells_ground_reason_and_new_day(sefrou, ground):
    request = registered(sefrou)
    act = extended(request, ground=ground)
    said = read(act, "fr")
    reply = told(request).clocks(date(2026, 3, 20))[0]
    assert f"mercredi {format_date(reply.due.deadline.due, 'fr')}" in said
    assert "40 jours ouvrables" in said and "1er avril 2026" in said and "article 16" in said
    assert WORDS in read(act)


def test_an_extension_can_be_read_before_it_is_sent(sefrou):
    request = registered(sefrou)
    seen = letters.foreseen(
        request,
        K.EXTENDED,
        date(2026, 3, 20),
        words=WORDS,
        facts={"ground": "large_volume"},
        by=lettered.OFFICER,
    )
    before = letters.letter_pdf(seen, "ar")
    assert request.acts.count() == 2
    assert before == letters.letter_pdf(extended(request), "ar")


def test_a_third_party_is_never_told_who_asked(sefrou):
    request = registered(sefrou)
    act = letters.foreseen(
        request, K.THIRD_PARTY_CONSULTED, date(2026, 3, 9), note="شركة الأشغال\nهل يسلم العقد؟"
    )
    made = letters.letter_pdf(act, requester=PERSON.name)
    said = sheets.words(made)
    assert "شركة الأشغال" in said and "هل يسلم العقد" in said
    assert PERSON.first_name not in said and PERSON.family_name not in said
    assert "/follow/" not in sheets.shown(made)


def test_a_transfer_names_the_institution_and_keeps_the_receipt(sefrou):
    act = letters.foreseen(
        registered(sefrou),
        K.TRANSFERRED,
        date(2026, 3, 5),
        facts={"institution": "جماعة صفرو", "number": "SFV-2026-R-0007"},
    )
    made = letters.letter_pdf(act)
    assert "جماعة صفرو" in sheets.words(made) and "SFV-2026-R-0007" in sheets.shown(made)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_partial_answer_tells_every_reason_and_the_remedies_as_periods(sefrou, language):
    request = registered(sefrou)
    decided(request)
    act = delivered(request, date(2026, 3, 25))
    said = read(act, language)
    for piece in (ANSWER, WITHHELD.reason, WITHHELD.harm, WITHHELD.interest):
        assert piece.rstrip(".") in said, piece
    assert "E03" in sheets.shown(letters.letter_pdf(act, language))
    assert language == "fr" or WITHHELD.limb in said
    assert windows(request, date(2026, 3, 25)) == {N.HEAD_WINDOW: date(2026, 4, 22)}
    known = told(request)
    for name in (N.HEAD_WINDOW, N.CDAI_WINDOW, N.COURT_WINDOW):
        assert not says(said, known.ladder(known.case)[name].ends_on, language), name
        number = known.law[rules.KEYS[name]]
        with override(language):
            assert days_words(number) in said, name
    told_days = letters.mail_words(act, language)
    assert any(format_date(date(2026, 4, 22), language) in line for line in told_days.after)


@pytest.mark.parametrize(
    ("gives", "ground", "place", "title", "said_of_place"),
    [
        (True, None, "", "les informations sont communiquées", ""),
        (False, "R1", "Agence du bassin", "ne détient pas", "Institution qui les détient"),
        (False, "R3", "/fr/documents/", "déjà publiées", "Où elles se trouvent"),
        (False, "R5", "", "la communication est refusée", ""),
        (False, "R7", "Archives du Maroc", "est refusée", "Où elles se trouvent"),
    ],
)
def test_every_outcome_has_its_letter(sefrou, gives, ground, place, title, said_of_place):
    request = registered(sefrou)
    held = []
    if ground:
        held = [rules.Withholding(rules.RefusalGround(ground), reason="voir ci-après", place=place)]
    decided(request, gives=gives, withheld=held)
    said = read(delivered(request), "fr")
    assert title in said and "22 avril 2026" not in said
    assert "20 jours ouvrables" in said and "article 19 de la loi nº 31-13" in said
    assert place in said and (not said_of_place or f"{said_of_place} {place}" in said)
    assert ("article 18 de la loi nº 31-13*" in said) is (ground is not None)


def before_delivery(request, **more):
    """Return the letter of a decision as it is printed before it is handed over."""
    by = lettered.OFFICER
    act = letters.foreseen(request, K.DELIVERED, date(2026, 3, 24), by=by)
    return letters.letter_pdf(act, "ar", **more)


def test_the_letter_is_the_same_before_and_after_its_delivery(sefrou):
    request = registered(sefrou)
    decided(request)
    printed = before_delivery(request)
    second = Actor("officer", "somebody", "deputy_information_officer")
    act = does(
        operations.deliver, request, date(2026, 3, 30), by=second, channel="counter", proof="وقع"
    )
    assert printed == letters.letter_pdf(act, "ar")
    said = sheets.words(printed)
    assert "24 مارس 2026" in said and "30 مارس" not in said


def test_a_letter_has_its_customary_frame_in_both_languages(sefrou):
    request = registered(sefrou)
    decided(request)
    act = delivered(request)
    for piece in ("المملكة المغربية", "سلام تام بوجود مولانا الإمام", "فائق التقدير والاحترام"):
        assert piece in read(act), piece
    for piece in ("Royaume du Maroc", "Madame, Monsieur,", "considération distinguée"):
        assert piece in read(act, "fr"), piece


def test_a_document_is_listed_by_its_title_and_pages_or_by_its_file_name(sefrou):
    request = registered(sefrou)
    titled = checked_file(request, title="محضر دورة يناير")
    nameless = checked_file(request, title="")
    three = [[595.0, 842.0, True]] * 3  # as the worker keeps those of a PDF
    CaseFile.objects.filter(pk=titled.pk).update(sheets=three)
    answer = operations.Answer(ANSWER, False, (), [titled.pk, nameless.pk])
    does(operations.decide, request, date(2026, 3, 24), answer=answer)
    said = read(delivered(request))
    assert "محضر دورة يناير" in said and "3 صفحات" in said
    shown = sheets.shown(letters.letter_pdf(request.acts.get(kind="delivered"), "ar"))
    assert nameless.file.name in shown and f"F{nameless.pk}" not in shown


def test_a_late_answer_says_that_it_is_late_and_since_when_silence_refused(sefrou):
    request = registered(sefrou)
    decided(request, date(2026, 4, 7))
    said = read(delivered(request, date(2026, 4, 8)), "fr")
    assert "valu refus depuis le 2 avril 2026" in said
    assert "jusqu’au 29 avril 2026 inclus" in said  # counted from the silence, not from the answer


def test_an_answer_after_the_window_promises_no_complaint(sefrou):
    request = registered(sefrou)
    decided(request, date(2026, 6, 1))
    said = read(delivered(request, date(2026, 6, 2)), "fr")
    assert "a pris fin le 29 avril 2026" in said and "Plainte auprès du président" not in said


def test_a_decision_of_an_earlier_round_keeps_its_letter(sefrou):
    request = registered(sefrou)
    decided(request)
    first = delivered(request)
    complained(request)
    ruled(request, ruling="upheld")
    decided(request, date(2026, 4, 9), withheld=(), words="تجدون المحضر كاملا.")
    second = delivered(request, date(2026, 4, 10))
    assert ANSWER.rstrip(".") in read(first) and "كاملا" not in read(first)
    assert "كاملا" in read(second) and WITHHELD.reason not in read(second)


def test_nothing_is_delivered_by_letter_before_it_is_decided(sefrou):
    act = letters.foreseen(registered(sefrou), K.DELIVERED, date(2026, 3, 25))
    with pytest.raises(Decision.DoesNotExist):
        letters.letter_pdf(act)


@pytest.mark.parametrize("ruling", [one.value for one in rules.Ruling])
def test_the_answer_to_a_complaint_opens_the_way_to_the_commission(sefrou, ruling):
    request = registered(sefrou)
    decided(request)
    delivered(request)
    complained(request)
    act = ruled(request, ruling=ruling)
    said = read(act, "fr")
    assert (
        "jusqu’au 8 mai 2026 inclus (30 jours calendaires comptés à partir du 8 avril 2026" in said
    )
    assert "Plainte auprès du président" not in said and "en aucun cas après le 6 août 2026" in said


def test_after_the_silence_of_the_head_the_day_of_the_commission_is_certain(sefrou):
    request = registered(sefrou)
    decided(request)
    delivered(request)
    complained(request, date(2026, 4, 2))
    known = told(request)
    waiting = remedy_lines(known, known.case, "ar", date(2026, 4, 10))
    silent = remedy_lines(known, known.case, "ar", date(2026, 4, 18))
    last = windows(request, date(2026, 4, 18))[N.CDAI_WINDOW]
    assert "في جميع الأحوال" in waiting[0]
    assert f"إلى غاية {format_date(last, 'ar')}" in silent[0] and last == date(2026, 5, 17)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_letter_names_who_asked_unless_the_name_is_passed(sefrou, language):
    request = registered(sefrou, email="amina@example.org")
    extended(request)
    decided(request)
    delivered(request)
    complained(request)
    ruled(request)
    told_of = [act for act in request.acts.all() if act.kind in letters.LETTERS]
    assert len(told_of) == 4
    for act in told_of:
        made = letters.letter_pdf(act, language)
        everything = sheets.words(made) + made.decode("latin-1")
        for private in (*PERSON.name.split(), PERSON.document, "زنقة", "amina@"):
            assert private not in everything, (act.kind, private)
        assert PERSON.name in read(act, language, requester=f"{PERSON.name}\n{PERSON.address}")


def test_a_letter_is_signed_by_who_acted(sefrou):
    request = registered(sefrou)
    act = does(
        operations.ask_clarification,
        request,
        date(2026, 3, 5),
        by=Actor("officer", sefrou.secretary.username, "secretary"),
        words="أي دورة تقصدون؟",
    )
    said = read(act, "fr")
    assert "secrétaire du conseil" in said and "personne chargée de l’accès" not in said


def test_an_act_of_the_house_has_no_letter(sefrou):
    request = registered(sefrou)
    with pytest.raises(letters.NoLetter):
        letters.letter_pdf(request.acts.get(kind="submitted"))


def test_a_letter_is_drawn_with_few_queries(sefrou, django_assert_max_num_queries):
    request = registered(sefrou)
    decided(request)
    act = delivered(request)
    with django_assert_max_num_queries(20):
        letters.letter_pdf(act, "ar")
