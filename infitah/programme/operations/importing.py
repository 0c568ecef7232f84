"""A programme that runs already: its deliberation entered afterwards, its rows from a file.

What a file says is entered as what it is: the word of a file. Nothing becomes "confirmed", and
the deliberation is not said to quote a hash that it never saw (docs/decisions/0011).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Body, Principle, Unit
from infitah.community.queries import council as council_of
from infitah.core.clock import local_day
from infitah.core.models import StoredFile
from infitah.core.operations import bind_file, next_reference
from infitah.core.viewer import Actor
from infitah.council import operations as council
from infitah.council.models import Deliberation
from infitah.council.rules import CalledBy, SessionKind
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings import operations as proceedings
from infitah.proceedings.rules import Counts
from infitah.programme.models import (
    Adoption,
    Commitment,
    CommitmentVersion,
    Cycle,
    Milestone,
    StatusChange,
)
from infitah.programme.operations.cycle import CycleRefused, subject_of, tell_cycle
from infitah.programme.queries.contents import content_of
from infitah.programme.queries.lint import as_json, facts_of, weights_on
from infitah.programme.rules import states, texts
from infitah.programme.rules.importing import PlannedCommitment, PlannedMilestone, Reading
from infitah.programme.rules.linter import lint

NOT_COPIED = LocalizedText(
    ar="أدرج هذا المقرر لاحقا: بياناته كما وردت في وثائق المجلس، ونصه الكامل لم يدرج هنا.",
    fr="Délibération saisie après coup : ses données sont celles des pièces du conseil ; son texte "
    "intégral n’est pas repris ici.",
)
ENTERED = LocalizedText(
    ar="أدرج النص لاحقا من ملف، بعد المصادقة؛ المقرر لا يتضمن بصمته الرقمية.",
    fr="Texte saisi après coup depuis un fichier, après l’adoption ; la délibération ne cite pas "
    "son empreinte.",
)
WITHOUT_IDEA = LocalizedText(
    ar="برنامج أعد قبل هذا الموقع: أفكار المواطنات والمواطنين التي انبثق منها غير مدرجة هنا.",
    fr="Programme élaboré avant ce site : les idées dont il est issu ne sont pas reprises ici.",
)
REASON = "أدرج لاحقا من ملف / saisi après coup depuis un fichier"


@dataclass(frozen=True, slots=True)
class PastSession:
    """The session of the council that adopted a programme, as its papers tell it."""

    kind: SessionKind
    called_by: CalledBy
    title: LocalizedText
    convened_on: date
    held_on: date
    place: LocalizedText


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: counts of what it made and of what stood already."""

    made: int
    milestones: int
    unchanged: int


@transaction.atomic
def enter_past_deliberation(
    *,
    body: Body,
    session: PastSession,
    adopted: council.AdoptedText,
    counts: Counts | None,
    by: Actor,
    now: datetime,
) -> Deliberation:
    """Enter a deliberation of before this site: its session, its vote, its number; return it.

    `counts` is None where the papers do not give the votes: they are then unknown, not zero.
    Each step is in the register as entered afterwards. Raises the refusals of council and
    proceedings: a day to come, a convocation after the sitting, a number given already.
    """
    convened = council.convene_council(
        body=body,
        kind=session.kind,
        called_by=session.called_by,
        title=session.title,
        convened_on=session.convened_on,
        by=by,
        now=now,
    )
    sitting = proceedings.plan_sitting(
        session=convened.session, held_on=session.held_on, place=session.place, by=by, now=now
    )
    item = proceedings.add_agenda_item(
        sitting=sitting, title=adopted.title, origin="president", by=by, now=now
    )
    proceedings.hold_past_sitting(sitting=sitting, by=by, now=now)
    vote = proceedings.record_past_vote(
        item=item, question=adopted.title, counts=counts, by=by, now=now
    )
    return council.record_deliberation(items=[item], vote=vote, adopted=adopted, by=by, now=now)


def council_that_adopted(cycle: Cycle) -> Body:
    """Return the council of a cycle's community. Raises CycleRefused where none is recorded."""
    body = council_of(cycle.community)
    if body is None:
        raise CycleRefused(_("Add the council under Bodies first: it adopted the programme."))
    return body


