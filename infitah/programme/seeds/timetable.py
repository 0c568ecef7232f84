"""The dates of the first cycle (REMACTO, council of Sefrou) and the plan of the next one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Planned:
    """A dated step; `record` names what the story fills in: the session or the deliberation."""

    slug: str
    kind: str
    first: date
    last: date
    arabic: str
    french: str
    record: str = ""
    is_estimated: bool = False


FIRST_CYCLE = (
    Planned(
        "kick-off",
        "meeting",
        date(2022, 12, 13),
        date(2022, 12, 13),
        "اللقاء الإخباري لانطلاق البرنامج بمقر ولاية جهة فاس-مكناس",
        "Réunion de lancement à la wilaya de la région Fès-Meknès",
    ),
    Planned(
        "remote-training",
        "training",
        date(2023, 2, 16),
        date(2023, 2, 16),
        "تكوين عن بعد حول مبادئ ومنهجية الانفتاح",
        "Formation à distance sur les principes et la méthode de l’ouverture",
    ),
    Planned(
        "first-workshop",
        "workshop",
        date(2023, 3, 8),
        date(2023, 3, 8),
        "ورشة البناء المشترك الأولى: المجلس وموظفوه، وهيئات المساواة وتكافؤ الفرص ومقاربة النوع "
        "للإقليم وجماعاته، والفاعلون الجمعويون",
        "Premier atelier de co-construction : le conseil et ses agents, les instances de l’équité "
        "de la province et de ses communes, les acteurs associatifs",
    ),
    Planned(
        "consultation",
        "consultation",
        date(2023, 6, 12),
        date(2023, 6, 20),
        "أسبوع استشارة ساكنة الإقليم: مقترحات وأفكار حسب المحاور",
        "Semaine de consultation des citoyens de la province : suggestions et idées par axe",
    ),
    Planned(
        "second-workshop",
        "workshop",
        date(2023, 7, 1),
        date(2023, 10, 31),
        "ورشة البناء المشترك الثانية (بعد يونيو 2023؛ اليوم المضبوط غير متوفر)",
        "Second atelier de co-construction (après juin 2023 ; jour exact non disponible)",
        is_estimated=True,
    ),
    Planned(
        "adoption",
        "session",
        date(2023, 11, 13),
        date(2023, 11, 13),
        "الدورة الاستثنائية: المجلس يعتمد برنامج الانفتاح 2024-2025 بالإجماع",
        "Session extraordinaire : le conseil adopte le programme 2024-2025 à l’unanimité",
        record="session",
    ),
    Planned(
        "execution",
        "execution",
        date(2024, 1, 1),
        date(2025, 12, 31),
        "تنفيذ المشاريع الأربعة",
        "Mise en œuvre des quatre projets",
        record="deliberation",
    ),
)
