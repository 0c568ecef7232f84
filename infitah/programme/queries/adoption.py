"""A programme before the council and after it: the text of each commitment, its hash, what changed.

The committee's text, the amendments of the session and the adopted text stand side by side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Body, Mandate, Person
from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation
from infitah.design.direction import in_page_language
from infitah.proceedings.models import (
    AgendaItem,
    Attendance,
    Session,
    Sitting,
    Vote,
    VoteEvent,
)
from infitah.proceedings.queries import DeskAct, votes_of
from infitah.programme.models import (
    Adoption,
    Amendment,
    Commitment,
    CommitmentVersion,
    Cycle,
)
from infitah.programme.queries.amendments import (
    AmendmentView,
    ChangeView,
    amendment_views,
    change_view,
)
from infitah.programme.queries.contents import content_of
from infitah.programme.rules import adoption as rules
from infitah.programme.rules import amending, progress, states, texts

_Kind = CommitmentVersion.Kind
IN_FORCE = (_Kind.VALIDATED, _Kind.AMENDED, _Kind.IMPORTED, _Kind.RETURNED)
BROUGHT = (_Kind.VALIDATED, _Kind.RETURNED)
"""The texts that come before the council, not yet amended by it."""
ADOPT = _("Amendments and adoption: %(title)s")
VALIDATE = _("Validate commitments: %(title)s")
FOLLOW = _("Adopted programme, withdrawals: %(title)s")


@dataclass(frozen=True, slots=True)
class BeforeCouncil:
    """A commitment of a cycle with the text that would be adopted, and what the rules know."""

    commitment: Commitment
    version: CommitmentVersion | None
    committee: CommitmentVersion | None
    facts: rules.Candidate

    @property
    def is_amended(self) -> bool:
        """Whether the session changed the text, and the changed one stands to be adopted."""
        is_other = self.version is not None and self.version.kind == _Kind.AMENDED
        return is_other and not self.facts.is_rejected

    @property
    def was_rejected_in_session(self) -> bool:
        """Whether the council itself did not keep it: the committee had validated it."""
        return self.facts.is_rejected and self.committee is not None


def before_council(cycle: Cycle, *, is_locked: bool = False) -> list[BeforeCouncil]:
    """Return the commitments of a cycle as they stand before the council, in their order.

    Seven queries, whatever the cycle holds.
    """
    held = cycle.commitments.select_for_update(of=("self",)) if is_locked else cycle.commitments
    found = held.filter(state__in=[state.value for state in states.BEFORE_COUNCIL])
    rows = found.select_related("axis", "lead_unit", "responsible", "cycle").order_by("position")
    return [
        _before(one)
        for one in rows.prefetch_related(
            "principles", "milestones", "indicators", "versions", "amendments"
        )
    ]


def _before(one: Commitment) -> BeforeCouncil:
    versions = sorted(one.versions.all(), key=lambda version: version.number)
    in_force = [version for version in versions if version.kind in IN_FORCE]
    brought = [one for one in in_force if one.kind in BROUGHT]
    version = in_force[-1] if in_force else None
    validated = brought[-1] if brought else None
    return BeforeCouncil(
        commitment=one,
        version=version,
        committee=validated,
        facts=rules.Candidate(
            reference=one.reference,
            state=states.CommitmentState(one.state),
            are_weights_whole=progress.are_weights_whole(
                milestone.weight for milestone in one.milestones.all()
            ),
            open_amendments=sum(
                amendment.outcome == Amendment.Outcome.MOVED for amendment in one.amendments.all()
            ),
            present_sha256=texts.content_digest(content_of(one)),
            committee_sha256=validated.sha256 if validated else "",
            sha256=version.sha256 if version else "",
        ),
    )


@dataclass(frozen=True, slots=True)
class AdoptionDesk:
    """A programme before the council as the desk shows it."""

    cycle: Cycle
    rows: tuple[BeforeCouncil, ...]
    digest: str
    faults: tuple[tuple[rules.AdoptionFault, str], ...]

    @property
    def is_open(self) -> bool:
        """Whether the council has still to decide."""
        return self.cycle.state == Cycle.State.PREPARING


def adoption_desk(cycle: Cycle) -> AdoptionDesk:
    """Return the programme as it would be adopted today, its hash, and what stands against it.

    Seven queries.
    """
    rows = tuple(before_council(cycle))
    facts = [one.facts for one in rows]
    return AdoptionDesk(cycle, rows, rules.digest_of(facts), tuple(rules.adoption_faults(facts)))


def council_votes(cycle: Cycle) -> QuerySet[VoteEvent]:
    """Return the votes of the council of a cycle's community, newest first."""
    taken = VoteEvent.objects.filter(
        item__sitting__session__body__kind=Body.Kind.COUNCIL, community=cycle.community_id
    )
    return taken.select_related("item__sitting__session").order_by("-taken_on", "-pk")


