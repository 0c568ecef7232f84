"""Project 1 of Sefrou: renew and develop the council's website."""

from datetime import date
from decimal import Decimal

from infitah.kernel.localized import LocalizedText as Text
from infitah.programme.seeds.projects import Act, Figure, Project, Step, started_and_verified

WEBSITE = Project(
    slug="website",
    axis="digital",
    unit="communication",
    title=Text(
        ar="تجديد وتطوير الموقع الإلكتروني للمجلس الإقليمي",
        fr="Renouveler et développer le site internet du conseil provincial",
    ),
    problem=Text(
        ar="لا يجد المواطن في الموقع الحالي مقررات المجلس ولا ميزانيته ولا أسماء المسؤولين، "
        "ولا يشتغل الموقع جيدا في الهاتف، ومعظم صفحاته غير محينة.",
        fr="Le site actuel ne donne ni les délibérations, ni le budget, ni les noms des "
        "responsables ; il fonctionne mal sur téléphone et la plupart de ses pages sont anciennes.",
    ),
    description=Text(
        ar="إعداد موقع جديد بالعربية والفرنسية والأمازيغية، خفيف وسهل الولوج للأشخاص في وضعية "
        "إعاقة، ينشر مقررات المجلس ومحاضره وميزانيته وخدماته، وله مسؤول معلوم عن كل صفحة.",
        fr="Un nouveau site en arabe, en français et en amazighe, léger et accessible aux "
        "personnes handicapées, qui publie délibérations, procès-verbaux, budget et services, "
        "avec un responsable connu pour chaque page.",
    ),
    contribution=Text(
        ar="يصبح المقرر متاحا للعموم بعد اعتماده بأيام، ويعرف كل مواطن من المسؤول عن تحيين "
        "كل معلومة ومتى حينت آخر مرة.",
        fr="La délibération devient publique quelques jours après son adoption ; chacun sait qui "
        "tient à jour chaque information et depuis quand.",
    ),
    result=Text(
        ar="موقع محين يزوره سكان الجماعات الثلاث والعشرين من هواتفهم، بلا حساب ولا تطبيق.",
        fr="Un site à jour, consulté sur téléphone par les habitants des vingt-trois communes, "
        "sans compte ni application.",
    ),
    verifiability=Text(
        ar="يفتح الموقع من أي هاتف؛ ويقارن تاريخ اعتماد المقررات بتاريخ نشرها؛ وتنشر نتائج "
        "فحص الولوجية كاملة.",
        fr="Ouvrir le site sur un téléphone ; comparer la date d’adoption des délibérations à leur "
        "date de publication ; lire les résultats complets du contrôle d’accessibilité.",
    ),
    partners=Text(
        ar="المديرية العامة للجماعات الترابية، جمعية جهات المغرب",
        fr="Direction générale des collectivités territoriales, Association des régions du Maroc",
    ),
    civil_partner=Text(
        ar="جمعية محلية مهتمة بالولوجيات الرقمية (للعرض التوضيحي)؛ المخاطب: سناء بلخضر",
        fr="Association locale d’accessibilité numérique (démonstration) ; contact : "
        "Sanae Belkhadir",
    ),
    values=("transparency", "digitisation"),
    principles=("transparency", "information", "digitisation"),
    sdg=(9, 16),
    budget=35_000_000,
    ideas=(
        ("تجديد موقع المجلس", "main"),
        ("جعل الموقع صالحا للمكفوفين", "main"),
        ("إضافة الأمازيغية بحرف تيفيناغ", "main"),
        ("موقع واحد للإقليم والجماعات", "part"),
        ("بث دورات المجلس مباشرة", "part"),
        ("نشر جدول أعمال الدورة", "main"),
    ),
    steps=(
        Step(
            Text(
                ar="تشخيص الموقع الحالي وإعداد دفتر التحملات",
                fr="Diagnostic du site actuel et cahier des charges",
            ),
            date(2024, 1, 15),
            date(2024, 4, 30),
            15,
            "communication",
            started_and_verified(
                date(2024, 1, 22),
                date(2024, 5, 14),
                date(2024, 5, 21),
                Text(ar="دفتر التحملات المصادق عليه", fr="Cahier des charges approuvé"),
            ),
        ),
        Step(
            Text(
                ar="تصميم الموقع الجديد وعرضه على لجنة التتبع",
                fr="Maquettes du nouveau site présentées au comité de suivi",
            ),
            date(2024, 5, 1),
            date(2024, 9, 30),
            20,
            "communication",
            started_and_verified(
                date(2024, 5, 27),
                date(2024, 9, 26),
                date(2024, 10, 3),
                Text(ar="محضر عرض التصاميم", fr="Compte rendu de la présentation des maquettes"),
            ),
        ),
        Step(
            Text(
                ar="نقل المحتوى وملاءمته باللغات الثلاث",
                fr="Reprise et adaptation des contenus dans les trois langues",
            ),
            date(2024, 10, 1),
            date(2025, 3, 31),
            25,
            "communication",
            started_and_verified(
                date(2024, 10, 7),
                date(2025, 6, 18),
                date(2025, 6, 30),
                Text(ar="جرد الصفحات المنقولة", fr="Inventaire des pages reprises"),
            ),
        ),
        Step(
            Text(ar="فتح الموقع الجديد للعموم", fr="Ouverture du nouveau site au public"),
            date(2025, 4, 1),
            date(2025, 6, 30),
            25,
            "communication",
            started_and_verified(
                date(2025, 7, 1),
                date(2025, 10, 2),
                date(2025, 10, 9),
                Text(ar="صفحة الاستقبال يوم الافتتاح", fr="Page d’accueil au jour de l’ouverture"),
            ),
        ),
        Step(
            Text(
                ar="تكوين فريق التحرير ونشر ميثاق التحيين",
                fr="Formation de l’équipe éditoriale et charte de mise à jour",
            ),
            date(2025, 7, 1),
            date(2025, 12, 15),
            15,
            "communication",
            (
                Act("start", date(2025, 11, 10)),
                Act(
                    "claim",
                    date(2026, 2, 10),
                    Text(ar="ميثاق تحيين الموقع", fr="Charte de mise à jour du site"),
                ),
            ),
        ),
    ),
    figures=(
        Figure(
            "publication-delay",
            Text(
                ar="متوسط الأيام بين اعتماد المقرر ونشره",
                fr="Jours entre l’adoption d’une délibération et sa publication (moyenne)",
            ),
            Text(ar="يوم", fr="jours"),
            Decimal(64),
            Decimal(10),
            (
                (
                    date(2025, 12, 31),
                    Decimal(21),
                    Text(ar="سجل النشر بالموقع", fr="Journal de publication du site"),
                ),
            ),
        ),
    ),
)
