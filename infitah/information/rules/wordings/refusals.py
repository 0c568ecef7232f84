"""Why something is not given: the seven grounds, the exceptions of article 7 and their limbs.

Recalled from law 31-13 and the commission's questions; every wording waits for a named reader of
the Official Bulletin. A limb is what the decision cites: paragraph, item, and what it protects.
"""

from typing import Final

from infitah.information.rules.wordings.kinds import QUESTIONS, Wording, wording

GROUNDS: Final[tuple[Wording, ...]] = tuple(
    wording(key, ar, fr, "18", source=QUESTIONS)
    for key, ar, fr in (
        (
            "R1",
            "المعلومات المطلوبة غير متوفرة لدى المؤسسة",
            "les informations demandées ne sont pas disponibles auprès de l’organisme",
        ),
        (
            "R2",
            "المعلومات مستثناة بموجب المادة 7 من القانون رقم 31.13",
            "les informations sont exceptées en vertu de l’article 7 de la loi n° 31-13",
        ),
        (
            "R3",
            "المعلومات منشورة ومتوفرة للعموم، في الموضع المبين في الجواب",
            "les informations sont publiées et accessibles au public, à l’endroit indiqué dans la "
            "réponse",
        ),
        (
            "R4",
            "تقدم طالب المعلومات نفسه خلال السنة نفسها أكثر من مرة بطلب معلومات سبق تقديمها له",
            "le même demandeur a présenté plus d’une fois, au cours de la même année, une demande "
            "portant sur des informations qui lui ont déjà été fournies",
        ),
        ("R5", "الطلب غير واضح", "la demande n’est pas claire"),
        (
            "R6",
            "المعلومات المطلوبة في طور الإعداد أو التحضير",
            "les informations demandées sont en cours d’élaboration ou de préparation",
        ),
        (
            "R7",
            "المعلومات المطلوبة مودعة لدى مؤسسة أرشيف المغرب",
            "les informations demandées sont déposées auprès des Archives du Maroc",
        ),
    )
)

EXCEPTIONS: Final[tuple[Wording, ...]] = tuple(
    wording(key, ar, fr, "7")
    for key, ar, fr in (
        (
            "E01",
            "المعلومات المتعلقة بالدفاع الوطني",
            "informations relatives à la défense nationale",
        ),
        (
            "E02",
            "المعلومات المتعلقة بأمن الدولة الداخلي والخارجي",
            "informations relatives à la sûreté intérieure et extérieure de l’État",
        ),
        (
            "E03",
            "المعلومات المتعلقة بالحياة الخاصة للأفراد أو التي تكتسي طابع معطيات شخصية",
            "informations relatives à la vie privée des personnes ou ayant le caractère de données "
            "personnelles",
        ),
        (
            "E04",
            "المعلومات التي من شأن الكشف عنها المس بالحريات والحقوق الأساسية المنصوص عليها في "
            "الدستور",
            "informations dont la divulgation porterait atteinte aux libertés et droits "
            "fondamentaux prévus par la Constitution",
        ),
        (
            "E05",
            "المعلومات التي من شأن الكشف عنها المس بحماية مصادر المعلومات",
            "informations dont la divulgation porterait atteinte à la protection des sources des "
            "informations",
        ),
        (
            "E06",
            "المعلومات التي يؤدي الكشف عنها إلى إلحاق ضرر بالعلاقات مع دولة أخرى أو منظمة حكومية "
            "دولية",
            "informations dont la divulgation porterait préjudice aux relations avec un autre État "
            "ou une organisation internationale gouvernementale",
        ),
        (
            "E07",
            "المعلومات التي يؤدي الكشف عنها إلى إلحاق ضرر بالسياسة النقدية أو الاقتصادية أو "
            "المالية "
            "للدولة",
            "informations dont la divulgation porterait préjudice à la politique monétaire, "
            "économique ou financière de l’État",
        ),
        (
            "E08",
            "المعلومات التي يؤدي الكشف عنها إلى إلحاق ضرر بحقوق الملكية الصناعية أو حقوق المؤلف أو "
            "الحقوق المجاورة",
            "informations dont la divulgation porterait préjudice aux droits de propriété "
            "industrielle, aux droits d’auteur ou aux droits voisins",
        ),
        (
            "E09",
            "المعلومات التي يؤدي الكشف عنها إلى إلحاق ضرر بحقوق ومصالح الضحايا والشهود والخبراء "
            "والمبلغين في جرائم الرشوة وما يماثلها (القانون رقم 37.10)",
            "informations dont la divulgation porterait préjudice aux droits et intérêts des "
            "victimes, témoins, experts et dénonciateurs dans les affaires de corruption et "
            "assimilées (loi n° 37-10)",
        ),
        (
            "E10",
            "المعلومات التي تكتسي طابع السرية بمقتضى نص تشريعي خاص يذكر في القرار",
            "informations revêtues d’un caractère confidentiel en vertu d’un texte législatif "
            "particulier, cité dans la décision",
        ),
        (
            "E11",
            "المعلومات التي من شأن الكشف عنها المس بسرية مداولات المجلس الوزاري ومجلس الحكومة",
            "informations dont la divulgation porterait atteinte à la confidentialité des "
            "délibérations du Conseil des ministres et du Conseil du gouvernement",
        ),
        (
            "E12",
            "المعلومات التي من شأن الكشف عنها المس بسرية الأبحاث والتحريات الإدارية، ما لم تأذن "
            "بذلك "
            "السلطات الإدارية المختصة",
            "informations dont la divulgation porterait atteinte à la confidentialité des "
            "investigations et enquêtes administratives, sauf autorisation des autorités "
            "administratives compétentes",
        ),
        (
            "E13",
            "المعلومات التي من شأن الكشف عنها المس بسير المساطر القضائية والمساطر التمهيدية "
            "المتعلقة "
            "بها، ما لم تأذن بذلك السلطات القضائية المختصة",
            "informations dont la divulgation porterait atteinte au déroulement des procédures "
            "judiciaires et des procédures préliminaires y afférentes, sauf autorisation des "
            "autorités judiciaires compétentes",
        ),
        (
            "E14",
            "المعلومات التي من شأن الكشف عنها المس بمبادئ المنافسة الحرة والمشروعة والنزيهة "
            "والمبادرة الخاصة",
            "informations dont la divulgation porterait atteinte aux principes de la concurrence "
            "libre, légale et loyale et de l’initiative privée",
        ),
    )
)

