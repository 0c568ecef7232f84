"""Cases of the demonstration that were answered and published: what was given."""

from infitah.information.seeds.script import (
    Story,
    competition_fr,
    consulted,
    decided,
    delivered,
    extended,
    ground,
    private_fr,
    published,
    read,
    registered,
    task,
    task_answered,
    third_answered,
)

GIVEN: tuple[Story, ...] = (
    Story(
        ago=340,
        text="كم خصص المجلس للنقل المدرسي سنة 2025 وكم عدد التلاميذ المستفيدين حسب الجماعات؟",
        title="ميزانية النقل المدرسي وعدد المستفيدين سنة 2025",
        period="2025",
        person=0,
        steps=(
            registered(),
            task(2, "social-affairs", "عدد التلاميذ المستفيدين من النقل المدرسي حسب الجماعات."),
            task_answered(8, "الجدول جاهز: 4 120 تلميذا في 21 جماعة."),
            decided(
                10,
                "خصص المجلس للنقل المدرسي سنة 2025 مبلغ 6 480 000 درهم، واستفاد منه 4 120 تلميذا "
                "وتلميذة موزعين على 21 جماعة. الجدول المفصل مرفق بهذا الجواب.",
            ),
            delivered(10),
            published(
                11,
                "خصص المجلس 6 480 000 درهم للنقل المدرسي سنة 2025 لفائدة 4 120 تلميذا وتلميذة.",
                "Le conseil a consacré 6 480 000 dirhams au transport scolaire en 2025, pour "
                "4 120 élèves.",
                "النقل المدرسي",
                "الميزانية",
            ),
        ),
    ),
    Story(
        ago=318,
        language="fr",
        person=3,
        channel="mail",
        text="Liste des marchés publics passés par le conseil provincial en 2024, avec l’objet, "
        "le titulaire et le montant de chacun.",
        title="Marchés publics du conseil en 2024",
        period="2024",
        steps=(
            registered(),
            task(1, "budget", "Liste des marchés de 2024 : objet, titulaire, montant."),
            task_answered(9, "Vingt-trois marchés, tableau joint."),
            decided(
                12,
                "Le conseil a passé 23 marchés en 2024, pour un total de 38 215 400 dirhams. "
                "Le tableau joint donne l’objet, le titulaire et le montant de chacun.",
            ),
            delivered(12, "email", ""),
            published(
                14,
                "أبرم المجلس 23 صفقة سنة 2024 بمبلغ إجمالي قدره 38 215 400 درهم.",
                "Le conseil a passé 23 marchés en 2024, pour 38 215 400 dirhams.",
                "marchés publics",
                "budget",
            ),
        ),
    ),
    Story(
        ago=290,
        channel="desk",
        person=1,
        is_dictated=True,
        text="متى تصل الطريق المعبدة إلى دوار أيت علي وهل برمج المجلس ذلك في ميزانيته؟",
        title="برمجة الطريق القروية إلى دوار أيت علي",
        place="دوار أيت علي",
        steps=(
            registered(),
            decided(
                6,
                "برمج المجلس تقوية المسلك القروي المؤدي إلى الدوار على طول 4,2 كيلومتر ضمن برنامج "
                "2025-2026، بكلفة 3 150 000 درهم، وانطلقت الدراسة التقنية في مارس 2026.",
            ),
            delivered(7),
            published(
                8,
                "برمجت تقوية المسلك القروي على طول 4,2 كيلومتر بكلفة 3 150 000 درهم.",
                "La piste rurale de 4,2 km est programmée, pour 3 150 000 dirhams.",
                "الطرق القروية",
            ),
        ),
    ),
    Story(
        ago=262,
        person=4,
        channel="post",
        access="post",
        text="نسخة من محضر الدورة العادية للمجلس لشهر يناير 2026 ونتائج التصويت على كل نقطة.",
        title="محضر الدورة العادية لشهر يناير 2026",
        steps=(
            registered(),
            decided(
                4,
                "المحضر منشور في موقع المجلس، في صفحة دورات المجلس، مع نتائج التصويت على كل نقطة.",
                ground(
                    "R3",
                    "المحضر منشور ومتاح للجميع.",
                    "صفحة دورات المجلس في هذا الموقع: /ar/council/sessions/",
                ),
                gives=False,
            ),
            read(5),
            delivered(6, "post", "RR 482 119 305 MA"),
            published(
                7,
                "المحضر منشور في صفحة دورات المجلس مع نتائج التصويت.",
                "Le procès-verbal est publié à la page des sessions, avec les votes.",
                "دورات المجلس",
            ),
        ),
    ),
    Story(
        ago=236,
        language="fr",
        person=6,
        text="Quelles associations ont reçu une subvention du conseil en 2025, pour quel projet "
        "et quel montant ? Je demande aussi les rapports d’exécution.",
        title="Subventions aux associations en 2025",
        period="2025",
        steps=(
            registered(),
            task(2, "social-affairs", "Liste des associations subventionnées et rapports."),
            task_answered(12, "Trente et une associations ; rapports de vingt-six d’entre elles."),
            decided(
                17,
                "Trente et une associations ont reçu 2 940 000 dirhams en 2025. La liste jointe "
                "donne le projet et le montant de chacune, et vingt-six rapports d’exécution. Les "
                "coordonnées personnelles des responsables ont été retirées des rapports.",
                private_fr("Les rapports portent téléphone et carte nationale des trésoriers."),
            ),
            read(18),
            delivered(19, "email", ""),
            published(
                20,
                "استفادت 31 جمعية من 2 940 000 درهم سنة 2025؛ القائمة و26 تقريرا متاحة.",
                "Trente et une associations ont reçu 2 940 000 dirhams en 2025 ; liste et "
                "rapports joints.",
                "subventions",
                "associations",
            ),
        ),
    ),
    Story(
        ago=210,
        person=2,
        channel="chafafiya",
        number="2026-118-4471",
        text="برنامج عمل المجلس في مجال الماء الصالح للشرب بالعالم القروي وكلفته حسب الجماعات.",
        title="برنامج الماء الصالح للشرب بالعالم القروي",
        steps=(
            registered(),
            task(1, "council-affairs", "البرنامج المصادق عليه وجدول الكلفة حسب الجماعات."),
            task_answered(14, "البرنامج والجدول مرفقان."),
            extended(
                20,
                "large_volume",
                "يشمل الطلب 19 جماعة وتتطلب مراجعة الجداول وقتا إضافيا.",
            ),
            decided(
                34,
                "يشمل البرنامج 46 دوارا في 19 جماعة بكلفة 27 600 000 درهم على ثلاث سنوات. "
                "الجدول المرفق يبين عدد الدواوير والكلفة ونسبة الإنجاز في كل جماعة.",
            ),
            delivered(35, "chafafiya", ""),
            published(
                36,
                "يزود البرنامج 46 دوارا في 19 جماعة بكلفة 27 600 000 درهم على ثلاث سنوات.",
                "Le programme dessert 46 douars de 19 communes, pour 27 600 000 dirhams.",
                "الماء الصالح للشرب",
                "العالم القروي",
            ),
        ),
    ),
    Story(
        ago=188,
        person=5,
        text="كم صرف المجلس على مهرجان حب الملوك في دورته الأخيرة، ومن هم الممولون؟",
        title="نفقات مهرجان حب الملوك",
        steps=(
            registered(),
            consulted(3, "شركة ممولة (اسم مبتكر)", "هل لديكم اعتراض على ذكر مبلغ مساهمتكم؟"),
            third_answered(10, "لا اعتراض على ذكر المبلغ."),
            decided(
                13,
                "ساهم المجلس بمبلغ 900 000 درهم، وبلغت مساهمات الممولين 1 240 000 درهم كما هي "
                "مفصلة في الجدول المرفق.",
            ),
            delivered(14),
            published(
                14,
                "ساهم المجلس بمبلغ 900 000 درهم والممولون بمبلغ 1 240 000 درهم.",
                "Le conseil a apporté 900 000 dirhams, les mécènes 1 240 000 dirhams.",
                "مهرجان حب الملوك",
                "الثقافة",
            ),
        ),
    ),
    Story(
        ago=170,
        person=8,
        channel="desk",
        text="عدد سيارات المجلس ومصاريف الوقود والإصلاح سنة 2025.",
        title="حظيرة السيارات ومصاريف الوقود سنة 2025",
        period="2025",
        steps=(
            registered(),
            task(1, "budget", "عدد السيارات ومصاريف الوقود والإصلاح لسنة 2025."),
            task_answered(6, "الجدول مرفق."),
            decided(
                8,
                "تضم الحظيرة 34 سيارة وآلية. بلغت مصاريف الوقود 1 120 000 درهم والإصلاح "
                "430 000 درهم سنة 2025.",
            ),
            delivered(9),
            published(
                9,
                "34 سيارة وآلية؛ الوقود 1 120 000 درهم والإصلاح 430 000 درهم.",
                "34 véhicules ; carburant 1 120 000 dirhams, entretien 430 000 dirhams.",
                "الميزانية",
            ),
        ),
    ),
    Story(
        ago=150,
        language="fr",
        person=11,
        text="Je demande l’offre financière détaillée des entreprises concurrentes pour la "
        "réfection de la route provinciale, dont l’appel d’offres est en cours.",
        title="Offres financières d’un appel d’offres en cours",
        steps=(
            registered(),
            decided(
                9,
                "Le cahier des charges et l’avis sont joints. Les offres financières ne peuvent "
                "être communiquées avant l’ouverture des plis ; le procès-verbal sera public.",
                competition_fr("L’appel d’offres est en cours : les plis ne sont pas ouverts."),
            ),
            read(10),
            delivered(11, "email", ""),
            published(
                12,
                "سلم دفتر التحملات والإعلان؛ وحجبت العروض المالية إلى حين فتح الأظرفة.",
                "Cahier des charges et avis donnés ; offres financières retenues avant ouverture.",
                "marchés publics",
            ),
        ),
    ),
)
