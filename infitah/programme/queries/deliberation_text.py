"""The text of the deliberation that adopts a programme, prepared for the secretary to complete.

It stands in Arabic and French whatever the language of the desk, as a Moroccan council writes; it
quotes the hash that binds the texts. The words are a proposal: only the hash must stay.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Cycle
from infitah.programme.queries.adoption import BeforeCouncil

LAWS: Final = {"region": "111-14", "commune": "113-14"}
PROVINCE: Final = "112-14"
TITLE: Final = {
    "ar": "مقرر بالمصادقة على {title}",
    "fr": "Délibération portant approbation du programme intitulé « {title} »",
}
TEXT: Final = {
    "ar": """\
إن {institution}، المجتمع في {session}{on}،

بناء على القانون التنظيمي رقم {law}؛ وبناء على القانون رقم 31.13 المتعلق بالحق في الحصول على \
المعلومات؛ وبعد الاطلاع على الالتزامات التي صادقت عليها لجنة التتبع{heard}؛ وبعد المناقشة \
والتصويت وفق ما هو مبين في المحضر؛

يقرر ما يلي:

المادة الأولى: يصادق المجلس على {title} وعلى التزاماته الآتية:

{kept}

{changed}المادة {last}: {fingerprint}

المادة {after}: تنشر نصوص البرنامج وحصيلة تنفيذه للعموم، وتعرض الحصيلة على المجلس مرة في السنة على \
الأقل.""",
    "fr": """\
{institution}, réuni{on} ({session}),

Vu la loi organique n° {law} ; vu la loi n° 31-13 relative au droit d’accès à l’information ; vu \
les engagements validés par le comité de suivi{heard} ; après \
discussion et vote, comme il est dit au procès-verbal ;

Décide ce qui suit :

Article premier. Le conseil approuve le programme intitulé « {title} » et ses engagements :

{kept}

{changed}Article {last}. {fingerprint}

Article {after}. Les textes du programme et le bilan de son exécution sont publiés ; le bilan est \
présenté au conseil une fois par an au moins.""",
}
CHANGED: Final = {
    "ar": "المادة {number}: {sentences}\n\n",
    "fr": "Article {number}. {sentences}\n\n",
}
AMENDED: Final = {
    "ar": "أدخل المجلس تعديلات على: {listed}.",
    "fr": "Le conseil a amendé : {listed}.",
}
REJECTED: Final = {
    "ar": "لم يصادق المجلس على: {listed}.",
    "fr": "Le conseil n’a pas retenu : {listed}.",
}
HEARD: Final[Mapping[frozenset[int], Mapping[str, str]]] = {
    frozenset({1}): {
        "ar": " وعلى نتائج الاستشارة الأولى للمواطنات والمواطنين",
        "fr": " et les résultats de la première consultation des citoyennes et citoyens",
    },
    frozenset({2}): {
        "ar": " وعلى نتائج الاستشارة الثانية للمواطنات والمواطنين",
        "fr": " et les résultats de la deuxième consultation des citoyennes et citoyens",
    },
    frozenset({1, 2}): {
        "ar": " وعلى نتائج الاستشارتين الأولى والثانية للمواطنات والمواطنين",
        "fr": " et les résultats des deux consultations des citoyennes et citoyens",
    },
}
"""What is said of the consultations, by the rounds that were held and are over."""
FINGERPRINT: Final = {
    "ar": "البصمة الرقمية (SHA-256) للنصوص المصادق عليها هي: {digest}",
    "fr": "L’empreinte (SHA-256) des textes approuvés est : {digest}",
}
ON: Final = {"ar": " يوم {day}", "fr": " le {day}"}
NO_SESSION: Final = {"ar": "دورته", "fr": "session"}
NUMBERS: Final = {
    "ar": {2: "الثانية", 3: "الثالثة", 4: "الرابعة"},
    "fr": {2: "2", 3: "3", 4: "4"},
}


def fingerprint(digest: str) -> LocalizedText:
    """Return the sentence that quotes the hash of the programme, in Arabic and French."""
    said = LocalizedText("")
    for language, words in FINGERPRINT.items():
        said = said.with_text(language, words.format(digest=digest))
    return said


def _law(kind: str, language: str) -> str:
    """Return the number of the organic law as the language writes it: 112.14 in Arabic."""
    number = LAWS.get(kind, PROVINCE)
    return number.replace("-", ".") if language == "ar" else number


def title_of(cycle: Cycle) -> LocalizedText:
    """Return the title that a deliberation on a programme usually bears."""
    said = LocalizedText("")
    for language, words in TITLE.items():
        said = said.with_text(language, words.format(title=cycle.title.in_language(language)))
    return said


def text_of(
    cycle: Cycle,
    found: Sequence[BeforeCouncil],
    digest: str,
    *,
    session: LocalizedText | None = None,
    held_on: date | None = None,
    held_rounds: frozenset[int] = frozenset(),
) -> LocalizedText:
    """Return the prepared text in Arabic and French; it quotes `digest`. No query.

    Of the consultations it names those that were held and are over. What was rejected by the
    council is named, what was amended too; a text that differs from the committee's is never
    passed off as it. `cycle.community` must be fetched.
    """
    said = LocalizedText("")
    for language, words in TEXT.items():
        changed = _changed(found, language)
        last = 3 if changed else 2
        on = ON[language].format(day=format_date(held_on, language)) if held_on else ""
        text = words.format(
            institution=_institution(cycle, language),
            session=session.in_language(language) if session else NO_SESSION[language],
            on=on,
            law=_law(cycle.community.kind, language),
            title=cycle.title.in_language(language),
            kept="\n\n".join(_line(one, language) for one in found if not one.facts.is_rejected),
            changed=changed,
            heard=HEARD[held_rounds][language] if held_rounds else "",
            fingerprint=FINGERPRINT[language].format(digest=digest),
            last=NUMBERS[language][last],
            after=NUMBERS[language][last + 1],
        )
        said = said.with_text(language, text)
    return said


def _institution(cycle: Cycle, language: str) -> str:
    """Return who deliberates, as a sentence begins: « Le conseil provincial de Sefrou »."""
    name = cycle.community.institution.in_language(language)
    first, _space, rest = name.partition(" ")
    return f"Le conseil {rest}" if language == "fr" and first == "Conseil" else name


def _line(one: BeforeCouncil, language: str) -> str:
    title = one.commitment.title
    if one.version is not None:
        title = LocalizedText.from_json(one.version.content["title"])
    # The title comes first: a line of Arabic that began with a reference would run left to right.
    return f"- {title.in_language(language)} ({one.facts.reference})"


def _changed(found: Sequence[BeforeCouncil], language: str) -> str:
    amended = [one.facts.reference for one in found if one.is_amended]
    rejected = [one.facts.reference for one in found if one.was_rejected_in_session]
    sentences = [
        words[language].format(listed="، ".join(listed) if language == "ar" else ", ".join(listed))
        for words, listed in ((AMENDED, amended), (REJECTED, rejected))
        if listed
    ]
    if not sentences:
        return ""
    number = NUMBERS[language][2]
    return CHANGED[language].format(number=number, sentences=" ".join(sentences))