def adopting_votes(cycle: Cycle) -> QuerySet[VoteEvent]:
    """Return the votes that the council carried and that decided nothing else yet."""
    carried = council_votes(cycle).filter(result=VoteEvent.Result.CARRIED)
    return carried.filter(amendments=None, deliberations=None)


def committee_votes(cycle: Cycle) -> QuerySet[VoteEvent]:
    """Return the votes of a cycle's committee, newest first; none without a committee."""
    return votes_of(cycle.committee) if cycle.committee else VoteEvent.objects.none()


def validating_votes(cycle: Cycle) -> QuerySet[VoteEvent]:
    """Return the votes that the committee carried since the cycle was opened, newest first.

    One vote may validate several drafts, but not those of two cycles.
    """
    other = CommitmentVersion.objects.exclude(commitment__cycle=cycle).filter(vote__isnull=False)
    carried = committee_votes(cycle).filter(
        result=VoteEvent.Result.CARRIED, taken_on__gte=cycle.opened_on
    )
    return carried.exclude(pk__in=other.values("vote"))


def rejecting_votes(commitment: Commitment) -> QuerySet[VoteEvent]:
    """Return the lost votes by which a commitment may be rejected as it stands."""
    body = rules.body_of_rejection(states.CommitmentState(commitment.state))
    cycle = commitment.cycle
    votes = committee_votes(cycle) if body == "committee" else council_votes(cycle)
    return votes.filter(result=VoteEvent.Result.LOST)


def text_in_force(held: Commitment) -> CommitmentVersion | None:
    """Return the text before the council: the committee's, or what amendments made. One query."""
    return held.versions.filter(kind__in=IN_FORCE).order_by("-number").first()


def amendments_of(commitment: Commitment) -> QuerySet[Amendment]:
    """Return the amendments of a commitment in their order, with the session of each."""
    found = Amendment.objects.filter(commitment=commitment).order_by("number")
    return found.select_related("commitment", "vote", "item__sitting__session")


def council_items(cycle: Cycle) -> QuerySet[AgendaItem]:
    """Return the agenda items of held sittings of the council that are not closed, newest first."""
    found = AgendaItem.objects.filter(
        community=cycle.community_id,
        sitting__state=Sitting.State.HELD,
        sitting__session__body__kind=Body.Kind.COUNCIL,
        sitting__session__state=Session.State.OPEN,
    )
    return found.select_related("sitting__session").order_by("-sitting__held_on", "position")


def movers_at(items: QuerySet[AgendaItem]) -> QuerySet[Mandate]:
    """Return the members present at the sittings of these items, by seat, each once."""
    present = Attendance.objects.filter(
        sitting__in=items.order_by().values("sitting"), presence=Attendance.Presence.PRESENT
    )
    found = Mandate.objects.filter(pk__in=present.values("mandate"))
    return found.select_related("person").order_by("seat", "pk")


def deciding_votes(amendment: Amendment) -> QuerySet[VoteEvent]:
    """Return the votes taken on the item of an amendment that decided nothing else yet."""
    free = VoteEvent.objects.filter(item=amendment.item_id, amendments=None, deliberations=None)
    return free.select_related("item__sitting__session").order_by("-pk")


def free_deliberations(viewer: Viewer) -> QuerySet[Deliberation]:
    """Return the deliberations that adopted no programme yet, newest first."""
    found = Deliberation.objects.visible_to(viewer).filter(cycles=None, adoptions=None)
    return found.newest_first()


def session_acts(session: Session, viewer: Viewer) -> list[DeskAct]:
    """Return what the programme does with a session at the desk. One query.

    With one that is closed: what it had to do with, a programme that it decided on, or one that
    it may have taken a commitment back from.
    """
    found = Cycle.objects.visible_to(viewer).exclude(state=Cycle.State.ASSESSED)
    if not session.is_of_council:
        found = found.filter(committee=session.body_id, state=Cycle.State.PREPARING)
    if session.closed_on is not None:
        found = found.filter(_is_of_closed(session)).distinct()
    return [_act(one, is_council=session.is_of_council) for one in found]