@transaction.atomic
def import_programme(
    *,
    cycle: Cycle,
    reading: Reading,
    deliberation: Deliberation,
    file: StoredFile | None,
    by: Actor,
    now: datetime,
) -> Imported:
    """Make the commitments that a file holds, adopted by `deliberation`; all of them or nothing.

    The cycle is then adopted and marked as imported; its hash binds what was entered, from now
    on. The same file again changes nothing. Raises CycleRefused for a file with faults, a cycle
    with other commitments, a deliberation of elsewhere or of another cycle, or a file that holds
    a commitment which the adopted programme lacks. One entry in the register; one statement for
    each commitment's number, some 25 for all the rest.
    """
    cycle = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    standing = set(cycle.commitments.values_list("source_key", flat=True))
    given = {one.key for one in reading.commitments}
    if cycle.is_imported and given <= standing:
        return Imported(0, 0, len(given))
    _check(cycle, reading, deliberation)
    versions = _Maker(cycle, by, now).versions(reading.commitments)
    digest = texts.programme_digest(
        (version.commitment.reference, version.sha256) for version in versions
    )
    _bind(cycle, versions, deliberation, digest)
    told: dict[str, JSON] = {
        "deliberation": deliberation.reference,
        "sha256": digest,
        "commitments": len(versions),
        "milestones": reading.milestones,
    }
    if file is not None:
        told["file_sha256"] = file.sha256
        bind_file(
            key=str(file.key),
            community_key=cycle.community.key,
            subject=subject_of(cycle)[:40],
            is_public=False,  # it may hold columns that we do not read
            now=now,
        )
    tell_cycle(cycle, "imported", told, on=deliberation.adopted_on, by=by, now=now)
    return Imported(len(versions), reading.milestones, 0)


def _check(cycle: Cycle, reading: Reading, deliberation: Deliberation) -> None:
    if reading.faults or not reading.commitments:
        raise CycleRefused(_("The file has faults: mend them and send it again."), field="file")
    if cycle.state != Cycle.State.PREPARING:
        raise CycleRefused(
            _("This programme is adopted: a file adds nothing to it and changes nothing of it."),
            field="file",
        )
    if cycle.commitments.exists():
        raise CycleRefused(
            _("This cycle has commitments written here. Import into a cycle of its own."),
            field="file",
        )
    if deliberation.community_id != cycle.community_id:
        raise CycleRefused(
            _("This deliberation belongs to another community."), field="deliberation"
        )
    if Cycle.objects.filter(deliberation=deliberation).exists():
        raise CycleRefused(
            _("This deliberation adopted another programme already."), field="deliberation"
        )


def _bind(
    cycle: Cycle, versions: list[CommitmentVersion], deliberation: Deliberation, digest: str
) -> None:
    Adoption.objects.bulk_create(
        Adoption(
            community=cycle.community,
            version=version,
            deliberation=deliberation,
            is_same_text=False,
            difference=ENTERED,
        )
        for version in versions
    )
    cycle.state, cycle.is_imported = Cycle.State.ADOPTED, True
    cycle.deliberation, cycle.sha256 = deliberation, digest
    cycle.save(update_fields=["state", "is_imported", "deliberation", "sha256"])


