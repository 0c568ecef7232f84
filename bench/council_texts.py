"""Invented records of councils, as many as wanted: Arabic and French sentences with rare names.

Words are as unequal as in life: "budget" stands in thousands of records, a hamlet in a few.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

KINDS: Final = ("record", "record", "record", "deliberation", "document", "dataset")
BEGINS: Final = date(2016, 1, 4)

ACTS: Final = {
    "ar": (
        "كلفة", "نتائج", "برمجة", "تتبع", "حصيلة", "لائحة", "تقرير حول", "المصادقة على", "تأخر",
        "إتمام", "صيانة", "توسيع", "إصلاح", "تهيئة", "اقتناء", "كراء", "تدبير", "تجهيز", "بناء",
        "مراقبة", "تعويضات", "مداخيل", "مصاريف", "صفقة", "اتفاقية", "دراسة", "افتحاص", "إحداث",
    ),
    "fr": (
        "coût", "résultats", "programmation", "suivi", "bilan", "liste", "rapport", "approbation",
        "retard", "achèvement", "entretien", "extension", "réparation", "aménagement", "achat",
        "location", "gestion", "équipement", "construction", "contrôle", "indemnités", "recettes",
        "dépenses", "marché", "convention", "étude", "audit",
    ),
}  # fmt: skip
THINGS: Final = {
    "ar": (
        "الإنارة العمومية", "النقل المدرسي", "الميزانية السنوية", "محاضر الدورات",
        "الماء الصالح للشرب", "الطريق الإقليمية", "المكتبة البلدية", "ملاعب القرب",
        "المركز الصحي", "التعاونيات النسائية", "السوق الأسبوعي", "المساحات الخضراء",
        "رخص البناء", "دعم الجمعيات", "الصفقات العمومية", "المسالك القروية", "دار الشباب",
        "المدينة العتيقة", "مطرح النفايات", "شبكة التطهير السائل", "المجزرة الجماعية",
        "سيارات الإسعاف", "دار الطالبة", "المسبح البلدي", "الحالة المدنية", "المقابر",
        "حاويات النفايات", "السواقي", "الآبار الاستغلالية", "قنوات الري", "الأقسام المدرسية",
        "المحلات التجارية", "العقارات الجماعية", "التجزئات السكنية", "الغابات", "حرائق الغابات",
        "مباريات التوظيف", "منح الطلبة", "مواقف السيارات", "سيارات الأجرة", "محطة المسافرين",
    ),
    "fr": (
        "Éclairage public", "Transport scolaire", "Budget annuel", "Procès-verbaux des sessions",
        "Eau potable", "Route provinciale", "Bibliothèque municipale", "Terrains de proximité",
        "Centre de santé", "Coopératives féminines", "Souk hebdomadaire", "Espaces verts",
        "Permis de construire", "Subventions aux associations", "Marchés publics",
        "Pistes rurales", "Maison des jeunes", "Ancienne médina", "Décharge contrôlée",
        "Réseau d'assainissement", "Abattoir communal", "Ambulances", "Internat de filles",
        "Piscine municipale", "État civil", "Cimetières", "Bacs à ordures",
        "Canaux d'irrigation", "Forages", "Salles de classe", "Locaux commerciaux",
        "Terrains communaux", "Lotissements", "Forêts", "Incendies de forêt",
        "Concours de recrutement", "Bourses d'étudiants", "Parkings", "Taxis", "Gare routière",
    ),
}  # fmt: skip
SENTENCES: Final = {
    "ar": (
        "بلغت الكلفة {money} درهما على مدى {count} أشهر.",
        "أنجزت الأشغال مقاولة {firm} بجماعة {place}.",
        "استفاد من العملية {count} أسرة بدوار {hamlet}.",
        "صادق المجلس على الاتفاقية في دورة سنة {year}.",
        "سجل التأخر بسبب {cause} بدوار {hamlet}.",
        "يحال الملف على مصلحة {office} داخل أجل {count} يوما.",
        "تم تتبع المشروع من طرف {person} نائب الرئيس.",
        "تساهم الجماعة بنسبة {count} في المائة من المبلغ.",
        "يمكن الاطلاع على الوثائق بمقر {office}.",
    ),
    "fr": (
        "Le coût s'élève à {money} dirhams sur {count} mois.",
        "Les travaux ont été réalisés par l'entreprise {firm} à {place}.",
        "{count} familles du douar {hamlet} en bénéficient.",
        "Le conseil a approuvé la convention lors de la session de {year}.",
        "Le retard est dû à {cause} au douar {hamlet}.",
        "Le dossier est transmis au service {office} sous {count} jours.",
        "Le projet est suivi par {person}, vice-président.",
        "La commune contribue pour {count} pour cent du montant.",
        "Les documents peuvent être consultés au siège du service {office}.",
    ),
}
CAUSES: Final = {
    "ar": ("فسخ الصفقة", "سوء الأحوال الجوية", "غياب الوعاء العقاري", "نقص الاعتمادات",
           "تعرض السكان", "انتظار التأشيرة", "عطب الآليات"),
    "fr": ("la résiliation du marché", "la météo", "l'absence de terrain", "le manque de crédits",
           "l'opposition des riverains", "l'attente du visa", "la panne des engins"),
}  # fmt: skip
OFFICES: Final = {
    "ar": ("الميزانية", "التعمير", "الأشغال", "الموارد البشرية", "الشؤون الاجتماعية", "الماء",
           "المشتريات", "الشؤون القانونية", "الممتلكات", "الشباب والرياضة"),
    "fr": ("du budget", "de l'urbanisme", "des travaux", "du personnel", "des affaires sociales",
           "de l'eau", "des achats", "juridique", "du patrimoine", "de la jeunesse"),
}  # fmt: skip
PLACES: Final = {
    "ar": ("صفرو", "البهاليل", "المنزل", "رباط الخير", "إيموزار كندر", "عزابة", "أدرج",
           "تافجيغت", "مطرناغة", "أولاد مكودو", "إغزران", "عين تمكناي", "سيدي يوسف", "تازوطة"),
    "fr": ("Sefrou", "Bhalil", "El Menzel", "Ribat El Kheir", "Imouzzer Kandar", "Azzaba", "Adrej",
           "Tafajight", "Mtarnagha", "Oulad Mkoudou", "Ighezrane", "Aïn Timguenay", "Tazouta"),
}  # fmt: skip
_AR: Final = ("با", "تا", "مو", "لي", "را", "سي", "كن", "زا", "دو", "فر", "غا", "حم", "نو", "شي",
              "عز", "ها", "طي", "قر", "يس", "ول", "جن", "خا", "صب", "ضي", "مر", "تز")  # fmt: skip
_FR: Final = ("ba", "ta", "mou", "li", "ra", "si", "ken", "za", "dou", "fer", "gha", "ham", "nou",
              "chi", "az", "ha", "ti", "kar", "yes", "oul", "jen", "kha", "seb", "mar")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One invented record in one language."""

    subject: str
    kind: str
    language: str
    title: str
    body: str
    dated_on: date


