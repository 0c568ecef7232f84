"""How the demonstration writes a case: who asked what, how long ago, what happened on which day.

Days of steps count from the receipt. Every person, company and place of a person is invented.
"""

from dataclasses import dataclass, field

from infitah.information.rules import RefusalGround, Withholding


@dataclass(frozen=True, slots=True)
class Step:
    """One act, so many days after the receipt; `values` are what the act is given."""

    day: int
    name: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A case: received `ago` days before today; `person` is a place in the list of the invented."""

    ago: int
    text: str
    title: str
    steps: tuple[Step, ...] = ()
    channel: str = "web"
    language: str = "ar"
    person: int = 0
    access: str = "copy"
    urgent: str = ""
    period: str = ""
    place: str = ""
    number: str = ""
    is_dictated: bool = False


def registered(day: int = 1) -> Step:
    return Step(day, "register")


def task(day: int, unit: str, words: str) -> Step:
    return Step(day, "task", {"unit": unit, "words": words})


def task_answered(day: int, words: str) -> Step:
    return Step(day, "task_answered", {"words": words})


def asked_what(day: int, words: str) -> Step:
    return Step(day, "ask_clarification", {"words": words})


def clarified(day: int, words: str) -> Step:
    return Step(day, "clarify", {"words": words})


def consulted(day: int, party: str, words: str) -> Step:
    return Step(day, "consult", {"party": party, "words": words})


def third_answered(day: int, words: str) -> Step:
    return Step(day, "third_party_answered", {"words": words})


def ordinary(day: int, words: str) -> Step:
    return Step(day, "refuse_urgency", {"words": words})


def extended(day: int, ground: str, words: str) -> Step:
    return Step(day, "extend", {"ground": ground, "words": words})


def decided(day: int, words: str, *parts: Withholding, gives: bool = True) -> Step:
    return Step(day, "decide", {"words": words, "gives": gives, "withheld": parts})


def read(day: int) -> Step:
    return Step(day, "read_second")


def sent_back(day: int, note: str) -> Step:
    return Step(day, "send_back", {"note": note})


def delivered(day: int, channel: str = "counter", proof: str = "توقيع في السجل") -> Step:
    return Step(day, "deliver", {"channel": channel, "proof": proof})


def published(day: int, arabic: str, french: str, *tags: str) -> Step:
    return Step(day, "publish", {"arabic": arabic, "french": french, "tags": tags})


def deferred(day: int, until: int, reason: str, arabic: str, french: str) -> Step:
    """Put the publication off until `until` days from today."""
    values = {"until": until, "reason": reason, "arabic": arabic, "french": french, "tags": ()}
    return Step(day, "defer", values)


def withdrawn(day: int) -> Step:
    return Step(day, "withdraw")


def transferred(day: int, to: str, words: str) -> Step:
    return Step(day, "transfer", {"to": to, "words": words})


def complained(day: int, level: str, words: str) -> Step:
    return Step(day, "complain", {"level": level, "words": words})


def ruled(day: int, level: str, ruling: str, words: str) -> Step:
    return Step(day, "rule", {"level": level, "ruling": ruling, "words": words})


def private(reason: str) -> Withholding:
    """Withhold personal data (art. 7), with what was weighed."""
    return Withholding(
        RefusalGround.EXCEPTION,
        exception="E03",
        limb="E03.2",
        reason=reason,
        harm="قد يسمح الكشف بالتعرف على أشخاص ذاتيين وبالتواصل معهم دون رضاهم.",
        interest="تحققت المصلحة العامة بنشر المبالغ والمعايير، ولا تضيف إليها أسماء الأفراد شيئا.",
    )


def competition(reason: str) -> Withholding:
    """Withhold what would distort competition (art. 7)."""
    return Withholding(
        RefusalGround.EXCEPTION,
        exception="E14",
        limb="E14.1",
        reason=reason,
        harm="قد تستفيد مقاولات منافسة من تفاصيل العرض المالي قبل فتح الأظرفة.",
        interest="ينشر المحضر والأثمان كاملة بعد إسناد الصفقة، فلا تفوت المصلحة العامة.",
    )


def private_fr(reason: str) -> Withholding:
    """Withhold personal data in a case that is answered in French."""
    return Withholding(
        RefusalGround.EXCEPTION,
        exception="E03",
        limb="E03.2",
        reason=reason,
        harm="La divulgation permettrait d’identifier des personnes et de les joindre contre gré.",
        interest="Montants et critères sont publiés : les noms n’ajoutent rien à l’intérêt public.",
    )


def competition_fr(reason: str) -> Withholding:
    """Withhold what would distort competition in a case that is answered in French."""
    return Withholding(
        RefusalGround.EXCEPTION,
        exception="E14",
        limb="E14.1",
        reason=reason,
        harm="Des concurrents tireraient profit du détail des offres avant l’ouverture des plis.",
        interest="Le procès-verbal et les prix sont publiés dès l’attribution du marché.",
    )


def ground(code: str, reason: str, place: str = "") -> Withholding:
    """Refuse by a ground other than art. 7; a place `{title}` is the number of an earlier case."""
    return Withholding(RefusalGround(code), reason=reason, place=place)


PERSONS = (
    ("أمينة", "الصفريوية", "12 زنقة الأمل، صفرو", "CD700001"),
    ("يوسف", "بنسعيد", "دوار أيت علي، البهاليل", "CD700002"),
    ("خديجة", "أوحمو", "شارع الوحدة، المنزل", "CD700003"),
    ("Karim", "Lahlafi", "8, avenue des Cerisiers, Sefrou", "CD700004"),
    ("نعيمة", "العلوية الإسماعيلية", "حي حبونة، صفرو", "CD700005"),
    ("إدريس", "أمزيان", "إيموزار كندر", "CD700006"),
    ("Salma", "Berrada Idrissi", "Résidence Al Amal, Sefrou", "CD700007"),
    ("محمد", "أيت لحسن", "دوار تازوطة", "CD700008"),
    ("فاطمة", "الركراكية", "رباط الخير", "CD700009"),
    ("عبد الله", "الزياني", "عين الشكاك", "CD700010"),
    ("حسناء", "المريني", "حي السلام، صفرو", "CD700011"),
    ("Hicham", "Tazi Alami", "12, rue de l’Oasis, Bhalil", "CD700012"),
)
"""Invented persons; their card numbers belong to nobody."""
