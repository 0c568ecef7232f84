"""The sentences of an annual report that are counted from its frozen content: headline, grades."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from infitah.programme.models import Assessment, Milestone
from infitah.programme.queries.sentences import told_late_sentence, was_late_sentence
from infitah.programme.rules.reporting import Reached, reached

Object = Mapping[str, Any]
BETWEEN: Final = " ·\u00a0"
"""Between the parts of a line, never alone at its end."""
KNOTS: Final[tuple[tuple[str, str, Promise], ...]] = (
    ("confirmed", "done", pgettext_lazy("milestones", "Done and confirmed")),
    ("claimed", "claimed", pgettext_lazy("milestones", "Said to be done, to be confirmed")),
    ("under_way", "under_way", pgettext_lazy("milestones", "Under way")),
    ("late", "late", pgettext_lazy("milestones", "Late")),
    ("to_come", "to_come", pgettext_lazy("milestones", "To come")),
)
REACHED: Final[Mapping[Reached, Promise]] = {
    Reached.YES: gettext_lazy("the aim is reached"),
    Reached.NO: gettext_lazy("the aim is not reached"),
    Reached.NOT_YET: gettext_lazy("the aim is not reached yet; its day is still to come"),
    Reached.NOT_MEASURED: gettext_lazy("not measured: nobody can say whether the aim is reached"),
}


def headline(content: Object) -> str:
    """Return the sentences with which a report begins: each milestone is in one of its counts."""
    counts, late = content["summary"], done_late(content)
    told = ngettext(
        "Of one milestone promised, %(done)s is done and confirmed and %(late)s is late.",
        "Of %(n)s milestones promised, %(done)s are done and confirmed and %(late)s are late.",
        counts["total"],
    ) % {"n": counts["total"], "done": counts["confirmed"], "late": counts["late"]}
    sentences = [told]
    if late:
        words = ngettext(
            "Of those done, one was done after the day announced.",
            "Of those done, %(n)s were done after the day announced.",
            late,
        )
        sentences.append(words % {"n": late})
    others = [
        f"{_in_sentence(words)} ({counts[name]})"
        for name, _star, words in KNOTS
        if name not in {"confirmed", "late"} and counts[name]
    ]
    if others:
        sentences.append(_("The others: %(listed)s.") % {"listed": _(", ").join(others)})
    return " ".join(sentences)


def _in_sentence(words: Promise) -> str:
    """Return the words of a count as they stand within a sentence."""
    text = str(words)
    return text[:1].lower() + text[1:]


def done_late(content: Object) -> int:
    """Return how many confirmed milestones were done after the day announced first."""
    steps = [step for one in content["commitments"] for step in one["milestones"]]
    return sum(step["knot"] == "done" and int(step["late_days"]) > 0 for step in steps)


def milestone_words(row: Object) -> str:
    """Return the state of a milestone on the day of the report, with its days of lateness."""
    words, late = str(dict(Milestone.State.choices)[row["state"]]), int(row["late_days"])
    if not late:
        return words
    if row["knot"] == "done":
        return f"{words}{BETWEEN}{was_late_sentence(late)}"
    if row["knot"] == "claimed":
        return f"{words}{BETWEEN}{told_late_sentence(late)}"
    days = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    return f"{words}{BETWEEN}{days}" if row["knot"] == "late" else words


def aim_words(
    last: Decimal | None, baseline: Decimal | None, target: tuple[Decimal, date | None], day: date
) -> str:
    """Return whether the aim of an indicator was reached on the day of the report."""
    return str(REACHED[reached(last, baseline, target, day)])


def grades() -> str:
    """Return the scale of the findings, from its lowest grade to its highest."""
    return _(", ").join(str(label) for label in _levels())


def _levels() -> Iterable[object]:
    return (label for _value, label in Assessment.Level.choices)
