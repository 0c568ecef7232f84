"""Which page of help the words in the one box ask for: "شكاية", "sans réponse", "formulaire".

A short table by hand. A phrase names its topic in a question of any length, a single word only
where little else is asked: "délai" alone means the law's days, in "délai de livraison des cars"
it does not. Words are compared as the search index compares them.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from infitah.kernel import arabic

LITTLE: Final = 1
"""Other telling words of a question up to which a single word names a topic."""
SHOWN: Final = 3
"""Topics shown at most."""

REMEDIES, FOLLOW, DEADLINE, FORM = "remedies", "follow", "deadline", "form"
RIGHT, OFFICER, LOG, FIGURES, PROACTIVE = "right", "officer", "log", "figures", "proactive"

PHRASES: Final[Mapping[str, str]] = {
    REMEDIES: (
        "لم يجيبوا;لم يجيبوني;لم يجب;لم يجبني;لم يردوا;لم يرد;لا يجيبون;بدون جواب;دون جواب;"
        "بلا جواب;عدم الجواب;غياب الجواب;لم أتوصل;لم نتوصل;لم أتلق جوابا;ما جاوبوش;ما جاوبونيش;"
        "ما جاوبوني;ما ردوش;ما وصلني جواب;رفض طلبي;رفضوا طلبي;رفض الطلب;رفض الجواب;رفضوا الجواب;"
        "رفضو طلبي;قرار الرفض;رفض ضمني;سبب الرفض;سكوت الإدارة;تقديم شكاية;وضع شكاية;أضع شكاية;"
        "ندير شكاية;أقدم شكاية;شكاية إلى الرئيس;طرق الطعن;تقديم تظلم;لجنة الحق في الحصول;"
        "المحكمة الإدارية;فات الأجل;انتهى الأجل;تأخر الجواب;تأخروا في الجواب;"
        "sans réponse;pas de réponse;aucune réponse;pas répondu;pas eu de réponse;rien reçu;"
        "ne répond pas;ne répondent pas;absence de réponse;délai dépassé;en retard de réponse;"
        "refus implicite;refus de ma demande;demande refusée;refusé ma demande;motif du refus;"
        "porter plainte;déposer plainte;déposer une plainte;faire une réclamation;"
        "déposer une réclamation;déposer un recours;faire un recours;voies de recours;"
        "tribunal administratif;commission du droit d'accès;silence de l'administration"
    ),
    FOLLOW: (
        "تتبع طلبي;أتتبع طلبي;تتبع الطلب;أين وصل طلبي;فين وصل طلبي;وصل طلبي;حالة طلبي;مآل طلبي;"
        "مصير طلبي;رمز التتبع;"
        "suivre ma demande;suivi de ma demande;où en est ma demande;code de suivi;"
        "état de ma demande;numéro de ma demande"
    ),
    DEADLINE: (
        "أجل الجواب;آجال الجواب;أجل الرد;آجال الرد;حساب الأجل;حساب الآجال;حاسبة الآجال;مدة الجواب;"
        "متى الجواب;متى يجيبون;متى يصل الجواب;كم يوما للجواب;شحال من يوم الجواب;آخر أجل;"
        "délai de réponse;délais de réponse;délai pour répondre;calcul du délai;calculer le délai;"
        "date limite;combien de jours pour répondre"
    ),
    FORM: (
        "نموذج الطلب;نموذج طلب;استمارة الطلب;استمارة طلب;مطبوع الطلب;تحميل النموذج;طلب ورقي;"
        "النموذج الرسمي;"
        "formulaire de demande;modèle de demande;demande sur papier;imprimer le formulaire;"
        "télécharger le formulaire;formulaire vierge"
    ),
    RIGHT: (
        "الحق في الحصول على المعلومات;حق الحصول على المعلومات;الحق في المعلومة;القانون 31.13;"
        "قانون 31.13;من يحق له;من له الحق;"
        "droit d'accès à l'information;loi 31-13;loi 31.13;qui peut demander;mes droits;mon droit"
    ),
    OFFICER: (
        "الشخص المكلف بالمعلومات;المكلف بالحصول على المعلومات;المسؤول عن المعلومات;مع من أتواصل;"
        "من يجيب على طلبي;إلى من أوجه;"
        "chargé de l'information;chargée de l'information;responsable de l'information;"
        "personne chargée de l'accès;à qui m'adresser;à qui s'adresser"
    ),
    LOG: (
        "الأجوبة المنشورة;أجوبة منشورة;سجل الأجوبة;أجوبة سابقة;الطلبات السابقة;"
        "réponses publiées;réponse publiée;réponses déjà données;demandes précédentes"
    ),
    FIGURES: (
        "عدد الطلبات;نسبة الجواب;نسبة الأجوبة;إحصائيات الطلبات;حصيلة الطلبات;أرقام الطلبات;"
        "تقرير سنوي عن الطلبات;"
        "nombre de demandes;taux de réponse;statistiques des demandes;bilan des demandes;"
        "chiffres de l'accès"
    ),
    PROACTIVE: "النشر الاستباقي;ما ينشر دون طلب;publication proactive;article 10",
}
WORDS: Final[Mapping[str, str]] = {
    REMEDIES: (
        "شكاية;شكايات;شكوى;شكاوى;شكايتي;تظلم;تظلمات;طعن;طعون;أشتكي;نشتكي;أتظلم;رفض;رفضوا;يجيبوا;"
        "جاوبوش;ماجاوبوش;ماجاوبونيش;السكوت;المحكمة;"
        "recours;réclamation;réclamations;réclamer;plainte;plaintes;contester;contestation;refus;"
        "refusé;refusée;silence;cdai;tribunal;chikaya"
    ),
    FOLLOW: "تتبع;أتتبع;suivi;suivre",
    DEADLINE: "أجل;آجال;مهلة;délai;délais;échéance",
    FORM: "نموذج;استمارة;مطبوع;formulaire;formulaires;imprimé",
    RIGHT: "حقي;حقوقي;31.13;31-13",
    OFFICER: "المكلف;المكلفة",
    LOG: "الأجوبة",
    FIGURES: "إحصائيات;أرقام;statistiques;chiffres",
    PROACTIVE: "الاستباقي;proactive",
}

Forms = frozenset[str]


def topics_of(question: str) -> list[str]:
    """Return the topics that a question names, those of the longest phrase first; SHOWN at most."""
    words = arabic.tokens(question)
    asked = [_forms(word) for word in words]
    best: dict[str, int] = {}
    for topic, phrase in _PHRASES:
        if len(phrase) > best.get(topic, 0) and _holds(asked, phrase):
            best[topic] = len(phrase)
    named = [(topic, phrase) for topic, phrase in _WORDS if _holds(asked, phrase)]
    known = frozenset(form for _topic, phrase in named for forms in phrase for form in forms)
    telling = [_forms(word) for word in words if word not in arabic.STOP_WORDS]
    if sum(not forms & known for forms in telling) <= LITTLE:
        best |= {topic: 0 for topic, _phrase in named if topic not in best}
    return sorted(best, key=lambda topic: -best[topic])[:SHOWN]


def _holds(asked: list[Forms], phrase: tuple[Forms, ...]) -> bool:
    """Tell whether the words of a phrase stand in a question, one after the other."""
    places = range(len(asked) - len(phrase) + 1)
    return any(
        all(asked[place + step] & forms for step, forms in enumerate(phrase)) for place in places
    )


def _forms(word: str) -> Forms:
    return frozenset((word, *arabic.stems(word)))


def _listed(table: Mapping[str, str]) -> Iterable[tuple[str, tuple[Forms, ...]]]:
    for topic, phrases in table.items():
        for phrase in phrases.split(";"):
            yield topic, tuple(_forms(word) for word in arabic.tokens(phrase))


_PHRASES: Final = tuple(_listed(PHRASES))
_WORDS: Final = tuple(_listed(WORDS))
