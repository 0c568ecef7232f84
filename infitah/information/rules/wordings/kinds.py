"""What a wording of the law is: a text in two languages, its article, source, how certain it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from infitah.kernel.localized import LocalizedText

Source = str | LocalizedText

LAW: Final = "31-13"
PERSONAL_DATA: Final = "09-08"
FORM: Final = LocalizedText(
    ar="النموذج الرسمي للجنة الحق في الحصول على المعلومات",
    fr="formulaire officiel de la Commission du droit d’accès à l’information",
)
QUESTIONS: Final = LocalizedText(
    ar="الأسئلة الشائعة للجنة الحق في الحصول على المعلومات؛ رقم المادة ينتظر الجريدة الرسمية",
    fr=(
        "foire aux questions de la Commission du droit d’accès à l’information ; article à lire "
        "au Bulletin officiel"
    ),
)
BULLETIN: Final = LocalizedText(
    ar="في انتظار الاطلاع عليها في الجريدة الرسمية", fr="à lire au Bulletin officiel"
)
HOUSE: Final = LocalizedText(
    ar="صياغة من المنصة يؤكدها المسؤول عن المعالجة",
    fr="rédaction de la plateforme, à confirmer par le responsable du traitement",
)


class Mark(StrEnum):
    """How a wording was known when it shipped."""

    CHECKED = "checked"
    TO_VERIFY = "to_verify"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of the law, or one that the law asks for, as pages and letters quote it.

    `valid_from` is None for what ships; `confirmed_on` once a named person read it in the text.
    """

    key: str
    text: LocalizedText
    article: str = ""
    source: Source = BULLETIN
    mark: Mark = Mark.TO_VERIFY
    is_offered: bool = True
    valid_from: date | None = None
    confirmed_by: str = ""
    confirmed_on: date | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it may be shown without the mark "to be verified"."""
        return self.mark is Mark.CHECKED or self.confirmed_on is not None

    def in_language(self, language: str) -> str:
        """Return the text in a language, else in Arabic."""
        return self.text.in_language(language)


def wording(
    key: str,
    ar: str,
    fr: str,
    article: str = "",
    *,
    source: Source = BULLETIN,
    is_checked: bool = False,
) -> Wording:
    """Return a wording as it ships; `article` is one of law 31-13 unless it names its law."""
    cited = article if not article or ":" in article else f"{LAW}:{article}"
    mark = Mark.CHECKED if is_checked else Mark.TO_VERIFY
    return Wording(key, LocalizedText(ar=ar, fr=fr), cited, source, mark)


def by_key(wordings: Iterable[Wording]) -> dict[str, Wording]:
    """Return wordings by key. Raises ValueError for a key that comes twice."""
    found: dict[str, Wording] = {}
    for one in wordings:
        if one.key in found:
            raise ValueError(f"{one.key} comes twice")
        found[one.key] = one
    return found


def overlaid(shipped: Mapping[str, Wording], own: Iterable[Wording]) -> dict[str, Wording]:
    """Return the wordings of a community: what ships, replaced by its own where it has some."""
    return {**shipped, **{one.key: one for one in own}}


def unconfirmed(wordings: Iterable[Wording]) -> list[Wording]:
    """Return the wordings in use that nobody has confirmed."""
    return [one for one in wordings if one.is_offered and not one.is_certain]
