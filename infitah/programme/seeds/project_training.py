"""Project 4 of Sefrou: meetings, trainings and awareness sessions."""

from datetime import date
from decimal import Decimal

from infitah.kernel.localized import LocalizedText as Text
from infitah.programme.seeds.projects import Figure, Project, Step, started_and_verified

TRAINING = Project(
    slug="training",
    axis="training",
    unit="social-affairs",
    title=Text(
        ar="لقاءات وتكوينات ودورات تحسيسية حول الحق في المعلومة والرقمنة",
        fr="Rencontres, formations et sensibilisation à l’accès à l’information et au numérique",
    ),
    problem=Text(
        ar="لا يعرف كثير من المواطنين حقهم في الحصول على المعلومات، ولم يتلق معظم الموظفين "
        "تكوينا في استقبال الطلبات والجواب عنها.",
        fr="Beaucoup de citoyens ignorent leur droit d’accès à l’information et la plupart des "
        "agents n’ont pas été formés à recevoir les demandes et à y répondre.",
    ),
    description=Text(
        ar="برنامج تكوين لموظفي الإقليم وجماعاته، ولقاءات تحسيسية في الجماعات الثلاث والعشرين "
        "بلغة بسيطة وبالأمازيغية حيث يلزم، مع نشر المواد والحصيلة.",
        fr="Un programme de formation des agents de la province et des communes, des rencontres "
        "dans les vingt-trois communes en langue simple et en amazighe où il le faut, avec "
        "publication des supports et du bilan.",
    ),
    contribution=Text(
        ar="يعرف الموظف ما عليه والمواطن ما له، فيصل الطلب واضحا ويأتي الجواب في وقته.",
        fr="L’agent connaît ses devoirs et le citoyen ses droits : la demande est claire et la "
        "réponse arrive à temps.",
    ),
    result=Text(
        ar="تكوين مائة وعشرين موظفا وتنظيم لقاء على الأقل في كل جماعة.",
        fr="Cent vingt agents formés et au moins une rencontre dans chaque commune.",
    ),
    verifiability=Text(
        ar="أوراق الحضور بالأعداد حسب الجنس، ومواد التكوين منشورة وقابلة للتحميل.",
        fr="Feuilles de présence en nombres par sexe ; supports publiés et téléchargeables.",
    ),
    partners=Text(
        ar="جمعية امباكت للتنمية، جماعات الإقليم",
        fr="Impact pour le développement, communes de la province",
    ),
    civil_partner=Text(
        ar="نسيج جمعوي محلي (للعرض التوضيحي)؛ المخاطبة: سمية بناصر",
        fr="Tissu associatif local (démonstration) ; contact : Soumia Bennasser",
    ),
    values=("transparency", "participation", "digitisation"),
    principles=("information", "participation", "digitisation"),
    sdg=(4, 16),
    budget=24_000_000,
    ideas=(
        ("تنظيم دورات تحسيسية حول حق", "main"),
        ("تكوين الموظفين على استقبال", "main"),
        ("لقاءات تحسيسية في الأسواق", "main"),
        ("تكوين موظفي الجماعات القروية", "main"),
        ("تسليم شواهد المشاركة", "part"),
        ("Former les associations", "part"),
    ),
    steps=(
        Step(
            Text(ar="إعداد برنامج التكوين ومواده", fr="Programme et supports de formation"),
            date(2024, 2, 1),
            date(2024, 4, 30),
            15,
            "social-affairs",
            started_and_verified(
                date(2024, 2, 5),
                date(2024, 4, 25),
                date(2024, 5, 6),
                Text(ar="دليل المكون", fr="Guide du formateur"),
            ),
        ),
        Step(
            Text(
                ar="تكوين موظفي الإقليم والجماعات",
                fr="Formation des agents de la province et des communes",
            ),
            date(2024, 5, 1),
            date(2024, 12, 31),
            30,
            "social-affairs",
            started_and_verified(
                date(2024, 5, 13),
                date(2024, 12, 20),
                date(2025, 1, 9),
                Text(ar="حصيلة دورات التكوين", fr="Bilan des sessions de formation"),
            ),
        ),
        Step(
            Text(
                ar="لقاءات تحسيسية في الجماعات الثلاث والعشرين",
                fr="Rencontres de sensibilisation dans les vingt-trois communes",
            ),
            date(2024, 10, 1),
            date(2025, 9, 30),
            35,
            "social-affairs",
            started_and_verified(
                date(2024, 10, 21),
                date(2025, 10, 17),
                date(2025, 10, 28),
                Text(ar="محاضر اللقاءات وأعداد الحضور", fr="Comptes rendus et nombres de présents"),
            ),
        ),
        Step(
            Text(
                ar="نشر مواد التكوين والحصيلة العامة",
                fr="Publication des supports et du bilan général",
            ),
            date(2025, 10, 1),
            date(2025, 12, 31),
            20,
            "communication",
            started_and_verified(
                date(2025, 11, 3),
                date(2025, 12, 29),
                date(2026, 1, 15),
                Text(ar="صفحة مواد التكوين", fr="Page des supports de formation"),
            ),
        ),
    ),
    figures=(
        Figure(
            "agents",
            Text(ar="عدد الموظفين المستفيدين من التكوين", fr="Agents formés"),
            Text(ar="موظف", fr="agents"),
            Decimal(0),
            Decimal(120),
            (
                (
                    date(2024, 12, 31),
                    Decimal(134),
                    Text(ar="أوراق الحضور", fr="Feuilles de présence"),
                ),
            ),
        ),
    ),
)
