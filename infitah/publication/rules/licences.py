"""Under which terms a published answer is used again: law 31-13, art. 6 (wording to verify).

Licences are named as data catalogues name them; the terms of the law hold beside each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from infitah.kernel.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence with its name in catalogues, its title and where it can be read."""

    code: str
    title: str
    url: str


LICENCES: Final[Mapping[str, Licence]] = {
    one.code: one
    for one in (
        Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    )
}
DEFAULT_LICENCE: Final = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class ReuseTerms:
    """What article 6 asks of who uses published information again; `mark` says if it was read."""

    law: str
    article: str
    source: str
    mark: str
    terms: tuple[LocalizedText, ...]


ARTICLE_6: Final = ReuseTerms(
    law="31-13",
    article="6",
    source="Dahir 1-18-15 (22/02/2018)",
    mark="to_verify",
    terms=(
        LocalizedText(
            ar="أن يكون الغرض من إعادة الاستعمال مشروعا",
            fr="réutiliser dans un but légitime",
        ),
        LocalizedText(
            ar="ألا يحرف مضمون المعلومات",
            fr="ne pas altérer le contenu",
        ),
        LocalizedText(
            ar="أن يشار إلى المصدر وإلى تاريخ إصدار المعلومات",
            fr="mentionner la source et la date d’émission",
        ),
        LocalizedText(
            ar="ألا يضر ذلك بالمصلحة العامة ولا بحقوق الغير",
            fr="ne nuire ni à l’intérêt général ni aux droits d’autrui",
        ),
    ),
)
