"""What each figure is called and what exactly it counts, in Arabic and French: one table.

A definition goes with every figure wherever it is told (page, report, data): figures of this field
disagree because nobody says what is counted (information.md, section 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from infitah.information.rules.acts import Outcome, Ruling
from infitah.information.rules.figures.lives import Level
from infitah.kernel.localized import LocalizedText as T


@dataclass(frozen=True, slots=True)
class Words:
    """The name and the definition of a figure; the name is empty where a member has its own."""

    name: T
    definition: T


def _words(ar: str, fr: str, *, ar_means: str, fr_means: str) -> Words:
    return Words(T(ar=ar, fr=fr), T(ar=ar_means, fr=fr_means))


WORDS: Final[Mapping[str, Words]] = {
    "received": _words(
        "الطلبات المتوصل بها",
        "Demandes reçues",
        ar_means="كل طلب توصل به المجلس خلال الفترة، من أي قناة، حسب يوم التوصل. والطلب الذي أدخل "
        "لاحقا يحسب في يوم توصله الفعلي.",
        fr_means="Toute demande reçue pendant la période, par tout canal, au jour de sa réception. "
        "Une demande saisie après coup compte à son jour réel de réception.",
    ),
    "answered": _words(
        "الطلبات المجاب عنها",
        "Demandes ayant reçu une réponse",
        ar_means="طلبات سلم جوابها الأول إلى صاحبها، منحا كان أو رفضا معللا. وإعادة فتح الطلب بعد "
        "شكاية لا تغير يوم جوابه الأول.",
        fr_means="Demandes dont la première réponse a été remise à leur auteur, qu’elle donne ou "
        "refuse avec motifs. La réouverture après une plainte ne change pas ce jour.",
    ),
    "waiting": _words(
        "طلبات ما زال أجلها جاريا",
        "Demandes encore dans le délai",
        ar_means="طلبات بلا جواب لم يمر بعد آخر يوم من أجل الجواب عنها.",
        fr_means="Demandes sans réponse dont le dernier jour du délai n’est pas encore passé.",
    ),
    "silent": _words(
        "طلبات بلا جواب بعد انقضاء الأجل",
        "Demandes sans réponse après le délai",
        ar_means="طلبات مر آخر يوم من أجلها دون جواب: السكوت يفتح باب الشكاية كالرفض، ويبقى "
        "الجواب واجبا. النسبة من الطلبات التي انقضى أجلها.",
        fr_means="Demandes dont le dernier jour est passé sans réponse : le silence ouvre la "
        "plainte comme un refus, et la réponse reste due. Part des demandes au délai écoulé.",
    ),
    "withdrawn": _words(
        "طلبات سحبها أصحابها",
        "Demandes retirées par leur auteur",
        ar_means="طلبات سحبها أصحابها قبل أي جواب؛ لا تدخل في أرقام الآجال.",
        fr_means="Demandes retirées par leur auteur avant toute réponse ; elles n’entrent pas dans "
        "les chiffres des délais.",
    ),
    "transferred": _words(
        "طلبات أحيلت على مؤسسة أخرى",
        "Demandes transmises à une autre institution",
        ar_means="طلبات أحيلت قبل أي جواب على المؤسسة التي توجد لديها المعلومات؛ أجلها يحسب هناك.",
        fr_means="Demandes transmises avant toute réponse à l’institution qui détient "
        "l’information ; leur délai compte là-bas.",
    ),
    "due": _words(
        "طلبات انقضى أجلها",
        "Demandes dont le délai est écoulé",
        ar_means="طلبات مر آخر يوم من أجل الجواب عنها، أجيب عنها أم لا: 20 يوم عمل، أو 3 أيام "
        "للطلب المستعجل، مع التمديد إن وقع (القانون رقم 31.13، المادتان 16 و17). دون المسحوبة "
        "والمحالة.",
        fr_means="Demandes dont le dernier jour du délai est passé, avec ou sans réponse : "
        "20 jours ouvrables, ou 3 jours pour une demande urgente, prolongation comprise (loi "
        "31-13, articles 16 et 17). Sans les demandes retirées ou transmises.",
    ),
    "in-time": _words(
        "أجوبة داخل الأجل",
        "Réponses dans le délai",
        ar_means="من بين الطلبات التي انقضى أجلها: ما سلم جوابه الأول في آخر يوم من الأجل أو قبله. "
        "وحين يكون التقويم غير مؤكد يعتمد اليوم الأبعد.",
        fr_means="Parmi les demandes dont le délai est écoulé : celles dont la première réponse a "
        "été remise le dernier jour ou avant. Quand le calendrier n’est pas confirmé, le jour le "
        "plus tardif compte.",
    ),
    "late": _words(
        "أجوبة بعد الأجل",
        "Réponses après le délai",
        ar_means="من بين الطلبات التي انقضى أجلها: ما سلم جوابه الأول بعد آخر يوم من الأجل.",
        fr_means="Parmi les demandes dont le délai est écoulé : celles dont la première réponse a "
        "été remise après le dernier jour.",
    ),
    "median-days": _words(
        "أيام العمل التي جاء فيها نصف الأجوبة",
        "Jours ouvrables pour la moitié des réponses",
        ar_means="الوسيط: أقل عدد من أيام العمل جاء خلاله نصف الأجوبة الأولى على الأقل. يوم التوصل "
        "هو اليوم صفر. ما لا جواب له لا يدخل هنا: انظر الطلبات بلا جواب.",
        fr_means="La médiane : le plus petit nombre de jours ouvrables en lequel la moitié au "
        "moins des premières réponses est venue. Le jour de réception est le jour zéro. Ce qui est "
        "resté sans réponse n’y entre pas : voir les demandes sans réponse.",
    ),
    "p90-days": _words(
        "أيام العمل التي جاءت فيها تسعة أعشار الأجوبة",
        "Jours ouvrables pour neuf réponses sur dix",
        ar_means="أقل عدد من أيام العمل جاءت خلاله تسعة أعشار الأجوبة الأولى على الأقل. لا يعرض "
        "حين تقل الأجوبة عن 20.",
        fr_means="Le plus petit nombre de jours ouvrables en lequel neuf dixièmes au moins des "
        "premières réponses sont venus. N’est pas donné en dessous de 20 réponses.",
    ),
    "given": _words(
        "طلبات منحت معلوماتها كليا أو جزئيا",
        "Information donnée, en tout ou partie",
        ar_means="طلبات يمنح جوابها القائم كل ما طلب أو جزءا منه. النسبة من الطلبات المجاب عنها.",
        fr_means="Demandes dont la réponse en vigueur donne tout ou partie de ce qui est demandé. "
        "Part des demandes ayant reçu une réponse.",
    ),
    "reopened": _words(
        "طلبات أعيد فتحها بعد شكاية",
        "Demandes rouvertes après une plainte",
        ar_means="طلبات أجيب عنها ثم أعيد فتحها بعد شكاية، ولم يسلم جوابها الجديد بعد.",
        fr_means="Demandes qui avaient reçu une réponse, rouvertes après une plainte, dont la "
        "nouvelle réponse n’est pas encore remise.",
    ),
    "extended": _words(
        "طلبات مدد أجلها",
        "Demandes dont le délai a été prolongé",
        ar_means="طلبات مدد أجلها مرة واحدة، بسبب أخبر به صاحبها قبل انقضاء الأجل (المادة 16).",
        fr_means="Demandes dont le délai a été prolongé une fois, pour un motif dit à leur auteur "
        "avant l’échéance (article 16).",
    ),
    "urgent": _words(
        "طلبات قدمت على أنها مستعجلة",
        "Demandes présentées comme urgentes",
        ar_means="طلبات قال أصحابها إنها ضرورية لحماية حياة الأشخاص أو سلامتهم أو حريتهم "
        "(المادة 17).",
        fr_means="Demandes que leur auteur dit nécessaires à la protection de la vie, de la "
        "sécurité ou de la liberté de personnes (article 17).",
    ),
    "urgent-accepted": _words(
        "طلبات عولجت على أنها مستعجلة",
        "Demandes traitées comme urgentes",
        ar_means="طلبات قدمت على أنها مستعجلة ولم ترفض هذه الصفة: أجلها 3 أيام.",
        fr_means="Demandes présentées comme urgentes, auxquelles cette qualité n’a pas été "
        "refusée : leur délai est de 3 jours.",
    ),
    "urgent-refused": _words(
        "طلبات مستعجلة عولجت على أنها عادية",
        "Demandes urgentes traitées comme ordinaires",
        ar_means="طلبات قدمت على أنها مستعجلة ورفضت هذه الصفة بتعليل: أجلها العادي من يوم التوصل.",
        fr_means="Demandes présentées comme urgentes et requalifiées avec motif : leur délai "
        "ordinaire court depuis la réception.",
    ),
    "published": _words(
        "أجوبة منشورة",
        "Réponses publiées",
        ar_means="طلبات نشر جوابها القائم بين الأجوبة المنشورة، دون اسم صاحبها.",
        fr_means="Demandes dont la réponse en vigueur est publiée parmi les réponses publiées, "
        "sans le nom de leur auteur.",
    ),
    "to-publish": _words(
        "أجوبة مر على تسليمها أكثر من 5 أيام",
        "Réponses remises depuis plus de 5 jours",
        ar_means="أجوبة قائمة مر على تسليمها أكثر من 5 أيام، منشورة أم لا.",
        fr_means="Réponses en vigueur remises depuis plus de 5 jours, publiées ou non.",
    ),
    "published-5": _words(
        "أجوبة نشرت خلال 5 أيام من تسليمها",
        "Réponses publiées sous 5 jours après leur remise",
        ar_means="من بين الأجوبة التي مر على تسليمها أكثر من 5 أيام: ما نشر في اليوم الخامس أو "
        "قبله. هذا هدف للمجلس وليس أجلا قانونيا؛ والجواب المؤجل نشره لا يحسب منشورا.",
        fr_means="Parmi les réponses remises depuis plus de 5 jours : celles publiées le cinquième "
        "jour ou avant. C’est un but du conseil, non un délai légal ; une publication différée ne "
        "compte pas comme publiée.",
    ),
}

FAMILIES: Final[Mapping[str, T]] = {
    "days": T(
        ar="أجوبة أولى سلمت خلال هذا العدد من أيام العمل بعد يوم التوصل، مهما كان أجل الطلب.",
        fr="Premières réponses remises en ce nombre de jours ouvrables après le jour de réception, "
        "quel que soit le délai de la demande.",
    ),
    "outcome": T(
        ar="ما انتهى إليه الجواب القائم، محسوبا مما منح وما حجب. النسبة من الطلبات المجاب عنها.",
        fr="Ce à quoi aboutit la réponse en vigueur, calculé de ce qui est donné et de ce qui est "
        "occulté. Part des demandes ayant reçu une réponse.",
    ),
    "ground": T(
        ar="طلبات يستند جوابها القائم إلى هذا السبب من القائمة الحصرية للرفض، كليا أو جزئيا. الطلب "
        "الواحد قد يستند إلى أكثر من سبب، فمجموع الأسباب ليس عدد الطلبات.",
        fr="Demandes dont la réponse en vigueur invoque ce motif de la liste fermée des refus, "
        "pour tout ou partie. Une demande peut en invoquer plusieurs : la somme des motifs n’est "
        "pas le nombre de demandes.",
    ),
    "exception": T(
        ar="طلبات حجب في جوابها القائم جزء على الأقل بهذا الاستثناء من المادة 7 من القانون رقم "
        "31.13. الطلب الواحد قد يقع تحت أكثر من استثناء.",
        fr="Demandes dont la réponse en vigueur occulte au moins une partie par cette exception de "
        "l’article 7 de la loi 31-13. Une demande peut relever de plusieurs.",
    ),
    "extended": T(
        ar="طلبات مدد أجلها لهذا السبب (المادة 16، قائمة حصرية). التمديد مرة واحدة.",
        fr="Demandes dont le délai a été prolongé pour ce motif (article 16, liste fermée). Une "
        "seule prolongation par demande.",
    ),
    "channel": T(
        ar="الطلبات المتوصل بها حسب القناة التي جاءت منها.",
        fr="Demandes reçues, par canal d’arrivée.",
    ),
    "complaint": T(
        ar="طلبات من هذه الفترة كانت موضوع شكاية في هذه الدرجة، ولو قدمت الشكاية بعدها. يحسب الطلب "
        "مرة واحدة (القانون رقم 31.13، المواد من 19 إلى 21).",
        fr="Demandes de la période qui ont fait l’objet d’une plainte à ce degré, même déposée "
        "plus tard. Une demande compte une fois (loi 31-13, articles 19 à 21).",
    ),
    "ruling": T(
        ar="من بين الطلبات موضوع شكاية في هذه الدرجة: ما صدر في شكايته هذا القرار مرة على الأقل.",
        fr="Parmi les demandes ayant fait l’objet d’une plainte à ce degré : celles dont la "
        "plainte a reçu cette décision au moins une fois.",
    ),
}
"""Definitions of whole families: bands of days, outcomes, grounds, channels, complaints."""

OUTCOMES: Final[Mapping[str, T]] = {
    Outcome.FULL: T(ar="طلبات منحت معلوماتها كاملة", fr="Information donnée en totalité"),
    Outcome.PARTIAL: T(ar="طلبات منحت معلوماتها جزئيا", fr="Information donnée en partie"),
    Outcome.REFUSED: T(ar="طلبات رفضت", fr="Demandes refusées"),
    Outcome.NOT_HELD: T(ar="معلومات لا توجد لدى المجلس", fr="Information non détenue"),
    Outcome.ALREADY_PUBLIC: T(ar="معلومات كانت منشورة", fr="Information déjà publiée"),
}
LEVELS: Final[Mapping[Level, T]] = {
    Level.HEAD: T(ar="شكايات إلى رئيس المجلس", fr="Plaintes au président du conseil"),
    Level.CDAI: T(
        ar="شكايات إلى لجنة الحق في الحصول على المعلومات",
        fr="Plaintes à la Commission du droit d’accès à l’information",
    ),
    Level.COURT: T(ar="طعون أمام المحكمة الإدارية", fr="Recours devant le tribunal administratif"),
}
RULINGS: Final[Mapping[str, T]] = {
    Ruling.UPHELD: T(ar="قبلت", fr="acceptées"),
    Ruling.PARTLY: T(ar="قبلت جزئيا", fr="acceptées en partie"),
    Ruling.REJECTED: T(ar="رفضت", fr="rejetées"),
    "open": T(ar="لم يصدر فيها قرار", fr="sans décision"),
}