def _is_of_closed(session: Session) -> Q:
    if not session.is_of_council:
        return Q(opened_on__lte=session.closed_on)
    here = AgendaItem.objects.filter(sitting__session=session)
    decided = Q(adoption_items__item__in=here) | Q(adoption_items__item__repeated__in=here)
    return (
        decided
        | Q(commitments__amendments__item__in=here)
        | Q(deliberation__adopted_on__lte=session.closed_on)
    )


def _act(cycle: Cycle, *, is_council: bool) -> DeskAct:
    if cycle.state != Cycle.State.PREPARING:
        words, name = FOLLOW, "adopted"
    else:
        words, name = (ADOPT, "adoption") if is_council else (VALIDATE, "validation")
    label = str(words) % {"title": in_page_language(cycle.title)}
    return DeskAct(label, reverse(f"programme_desk:{name}", args=[cycle.slug]))


def withdrawable(cycle: Cycle) -> list[Commitment]:
    """Return the commitments of a cycle that the council may still take back. One query."""
    gone = states.CommitmentState.WITHDRAWN
    return [
        one
        for one in cycle.commitments.order_by("position")
        if states.commitment_may_become(states.CommitmentState(one.state), gone)
    ]


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    """What became of a commitment before the committee and the council, side by side."""

    commitment: Commitment
    committee: CommitmentVersion | None
    adopted: CommitmentVersion | None
    adoption: Adoption | None
    amendments: tuple[AmendmentView, ...]
    changes: tuple[ChangeView, ...]

    @property
    def deliberation(self) -> Deliberation | None:
        """The deliberation that adopted it, if there is one."""
        return self.adoption.deliberation if self.adoption else None


def adoption_page(viewer: Viewer, cycle_slug: str, reference: str) -> AdoptionPage | None:
    """Return how a commitment was validated, amended, adopted or rejected, or None. 9 queries."""
    named = Prefetch("named", Vote.objects.select_related("mandate__person"))
    votes = VoteEvent.objects.prefetch_related(named).select_related("item__sitting__session")
    found = Commitment.objects.visible_to(viewer).select_related(
        "cycle", "withdrawn_by", "rejected_by__item__sitting__session__body"
    )
    amendments = Amendment.objects.select_related("item__sitting__session").order_by("number")
    commitment = (
        found.filter(reference=reference, cycle__slug=cycle_slug)
        .prefetch_related(
            Prefetch(
                "versions", CommitmentVersion.objects.prefetch_related(Prefetch("vote", votes))
            ),
            Prefetch("amendments", amendments.prefetch_related(Prefetch("vote", votes))),
        )
        .first()
    )
    if commitment is None:
        return None
    adoption = (
        Adoption.objects.filter(version__commitment=commitment)
        .select_related("version", "deliberation__vote", "deliberation__objection__vote")
        .order_by("pk")
        .last()
    )
    return _page(commitment, adoption)


def _page(commitment: Commitment, adoption: Adoption | None) -> AdoptionPage:
    versions = sorted(commitment.versions.all(), key=lambda one: one.number)
    in_force = [one for one in versions if one.kind in IN_FORCE]
    committee = next((one for one in in_force if one.kind == _Kind.VALIDATED), None)
    adopted = adoption.version if adoption else (in_force[-1] if in_force else None)
    moved = list(commitment.amendments.all())
    changes: Sequence[amending.Change] = ()
    if committee is not None and adopted is not None:
        changes = amending.changes(committee.content, adopted.content)
    return AdoptionPage(
        commitment=commitment,
        committee=committee,
        adopted=adopted,
        adoption=adoption,
        amendments=amendment_views(moved, movers_of(moved)),
        changes=tuple(change_view(one) for one in changes),
    )


def movers_of(amendments: Iterable[Amendment]) -> Mapping[str, Person]:
    """Return the persons who moved amendments by the name kept with them. One query, or none."""
    sittings = {one.item.sitting_id for one in amendments}
    if not sittings:
        return {}
    rows = Attendance.objects.filter(sitting__in=sittings).select_related("mandate__person")
    return {row.mandate.person.name.ar: row.mandate.person for row in rows}
