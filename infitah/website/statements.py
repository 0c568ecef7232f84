"""The first wording of the statements that every community owes; editors change the pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in one language: title and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


LEADS: dict[str, str] = {
    "ar": "هنا تقترحون أفكاركم على المجلس، وتتابعون ما التزم به وما أنجزه منه، وتتحققون من ذلك بأنفسكم.",
    "fr": "Ici, vous proposez vos idées au conseil, suivez ce qu’il a promis et réalisé, et le vérifiez vous-même.",
}
"""What the site is for, under the title of a home, until an editor writes another sentence."""

SEATS: dict[str, str] = {
    "region": "مجلس الجهة",
    "province": "المجلس الإقليمي",
    "prefecture": "مجلس العمالة",
    "commune": "الجماعة",
}
"""Where people are received, by the kind of the community: `{seat}` in the Arabic wording."""

WORDING: dict[tuple[str, str], Statement] = {
    ("privacy", "ar"): Statement(
        "حماية المعطيات الشخصية",
        (
            "المسؤول عن المعالجة هو رئيس مجلس الجماعة الترابية صاحبة هذا الموقع. لا نطلب منكم إلا ما يلزم لتلقي فكرتكم أو طلبكم والرد عليه: عنوان بريدكم الإلكتروني، واسمكم إن أردتم.",
            "يحفظ العنوان والاسم مشفرين، ولا يطلع عليهما إلا موظف مأذون له، وكل اطلاع مسجل باسمه وسببه وتاريخه. لا ينشر أي منهما، ويحذفان عند انتهاء مدة الحفظ.",
            "لكم، طبقا للقانون رقم 09.08، حق الولوج إلى معطياتكم وتصحيحها والتعرض على معالجتها، بطلب يوجه إلى رئيس المجلس. سحب فكرتكم يمحو في الحين نصها وملفها والاسم المقدم معها، ويبقي رقمها شاهدا عليها؛ أما عنوانكم فيبقى مشفرا إلى نهاية مدة الحفظ، أو إلى أن تطلبوا محوه.",
            "لا يستعمل هذا الموقع أي متتبع، ولا يتصل بأي موقع آخر. ملف تعريف الارتباط الوحيد يتذكر اللغة التي اخترتم، أو أن عنوانكم أثبت على هذا الجهاز.",
        ),
    ),
    ("privacy", "fr"): Statement(
        "Protection des données personnelles",
        (
            "Le responsable du traitement est le président du conseil de la collectivité qui tient ce site. Seul est demandé ce qui sert à recevoir votre idée ou votre demande et à y répondre : votre adresse électronique et, si vous le voulez, votre nom.",
            "L’adresse et le nom sont conservés chiffrés. Seul un agent habilité peut les lire, et chaque lecture est inscrite avec son nom, son motif et sa date. Ni l’un ni l’autre n’est publié ; ils sont effacés au terme de la durée de conservation.",
            "La loi n° 09-08 vous donne un droit d’accès, de rectification et d’opposition, par demande au président du conseil. Le retrait de votre idée efface aussitôt son texte, son fichier et le nom donné avec elle ; son numéro reste, avec la mention du retrait. Votre adresse reste chiffrée jusqu’au terme de la conservation, ou jusqu’à ce que vous en demandiez l’effacement.",
            "Ce site n’emploie aucun traceur et n’appelle aucun autre site. Un seul témoin de connexion retient la langue choisie, ou que votre adresse a été prouvée sur cet appareil.",
        ),
    ),
    ("accessibility", "ar"): Statement(
        "بيان الولوج الرقمي",
        (
            "هذا الموقع مصمم وفق المعيار الدولي WCAG 2.2 في مستواه AA. يمكن استعماله بلوحة المفاتيح وحدها وبقارئ الشاشة، وبدون جافاسكريبت، وبتكبير يبلغ أربعة أضعاف.",
            "تفحص كل صفحة آليا قبل كل إصدار ولا ينشر إصدار فيه خلل مرصود. لم يجر بعد فحص يدوي كامل بقارئ الشاشة بالعربية: نقول ذلك صراحة.",
            "إن تعذر عليكم أمر، فشباك الاستقبال بمقر {seat} يقدم الخدمة نفسها حضوريا أو كتابة، بالرقم نفسه والأجل نفسه.",
        ),
    ),
    ("accessibility", "fr"): Statement(
        "Déclaration d’accessibilité",
        (
            "Ce site suit la norme internationale WCAG 2.2, niveau AA. Il s’emploie au clavier seul, avec un lecteur d’écran, sans JavaScript et agrandi quatre fois.",
            "Chaque page est contrôlée automatiquement avant chaque version, et aucune version n’est publiée avec un défaut relevé. Un contrôle manuel complet avec un lecteur d’écran en arabe n’a pas encore eu lieu : nous le disons.",
            "En cas de difficulté, le guichet de la collectivité rend le même service sur place ou par écrit, avec le même numéro et le même délai.",
        ),
    ),
    ("legal", "ar"): Statement(
        "معلومات قانونية",
        (
            "تنشر هذا الموقع الجماعة الترابية المذكورة في أعلاه، ومدير النشر رئيس مجلسها.",
            "يجوز استعمال المعلومات المنشورة وإعادة استعمالها لأغراض مشروعة، دون تحريف مضمونها، مع ذكر مصدرها وتاريخ إصدارها، ودون الإضرار بالمصلحة العامة أو المس بحقوق الغير (المادة 6 من القانون رقم 31.13؛ ولم تؤكد المؤسسة بعد رقم هذه المادة).",
            "أسماء الجماعات وأعداد سكانها من إحصاء المندوبية السامية للتخطيط لسنة 2024 (رخصة CC BY 4.0).",
        ),
    ),
    ("legal", "fr"): Statement(
        "Mentions légales",
        (
            "Ce site est publié par la collectivité territoriale nommée en tête ; le président de son conseil en est le directeur de publication.",
            "Les informations publiées peuvent être utilisées et réutilisées à des fins licites, sans en altérer le contenu, en citant leur source et leur date, sans nuire à l’intérêt général ni aux droits d’autrui (loi n° 31-13, article 6 ; l’institution n’a pas encore confirmé le numéro de cet article).",
            "Noms et populations des communes : recensement 2024 du Haut-Commissariat au Plan (CC BY 4.0).",
        ),
    ),
}