class _Maker:
    """Makes the records of an import in a few statements; what a file names is looked up once."""

    def __init__(self, cycle: Cycle, by: Actor, now: datetime) -> None:
        self.cycle, self.by, self.now, self.today = cycle, by, now, local_day(now)
        of = cycle.community
        self.axes = {one.slug: one for one in Axis.objects.of(of)}
        self.units = {one.slug: one for one in Unit.objects.of(of)}
        self.principles = {one.slug: one for one in Principle.objects.of(of)}

    def versions(self, planned: Sequence[PlannedCommitment]) -> list[CommitmentVersion]:
        """Make all commitments with their milestones; return their frozen texts."""
        made = Commitment.objects.bulk_create(
            self._commitment(one, place) for place, one in enumerate(planned, start=1)
        )
        through = Commitment.principles.through
        through.objects.bulk_create(
            through(commitment_id=held.pk, principle_id=self.principles[slug].pk)
            for held, one in zip(made, planned, strict=True)
            for slug in one.principles
        )
        self._milestones(
            [
                (held, plan)
                for held, one in zip(made, planned, strict=True)
                for plan in _numbered(one)
            ]
        )
        return self._frozen()

    def _commitment(self, planned: PlannedCommitment, position: int) -> Commitment:
        key = self.cycle.community.key
        return Commitment(
            community=self.cycle.community,
            cycle=self.cycle,
            axis=self.axes[planned.axis],
            reference=str(next_reference(community_key=key, year=self.today.year, letter="C")),
            source_key=planned.key,
            position=position,
            values=list(planned.values),
            sdg=list(planned.sdg),
            lead_unit=self.units.get(planned.lead_unit),
            budget=planned.budget,
            is_without_cost=planned.is_without_cost,
            reason_without_idea=WITHOUT_IDEA,
            starts_on=planned.span[0],
            ends_on=planned.span[1],
            state=_state_of(planned),
            changed_at=self.now,
            **planned.texts,
        )

    def _milestones(
        self, planned: Sequence[tuple[Commitment, tuple[int, PlannedMilestone]]]
    ) -> None:
        made = Milestone.objects.bulk_create(
            self._milestone(held, number, plan) for held, (number, plan) in planned
        )
        places = {(one.commitment_id, one.number): one for one in made}
        plans = [plan for _held, (_number, plan) in planned]
        later = []
        for one, plan in zip(made, plans, strict=True):
            if plan.after is not None:
                one.depends_on = places[one.commitment_id, plan.after]
                later.append(one)
        Milestone.objects.bulk_update(later, ["depends_on"], batch_size=500)
        StatusChange.objects.bulk_create(
            self._change(one, plan)
            for one, plan in zip(made, plans, strict=True)
            if plan.state != Milestone.State.PLANNED or plan.reason
        )

    def _frozen(self) -> list[CommitmentVersion]:
        """Freeze every text of the cycle as its first version, with what the linter finds."""
        weights, threshold = weights_on(self.cycle.community, self.today)
        held = self.cycle.commitments.select_related("axis", "lead_unit", "responsible")
        parts = ("principles", "milestones", "indicators", "source_ideas")
        versions = []
        for one in held.prefetch_related(*parts).order_by("position"):
            verdict = lint(facts_of(one), weights, threshold)
            content = content_of(one)
            versions.append(
                CommitmentVersion(
                    community=self.cycle.community,
                    commitment=one,
                    number=1,
                    content=content,
                    sha256=texts.content_digest(content),
                    made_on=self.today,
                    kind=CommitmentVersion.Kind.IMPORTED,
                    reason=REASON,
                    made_by=self.by.office or self.by.key,
                    lint_score=verdict.score,
                    lint=as_json(verdict),
                )
            )
        return CommitmentVersion.objects.bulk_create(versions)

    def _milestone(self, held: Commitment, number: int, one: PlannedMilestone) -> Milestone:
        return Milestone(
            community=held.community,
            commitment=held,
            number=number,
            reference=str(Reference.parse(held.reference).child("M", number)),
            title=one.title,
            unit=self.units.get(one.unit),
            weight=one.weight,
            announced_start=one.announced[0],
            announced_end=one.announced[1],
            planned_start=one.planned[0],
            planned_end=one.planned[1],
            state=one.state,
            done_on=one.done_on,
        )

    def _change(self, one: Milestone, plan: PlannedMilestone) -> StatusChange:
        """Tell the step that the file tells; its day is that of the import unless it is known."""
        return StatusChange(
            community=one.community,
            milestone=one,
            before=Milestone.State.PLANNED,
            after=plan.state,
            reason=plan.reason,
            on=plan.done_on or self.today,
            at=self.now,
            office=self.by.office,
        )


def _numbered(planned: PlannedCommitment) -> list[tuple[int, PlannedMilestone]]:
    return list(enumerate(planned.milestones, start=1))


def _state_of(planned: PlannedCommitment) -> str:
    found = [states.MilestoneState(one.state) for one in planned.milestones]
    return states.state_after(states.CommitmentState.ADOPTED, found).value
