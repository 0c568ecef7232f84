"""The parts of a text and its amendments, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Amendment, Commitment, CommitmentVersion

PARTS: Final[Mapping[str, Promise]] = {
    "title": gettext_lazy("Title"),
    "problem": gettext_lazy("Public problem"),
    "description": gettext_lazy("What the commitment is"),
    "contribution": gettext_lazy("How it answers the problem"),
    "expected_result": gettext_lazy("Expected result"),
    "verifiability": gettext_lazy("How anybody can check it"),
    "partners": gettext_lazy("Supporting bodies"),
    "civil_partner": gettext_lazy("Partner of civil society"),
    "budget_source": gettext_lazy("Source of the budget"),
    "value_argument": gettext_lazy("How it serves these values"),
    "from": gettext_lazy("First day"),
    "until": gettext_lazy("Last day"),
    "budget": gettext_lazy("Budget in centimes"),
}


def part_words(key: str) -> str:
    """Return the name of a part in the language of the page; an unknown one is its key."""
    milestone, _dot, name = key.rpartition(".")
    words = str(PARTS.get(name, name))
    if not milestone:
        return words
    return _("Milestone %(number)s: %(part)s") % {"number": milestone[1:], "part": words}


def difference_of(commitment: Commitment, version: CommitmentVersion) -> LocalizedText:
    """Return which parts the carried amendments changed, in Arabic and French. One query."""
    carried = commitment.amendments.filter(
        outcome=Amendment.Outcome.CARRIED, made__number__lte=version.number
    )
    keys = list(dict.fromkeys(carried.order_by("number").values_list("field", flat=True)))
    said = LocalizedText("")
    for language in ("ar", "fr"):
        with override(language):
            listed = _(", ").join(part_words(key) for key in keys)
            words = _("Amended in session: %(parts)s") % {"parts": listed}
        said = said.with_text(language, words)
    return said