def records(count: int, *, seed: int = 31) -> Iterator[Told]:
    """Yield `count` invented records, always the same; two in five are French."""
    chance = random.Random(seed)
    names = {code: _names(chance, parts) for code, parts in (("ar", _AR), ("fr", _FR))}
    for number in range(count):
        code = "fr" if number % 5 in {1, 3} else "ar"
        yield _record(chance, number, code, names[code])


def _record(chance: random.Random, number: int, code: str, names: list[str]) -> Told:
    words = _words(chance, code, names)
    place, hamlet = words["place"], words["hamlet"]
    near = chance.choice((f"بجماعة {place}", f"بدوار {hamlet}", f"لسنة {words['year']}"))
    if code == "fr":
        near = chance.choice((f"à {place}", f"au douar {hamlet}", f"de {words['year']}"))
    act, thing = _unequal(chance, ACTS[code]), _unequal(chance, THINGS[code])
    title = f"{thing} {near} : {act}" if code == "fr" else f"{act} {thing} {near}"
    told = chance.sample(SENTENCES[code], chance.randint(2, 5))
    body = " ".join(sentence.format(**words) for sentence in told)
    day = BEGINS + timedelta(days=chance.randrange(3600))
    return Told(f"N-{number}", KINDS[number % len(KINDS)], code, title, body, day)


def _words(chance: random.Random, code: str, names: list[str]) -> dict[str, str]:
    return {
        "money": f"{chance.randrange(10, 9000)}{chance.choice(('000', '500'))}",
        "count": str(chance.randrange(2, 400)),
        "year": str(chance.randrange(2016, 2027)),
        "firm": f"{_unequal(chance, names)} {_unequal(chance, names)}",
        "person": f"{_unequal(chance, names)} {_unequal(chance, names)}",
        "hamlet": _unequal(chance, names),
        "cause": chance.choice(CAUSES[code]),
        "office": chance.choice(OFFICES[code]),
        "place": _unequal(chance, PLACES[code]),
    }


def _unequal(chance: random.Random, words: "list[str] | tuple[str, ...]") -> str:
    """Return one of the words; the first come far oftener than the last."""
    return words[int(len(words) * chance.random() ** 2)]


def _names(chance: random.Random, parts: tuple[str, ...]) -> list[str]:
    """Return 6,000 invented names of two to four syllables."""
    made = {"".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(9000)}
    return sorted(made, key=lambda name: (len(name), name))[:6000]
