"""A commitment in words, part by part: for the second round, and to compare two versions.

What a frozen text holds as data (dates, weights, amounts) is told in a sentence, in Arabic and in
French at once, so that readers vote on words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.design.text import grouped
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.money import Money
from infitah.ledger.rules.canonical import JSON
from infitah.participation.rules.texts import ParagraphWords
from infitah.programme.queries.commitments import VALUES
from infitah.programme.rules.paragraphs import Part, Slot, slots

WRITTEN = ("ar", "fr")
HEADINGS = {
    Part.PROBLEM: gettext_lazy("Public problem"),
    Part.DESCRIPTION: gettext_lazy("What the commitment is"),
    Part.CONTRIBUTION: gettext_lazy("How it answers the problem"),
    Part.RESULT: gettext_lazy("Expected result"),
    Part.VERIFIABILITY: gettext_lazy("How anybody can check it"),
    Part.MILESTONE: gettext_lazy("Milestone"),
    Part.INDICATORS: gettext_lazy("Indicators"),
    Part.WHO: gettext_lazy("Who answers for it"),
    Part.BUDGET: gettext_lazy("Budget"),
    Part.VALUES: gettext_lazy("Values of open government"),
}

Content = Mapping[str, JSON]


def paragraphs_of(content: Content) -> list[ParagraphWords]:
    """Return a frozen text as the paragraphs that are put to the public. No query."""
    return [ParagraphWords(one.key, _in_both(_heading, one), _body(one)) for one in slots(content)]


def title_of(content: Content) -> LocalizedText:
    """Return the title of a frozen text."""
    return LocalizedText.from_json(content["title"])


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part of a frozen text in the language of the page."""

    key: str
    heading: str
    words: str
    language: str


def words_of(content: Content, language: str) -> list[PartWords]:
    """Return a frozen text part by part for a reader of `language`, its title first. No query."""
    with override(language if language in WRITTEN else "fr"):
        first = PartWords("title", _("Title"), *_shown(title_of(content), language))
        span = PartWords("span", _("Period"), _span(content, language), language)
        rest = [
            PartWords(one.key, _heading(one, language), *_shown(_body(one), language))
            for one in slots(content)
        ]
    return [first, span, *rest]


def _shown(text: LocalizedText, language: str) -> tuple[str, str]:
    return text.in_language(language), text.language_shown(language)


def _in_both(words: Callable[[Slot, str], str], slot: Slot) -> LocalizedText:
    made = {}
    for language in WRITTEN:
        with override(language):
            made[language] = words(slot, language)
    return LocalizedText(**made)


def _heading(slot: Slot, language: str) -> str:
    if slot.part is Part.MILESTONE:
        return f"{HEADINGS[slot.part]} {slot.key.removeprefix('M')}"
    return str(HEADINGS[slot.part])


def _body(slot: Slot) -> LocalizedText:
    if "text" in slot.content:
        return LocalizedText.from_json(slot.content["text"])
    return _in_both(_SENTENCES[slot.part], slot)


def _text(content: Content, name: str, language: str) -> str:
    """Return a localized part for a reader of `language`; empty where there is none."""
    value = content.get(name)
    return LocalizedText.from_json(value).in_language(language) if value else ""


def _day(value: JSON, language: str) -> str:
    return format_date(date.fromisoformat(str(value)), language)


def _span(content: Content, language: str) -> str:
    told = language if language in WRITTEN else "fr"
    return _("From %(first)s to %(last)s") % {
        "first": _day(content["from"], told),
        "last": _day(content["until"], told),
    }


def _milestone(slot: Slot, language: str) -> str:
    one = slot.content
    lines = [
        _text(one, "title", language),
        f"{_span(one, language)}.",
        _("Weight: %(weight)s of 100.") % {"weight": one["weight"]},
    ]
    if one.get("after"):
        lines.append(_("After %(reference)s.") % {"reference": one["after"]})
    return "\n".join(lines)


def _indicators(slot: Slot, language: str) -> str:
    listed = slot.content["indicators"]
    rows = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
    return "\n".join(_indicator(one, language) for one in rows if isinstance(one, Mapping))


def _indicator(one: Content, language: str) -> str:
    values = {
        "name": _text(one, "name", language),
        "unit": _text(one, "unit", language),
        "target": grouped(Decimal(str(one["target"]))),
        "until": _day(one["target_on"], language),
    }
    if one.get("baseline") is None:
        return _("%(name)s (%(unit)s): not measured yet; target %(target)s on %(until)s.") % values
    values |= {
        "baseline": grouped(Decimal(str(one["baseline"]))),
        "on": _day(one["baseline_on"], language),
    }
    return (
        _("%(name)s (%(unit)s): %(baseline)s on %(on)s; target %(target)s on %(until)s.") % values
    )


def _who(slot: Slot, language: str) -> str:
    told = (
        ("lead_unit", _("Unit in charge: %(name)s.")),
        ("responsible", _("Person in charge: %(name)s.")),
        ("partners", _("Supporting bodies: %(name)s.")),
        ("civil_partner", _("Partner of civil society and contact: %(name)s.")),
    )
    found = [(words, _text(slot.content, name, language)) for name, words in told]
    return "\n".join(words % {"name": name.rstrip(".")} for words, name in found if name)


def _budget(slot: Slot, language: str) -> str:
    amount, source = slot.content.get("budget"), _text(slot.content, "budget_source", language)
    lines = []
    if slot.content.get("is_without_cost"):
        lines.append(_("No cost."))
    if isinstance(amount, int):
        lines.append(_("Budget: %(amount)s.") % {"amount": Money(amount).format(language)})
    if source:
        lines.append(_("Source: %(source)s.") % {"source": source.rstrip(".")})
    return "\n".join(lines)


def _values(slot: Slot, language: str) -> str:
    chosen, goals = slot.content.get("values"), slot.content.get("sdg")
    lines = []
    if isinstance(chosen, Sequence) and chosen:
        names = [str(VALUES[str(one)]) for one in chosen if str(one) in VALUES]
        lines.append(" · ".join(names))
    argument = _text(slot.content, "value_argument", language)
    if argument:
        lines.append(argument)
    if isinstance(goals, Sequence) and goals:
        numbers = " · ".join(str(one) for one in goals)
        lines.append(_("Sustainable development goals: %(numbers)s.") % {"numbers": numbers})
    return "\n".join(lines)


_SENTENCES: Mapping[Part, Callable[[Slot, str], str]] = {
    Part.MILESTONE: _milestone,
    Part.INDICATORS: _indicators,
    Part.WHO: _who,
    Part.BUDGET: _budget,
    Part.VALUES: _values,
}
