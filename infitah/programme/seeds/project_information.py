"""Project 2 of Sefrou: a digital platform for transparency and access to information."""

from datetime import date
from decimal import Decimal

from infitah.kernel.localized import LocalizedText as Text
from infitah.programme.seeds.projects import Act, Figure, Project, Step, started_and_verified

INFORMATION = Project(
    slug="information",
    axis="information",
    unit="legal-affairs",
    title=Text(
        ar="منصة رقمية للشفافية والحق في الحصول على المعلومات",
        fr="Une plateforme numérique pour la transparence et le droit d’accès à l’information",
    ),
    problem=Text(
        ar="تقدم طلبات المعلومات على الورق وفي مقر الإقليم فقط، ولا يعرف صاحب الطلب أين وصل "
        "طلبه ولا متى ينتهي الأجل القانوني للجواب.",
        fr="Les demandes d’information se déposent sur papier, au chef-lieu seulement ; le "
        "demandeur ne sait ni où en est sa demande ni quand expire le délai légal.",
    ),
    description=Text(
        ar="منصة لتلقي طلبات المعلومات وتتبعها برقم طبقا للقانون رقم 31.13، ونشر استباقي "
        "للمعلومات المنصوص عليها في المادة 10، وسجل عمومي للأجوبة بدون معطيات شخصية.",
        fr="Une plateforme pour déposer et suivre par un numéro les demandes d’information selon "
        "la loi n° 31-13, publier d’office les informations de l’article 10 et tenir un registre "
        "public des réponses, sans donnée personnelle.",
    ),
    contribution=Text(
        ar="تحتسب الآجال تلقائيا وتعرض للمواطن يوما بيوم، ويعلل كل رفض بالمادة القانونية وبطرق "
        "الطعن.",
        fr="Les délais sont comptés et montrés jour par jour ; tout refus cite son article et les "
        "voies de recours.",
    ),
    result=Text(
        ar="جواب داخل الأجل لتسعة طلبات من كل عشرة، ونشر كل جواب يهم العموم.",
        fr="Neuf demandes sur dix répondues dans le délai, et toute réponse utile au public "
        "publiée.",
    ),
    verifiability=Text(
        ar="يقدم أي شخص طلبا ويتتبعه برقمه؛ وتعرض الإحصائيات مع اللائحة التي حسبت منها.",
        fr="Déposer une demande et la suivre par son numéro ; ouvrir la liste derrière chaque "
        "statistique.",
    ),
    partners=Text(
        ar="لجنة الحق في الحصول على المعلومات، جماعات الإقليم",
        fr="Commission du droit d’accès à l’information, communes de la province",
    ),
    civil_partner=Text(
        ar="جمعية محلية للدفاع عن الحق في المعلومة (للعرض التوضيحي)؛ المخاطب: كريم أوشريف",
        fr="Association locale pour le droit à l’information (démonstration) ; contact : "
        "Karim Ouchrif",
    ),
    values=("transparency", "accountability", "digitisation"),
    principles=("transparency", "accountability", "information", "digitisation"),
    sdg=(16,),
    budget=42_000_000,
    ideas=(
        ("إنشاء منصة رقمية لتتبع طلب", "main"),
        ("تحديد أجل واضح للجواب", "main"),
        ("تعليل كل رفض لطلب المعلومات", "main"),
        ("نشر الأجوبة التي تهم الجميع", "main"),
        ("تعيين شخص مكلف بالمعلومات", "main"),
        ("نشر لائحة المعلومات التي يمكن", "part"),
        ("Répondre aux demandes", "main"),
    ),
    steps=(
        Step(
            Text(
                ar="تعيين الأشخاص المكلفين بالمعلومات ونشر لائحتهم",
                fr="Désignation des personnes chargées de l’information et publication de la liste",
            ),
            date(2024, 1, 2),
            date(2024, 3, 31),
            15,
            "legal-affairs",
            started_and_verified(
                date(2024, 1, 8),
                date(2024, 3, 28),
                date(2024, 4, 4),
                Text(ar="لائحة الأشخاص المكلفين", fr="Liste des personnes chargées"),
            ),
        ),
        Step(
            Text(
                ar="جرد المعلومات الواجب نشرها استباقيا (المادة 10)",
                fr="Inventaire des informations à publier d’office (article 10)",
            ),
            date(2024, 3, 1),
            date(2024, 7, 31),
            20,
            "legal-affairs",
            started_and_verified(
                date(2024, 3, 18),
                date(2024, 9, 9),
                date(2024, 9, 19),
                Text(ar="جدول الجرد", fr="Tableau d’inventaire"),
            ),
        ),
        Step(
            Text(
                ar="فتح المنصة لتلقي الطلبات وتتبعها",
                fr="Ouverture de la plateforme pour déposer et suivre les demandes",
            ),
            date(2024, 9, 1),
            date(2025, 4, 30),
            30,
            "communication",
            (
                Act("start", date(2024, 10, 14)),
                Act(
                    "claim",
                    date(2025, 10, 30),
                    Text(
                        ar="استمارة تجريبية لتلقي الطلبات",
                        fr="Formulaire d’essai de dépôt des demandes",
                    ),
                ),
                Act(
                    "return",
                    date(2025, 11, 20),
                    Text(
                        ar="الإثبات يبين استمارة تجريبية لجماعة واحدة، ولا يبين تتبع الطلب برقم "
                        "ولا احتساب الأجل.",
                        fr="La preuve montre un formulaire d’essai pour une seule commune ; ni le "
                        "suivi par numéro ni le calcul du délai n’y figurent.",
                    ),
                ),
                Act(
                    "resume",
                    date(2026, 1, 12),
                    Text(
                        ar="استأنفت المصلحة العمل بعد تعيين مسؤول تقني.",
                        fr="Travaux repris après désignation d’un responsable technique.",
                    ),
                ),
                Act(
                    "put_off",
                    date(2026, 1, 12),
                    Text(
                        ar="تأخر التعاقد مع مقدم خدمة الاستضافة؛ أجل الفتح إلى نهاية السنة.",
                        fr="Retard du marché d’hébergement ; ouverture reportée à la fin de "
                        "l’année.",
                    ),
                    until=date(2026, 12, 15),
                ),
            ),
        ),
        Step(
            Text(
                ar="نشر سجل الأجوبة وإحصائيات الطلبات",
                fr="Publication du registre des réponses et des statistiques",
            ),
            date(2025, 5, 1),
            date(2025, 10, 31),
            20,
            "legal-affairs",
            (Act("start", date(2026, 3, 2)),),
        ),
        Step(
            Text(
                ar="أول تقرير سنوي حول الحق في الحصول على المعلومات",
                fr="Premier rapport annuel sur le droit d’accès à l’information",
            ),
            date(2025, 11, 1),
            date(2025, 12, 31),
            15,
            "legal-affairs",
        ),
    ),
    figures=(
        Figure(
            "in-time",
            Text(
                ar="نسبة الطلبات المجاب عنها داخل الأجل",
                fr="Part des demandes répondues dans le délai",
            ),
            Text(ar="في المائة", fr="pour cent"),
            Decimal(41),
            Decimal(90),
            (
                (
                    date(2024, 12, 31),
                    Decimal(58),
                    Text(ar="سجل الطلبات الورقي", fr="Registre papier des demandes"),
                ),
                (
                    date(2025, 12, 31),
                    Decimal(66),
                    Text(ar="سجل الطلبات الورقي", fr="Registre papier des demandes"),
                ),
            ),
        ),
    ),
)
