"""The commission's model form: every field of it and no motive, blank, filled, in big print."""

from datetime import date

import pytest

from infitah.community.models import RuleValue
from infitah.information.queries.letters import CARRIERS, FormInput, form_pdf
from infitah.information.tests import sheets
from infitah.information.tests.test_receipt_sheet import LETTERHEAD
from infitah.kernel.localized import LocalizedText

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
FILLED = FormInput(
    reference="SFR-2026-R-0042",
    filed_on=DAY,
    channel="desk",
    first_name="أمينة",
    family_name="الصفريوية",
    address="12 زنقة الأمل\nصفرو",
    phone="0612345678",
    status="citizen",
    document="CD123456",
    text="نسخة من محضر الدورة العادية لشهر يناير 2026",
    period="2024-2025",
    access="copy",
    carriers=["report"],
    is_agreed=True,
)
FIELDS_AR = (
    *("الرقم الترتيبي", "تاريخ الإيداع", "طريقة التوصل"),
    *("1 · المؤسسة أو الهيئة المعنية", "المقر", "مركزي", "جهوي", "إقليمي", "محلي"),
    *("2 · نوع الطلب", "عادي", "مستعجل"),
    *("3 · طالب المعلومات", "الاسم الشخصي", "الاسم العائلي", "العنوان الشخصي"),
    *("البريد الإلكتروني، عند الاقتضاء", "رقم الهاتف، عند الاقتضاء"),
    *("4 · الصفة", "رقم البطاقة الوطنية للتعريف", "رقم وثيقة الإقامة"),
    *("5 · موضوع الطلب", "الفترة، من وإلى", "وثيقة", "تقرير", "دراسة", "دورية", "قرار", "منشور"),
    *("مذكرة", "قاعدة بيانات", "وثيقة أخرى ذات طابع عام", "الاطلاع المباشر بعين المكان"),
    *("نسخة ورقية", "نسخة إلكترونية", "الفاكس", "وسيلة أخرى", "كلفة الوثائق"),
    *("6 · إشعارات والتزام", "ألتزم باستعمال المعلومات", "أوافق على معالجة معطياتي"),
    *("التوقيع أو البصمة", "الاسم الكامل للشخص المكلف", "التوقيع والطابع"),
)
FIELDS_FR = (
    *("Numéro d’ordre", "Voie de réception", "1 · Institution ou organisme concerné"),
    *("central", "régional", "provincial", "local", "ordinaire", "urgente", "Prénom"),
    *("Adresse personnelle", "Numéro du titre de séjour", "Période, du et au", "base de données"),
    *("télécopie", "Je m’engage", "J’accepte", "191-AU-2019* du 31 mai 2019", "Destinataires"),
    *("20 jours ouvrables", "3 jours calendaires*", "15 jours calendaires*", "60 jours"),
    *("Signature, ou empreinte du pouce", "Nom complet de la personne chargée"),
)


def form(sefrou, language="ar", filled=None, **more):
    return form_pdf(sefrou.province, language, filled, on=DAY, **more)


@pytest.mark.parametrize(("language", "fields"), [("ar", FIELDS_AR), ("fr", FIELDS_FR)])
def test_the_form_has_every_field_of_the_official_one(sefrou, language, fields):
    said = sheets.words(form(sefrou, language))
    for field in fields:
        assert field in said, field
    assert len(CARRIERS) == 9 and sheets.pages(form(sefrou, language)) == 2
    for motive in ("سبب", "الغرض من الطلب", "motif de la demande", "pourquoi"):
        assert motive not in said


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("filled", [None, FILLED])
def test_a_long_letterhead_leaves_the_form_on_two_sheets(sefrou, language, filled):
    sefrou.province.letterhead = LETTERHEAD
    sefrou.province.address = LocalizedText(ar="شارع محمد الخامس، صفرو", fr="Avenue Mohammed V")
    sefrou.province.email, sefrou.province.phone = "info@sefrou.example", "+212 535 66 00 00"
    assert sheets.pages(form(sefrou, language, filled)) == 2


def test_a_blank_form_names_nobody_and_ticks_only_the_level(sefrou):
    said = sheets.shown(form(sefrou))
    assert said.count("X") == 1 and "SFR-2026" not in said
    assert "191-AU-2019" in said


def test_a_filled_form_holds_what_was_typed_and_nothing_else_is_ticked(sefrou):
    made = form(sefrou, filled=FILLED)
    said, seen = sheets.words(made), sheets.shown(made)
    assert (
        said.count("أمينة الصفريوية") == 1
        and "الاسم العائلي الصفريوية" in said
        and "زنقة الأمل صفرو" in said
    )
    for piece in ("SFR-2026-R-0042", "CD123456", "0612345678", "2024-2025"):
        assert piece in seen
    assert seen.count("X") == 7  # level, kind, status, carrier, access, undertaking, consent


def test_a_resident_gives_the_number_of_the_residence_document(sefrou):
    person = FormInput(status="resident", document="AB1234567C", text="وثيقة")
    lines = sheets.words(form(sefrou, "fr", person))
    assert "Numéro du titre de séjour AB1234567C" in lines


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_big_print_is_half_as_big_again(sefrou, language):
    usual, large = form(sefrou, language, FILLED), form(sefrou, language, FILLED, is_large=True)
    assert sheets.largest(large) > 1.5 * sheets.largest(usual)
    assert sheets.pages(large) > sheets.pages(usual)


def test_the_numbers_of_the_form_are_those_of_the_community(sefrou):
    value = RuleValue.objects.of(sefrou.province).get(key="information.complaint_answer")
    RuleValue.objects.filter(pk=value.pk).update(value=17, mark="checked")
    assert "17 jours calendaires (" in sheets.words(form(sefrou, "fr"))
