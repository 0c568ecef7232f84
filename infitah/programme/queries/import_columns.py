"""The columns of an import told to the person who fills them: meaning, what is read, an example."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.programme.models import Commitment, Cycle, Milestone
from infitah.programme.queries.importing import accepted_words
from infitah.programme.rules.importing import COLUMNS, NEEDED, TEXTS

OF_COMMITMENT: Final = (*TEXTS, "axis", "principles", "values", "sdg", "lead_unit", "budget")
MEANINGS: Final[Mapping[str, Any]] = {
    "key": gettext_lazy("Number of the commitment in your table: the same in all its rows"),
    "budget": gettext_lazy("Budget in dirhams"),
    "is_without_cost": gettext_lazy("Whether it needs no money"),
    "starts_on": gettext_lazy("First day of the commitment; empty, that of the cycle"),
    "ends_on": gettext_lazy("Last day of the commitment; empty, that of the cycle"),
    "milestone_title": gettext_lazy("Title of the milestone"),
    "milestone_unit": gettext_lazy("Service in charge of the milestone"),
    "weight": gettext_lazy("Weight of the milestone; those of a commitment make 100"),
    "after": gettext_lazy("Comes after milestone number"),
    "announced_start": gettext_lazy("First day of the milestone, as adopted"),
    "announced_end": gettext_lazy("Last day of the milestone, as adopted"),
    "planned_start": gettext_lazy("First day of the milestone now, where it moved"),
    "planned_end": gettext_lazy("Last day of the milestone now, where it moved"),
    "milestone_state": gettext_lazy("Where the milestone stands; empty: planned"),
    "done_on": gettext_lazy("Day on which it was done"),
    "reason": gettext_lazy("Why it is blocked or sent back"),
}
DAYS: Final = frozenset(name for name in COLUMNS if name.endswith(("_on", "_start", "_end")))
EXAMPLES: Final = {
    "key": "1",
    "title_ar": "نشر محاضر الدورات",
    "title_fr": "Publier les procès-verbaux",
    "problem_ar": "لا يجد المواطنون محاضر الدورات في أي مكان.",
    "verifiability_ar": "يفتح أي شخص صفحة المحاضر ويعد الدورات.",
    "milestone_title_ar": "إعداد المسطرة",
    "milestone_title_fr": "Établir la procédure",
    "sdg": "16",
    "budget": "1250000,50",
    "weight": "40",
    "after": "1",
    "starts_on": "2026-01-01",
    "ends_on": "31/12/2027",
    "announced_start": "2026-01-01",
    "announced_end": "30/06/2026",
    "planned_end": "2026-09-30",
    "done_on": "2026-06-20",
    "reason_ar": "تأخر الصفقة",
    "reason_fr": "Retard du marché",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: what it holds, what may stand in its cells, an example."""

    name: str
    meaning: str
    accepted: str
    example: str
    is_needed: bool


def columns_told(cycle: Cycle) -> list[Column]:
    """Return all columns of an import in the page's language, in their order. Three queries."""
    known = accepted_words(cycle)
    return [_column(name, known.get(name)) for name in COLUMNS]


def _column(name: str, words: tuple[str, ...] | None) -> Column:
    example = EXAMPLES.get(name) or (words[0] if words else "")
    accepted = _accepted(name) if words is None else _(", ").join(words) or _("none yet")
    return Column(name, _meaning(name), accepted, example, name in NEEDED or name == "key")


def _meaning(name: str) -> str:
    base, language = name.rpartition("_")[::2]
    if language not in ("ar", "fr"):
        return _of(name)
    ending = _("in Arabic") if language == "ar" else _("in French")
    return _("%(text)s, %(language)s") % {"text": _of(base), "language": ending}


def _of(name: str) -> str:
    if name in MEANINGS:
        return str(MEANINGS[name])
    model = Commitment if name in OF_COMMITMENT else Milestone
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _accepted(name: str) -> str:
    if name in DAYS:
        return _("a day: 2026-01-31 or 31/01/2026")
    if name == "budget":
        return _("an amount, with a comma or a point before the centimes")
    if name == "sdg":
        return _("numbers from 1 to 17, parted by a vertical line")
    if name == "weight":
        return _("a whole number from 1 to 100")
    if name == "after":
        return _("the number of an earlier milestone of the same commitment")
    return _("free text of 40 signs at most") if name == "key" else _("free text")
