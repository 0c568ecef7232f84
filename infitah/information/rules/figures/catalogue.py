"""The table of figures: each code with its name, its definition, what it is a share of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from infitah.information.rules.figures.lives import (
    BANDS,
    EXCEPTION_CODES,
    EXTENSION_CODES,
    GROUND_CODES,
    OUTCOME_CODES,
    RULING_CODES,
    Band,
    Level,
)
from infitah.information.rules.figures.measures import Tally, median_days, ninth_tenth, percent
from infitah.information.rules.figures.words import FAMILIES, LEVELS, OUTCOMES, RULINGS, WORDS
from infitah.kernel.localized import LocalizedText

NAMELESS: Final = LocalizedText()
CHANNELS: Final = ("web", "desk", "post", "mail", "chafafiya")


class Group(StrEnum):
    """What figures are told together."""

    FLOW = "flow"
    TIME = "time"
    BANDS = "bands"
    OUTCOMES = "outcomes"
    GROUNDS = "grounds"
    EXCEPTIONS = "exceptions"
    EXTENSIONS = "extensions"
    URGENCY = "urgency"
    COMPLAINTS = "complaints"
    PUBLICATION = "publication"
    CHANNELS = "channels"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its code, its name, and what exactly is counted.

    `of` is the code of the count that it is a share of, "" where it is none. A figure in days is
    no count: the list behind it is that of `listed`. `name` is empty for members that the law or a
    form names: grounds, exceptions, channels.
    """

    code: str
    group: Group
    name: LocalizedText
    definition: LocalizedText
    of: str = ""
    listed: str = ""

    @property
    def in_days(self) -> bool:
        """Whether it tells days rather than requests."""
        return bool(self.listed)

    @property
    def list_code(self) -> str:
        """The code of the count whose list stands behind it."""
        return self.listed or self.code


def _own(group: Group, *codes: tuple[str, str]) -> Iterator[Figure]:
    """Yield figures with words of their own: pairs of code and what it is a share of."""
    for code, of in codes:
        yield Figure(code, group, WORDS[code].name, WORDS[code].definition, of)


def _members(group: Group, family: str, codes: Iterable[str], of: str) -> Iterator[Figure]:
    return (Figure(code, group, NAMELESS, FAMILIES[family], of) for code in codes)


def _in_days(code: str) -> Figure:
    words = WORDS[code]
    return Figure(code, Group.TIME, words.name, words.definition, listed="answered")


def _band(band: Band) -> Figure:
    days = "أيام" if band.most is not None and band.most <= 10 else "يوم"
    name = LocalizedText(
        ar=f"من {band.least} إلى {band.most} {days} عمل",
        fr=f"de {band.least} à {band.most} jours ouvrables",
    )
    if band.most is None:
        most = band.least - 1
        name = LocalizedText(ar=f"أكثر من {most} يوم عمل", fr=f"plus de {most} jours ouvrables")
    return Figure(band.code, Group.BANDS, name, FAMILIES["days"], "answered")


def _complaints() -> Iterator[Figure]:
    for level, name in LEVELS.items():
        whole = f"complaint-{level}"
        yield Figure(whole, Group.COMPLAINTS, name, FAMILIES["complaint"], "received")
        for ruling, words in RULINGS.items():
            told = LocalizedText(ar=f"{name.ar}: {words.ar}", fr=f"{name.fr} : {words.fr}")
            yield Figure(f"{whole}-{ruling}", Group.COMPLAINTS, told, FAMILIES["ruling"], whole)


