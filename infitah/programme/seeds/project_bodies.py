"""Project 3 of Sefrou: a provincial network of the consultative bodies."""

from datetime import date
from decimal import Decimal

from infitah.kernel.localized import LocalizedText as Text
from infitah.programme.seeds.projects import Act, Figure, Project, Step, started_and_verified

BODIES = Project(
    slug="bodies",
    axis="bodies",
    unit="social-affairs",
    title=Text(
        ar="الشبكة الإقليمية للهيئات الاستشارية",
        fr="Le réseau provincial des instances consultatives",
    ),
    problem=Text(
        ar="لكل جماعة هيئة للمساواة وتكافؤ الفرص ومقاربة النوع، لكن معظمها لا يجتمع بانتظام، "
        "ولا يعرف المواطن آراءها ولا جواب المجالس عنها.",
        fr="Chaque commune a son instance de l’équité, mais la plupart ne se réunissent pas "
        "régulièrement ; ni leurs avis ni les réponses des conseils ne sont connus.",
    ),
    description=Text(
        ar="شبكة تجمع هيئة الإقليم وهيئات الجماعات الثلاث والعشرين، لها ميثاق وبرنامج عمل "
        "سنوي وفضاء لتبادل الآراء والإحالات.",
        fr="Un réseau réunit l’instance provinciale et celles des vingt-trois communes, avec une "
        "charte, un programme annuel et un espace d’échange des avis et des saisines.",
    ),
    contribution=Text(
        ar="يصير لكل رأي رقم وتاريخ وجواب معلل من المجلس المعني، وتتبادل الهيئات تجاربها.",
        fr="Chaque avis reçoit un numéro, une date et une réponse motivée du conseil ; les "
        "instances partagent leur expérience.",
    ),
    result=Text(
        ar="أربع وعشرون هيئة تجتمع مرتين في السنة على الأقل، وآراؤها منشورة.",
        fr="Vingt-quatre instances réunies au moins deux fois l’an, leurs avis publiés.",
    ),
    verifiability=Text(
        ar="ميثاق الشبكة ومحاضر اجتماعاتها منشورة، وعدد الآراء المجاب عنها يعرض بلائحته.",
        fr="La charte et les comptes rendus sont publiés ; le nombre d’avis répondus s’affiche "
        "avec sa liste.",
    ),
    partners=Text(
        ar="جماعات الإقليم وهيئاتها الاستشارية",
        fr="Communes de la province et leurs instances consultatives",
    ),
    civil_partner=Text(
        ar="جمعيات نسائية محلية (للعرض التوضيحي)؛ المخاطبة: حنان الأحليمية",
        fr="Associations féminines locales (démonstration) ; contact : Hanane Lahlimia",
    ),
    values=("participation", "accountability"),
    principles=("participation", "accountability"),
    sdg=(5, 10, 16),
    budget=18_000_000,
    ideas=(
        ("إحداث شبكة إقليمية تجمع هيئات المساواة", "main"),
        ("نشر آراء الهيئات الاستشارية وجواب المجلس", "main"),
        ("عقد اجتماعات مشتركة بين هيئة الإقليم", "main"),
        ("التعريف بهيئة المساواة", "part"),
        ("Faire connaître les avis", "main"),
    ),
    steps=(
        Step(
            Text(
                ar="جرد وضعية الهيئات في الجماعات الثلاث والعشرين",
                fr="État des lieux des instances dans les vingt-trois communes",
            ),
            date(2024, 1, 15),
            date(2024, 6, 30),
            20,
            "social-affairs",
            started_and_verified(
                date(2024, 1, 29),
                date(2024, 6, 21),
                date(2024, 7, 2),
                Text(ar="تقرير الجرد", fr="Rapport d’état des lieux"),
            ),
        ),
        Step(
            Text(
                ar="إحداث الشبكة واعتماد ميثاقها",
                fr="Création du réseau et adoption de sa charte",
            ),
            date(2024, 7, 1),
            date(2024, 12, 31),
            30,
            "social-affairs",
            started_and_verified(
                date(2024, 9, 2),
                date(2025, 1, 24),
                date(2025, 2, 4),
                Text(ar="ميثاق الشبكة ومحضر التأسيس", fr="Charte du réseau et acte de création"),
            ),
        ),
        Step(
            Text(
                ar="برنامج عمل سنوي ومنسق أو منسقة لكل جماعة",
                fr="Programme annuel, et une coordination par commune",
            ),
            date(2025, 1, 1),
            date(2025, 6, 30),
            20,
            "social-affairs",
            started_and_verified(
                date(2025, 2, 10),
                date(2025, 6, 27),
                date(2025, 7, 8),
                Text(ar="برنامج العمل ولائحة المنسقين", fr="Programme et liste des coordinations"),
            ),
        ),
        Step(
            Text(
                ar="فضاء رقمي لتبادل الآراء والإحالات",
                fr="Espace numérique d’échange des avis et des saisines",
            ),
            date(2025, 4, 1),
            date(2025, 11, 30),
            30,
            "communication",
            (
                Act("start", date(2025, 9, 15)),
                Act(
                    "block",
                    date(2025, 12, 8),
                    Text(
                        ar="الفضاء جزء من منصة الشفافية التي لم تفتح بعد؛ يستأنف العمل بعد فتحها.",
                        fr="L’espace fait partie de la plateforme de transparence, qui n’est pas "
                        "encore ouverte ; les travaux reprendront à son ouverture.",
                    ),
                ),
            ),
        ),
    ),
    figures=(
        Figure(
            "meetings",
            Text(
                ar="عدد الهيئات التي اجتمعت مرتين في السنة على الأقل",
                fr="Instances réunies au moins deux fois dans l’année",
            ),
            Text(ar="هيئة من 24", fr="instances sur 24"),
            Decimal(5),
            Decimal(24),
            (
                (
                    date(2024, 12, 31),
                    Decimal(11),
                    Text(ar="محاضر الهيئات", fr="Comptes rendus des instances"),
                ),
                (
                    date(2025, 12, 31),
                    Decimal(17),
                    Text(ar="محاضر الهيئات", fr="Comptes rendus des instances"),
                ),
            ),
        ),
    ),
)
