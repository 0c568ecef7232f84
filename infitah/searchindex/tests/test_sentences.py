"""Long, precise sentences as people write them: more words must not find less.

The records are those of the demonstration that such a sentence may bring up, in their words.
"""

from datetime import UTC, datetime

import pytest

from infitah.kernel import arabic
from infitah.searchindex import asking, operations, queries

pytestmark = [pytest.mark.django_db, pytest.mark.database]
RECORDS = (
    ("bus", "ميزانية النقل المدرسي وعدد المستفيدين سنة 2025", "خصص المجلس 6 480 000 درهم للنقل."),
    ("tenders", "أبرم المجلس 23 صفقة سنة 2024", "لائحة الصفقات والمبلغ واسم الشركة صاحبة الصفقة."),
    (
        "road",
        "برمجة الطريق القروية إلى دوار أيت علي",
        "برمجت تقوية المسلك القروي على طول 4,2 كيلومتر بكلفة 3 150 000 درهم. متى تصل الطريق "
        "المعبدة إلى دوار أيت علي وهل برمج المجلس ذلك في ميزانيته؟",
    ),
    ("minutes", "محضر الدورة العادية لشهر يناير 2026", "نسخة من المحضر ونتائج التصويت."),
    ("clubs", "استفادت 31 جمعية من 2 940 000 درهم سنة 2025", "اسم الجمعية والمبلغ وتاريخ الصرف."),
    ("water", "برنامج الماء الصالح للشرب بالعالم القروي", "يزود البرنامج 46 دوارا في 19 جماعة."),
    ("hall", "تقرير حول صفقة تجهيز القاعة الكبرى", "اسم الشركة ومبلغ الصفقة وسنة إنجازها."),
    ("festival", "نفقات مهرجان حب الملوك", "كم صرف المجلس وأسماء الممولين والمبلغ الإجمالي."),
    ("cars", "حظيرة السيارات ومصاريف الوقود سنة 2025", "مبلغ الإصلاح واسم الشركة وعدد السيارات."),
    ("souk", "كلفة ومداخيل السوق الأسبوعي", "كلفة إصلاح السوق سنة 2025 ومبلغ المداخيل."),
    ("teams", "منح الفرق الرياضية ومعايير الاستفادة", "استفاد 18 فريقا من 1 350 000 درهم."),
    ("waste", "تدبير النفايات المنزلية: الكلفة ونسبة الإنجاز", "المطرح أنجز بنسبة 62 في المائة."),
    ("well", "نتائج تحليل ماء بئر قروية", "أجري التحليل في شتنبر 2026 وتبين أنه صالح للشرب."),
    ("old", "محاضر سنة 1962", "أودعت هذه الوثائق لدى مؤسسة أرشيف المغرب."),
)
FRENCH = (
    ("tenders", "Marchés publics du conseil en 2024", "Objet, titulaire, montant des marchés."),
    ("clubs", "Subventions aux associations en 2025", "Nom de l’association et montant accordé."),
    ("offers", "Offres financières d’un appel d’offres", "Réfection de la route provinciale 5017."),
)
TRIAL = "أريد معرفة صفقة إصلاح طريق قريتي سنة 2025 والمبلغ واسم الشركة"
ROAD = "Je voudrais savoir quand le conseil fera la route du douar Aït Ali"


@pytest.fixture
def world(db: None) -> None:
    for language, records in (("ar", RECORDS), ("fr", FRENCH)):
        for subject, title, body in records:
            operations.put(
                community_key="SFR",
                kind="record",
                subject=subject,
                language=language,
                title=title,
                body=body,
                url=f"/{subject}/",
                is_public=True,
            )
    operations.renew_vocabulary(now=datetime(2026, 3, 2, 9, tzinfo=UTC))


def suggested(text: str, language: str = "ar") -> list[str]:
    found = queries.suggest(community_key="SFR", text=text, kinds=["record"], language=language)
    return [one.subject for one in found]


def test_the_sentence_of_the_trial_finds_the_road_of_the_village_first(world):
    assert suggested(TRIAL)[0] == "road"
    found = queries.find(community_key="SFR", text=TRIAL, kinds=["record"], language="ar")
    assert found.shown[0].subject == "road"


