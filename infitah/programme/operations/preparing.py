"""Acts on a cycle in preparation: change what it says, give it a consultation for a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.community import operations as communities
from infitah.community.models import Axis, Body, Community, CompositionRule, Principle
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.participation import operations as participation
from infitah.programme.models import Cycle, CycleAxis, CyclePrinciple, Round
from infitah.programme.operations.cycle import (
    CycleRefused,
    add_round,
    check_cycle,
    check_free_days,
    refuse_taken_round,
    tell_cycle,
)

ROUND_NAMES = {
    1: gettext_lazy("First consultation of the citizens: ideas"),
    2: gettext_lazy("Second consultation of the citizens: draft commitments"),
}
QUESTION = gettext_lazy("What do you propose to meet this challenge?")
QUESTION_OF_DRAFTS = gettext_lazy("What do you think of the drafts of this axis?")
NATIONAL_RULES = (("parity", "", 0), ("category_share", "civil_society", 50))
"""Kind, category and amount of what the method asks of a follow-up committee (programme.md 5)."""
NATIONAL_PRINCIPLES = {
    "transparency": LocalizedText(ar="الشفافية", fr="Transparence"),
    "accountability": LocalizedText(ar="المساءلة وتقديم الحساب", fr="Redevabilité"),
    "access-to-information": LocalizedText(
        ar="الحق في الحصول على المعلومات", fr="Accès à l’information"
    ),
    "participation": LocalizedText(ar="المشاركة المواطنة", fr="Participation citoyenne"),
    "digitisation": LocalizedText(ar="الرقمنة", fr="Numérisation"),
}
"""Four principles of the national texts, the first told as two (programme.md 1.1)."""


class CycleChanged(CycleRefused):
    """Somebody changed the cycle after the page was opened: what stands now is to be looked at."""


@dataclass(frozen=True, slots=True)
class CycleText:
    """What an officer states of a cycle; both days are included, challenges by axis."""

    title: LocalizedText
    intention: LocalizedText
    span: tuple[date, date]
    principles: Sequence[Principle]
    challenges: Mapping[Axis, LocalizedText]
    committee: Body | None = None


@transaction.atomic
def edit_cycle(*, cycle: Cycle, said: CycleText, revision: int, by: Actor, now: datetime) -> Cycle:
    """Make a cycle in preparation say this; every change of it is in the register.

    `revision` is the number of changes that the officer saw. Raises CycleChanged if somebody was
    quicker; CycleRefused once the programme is adopted, for what no cycle can be, or for an axis
    taken away that has commitments. The same text again changes nothing.
    """
    held = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    if held.state != Cycle.State.PREPARING:
        raise CycleRefused(_("This programme is adopted: what it says does not change any more."))
    if held.revision != revision:
        raise CycleChanged(
            _("Somebody changed this cycle meanwhile. Look at what stands now, then send again."),
            code="changed",
        )
    check_cycle(said.span, said.principles, said.challenges)
    check_free_days(held.community, said.span, but=held)
    _check_axes(held, said)
    before = _told(held)
    _write(held, said)
    after = _told(held)
    changed = sorted(name for name, value in after.items() if before[name] != value)
    if not changed:
        return held
    held.revision, held.changed_at = held.revision + 1, now
    held.save()
    public: dict[str, JSON] = {name: after[name] for name in changed}
    tell_cycle(held, "cycle_edited", public, on=local_day(now), by=by, now=now)
    return held


def _check_axes(held: Cycle, said: CycleText) -> None:
    kept = {axis.pk for axis in said.challenges}
    used = held.commitments.exclude(axis_id__in=kept).select_related("axis").first()
    if used is not None:
        raise CycleRefused(
            _("The axis %(axis)s has commitments: it stays.") % {"axis": used.axis.name},
            field="axes",
        )


def _told(held: Cycle) -> dict[str, JSON]:
    """Return what a cycle says, as the register tells it."""
    axes = held.axes.select_related("axis").order_by("axis__slug")
    principles = held.principles.order_by("principle__slug")
    committee = held.committee
    return {
        "title": held.title.as_json(),
        "intention": held.intention.as_json(),
        "from": held.starts_on.isoformat(),
        "until": held.ends_on.isoformat(),
        "principles": list(principles.values_list("principle__slug", flat=True)),
        "axes": {one.axis.slug: one.challenge.as_json() for one in axes},
        "committee": committee.slug if committee else "",
    }


def _write(held: Cycle, said: CycleText) -> None:
    held.title, held.intention = said.title, said.intention
    held.starts_on, held.ends_on = said.span
    held.committee = said.committee
    held.principles.exclude(principle__in=[one.pk for one in said.principles]).delete()
    for principle in said.principles:
        CyclePrinciple.objects.get_or_create(
            community=held.community, cycle=held, principle=principle
        )
    held.axes.exclude(axis__in=[axis.pk for axis in said.challenges]).delete()
    for axis, challenge in said.challenges.items():
        CycleAxis.objects.update_or_create(
            community=held.community, cycle=held, axis=axis, defaults={"challenge": challenge}
        )


@transaction.atomic
def prepare_round(
    *,
    cycle: Cycle,
    number: int,
    slug: str,
    days: tuple[date, date],
    by: Actor,
    now: datetime,
) -> Round:
    """Prepare the consultation of round `number`, filled from the cycle; nobody sees it yet.

    Its axes are those of the cycle, each with its challenge as context; the officer completes it
    and announces it in participation. The first round takes ideas, the second drafts. Raises
    CycleRefused where the cycle has that round, and ConsultationRefused for its days and name.
    """
    if number not in ROUND_NAMES:
        raise CycleRefused(_("A cycle has two rounds of consultation."), field="number")
    refuse_taken_round(cycle, number)
    question = _in_both(QUESTION if number == 1 else QUESTION_OF_DRAFTS)
    text = participation.ConsultationText(
        slug=slug,
        name=_in_both(ROUND_NAMES[number]),
        introduction=cycle.intention,
        first_day=days[0],
        last_day=days[1],
        round_number=number,
        topics=[
            participation.TopicText(axis=one.axis, question=question, context=one.challenge)
            for one in cycle.axes.select_related("axis")
        ],
        counts_after_closing=False,
        takes_ideas=number == 1,
    )
    made = participation.create_consultation(community=cycle.community, text=text, by=by, now=now)
    return add_round(
        cycle=cycle, number=number, consultation=made, on=local_day(now), by=by, now=now
    )


def _in_both(words: object) -> LocalizedText:
    texts = {}
    for language in ("ar", "fr"):
        with override(language):
            texts[language] = str(words)
    return LocalizedText(**texts)


@transaction.atomic
def name_committee(*, cycle: Cycle, committee: Body, by: Actor, now: datetime) -> Cycle:
    """Name the follow-up committee of a cycle, also of one that runs; the register tells it.

    The same one again changes nothing. Raises CycleRefused for a body of another community or
    of another kind, a closed one, or once the cycle is assessed.
    """
    held = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    if held.state == Cycle.State.ASSESSED:
        raise CycleRefused(_("This cycle is assessed: its committee stays."), field="committee")
    is_theirs = committee.community_id == held.community_id and committee.closed_on is None
    if not is_theirs or committee.kind != Body.Kind.FOLLOW_UP_COMMITTEE:
        raise CycleRefused(
            _("Only a follow-up committee of this community can follow a cycle."),
            field="committee",
        )
    if held.committee_id == committee.pk:
        return held
    held.committee, held.revision, held.changed_at = committee, held.revision + 1, now
    held.save(update_fields=["committee", "revision", "changed_at"])
    public: dict[str, JSON] = {"committee": committee.slug}
    tell_cycle(held, "committee_named", public, on=local_day(now), by=by, now=now)
    return held


@transaction.atomic
def set_composition(
    *,
    cycle: Cycle,
    rule: CompositionRule,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> CompositionRule:
    """Publish why the committee does not meet a rule of its composition; empty takes it back.

    Raises CycleRefused for a rule of another body than the committee of the cycle.
    """
    if cycle.committee is None or rule.body_id != cycle.committee_id:
        raise CycleRefused(_("This rule is not one of the follow-up committee of this cycle."))
    made = communities.set_composition_rule(
        body=cycle.committee,
        kind=rule.kind,
        amount=rule.amount,
        category=rule.category,
        article=rule.article,
        reason=reason,
        by=by,
        now=now,
    )
    public: dict[str, JSON] = {
        "rule": rule.kind,
        "category": rule.category,
        "reason": reason.as_json(),
    }
    tell_cycle(cycle, "composition_reason_set", public, on=local_day(now), by=by, now=now)
    return made


def lacks_national_rules(cycle: Cycle) -> bool:
    """Return whether the committee is not held yet to a rule of the national method. One query."""
    if cycle.committee is None:
        return False
    standing = set(cycle.committee.composition_rules.values_list("kind", "category"))
    return any((kind, category) not in standing for kind, category, _amount in NATIONAL_RULES)


@transaction.atomic
def set_national_composition(*, cycle: Cycle, by: Actor, now: datetime) -> list[CompositionRule]:
    """Give the committee the rules of the national method: parity, and half from civil society.

    Rules that it has already stay as they are. Raises CycleRefused without a committee.
    """
    body = cycle.committee
    if body is None:
        raise CycleRefused(_("Name the follow-up committee first."), field="committee")
    standing = set(body.composition_rules.values_list("kind", "category"))
    made = [
        communities.set_composition_rule(
            body=body, kind=kind, category=category, amount=amount, by=by, now=now
        )
        for kind, category, amount in NATIONAL_RULES
        if (kind, category) not in standing
    ]
    bump(cycle.community.key, "programme")
    return made


@transaction.atomic
def add_national_principles(*, community: Community, by: Actor, now: datetime) -> list[Principle]:
    """Give a community the principles that the national texts name; return those it lacked."""
    standing = set(Principle.objects.of(community).values_list("slug", flat=True))
    return [
        communities.add_principle(community=community, slug=slug, name=name, by=by, now=now)
        for slug, name in NATIONAL_PRINCIPLES.items()
        if slug not in standing
    ]
