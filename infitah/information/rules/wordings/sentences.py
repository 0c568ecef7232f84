"""What the law lets be extended and called urgent; the notices of the model form; reuse; remedies.

Law 31-13, arts. 5, 6, 14 to 21 and 27 to 29; law 09-08 for personal data. No legal number stands
here: numbers of days are legal numbers of their own, and pages put the two together.
"""

from typing import Final

from infitah.information.rules.wordings.kinds import FORM, HOUSE, PERSONAL_DATA, Wording, wording

EXTENSIONS: Final[tuple[Wording, ...]] = tuple(
    wording(f"X.{key}", ar, fr, "16", source=FORM, is_checked=True)
    for key, ar, fr in (
        (
            "unable_in_time",
            "تعذر الاستجابة للطلب كليا أو جزئيا داخل الأجل",
            "impossibilité de satisfaire la demande, en tout ou en partie, dans le délai",
        ),
        (
            "large_volume",
            "الطلب يتعلق بعدد كبير من المعلومات",
            "demande portant sur un grand nombre d’informations",
        ),
        (
            "not_available_in_time",
            "تعذر توفير المعلومات داخل الأجل",
            "impossibilité de fournir les informations dans le délai",
        ),
        (
            "third_party_consultation",
            "ضرورة استشارة الغير قبل تسليم المعلومات",
            "nécessité de consulter des tiers avant de communiquer les informations",
        ),
    )
)

URGENT: Final[tuple[Wording, ...]] = tuple(
    wording(f"U.{key}", ar, fr, "17", source=FORM, is_checked=True)
    for key, ar, fr in (
        ("life", "حماية حياة الأشخاص", "protection de la vie des personnes"),
        ("safety", "حماية سلامة الأشخاص", "protection de la sécurité des personnes"),
        ("freedom", "حماية حرية الأشخاص", "protection de la liberté des personnes"),
    )
)

NOTICES: Final[tuple[Wording, ...]] = (
    wording(
        "form.rights",
        "من حقكم أن تتوصلوا بجواب مكتوب، معلل عند الرفض، وأن تقدموا شكاية إلى رئيس المؤسسة ثم إلى "
        "لجنة الحق في الحصول على المعلومات، وأن تطعنوا أمام المحكمة الإدارية، داخل الآجال "
        "القانونية.",
        "Vous avez droit à une réponse écrite, motivée en cas de refus ; vous pouvez porter "
        "plainte "
        "auprès du chef de l’organisme, puis de la Commission du droit d’accès à l’information, et "
        "former un recours devant le tribunal administratif, dans les délais de la loi.",
        "14",
        source=FORM,
    ),
    wording(
        "form.undertaking",
        "ألتزم باستعمال المعلومات المحصل عليها استعمالا مشروعا، دون تحريف مضمونها ودون الإضرار "
        "بالمصلحة العامة أو بحقوق الغير، مع ذكر مصدرها وتاريخ إصدارها.",
        "Je m’engage à utiliser les informations obtenues à des fins légales, sans en altérer le "
        "contenu ni porter préjudice à l’intérêt général ou aux droits d’autrui, en citant leur "
        "source et leur date.",
        "6",
        source=FORM,
    ),
    wording(
        "form.consent",
        "أوافق على معالجة معطياتي الشخصية من أجل دراسة هذا الطلب والجواب عنه.",
        "J’accepte que mes données personnelles soient traitées pour l’instruction de cette "
        "demande "
        "et la réponse.",
        f"{PERSONAL_DATA}:4",
        source=FORM,
    ),
    wording(
        "form.free",
        "الحصول على المعلومات مجاني؛ ولا يتحمل طالبها إلا كلفة النسخ أو المعالجة أو الإرسال عند "
        "الاقتضاء.",
        "L’accès à l’information est gratuit ; le demandeur ne supporte, le cas échéant, que les "
        "frais de reproduction, de traitement ou d’envoi.",
        "5",
    ),
    wording(
        "form.format",
        "إذا لم تكن المعلومات متوفرة بالصيغة المطلوبة، تسلم بالصيغة المتوفرة.",
        "Si l’information n’existe pas sous la forme souhaitée, elle est communiquée sous la forme "
        "disponible.",
        "15",
        source=FORM,
    ),
    wording("form.cndp_deliberation", "191-AU-2019", "191-AU-2019", PERSONAL_DATA, source=FORM),
    wording(
        "form.purpose",
        "دراسة طلبات الحصول على المعلومات والجواب عنها",
        "instruction des demandes d’accès à l’information et réponse",
        PERSONAL_DATA,
        source=HOUSE,
    ),
    wording(
        "form.recipients",
        "الشخص المكلف ونائبه ورئيس المؤسسة، وعند الشكاية لجنة الحق في الحصول على المعلومات",
        "la personne chargée et son suppléant, le chef de l’organisme et, en cas de plainte, la "
        "Commission du droit d’accès à l’information",
        PERSONAL_DATA,
        source=HOUSE,
    ),
    wording(
        "form.rights_contact",
        "الشخص المكلف بالحصول على المعلومات، بمقر المؤسسة أو بعنوانها الإلكتروني",
        "la personne chargée de l’accès à l’information, au siège de l’organisme ou à son adresse "
        "électronique",
        f"{PERSONAL_DATA}:7",
        source=HOUSE,
    ),
)