def test_more_words_lose_nothing_and_neither_does_a_word_half_typed(world):
    for end in range(ROAD.index("route d") + len("route d"), len(ROAD) + 1):
        assert "road" in suggested(ROAD[:end], "fr"), ROAD[:end]


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("أريد أن أعرف متى تصل الطريق إلى قريتنا وكم تكلف ومن هي الشركة المكلفة", "road"),
        ("المرجو تزويدي بمعلومات مفصلة عن مسلك دوارنا والمبلغ المرصود له في سنة 2025", "road"),
        ("أطلب نسخة من نتائج تحليل ماء بئرنا وتاريخ التحليل واسم المختبر الذي أنجزه", "well"),
        ("أرغب في معرفة عدد التلاميذ المستفيدين من النقل المدرسي بجماعتي سنة 2025 والمبلغ", "bus"),
        ("بغيت نعرف شحال صرف المجلس على مهرجان حب الملوك واسم الشركات اللي مولاتو", "festival"),
        ("أود الحصول على لائحة السيارات ومبلغ الوقود لسنة 2025 واسم الشركة الممونة", "cars"),
        ("هل يمكن معرفة مبلغ إصلاح سوقنا الأسبوعي سنة 2025 واسم المقاولة وتاريخ الأشغال", "souk"),
        ("أطلب معرفة المعايير التي تعتمدونها في توزيع المنح على فرقنا الرياضية والمبلغ", "teams"),
        ("المرجو إفادتي بنسبة إنجاز مطرح نفايات مدينتنا وكلفته واسم الشركة المكلفة به", "waste"),
        ("أريد الاطلاع على محضر دورة يناير 2026 وعدد الحاضرين وأسماء المتغيبين", "minutes"),
        ("أريد تقرير صفقة تجهيز القاعة الكبرى مع اسم الشركة والمبلغ وسنة الإنجاز", "hall"),
        ("أرجو موافاتي بأسماء الجمعيات المستفيدة سنة 2025 والمبلغ الذي نالته كل جمعية", "clubs"),
        ("أسأل عن برنامج الماء الصالح للشرب لفائدة قريتي وكم عدد الدواوير وما هو المبلغ", "water"),
    ],
)
def test_a_precise_sentence_in_arabic_finds_what_it_names(world, asked, subject):
    assert subject in suggested(asked)[:2]


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        (
            "Je voudrais savoir le montant et l'entreprise des travaux de la route du village",
            "road",
        ),
        ("Pourriez-vous m'indiquer combien d'élèves prennent le transport scolaire en 2025", "bus"),
        ("Bonjour, je souhaite connaître le coût et les recettes du souk hebdomadaire", "souk"),
        ("Merci de me communiquer le nom et le montant des associations aidées en 2025", "clubs"),
        ("Je demande la liste des marchés publics de 2024 avec le nom des titulaires", "tenders"),
        ("J'aimerais savoir combien le festival a coûté et le nom de l'entreprise", "festival"),
        ("Veuillez me transmettre les résultats de l'analyse de l'eau du puits du douar", "well"),
        ("Je veux savoir le montant du carburant des véhicules du conseil en 2025", "cars"),
    ],
)
def test_a_precise_sentence_in_french_finds_what_it_names(world, asked, subject):
    assert subject in suggested(asked, "fr")


def test_a_question_of_nothing_but_asking_is_looked_for_all_the_same(world):
    for asked in ("أريد معرفة", "كم", "je voudrais savoir", "المبلغ واسم الشركة"):
        suggested(asked)
    assert suggested("المبلغ واسم الشركة")


@pytest.mark.parametrize(
    ("word", "bare"),
    [("قريتي", "قريه"), ("قريتنا", "قريه"), ("دوارنا", "دوار"), ("مدرستهم", "مدرسه")],
)
def test_whose_it_is_is_taken_off_a_word(word, bare):
    assert asking.unowned(arabic.normalise(word))[0] == bare
    assert asking.unowned(bare) == ()


@pytest.mark.parametrize("word", ["أريد", "ومعرفة", "بخصوص", "voudrais", "Quelle"])
def test_words_of_asking_are_known_with_what_is_written_onto_them(word):
    assert asking.is_asking(arabic.normalise(word))


@pytest.mark.parametrize("word", ["المبلغ", "واسم", "2025", "٢٠٢٥", "الشركة", "Montant"])
def test_words_for_what_is_asked_about_a_thing_are_known(word):
    assert asking.is_aspect(arabic.normalise(word)) and not asking.is_asking(word)


@pytest.mark.parametrize("word", ["طريق", "رقمية", "دوار", "ماء", "route", "village"])
def test_words_for_things_are_neither(word):
    form = arabic.normalise(word)
    assert not asking.is_asking(form) and not asking.is_aspect(form)
