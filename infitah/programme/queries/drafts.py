"""What an officer who writes commitments reads at the desk: drafts, ideas to link, the round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from infitah.community.models import (
    Appointment,
    Axis,
    Community,
    Mandate,
    Person,
    Principle,
    Unit,
)
from infitah.core.viewer import Viewer
from infitah.design.direction import page_language
from infitah.kernel.arabic import tokens
from infitah.participation.models import (
    Comment,
    Consultation,
    DocumentText,
    Idea,
    IdeaAnswer,
    Theme,
)
from infitah.participation.queries import (
    ParagraphView,
    comments_under,
    ideas_visible_to,
    similar_ideas,
    voiced_paragraphs,
)
from infitah.programme.models import Commitment, CommitmentIdea, Cycle, Milestone, Round
from infitah.programme.queries.commitments import is_answered
from infitah.programme.queries.contents import content_of
from infitah.programme.queries.lint import facts_of, weights_on
from infitah.programme.queries.paragraphs import PartWords, words_of
from infitah.programme.rules import linter, progress, states

RIGHT = "commitment.edit"
FOUND = 20
LEAST_WORD = 2


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list of a cycle: its score now, its weights, its ideas."""

    commitment: Commitment
    score: int
    is_enough: bool
    weight: int
    ideas: int

    @property
    def is_weighed(self) -> bool:
        """Whether the weights of the milestones sum to 100."""
        return self.weight == progress.WHOLE


