"""Cases of the demonstration that were answered and published, by each ground of refusal too."""

from infitah.information.seeds.script import (
    Story,
    asked_what,
    decided,
    delivered,
    ground,
    published,
    read,
    registered,
    task,
    task_answered,
)

PUBLISHED: tuple[Story, ...] = (
    Story(
        ago=133,
        person=7,
        text="لائحة المدرسين الغائبين بالمؤسسات التعليمية التابعة للإقليم خلال هذا الموسم.",
        title="غياب المدرسين بالمؤسسات التعليمية",
        steps=(
            registered(),
            decided(
                5,
                "لا يتوفر المجلس على هذه المعلومة: تدبر الموارد البشرية للتعليم المديرية الإقليمية "
                "للتربية الوطنية، ويمكنكم طلبها منها.",
                ground(
                    "R1", "المعلومة غير متوفرة لدى المجلس؛ توجد لدى المديرية الإقليمية للتعليم."
                ),
                gives=False,
            ),
            read(6),
            delivered(7, "post", "RR 482 120 771 MA"),
            published(
                8,
                "المعلومة غير متوفرة لدى المجلس؛ الجهة المختصة هي المديرية الإقليمية للتعليم.",
                "Le conseil ne détient pas cette information ; la direction provinciale de "
                "l’éducation la détient.",
                "التعليم",
            ),
        ),
    ),
    Story(
        ago=118,
        person=10,
        text="كيف توزع المنح على الفرق الرياضية بالإقليم، وما هي معايير الاستفادة؟",
        title="منح الفرق الرياضية ومعايير الاستفادة",
        steps=(
            registered(),
            decided(
                8,
                "اعتمد المجلس معايير الاستفادة بمقرر منشور، واستفاد 18 فريقا من 1 350 000 درهم في "
                "الموسم 2025-2026. المقرر وجدول التوزيع مرفقان.",
            ),
            delivered(9),
            published(
                10,
                "استفاد 18 فريقا رياضيا من 1 350 000 درهم وفق معايير مقررة.",
                "Dix-huit clubs sportifs ont reçu 1 350 000 dirhams selon des critères votés.",
                "الرياضة",
                "المنح",
            ),
        ),
    ),
    Story(
        ago=96,
        person=4,
        channel="mail",
        access="email",
        text="المخطط الإقليمي للنفايات المنزلية: كم كلف وما نسبة إنجازه وأين يوجد المطرح؟",
        title="تدبير النفايات المنزلية: الكلفة ونسبة الإنجاز",
        steps=(
            registered(),
            task(2, "council-affairs", "كلفة المخطط ونسبة إنجازه وموقع المطرح."),
            task_answered(13, "الوثائق مرفقة."),
            decided(
                15,
                "كلف إعداد المخطط 780 000 درهم وبلغت نسبة إنجاز المطرح المراقب 62 في المائة إلى "
                "غاية يونيو 2026. تقرير التتبع مرفق.",
            ),
            delivered(16, "email", ""),
            published(
                17,
                "كلف المخطط 780 000 درهم وبلغت نسبة إنجاز المطرح 62 في المائة.",
                "Le plan a coûté 780 000 dirhams ; la décharge contrôlée est faite à 62 %.",
                "النفايات",
                "البيئة",
            ),
        ),
    ),
    Story(
        ago=82,
        person=0,
        text="كم خصص المجلس للنقل المدرسي سنة 2025 وكم عدد التلاميذ المستفيدين؟",
        title="طلب مكرر حول النقل المدرسي",
        steps=(
            registered(),
            decided(
                3,
                "سبق أن حصلتم على هذه المعلومة في السنة نفسها، وهي منشورة في سجل الأجوبة.",
                ground(
                    "R4",
                    "طلب لنفس المعلومة من نفس الشخص في السنة نفسها بعد تسليمها.",
                    "{ميزانية النقل المدرسي وعدد المستفيدين سنة 2025}",
                ),
                gives=False,
            ),
            read(4),
            delivered(5),
            published(
                5,
                "سبق الجواب عن السؤال نفسه، والجواب منشور.",
                "La même question a déjà reçu réponse ; la réponse est publiée.",
                "النقل المدرسي",
            ),
        ),
    ),
    Story(
        ago=74,
        channel="post",
        person=9,
        text="أريد كل الوثائق المتعلقة بالمشاريع.",
        title="طلب غير محدد حول المشاريع",
        steps=(
            registered(),
            asked_what(3, "أي مشاريع تعنون، وفي أي سنوات وأي جماعات؟"),
            decided(
                20,
                "لم يتبين من الطلب أي مشاريع وأي سنوات تعنون، ولم يرد جواب عن سؤالنا المرسل إليكم. "
                "يمكنكم تقديم طلب محدد في أي وقت، ونحن رهن إشارتكم لصياغته.",
                ground("R5", "الطلب غير واضح رغم طلب التوضيح."),
                gives=False,
            ),
            read(21),
            delivered(22, "post", "RR 482 125 009 MA"),
            published(
                23,
                "لم يتبين موضوع الطلب؛ ويمكن تقديم طلب محدد.",
                "La demande n’était pas assez précise ; une demande précise reste possible.",
            ),
        ),
    ),
    Story(
        ago=66,
        language="fr",
        person=3,
        text="Je demande le rapport d’étude sur l’eau d’irrigation confié à un bureau d’études.",
        title="Étude sur l’eau d’irrigation",
        steps=(
            registered(),
            decided(
                10,
                "L’étude est en cours d’élaboration : le rapport provisoire n’est pas validé. Il "
                "sera publié à sa réception, prévue en février.",
                ground("R6", "Le document est en préparation ; il n’existe pas encore."),
                gives=False,
            ),
            read(11),
            delivered(12, "email", ""),
            published(
                13,
                "الدراسة في طور الإعداد وستنشر عند تسلمها.",
                "L’étude est en préparation et sera publiée à sa réception.",
                "eau",
            ),
        ),
    ),
    Story(
        ago=58,
        person=7,
        text="محاضر مجلس الجماعة القروية لصفرو لسنة 1962.",
        title="محاضر سنة 1962",
        steps=(
            registered(),
            decided(
                7,
                "أودعت هذه الوثائق لدى مؤسسة أرشيف المغرب بالرباط حيث يمكن الاطلاع عليها.",
                ground("R7", "الوثائق مودعة لدى أرشيف المغرب.", "مؤسسة أرشيف المغرب، الرباط"),
                gives=False,
            ),
            read(8),
            delivered(9),
            published(
                9,
                "الوثائق مودعة لدى أرشيف المغرب.",
                "Les documents sont déposés aux Archives du Maroc.",
                "الأرشيف",
            ),
        ),
    ),
    Story(
        ago=41,
        person=2,
        urgent="life",
        text="هل أجرى المجلس تحليلا لماء البئر التي يشرب منها سكان الدوار، وما نتائجه؟",
        title="نتائج تحليل ماء بئر قروية",
        steps=(
            registered(0),
            decided(2, "أجري التحليل في شتنبر 2026 وتبين أن الماء صالح للشرب. التقرير مرفق."),
            delivered(2),
            published(
                3,
                "أجري تحليل ماء البئر في شتنبر 2026 وتبين أنه صالح للشرب.",
                "L’eau du puits a été analysée en septembre 2026 et jugée potable.",
                "الماء الصالح للشرب",
                "الصحة",
            ),
        ),
    ),
)
