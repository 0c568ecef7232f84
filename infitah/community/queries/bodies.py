"""Bodies, who sits in them, and whether their composition is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Body, Community, CompositionRule, Mandate
from infitah.community.models.person import category_words
from infitah.community.rules.composition import Composition, Gauge, SeatHeld, gauge


@dataclass(frozen=True, slots=True)
class RuleGauge:
    """A composition rule of a body with its gauge."""

    rule: CompositionRule
    gauge: Gauge

    @property
    def title(self) -> str:
        """What is counted: the category where the rule names one, else the kind of the rule."""
        return category_words(self.rule.category) or str(self.rule.get_kind_display())

    @property
    def words(self) -> str:
        """How many there are, of how many, and how many the rule asks for, as a sentence."""
        sentences = {
            Composition.SIZE: _("%(found)s members; the rule asks for %(wanted)s"),
            Composition.PARITY: _(
                "of %(total)s members, %(found)s at least are women and %(found)s at least are men;"
                " parity asks for %(wanted)s of each"
            ),
            Composition.CO_CHAIRS: _(
                "the co-coordinators come from %(found)s sides; the rule asks for %(wanted)s"
            ),
        }
        usual = _("%(found)s of %(total)s members; the rule asks for %(wanted)s at least")
        counts = {
            "found": self.gauge.found,
            "wanted": self.gauge.wanted,
            "total": self.gauge.total,
        }
        return sentences.get(Composition(self.rule.kind), usual) % counts


def bodies(community: Community) -> QuerySet[Body]:
    """Return every body, closed ones too: their page stays."""
    return Body.objects.of(community).select_related("parent")


def council(community: Community) -> Body | None:
    """Return the council of the community that is not closed, or None. One query."""
    open_ones = Body.objects.of(community).filter(kind=Body.Kind.COUNCIL, closed_on=None)
    return open_ones.first()


def seats(body: Body, today: date) -> QuerySet[Mandate]:
    """Return the mandates in force in `body` with their persons, by seat."""
    return Mandate.objects.in_force(today).filter(body=body).select_related("person", "term")


def body_gauges(body: Body, today: date) -> list[RuleGauge]:
    """Return each composition rule of `body` with its gauge today. Two queries."""
    held: Sequence[SeatHeld] = [
        SeatHeld(mandate.person.sex, mandate.category, mandate.role)
        for mandate in seats(body, today).filter(substitute_of=None)
    ]
    return [
        RuleGauge(
            rule,
            gauge(
                Composition(rule.kind),
                amount=rule.amount,
                category=rule.category,
                seats=held,
                has_reason=bool(rule.reason),
            ),
        )
        for rule in body.composition_rules.all()
    ]
