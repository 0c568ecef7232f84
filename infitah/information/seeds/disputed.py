"""Cases of the demonstration that met silence or a complaint: head, commission, court."""

from infitah.information.seeds.script import (
    Story,
    complained,
    decided,
    delivered,
    ground,
    private,
    private_fr,
    published,
    read,
    registered,
    ruled,
)

HEAD, CDAI, COURT = "head", "cdai", "court"

DISPUTED: tuple[Story, ...] = (
    Story(
        ago=44,
        person=11,
        language="fr",
        text="Montant des frais de mission des élus en 2025, par élu et par mission.",
        title="Frais de mission des élus en 2025",
        period="2025",
        steps=(registered(1),),
    ),
    Story(
        ago=110,
        channel="post",
        person=9,
        text="جدول الأثمان المعتمد في صفقات النظافة للسنوات الثلاث الأخيرة.",
        title="أثمان صفقات النظافة",
        steps=(registered(6),),
    ),
    Story(
        ago=46,
        person=0,
        text="محاضر لجنة تتبع النقل المدرسي لسنتي 2025 و2026.",
        title="محاضر لجنة تتبع النقل المدرسي",
        steps=(
            registered(1),
            complained(41, HEAD, "انقضى الأجل القانوني دون أن أتوصل بأي جواب عن طلبي."),
        ),
    ),
    Story(
        ago=128,
        person=7,
        text="كلفة إصلاح السوق الأسبوعي ومداخيله في السنوات الثلاث الأخيرة.",
        title="كلفة ومداخيل السوق الأسبوعي",
        steps=(
            registered(2),
            complained(41, HEAD, "لم أتوصل بأي جواب داخل الأجل القانوني."),
            ruled(50, HEAD, "upheld", "الشكاية مقبولة: يسلم الجواب داخل خمسة أيام مع الاعتذار."),
            decided(53, "كلف الإصلاح 2 300 000 درهم، وبلغت المداخيل 3 870 000 درهم في ثلاث سنوات."),
            delivered(54),
            published(
                55,
                "كلف إصلاح السوق 2 300 000 درهم وبلغت مداخيله 3 870 000 درهم.",
                "La réfection du marché a coûté 2 300 000 dirhams ; il en a rapporté 3 870 000.",
                "السوق الأسبوعي",
            ),
        ),
    ),
    Story(
        ago=104,
        person=3,
        language="fr",
        text="Correspondance entre le conseil et l’entreprise chargée de la gare routière.",
        title="Correspondance sur la gare routière",
        steps=(
            registered(1),
            decided(
                15,
                "Les lettres portent des données personnelles d’agents et de tiers ; elles ne sont "
                "pas communiquées.",
                private_fr(
                    "Les lettres nomment agents et tiers, et donnent leurs adresses."
                ),
                gives=False,
            ),
            read(16),
            delivered(17, "email", ""),
            complained(24, HEAD, "L’occultation des noms suffirait : le refus total est excessif."),
            ruled(
                36, HEAD, "rejected", "Le refus est confirmé : l’occultation viderait les lettres."
            ),
            complained(52, CDAI, "Je demande la communication des lettres, noms occultés."),
        ),
    ),
    Story(
        ago=190,
        person=4,
        text="تقرير لجنة تقصي الحقائق حول صفقة تجهيز القاعة الكبرى.",
        title="تقرير حول صفقة تجهيز القاعة الكبرى",
        steps=(
            registered(1),
            decided(
                18,
                "يتضمن التقرير معطيات شخصية، ولا يمكن تسليمه.",
                private("يذكر التقرير أسماء الموظفين الذين استمعت إليهم اللجنة."),
                gives=False,
            ),
            read(19),
            delivered(20),
            complained(29, HEAD, "يكفي حجب الأسماء وتسليم باقي التقرير."),
            ruled(41, HEAD, "rejected", "يؤكد الرفض."),
            complained(60, CDAI, "أطلب التسليم الجزئي طبقا للمادة 8."),
            ruled(84, CDAI, "upheld", "توصي اللجنة بتسليم التقرير بعد حجب الأسماء."),
            decided(
                92,
                "تنفيذا لتوصية اللجنة يسلم التقرير بعد حجب أسماء الأشخاص المستمع إليهم.",
                private("أسماء الأشخاص المستمع إليهم."),
            ),
            read(93),
            delivered(94),
            published(
                95,
                "سلم التقرير بعد توصية اللجنة مع حجب الأسماء.",
                "Le rapport a été remis sur recommandation de la commission, noms occultés.",
                "الصفقات",
                "التقارير",
            ),
        ),
    ),
    Story(
        ago=205,
        person=5,
        channel="post",
        text="لائحة الأعوان العرضيين المشغلين منذ 2021 والأجور المؤداة لهم.",
        title="الأعوان العرضيون منذ 2021",
        steps=(
            registered(1),
            decided(
                19,
                "يسلم عدد الأعوان والمبالغ المؤداة حسب السنوات، وتحجب أسماؤهم.",
                private("لائحة الأعوان تتضمن أسماءهم وأرقام بطائقهم وحساباتهم البنكية."),
            ),
            read(20),
            delivered(21, "post", "RR 482 101 664 MA"),
            complained(33, HEAD, "أريد اللائحة الاسمية الكاملة."),
            ruled(45, HEAD, "rejected", "الأسماء معطيات شخصية، وسلم ما عداها."),
            complained(70, CDAI, "أطعن في حجب الأسماء."),
            ruled(96, CDAI, "rejected", "الحجب مبرر: المبالغ والأعداد تحقق المصلحة العامة."),
            complained(130, COURT, "تقدمت بمقال أمام المحكمة الإدارية بفاس."),
        ),
    ),
    Story(
        ago=330,
        person=8,
        channel="desk",
        text="الدراسة الجيوتقنية لموقع المسبح المغطى.",
        title="الدراسة الجيوتقنية للمسبح المغطى",
        steps=(
            registered(1),
            complained(41, HEAD, "لم أتوصل بجواب."),
            complained(60, CDAI, "لم يجب الرئيس داخل خمسة عشر يوما."),
            complained(100, COURT, "تقدمت بمقال أمام المحكمة الإدارية."),
            ruled(240, COURT, "upheld", "حكمت المحكمة بتمكين الطالبة من الدراسة."),
            decided(246, "تنفيذا للحكم تسلم الدراسة الجيوتقنية كاملة."),
            delivered(247),
            published(
                248,
                "سلمت الدراسة الجيوتقنية كاملة تنفيذا لحكم قضائي.",
                "L’étude géotechnique a été remise en exécution d’un jugement.",
                "الرياضة",
                "الدراسات",
            ),
        ),
    ),
    Story(
        ago=72,
        person=10,
        text="مراسلات المجلس مع وكالة الحوض المائي حول رخص الآبار.",
        title="مراسلات حول رخص الآبار",
        steps=(
            registered(1),
            decided(
                16,
                "تسلم المراسلات الصادرة عن المجلس. أما رخص الآبار فلدى وكالة الحوض المائي.",
                ground("R1", "رخص الآبار غير متوفرة لدى المجلس."),
            ),
            read(17),
            delivered(18),
            complained(30, HEAD, "المراسلات الواردة على المجلس متوفرة لديه ولم تسلم."),
            ruled(40, HEAD, "partly", "تسلم المراسلات الواردة أيضا بعد البحث عنها."),
        ),
    ),
)