_LIMBS: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("E01.1", "الفقرة 1", "الدفاع الوطني", "al. 1", "défense nationale"),
    ("E02.1", "الفقرة 1", "أمن الدولة الداخلي", "al. 1", "sûreté intérieure de l’État"),
    ("E02.2", "الفقرة 1", "أمن الدولة الخارجي", "al. 1", "sûreté extérieure de l’État"),
    ("E03.1", "الفقرة 1", "الحياة الخاصة للأفراد", "al. 1", "vie privée des personnes"),
    ("E03.2", "الفقرة 1", "المعطيات الشخصية", "al. 1", "données personnelles"),
    ("E04.1", "الفقرة 1", "الحريات والحقوق الأساسية", "al. 1", "droits et libertés"),
    ("E05.1", "الفقرة 1", "حماية مصادر المعلومات", "al. 1", "sources des informations"),
    ("E06.1", "الفقرة 2، البند 1", "دولة أخرى", "al. 2, 1°", "autre État"),
    ("E06.2", "الفقرة 2، البند 1", "منظمة حكومية دولية", "al. 2, 1°", "organisation interétatique"),
    ("E07.1", "الفقرة 2، البند 2", "السياسة النقدية", "al. 2, 2°", "politique monétaire"),
    ("E07.2", "الفقرة 2، البند 2", "السياسة الاقتصادية", "al. 2, 2°", "politique économique"),
    ("E07.3", "الفقرة 2، البند 2", "السياسة المالية", "al. 2, 2°", "politique financière"),
    ("E08.1", "الفقرة 2، البند 3", "الملكية الصناعية", "al. 2, 3°", "propriété industrielle"),
    ("E08.2", "الفقرة 2، البند 3", "حقوق المؤلف", "al. 2, 3°", "droits d’auteur"),
    ("E08.3", "الفقرة 2، البند 3", "الحقوق المجاورة", "al. 2, 3°", "droits voisins"),
    ("E09.1", "الفقرة 2، البند 4", "الضحايا", "al. 2, 4°", "victimes"),
    ("E09.2", "الفقرة 2، البند 4", "الشهود", "al. 2, 4°", "témoins"),
    ("E09.3", "الفقرة 2، البند 4", "الخبراء", "al. 2, 4°", "experts"),
    ("E09.4", "الفقرة 2، البند 4", "المبلغون", "al. 2, 4°", "dénonciateurs"),
    ("E10.1", "الفقرة 2", "سرية بنص تشريعي خاص", "al. 2", "secret d’une loi particulière"),
    ("E11.1", "الفقرة 3، البند 1", "المجلس الوزاري", "al. 3, 1°", "Conseil des ministres"),
    ("E11.2", "الفقرة 3، البند 1", "مجلس الحكومة", "al. 3, 1°", "Conseil du gouvernement"),
    ("E12.1", "الفقرة 3، البند 2", "الأبحاث الإدارية", "al. 3, 2°", "enquêtes administratives"),
    ("E13.1", "الفقرة 3، البند 3", "المساطر القضائية", "al. 3, 3°", "procédures judiciaires"),
    ("E13.2", "الفقرة 3، البند 3", "المساطر التمهيدية", "al. 3, 3°", "procédures préliminaires"),
    ("E14.1", "الفقرة 3، البند 4", "المنافسة الحرة", "al. 3, 4°", "libre concurrence"),
    ("E14.2", "الفقرة 3، البند 4", "المبادرة الخاصة", "al. 3, 4°", "initiative privée"),
)
"""Code, place and subject of each limb, Arabic then French: at most 40 signs, for one line."""

LIMBS: Final[tuple[Wording, ...]] = tuple(
    wording(code, f"{place_ar}: {ar}", f"{place_fr} : {fr}", "7")
    for code, place_ar, ar, place_fr, fr in _LIMBS
)
