"""What the gallery shows: real text of the kind that the components will carry."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.design.parts import Bar, Counted, Entry, Fact, FilterGroup, Knot, Option
from infitah.design.text import law, number
from infitah.kernel.localized import LocalizedText as T
from infitah.kernel.money import Money
from infitah.kernel.redline import redline

COUNCIL = T("المجلس الإقليمي لصفرو", "Conseil provincial de Sefrou", "ⴰⵙⵇⵇⴰⵎⵓ ⵏ ⵜⵙⴳⴰ ⵏ ⵚⴼⵕⵓ")
SECRETARIAT = T("كتابة المجلس", "Secrétariat du conseil")
FOCAL_POINT = T("نقطة الارتكاز", "Point focal")

KNOTS = (
    Knot(
        T("فكرة: نشر الميزانية بلغة مبسطة", "Idée : publier le budget en langage clair"),
        "done",
        on=date(2023, 6, 14),
        who=T("مشاركة من جماعة البهاليل", "Une participante de Bhalil"),
        url="#idea",
        proof_url="#proof",
        reference="SFR-2023-I-0042",
    ),
    Knot(
        T("ضمت إلى موضوع «ميزانية مفهومة»", "Jointe au thème « Un budget compréhensible »"),
        "done",
        on=date(2023, 7, 3),
        who=FOCAL_POINT,
        url="#theme",
    ),
    Knot(
        T("التزام 3: دليل سنوي للميزانية", "Engagement 3 : un guide annuel du budget"),
        "done",
        on=date(2023, 9, 21),
        who=FOCAL_POINT,
        url="#commitment",
        reference="SFR-2024-C-0003",
    ),
    Knot(
        T(
            "صادق المجلس بالإجماع في دورة استثنائية",
            "Adopté à l’unanimité en session extraordinaire",
        ),
        "done",
        on=date(2023, 11, 13),
        who=COUNCIL,
        url="#deliberation",
        proof_url="#proof",
        reference="SFR-2023-D-0017",
    ),
    Knot(
        T("نشر دليل ميزانية 2025", "Publication du guide du budget 2025"),
        "claimed",
        on=date(2025, 3, 31),
        who=T("مصلحة الميزانية", "Service du budget"),
        url="#milestone",
    ),
    Knot(
        T("ترجمة الدليل إلى الأمازيغية", "Traduction du guide en amazighe"),
        "late",
        on=date(2025, 9, 30),
        who=T("مصلحة التواصل", "Service de la communication"),
        state_words=T(
            "متأخر بـ 34 يوما عن الموعد المعلن", "En retard de 34 jours sur la date annoncée"
        ),
    ),
    Knot(
        T("لقاءات عمومية في خمس جماعات", "Rencontres publiques dans cinq communes"),
        "under_way",
        who=FOCAL_POINT,
    ),
    Knot(T("التقرير الختامي", "Rapport final"), "to_come", on=date(2026, 12, 31)),
)

COUNTED = (
    Counted(date(2026, 11, 16), T("اليوم الأول من الأجل", "premier jour du délai")),
    Counted(date(2026, 11, 18), T("عيد الاستقلال، لا يحسب", "fête de l’Indépendance, non compté")),
    Counted(date(2026, 12, 15), T("اليوم العشرون", "vingtième jour"), estimated=True),
)

FACTS = (
    Fact(T("المصلحة المسؤولة", "Service responsable"), T("مصلحة الميزانية", "Service du budget")),
    Fact(T("الأجل المعلن", "Échéance annoncée"), T("31 مارس 2025", "31 mars 2025")),
)

BARS = (
    Bar(T("صفرو", "Sefrou"), 62, url="#sefrou", state="under_way"),
    Bar(T("البهاليل", "Bhalil"), 31),
    Bar(T("المنزل", "El Menzel"), 18),
    Bar(T("رباط الخير", "Ribate El Kheir"), 12),
    Bar(T("إيموزار كندر", "Imouzzer Kandar"), 1304),
)
WAFFLE = (
    Bar(T("منجز ومؤكد", "Réalisés et confirmés"), 5, state="done"),
    Bar(T("معلن غير مؤكد", "Déclarés, non confirmés"), 2, state="claimed"),
    Bar(T("متأخر", "En retard"), 3, state="late"),
    Bar(T("قادم", "À venir"), 4, state="to_come"),
)
SHEET_DAYS = tuple(
    {"on": date(2027, 3, number), "state": state, "ends": number == 16}
    for number, state in enumerate(
        (
            *("start", "counted", "counted", "counted", "counted", "off", "off"),
            *("counted", "estimated", "estimated", "estimated", "counted", "off", "off"),
            *("counted", "counted"),
        ),
        start=1,
    )
)
FILTERS = (
    FilterGroup(
        T("المحور", "Axe"),
        (
            Option(T("الكل", "Tous"), "#", 128, current=True),
            Option(T("الشفافية", "Transparence"), "#t", 41),
            Option(T("المشاركة المواطنة", "Participation citoyenne"), "#p", 36),
            Option(T("الرقمنة", "Numérisation"), "#n", 51),
        ),
    ),
    FilterGroup(
        T("الحالة", "État"),
        (
            Option(T("قيد الدراسة", "À l’étude"), "#s", 77),
            Option(T("أجيب عنها", "Avec réponse"), "#a", 51),
        ),
    ),
)
ENTRIES = (
    Entry(
        date(2022, 12, 13), T("اللقاء الافتتاحي بمقر الولاية بفاس", "Lancement à la wilaya de Fès")
    ),
    Entry(
        date(2023, 3, 8),
        T("ورشة البناء المشترك", "Atelier de co-construction"),
        url="#workshop",
        who=T("المجلس والهيئات الاستشارية", "Conseil et instances consultatives"),
    ),
    Entry(date(2023, 11, 13), T("المصادقة على البرنامج", "Adoption du programme")),
)


class SampleForm(forms.Form):
    """A form with each kind of field, bound with faults so that the gallery shows them."""

    title = forms.CharField(
        label=_("Your idea in one sentence"),
        help_text=_("Say what should change, for whom and where."),
        min_length=20,
        max_length=140,
        widget=forms.TextInput(
            {
                "data-counter": True,
                "data-similar-target": "similar",
            }
        ),
    )
    details = forms.CharField(
        label=_("Details"), required=False, widget=forms.Textarea({"rows": 4})
    )
    commune = forms.ChoiceField(
        label=_("Commune"), choices=[("", "—"), ("1", "صفرو / Sefrou"), ("2", "البهاليل / Bhalil")]
    )
    kind = forms.ChoiceField(
        label=_("How should we answer you?"),
        widget=forms.RadioSelect,
        choices=[("mail", _("By e-mail")), ("desk", _("At the desk"))],
    )
    agreed = forms.BooleanField(label=_("I have read how my data are used"))
    code = forms.CharField(label=_("Code"), max_length=6, required=False)


def sample_form(language: str) -> SampleForm:
    """Return the form as it comes back with its faults, similar ideas asked of the gallery."""
    form = SampleForm({"title": "قصير جدا", "code": ""})
    address = reverse("design:similar", args=[language])
    form.fields["title"].widget.attrs["data-similar-url"] = address
    return form


def rows(language: str) -> list[list[object]]:
    """Return the rows of the sample table."""
    return [
        [T("أجور الموظفين", "Personnel"), 14_250_000, 13_981_442],
        [T("صيانة الطرق الإقليمية", "Entretien des routes provinciales"), 8_600_000, 7_120_300.5],
        [T("دعم الجمعيات", "Subventions aux associations"), 950_000, 950_000],
    ]


def context(language: str) -> dict[str, Any]:
    """Return everything that the gallery's template shows."""
    states = ("to_come", "under_way", "done", "late", "refused", "claimed")
    return {
        "states": states,
        "knots": KNOTS,
        "counted": COUNTED,
        "facts": FACTS,
        "bars": BARS,
        "waffle_parts": WAFFLE,
        "sheet_days": SHEET_DAYS,
        "filter_groups": FILTERS,
        "entries": ENTRIES,
        "tags": (T("الميزانية", "Budget"), T("الشفافية", "Transparence")),
        "form": sample_form(language),
        "headers": (T("الباب", "Chapitre"), T("المقرر", "Voté"), T("المنفذ", "Exécuté")),
        "rows": rows(language),
        "amount": Money.of("1250000.50"),
        "day": date(2026, 11, 23),
        "due": date(2026, 12, 15),
        "late_due": date(2026, 10, 20),
        "moment": datetime(2026, 11, 23, 13, 30, tzinfo=UTC),
        "start": date(2023, 6, 12),
        "end": date(2023, 6, 20),
        "law_words": law("31-13:16"),
        "population": number(304748),
        "title": T(
            "نشر ميزانية الإقليم بلغة يفهمها الجميع",
            "Publier le budget de la province dans une langue que tous comprennent",
        ),
        "redline": redline(
            T("ينشر التقرير كل سنة.", "Le rapport paraît chaque année.").in_language(language),
            T("ينشر التقرير كل ستة أشهر.", "Le rapport paraît tous les six mois.").in_language(
                language
            ),
        ),
        "only_arabic": T("نص متوفر بالعربية فقط"),
        "amazigh": T("مرحبا", "Bienvenue", "ⴰⵏⵙⵓⴼ"),
        "council": COUNCIL,
        "secretariat": SECRETARIAT,
        "hostile": '<script>alert(1)</script> \u202etxt.exe & "quotes"',
        "trail": [
            (T("البرنامج", "Programme"), "#"),
            (T("الالتزامات", "Engagements"), "#"),
            ("SFR-2024-C-0003", ""),
        ],
        "gallery_languages": ("ar", "fr", "zgh"),
    }