def _all() -> Iterator[Figure]:
    flow = [(code, "received") for code in ("answered", "waiting", "withdrawn", "transferred")]
    yield from _own(Group.FLOW, ("received", ""), *flow, ("silent", "due"))
    yield from _own(Group.TIME, ("due", "received"), ("in-time", "due"), ("late", "due"))
    yield from map(_in_days, ("median-days", "p90-days"))
    yield from map(_band, BANDS)
    yield from _own(Group.OUTCOMES, ("given", "answered"))
    for code, outcome in OUTCOME_CODES.items():
        name = OUTCOMES[outcome]
        yield Figure(code, Group.OUTCOMES, name, FAMILIES["outcome"], "answered")
    yield from _own(Group.OUTCOMES, ("reopened", "answered"))
    yield from _members(Group.GROUNDS, "ground", GROUND_CODES, "answered")
    yield from _members(Group.EXCEPTIONS, "exception", EXCEPTION_CODES, "answered")
    yield from _own(Group.EXTENSIONS, ("extended", "received"))
    yield from _members(Group.EXTENSIONS, "extended", EXTENSION_CODES, "extended")
    treated = [("urgent-accepted", "urgent"), ("urgent-refused", "urgent")]
    yield from _own(Group.URGENCY, ("urgent", "received"), *treated)
    yield from _complaints()
    yield from _own(Group.PUBLICATION, ("published", "answered"), ("to-publish", "answered"))
    yield from _own(Group.PUBLICATION, ("published-5", "to-publish"))
    channels = (f"channel-{channel}" for channel in CHANNELS)
    yield from _members(Group.CHANNELS, "channel", channels, "received")


FIGURES: Final[Mapping[str, Figure]] = {one.code: one for one in _all()}
"""Every figure by its code, in the order in which they are told."""

TWELVE: Final = (
    *("received", "answered", "in-time", "silent", "median-days", "p90-days"),
    *("given", "outcome-refused", "extended", "urgent-accepted"),
    *("complaint-head", "published-5"),
)
"""The figures that come first, and that are looked at one by one before a report is signed."""

ACT_CODES: Final = frozenset(
    {
        *EXTENSION_CODES,
        *RULING_CODES,
        *(f"complaint-{level}{end}" for level in Level for end in ("", "-open")),
    }
)
"""Codes that acts tell; the days of a request, or its decision, tell the others."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure comes to: the number, the count that it is a part of, its share in percent.

    `number` is None where nothing can be said: no answer, or too few. `of` is None for a figure
    that is no part; `percent` where the whole is under SMALL.
    """

    number: int | None
    of: int | None = None
    percent: int | None = None


def value_of(figure: Figure, counted: Tally) -> Value:
    """Return what a figure comes to in these counts."""
    if figure.in_days:
        days = median_days if figure.code == "median-days" else ninth_tenth
        return Value(days(counted.days))
    number = counted.count(figure.code)
    if not figure.of:
        return Value(number)
    whole = counted.count(figure.of)
    return Value(number, whole, percent(number, whole))


@dataclass(frozen=True, slots=True)
class Baseline:
    """What others measured before, to stand beside our own figures, with who says so."""

    name: LocalizedText
    value: str
    source: LocalizedText
    is_verified: bool = False


BASELINES: Final = (
    Baseline(
        LocalizedText(
            ar="نسبة الجماعات الترابية التي أجابت", fr="Collectivités territoriales ayant répondu"
        ),
        "27 %",
        LocalizedText(
            ar="اختبار سمسم-مشاركة مواطنة، دجنبر 2023 إلى فبراير 2025: 67 طلبا إلى جماعات ترابية، "
            "و18 جوابا",
            fr="test de SimSim-Participation citoyenne, décembre 2023 à février 2025 : 67 demandes "
            "à des collectivités territoriales, 18 réponses",
        ),
    ),
    Baseline(
        LocalizedText(
            ar="متوسط أيام العمل قبل الجواب", fr="Jours ouvrables avant la réponse, en moyenne"
        ),
        "50,5",
        LocalizedText(
            ar="الاختبار نفسه: 102 طلب إلى 60 مؤسسة، من يومين إلى 160 يوم عمل",
            fr="même test : 102 demandes à 60 institutions, de 2 à 160 jours ouvrables",
        ),
    ),
)