REUSE: Final[tuple[Wording, ...]] = tuple(
    wording(f"reuse.{key}", ar, fr, "6")
    for key, ar, fr in (
        ("purpose", "الاستعمال لأغراض مشروعة", "l’utilisation à des fins légales"),
        ("unaltered", "عدم تحريف المضمون", "le contenu n’est pas altéré"),
        ("source", "ذكر المصدر وتاريخ الإصدار", "la source et la date d’émission sont citées"),
        ("public_interest", "عدم الإضرار بالمصلحة العامة", "l’intérêt général n’est pas lésé"),
        ("rights", "عدم المس بحقوق الغير", "les droits d’autrui ne sont pas lésés"),
    )
)

REMEDIES: Final[tuple[Wording, ...]] = (
    wording(
        "remedies.silence",
        "عدم الجواب داخل الأجل بمثابة رفض ضمني يفتح باب الشكاية",
        "l’absence de réponse dans le délai vaut refus implicite et ouvre la plainte",
        "19",
        source=FORM,
    ),
    wording(
        "remedies.written",
        "الرفض مكتوب ومعلل، ويذكر فيه حق تقديم شكاية",
        "le refus est écrit et motivé, et mentionne le droit de porter plainte",
        "18",
    ),
    wording(
        "remedies.head",
        "لطالب المعلومات أن يقدم شكاية إلى رئيس المؤسسة المعنية",
        "le demandeur peut porter plainte auprès du chef de l’organisme concerné",
        "19",
        source=FORM,
    ),
    wording(
        "remedies.cdai",
        "لطالب المعلومات أن يقدم شكاية إلى لجنة الحق في الحصول على المعلومات",
        "le demandeur peut porter plainte auprès de la Commission du droit d’accès à l’information",
        "20",
        source=FORM,
        is_checked=True,
    ),
    wording(
        "remedies.court",
        "لطالب المعلومات أن يطعن أمام المحكمة الإدارية المختصة",
        "le demandeur peut former un recours devant le tribunal administratif compétent",
        "21",
        source=FORM,
    ),
)

DUTIES: Final[tuple[Wording, ...]] = (
    wording(
        "duty.officer",
        "يتعرض الشخص المكلف الذي يمتنع عن تقديم المعلومات المطلوبة خلافا للقانون لمتابعة تأديبية، "
        "ما "
        "لم يكن حسن النية",
        "la personne chargée qui refuse illégalement de fournir l’information s’expose à des "
        "poursuites disciplinaires, sauf bonne foi",
        "27",
    ),
    wording(
        "duty.secret",
        "إفشاء المعلومات المستثناة بموجب المادة 7 إفشاء للسر المهني",
        "divulguer les informations exceptées à l’article 7 est une violation du secret "
        "professionnel",
        "28",
    ),
    wording(
        "duty.reuse",
        "تحريف المعلومات المحصل عليها، أو استعمالها استعمالا يلحق ضررا، معاقب عليه",
        "altérer les informations obtenues, ou en faire un usage dommageable, est puni",
        "29",
    ),
)
