"""Cases of the demonstration that are under way: one for each place where a request can stand."""

from infitah.information.seeds.script import (
    Story,
    asked_what,
    clarified,
    consulted,
    decided,
    deferred,
    delivered,
    extended,
    ordinary,
    private,
    private_fr,
    read,
    registered,
    sent_back,
    task,
    task_answered,
    transferred,
    withdrawn,
)

RUNNING: tuple[Story, ...] = (
    Story(
        ago=0,
        person=10,
        text="كم عدد المناصب المالية الشاغرة بالمجلس وما هو برنامج المباريات لهذه السنة؟",
        title="",
    ),
    Story(
        ago=1,
        channel="desk",
        person=8,
        is_dictated=True,
        text="أريد أن أعرف هل حفر المجلس البئر التي وعد بها دوارنا ومن أخذ الصفقة.",
        title="",
    ),
    Story(
        ago=2,
        channel="mail",
        language="fr",
        person=11,
        text="Je souhaite consulter les conventions de partenariat signées avec des communes "
        "étrangères depuis 2021.",
        title="",
        access="consult",
    ),
    Story(
        ago=1,
        person=1,
        urgent="safety",
        text="هل توجد خبرة تقنية حول القنطرة المؤدية إلى المدرسة؟ ظهرت فيها شقوق ويمر منها أطفال.",
        title="",
    ),
    Story(
        ago=3,
        channel="chafafiya",
        number="2026-118-9033",
        person=5,
        text="لائحة العقارات التي يملكها المجلس واستعمال كل واحد منها.",
        title="العقارات التي يملكها المجلس",
        steps=(registered(1),),
    ),
    Story(
        ago=6,
        person=2,
        urgent="freedom",
        text="أطلب على وجه الاستعجال لائحة المستفيدين من دور الشباب هذا الصيف.",
        title="المستفيدون من دور الشباب",
        steps=(
            registered(0),
            ordinary(1, "لا تتوقف حياة أو سلامة أو حرية أحد على هذه المعلومة، فيعالج الطلب عاديا."),
        ),
    ),
    Story(
        ago=8,
        person=4,
        text="كم بلغت مداخيل كراء المرافق التي يملكها المجلس سنة 2025؟",
        title="مداخيل كراء مرافق المجلس سنة 2025",
        period="2025",
        steps=(
            registered(1),
            task(2, "budget", "مداخيل كراء المرافق سنة 2025 حسب كل مرفق."),
        ),
    ),
    Story(
        ago=24,
        person=6,
        language="fr",
        text="Coût et avancement de la maison de la culture, avec les avenants au marché.",
        title="Maison de la culture : coût, avancement, avenants",
        steps=(
            registered(1),
            task(2, "budget", "Marché, avenants et état d’avancement."),
        ),
    ),
    Story(
        ago=9,
        person=7,
        text="أريد ملف الطريق.",
        title="ملف طريق",
        steps=(
            registered(1),
            asked_what(2, "أي طريق تعنون: اسمها أو الدوار الذي تؤدي إليه؟ وأي وثائق منها؟"),
        ),
    ),
    Story(
        ago=12,
        person=9,
        text="وثائق مشروع الإنارة.",
        title="مشروع الإنارة العمومية بعين الشكاك",
        steps=(
            registered(1),
            asked_what(2, "أي جماعة وأي سنة؟"),
            clarified(4, "جماعة عين الشكاك، المشروع الذي انطلق سنة 2025."),
        ),
    ),
    Story(
        ago=14,
        person=0,
        text="نسخة من الاتفاقية المبرمة مع الشركة المدبرة لمحطة المسافرين ومداخيلها.",
        title="اتفاقية تدبير محطة المسافرين",
        steps=(
            registered(1),
            consulted(4, "الشركة المدبرة للمحطة (اسم مبتكر)", "هل في الاتفاقية أسرار صناعية؟"),
        ),
    ),
    Story(
        ago=33,
        person=10,
        text="دراسات الجدوى المنجزة منذ 2021 وكلفة كل واحدة منها ومآلها.",
        title="دراسات الجدوى منذ 2021",
        steps=(
            registered(1),
            task(3, "council-affairs", "جرد الدراسات منذ 2021 وكلفتها ومآلها."),
            extended(24, "large_volume", "يشمل الطلب 37 دراسة محفوظة في ثلاث مصالح."),
        ),
    ),
    Story(
        ago=19,
        person=3,
        language="fr",
        text="Effectif des agents du conseil par grade et par service, et nombre de femmes.",
        title="Effectif du conseil par grade et par service",
        steps=(
            registered(1),
            decided(
                17,
                "Le conseil emploie 96 agents, dont 35 femmes. Le tableau joint donne l’effectif "
                "par grade et par service ; les noms ont été retirés.",
                private_fr("Le tableau d’origine porte le nom et le matricule de chaque agent."),
            ),
        ),
    ),
    Story(
        ago=18,
        person=5,
        text="سجل الشكايات الواردة على المجلس سنة 2025: عددها ومواضيعها وآجال الجواب.",
        title="سجل الشكايات لسنة 2025",
        period="2025",
        steps=(
            registered(1),
            decided(
                10,
                "ورد على المجلس 214 شكاية سنة 2025. السجل مرفق.",
                private("أسماء المشتكين."),
            ),
            sent_back(11, "فصلوا سبب الحجب: السجل يتضمن أيضا العناوين وأرقام الهواتف."),
            decided(
                13,
                "ورد على المجلس 214 شكاية سنة 2025. يبين الجدول المرفق مواضيعها وآجال الجواب عنها، "
                "وحجبت أسماء المشتكين.",
                private("يتضمن السجل أسماء المشتكين وعناوينهم وأرقام هواتفهم."),
            ),
            read(15),
        ),
    ),
    Story(
        ago=15,
        channel="desk",
        person=1,
        text="كيف أطلب تعويضا عن نزع ملكية أرضي لفائدة الطريق، وما هي الوثائق؟",
        title="مسطرة التعويض عن نزع الملكية",
        steps=(
            registered(0),
            decided(
                11,
                "تجدون في الدليل المرفق مسطرة التعويض والوثائق المطلوبة والآجال والجهات المختصة.",
            ),
        ),
    ),
    Story(
        ago=22,
        person=8,
        text="كم عدد المنازل الآيلة للسقوط بالمدينة القديمة وما برنامج التدخل فيها؟",
        title="المنازل الآيلة للسقوط بالمدينة القديمة",
        steps=(
            registered(1),
            decided(
                16,
                "أحصت اللجنة الإقليمية 88 منزلا. يتضمن التقرير المرفق برنامج التدخل وكلفته.",
            ),
            delivered(18),
        ),
    ),
    Story(
        ago=52,
        person=6,
        language="fr",
        text="Rapport d’audit de l’exercice 2024 remis au conseil.",
        title="Rapport d’audit de l’exercice 2024",
        steps=(
            registered(1),
            decided(14, "Le rapport d’audit de l’exercice 2024 est joint dans sa totalité."),
            delivered(16, "email", ""),
            deferred(
                17,
                25,
                "سيعرض التقرير أولا على المجلس في دورته العادية المقبلة، ثم ينشر كاملا.",
                "سلم تقرير افتحاص سنة 2024 كاملا لصاحب الطلب.",
                "Le rapport d’audit de 2024 a été remis en entier au demandeur.",
            ),
        ),
    ),
    Story(
        ago=27,
        person=9,
        text="أسماء المستفيدين من قفة رمضان.",
        title="المستفيدون من الدعم الغذائي",
        steps=(registered(1), withdrawn(4)),
    ),
    Story(
        ago=20,
        person=4,
        text="برنامج صيانة الأزقة والإنارة داخل مدينة البهاليل.",
        title="صيانة الأزقة والإنارة بالبهاليل",
        steps=(
            registered(1),
            transferred(
                3,
                "bhalil",
                "تدبر الأزقة والإنارة داخل المدينة جماعة البهاليل: أحيل إليها طلبكم برقمه وأجله.",
            ),
        ),
    ),
    Story(
        ago=26,
        channel="post",
        person=2,
        text="مقرر إحداث اللجنة الإقليمية للتنمية البشرية ولائحة المشاريع الممولة بالإقليم.",
        title="مشاريع التنمية البشرية بالإقليم",
        steps=(
            registered(2),
            task(3, "social-affairs", "لائحة المشاريع الممولة ومبالغها."),
            task_answered(20, "اللائحة مرفقة: 52 مشروعا."),
        ),
    ),
)