@dataclass(frozen=True, slots=True)
class CycleDrafts:
    """A cycle in preparation with its drafts and the consultations of its later rounds."""

    cycle: Cycle
    rows: tuple[DraftRow, ...]
    rounds: tuple[Consultation, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of a draft offer; all of one community and cycle."""

    axes: QuerySet[Axis]
    principles: QuerySet[Principle]
    units: QuerySet[Unit]
    people: QuerySet[Person]


@dataclass(frozen=True, slots=True)
class SaidOf:
    """A paragraph of a version with its first comments; `view` has the votes and the counts."""

    text: DocumentText
    view: ParagraphView
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class RoundBeside:
    """A text of a round with every paragraph of every version, to be read beside the draft."""

    consultation: Consultation
    current: DocumentText
    paragraphs: tuple[SaidOf, ...]
    is_told: bool


def cycles_in_preparation(viewer: Viewer) -> list[Cycle]:
    """Return the cycles to which drafts can be added, for who may write them. One query."""
    if not viewer.may(RIGHT):
        return []
    found = Cycle.objects.visible_to(viewer).filter(state=Cycle.State.PREPARING)
    return list(found.select_related("community"))


def cycle_of_drafts(viewer: Viewer, slug: str) -> Cycle | None:
    """Return a cycle, adopted ones too, for who may write its drafts, or None. One query."""
    if not viewer.may(RIGHT):
        return None
    found = Cycle.objects.visible_to(viewer).filter(slug=slug)
    return found.select_related("community").first()


def drafts_of(viewer: Viewer, cycle: Cycle, day: date) -> CycleDrafts:
    """Return the commitments of a cycle with their score today. Six queries, however many."""
    weights, threshold = weights_on(cycle.community, day)
    rows = []
    for one in _drafts(viewer).filter(cycle=cycle):
        verdict = linter.lint(facts_of(one), weights, threshold)
        rows.append(
            DraftRow(
                commitment=one,
                score=verdict.score,
                is_enough=verdict.is_enough,
                weight=sum(step.weight for step in one.milestones.all()),
                ideas=len(one.source_ideas.all()),
            )
        )
    later = cycle.rounds.held().filter(number__gt=1).select_related("consultation")
    return CycleDrafts(cycle, tuple(rows), tuple(one.consultation for one in later))


def _drafts(viewer: Viewer) -> QuerySet[Commitment]:
    found = Commitment.objects.visible_to(viewer).order_by("position", "pk")
    return found.select_related("cycle__community", "community", "axis").prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("number")),
        "indicators",
        "source_ideas",
    )


def draft_for_desk(viewer: Viewer, reference: str) -> Commitment | None:
    """Return a commitment for who may write it, or None. Four queries."""
    if not viewer.may(RIGHT):
        return None
    found = _drafts(viewer).select_related("lead_unit", "responsible")
    return found.prefetch_related("principles").filter(reference=reference).first()


def may_be_written(commitment: Commitment) -> bool:
    """Return whether the text may still change. No query."""
    return states.CommitmentState(commitment.state) in states.DRAFT_STATES


def choices_of(cycle: Cycle) -> Choices:
    """Return what a draft of this cycle may name: its axes and principles, units, people."""
    community: Community = cycle.community
    return Choices(
        axes=Axis.objects.filter(cycles__cycle=cycle).order_by("position"),
        principles=Principle.objects.filter(cycles__cycle=cycle).order_by("position"),
        units=Unit.objects.filter(community=community).order_by("position"),
        people=_people(community),
    )


def _people(community: Community) -> QuerySet[Person]:
    """Return the people of a community with what they hold now. Three queries."""
    offices = Appointment.objects.filter(community=community, ends_on=None)
    seats = Mandate.objects.filter(community=community, ends_on=None).select_related("body")
    return (
        Person.objects.filter(community=community, closed_on=None)
        .order_by("sort_name")
        .prefetch_related(Prefetch("appointments", offices), Prefetch("mandates", seats))
    )


def linked_ideas(commitment: Commitment, viewer: Viewer) -> list[CommitmentIdea]:
    """Return the ideas behind a draft, kept ones first; what may not be read has no text here.

    Two queries.
    """
    rows = commitment.source_ideas.select_related("idea__consultation", "idea__axis")
    is_of_cycle = Q(idea__consultation__in=_asked(commitment))
    told = rows.annotate(is_answered=is_answered(), is_of_cycle=is_of_cycle)
    links: list[CommitmentIdea] = [*told.order_by("weight", "idea__position")]
    wanted = [link.idea_id for link in links]
    readable = set(ideas_visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    for link in links:
        if link.idea_id not in readable:
            link.idea.statement = ""
    return links


def _asked(commitment: Commitment) -> QuerySet[Round, int]:
    """Return the consultations of a commitment's cycle, by number. No query of its own."""
    return Round.objects.filter(cycle=commitment.cycle_id).values_list("consultation", flat=True)


def ideas_to_link(
    *, viewer: Viewer, words: str, now: datetime, without: Sequence[int] = ()
) -> list[Idea]:
    """Return at most 20 shown ideas that hold these words, or have this number.

    Close ones in words or meaning first, then those that hold every word. Six queries at most.
    """
    shown = ideas_visible_to(viewer).filter(state=Idea.State.VISIBLE).exclude(pk__in=list(without))
    answered = IdeaAnswer.objects.filter(idea=OuterRef("pk"), is_current=True)
    shown = shown.select_related("consultation", "axis").annotate(is_answered=Exists(answered))
    by_number = list(shown.filter(reference=words.strip().upper()))
    parts = [part for part in tokens(words) if len(part) >= LEAST_WORD]
    if by_number or not parts:
        return by_number
    close = [
        one.reference for one in similar_ideas(viewer=viewer, text=words, now=now, limit=FOUND)
    ]
    held = Q()
    for part in words.split():
        held &= Q(statement__icontains=part)
    rows = {one.reference: one for one in shown.filter(reference__in=close)}
    for one in shown.filter(held).order_by("-position")[:FOUND]:
        rows.setdefault(one.reference, one)
    ordered = [rows[reference] for reference in close if reference in rows]
    return [*ordered, *(one for one in rows.values() if one not in ordered)][:FOUND]


def themes_to_draft(viewer: Viewer, cycle: Cycle) -> list[Theme]:
    """Return the themes of the first rounds of a cycle, with how many ideas each has. One query."""
    consultations = cycle.rounds.values("consultation")
    themes = Theme.objects.visible_to(viewer).standing().filter(consultation__in=consultations)
    return list(themes.annotate(ideas=Count("placings")).order_by("position", "pk"))


def draft_words(commitment: Commitment) -> list[PartWords]:
    """Return what the draft says now, part by part, in the language of the page. Five queries."""
    return words_of(content_of(commitment), page_language())


def rounds_beside(commitment: Commitment, viewer: Viewer, now: datetime) -> list[RoundBeside]:
    """Return the texts of a commitment in its rounds with what was said of each paragraph.

    Votes are there after closing only, for officers too; of the comments the first ones. Seven
    queries a round.
    """
    texts = DocumentText.objects.visible_to(viewer).current().filter(subject=commitment.reference)
    return [
        _beside(text, commitment, viewer, now)
        for text in texts.select_related("consultation").order_by("-published_at")
    ]


def _beside(
    text: DocumentText, commitment: Commitment, viewer: Viewer, now: datetime
) -> RoundBeside:
    rows = voiced_paragraphs(
        consultation=text.consultation, subject=commitment.reference, viewer=viewer, now=now
    )
    is_told = any(view.votes is not None for _text, view in rows)
    said = comments_under(viewer=viewer, paragraphs=[view.pk for _text, view in rows])
    paragraphs = tuple(SaidOf(one, view, tuple(said.get(view.pk, ()))) for one, view in rows)
    return RoundBeside(text.consultation, text, paragraphs, is_told)
