"""What somebody on a proved device has voted and supported, and what they are asked next.

One's own votes are shown to oneself alone, below /<lang>/mine/ (decisions D13).
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, StatementVote, Support
from infitah.participation.queries.consultations import tallies
from infitah.participation.queries.ideas import ideas_visible_to

MIX, STEP, ROUND = 7_919, 104_729, 1_009
"""Primes that let each person begin elsewhere among statements with as many votes."""


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """A statement that somebody has not voted on yet."""

    reference: str
    statement: str
    language: str
    axis: LocalizedText


@dataclass(frozen=True, slots=True)
class MyVote:
    """A statement and what this device's participant voted on it."""

    reference: str
    statement: str
    language: str
    choice: int

    @property
    def word(self) -> str:
        """The choice as a form names it."""
        return next(word for word, choice in rules.CHOICES.items() if choice == self.choice)


@dataclass(frozen=True, slots=True)
class MyVoice:
    """One's own voice on an idea that one may read."""

    idea: Idea
    vote: str
    is_supported: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How many statements one has voted on, of how many there are."""

    voted: int
    statements: int


def statements_to_vote(
    *, consultation: Consultation, viewer: Viewer, limit: int = rules.VOTES_PER_VISIT
) -> list[AskedStatement]:
    """Return shown statements that `viewer` has not voted on, the least-voted first. One query.

    One's own ideas are left out: whoever gave an idea is for it. Among statements with as many
    votes each person begins elsewhere, so that votes spread.
    """
    person = viewer.participant_id or 0
    ideas = ideas_visible_to(viewer).filter(consultation=consultation).shown()
    if viewer.participant_id is not None:
        mine = StatementVote.objects.filter(idea=OuterRef("pk"), participant_id=person)
        ideas = ideas.filter(~Exists(mine)).exclude(author_id=person)
    votes = F("tally__agree") + F("tally__disagree") + F("tally__passed")
    spread = (F("pk") * Value(MIX) + Value(person * STEP % ROUND)) % Value(ROUND)
    ordered = ideas.annotate(votes=Coalesce(votes, Value(0)), spread=spread)
    rows = ordered.order_by("votes", "spread", "-position")
    fields = ("reference", "statement", "language", "axis__name")
    return [AskedStatement(*values) for values in rows.values_list(*fields)[:limit]]


def progress_of(*, consultation: Consultation, viewer: Viewer) -> Progress:
    """Return how many statements one has voted on, of those that one is asked about.

    Three queries, one where nobody is proved; only one's own votes are counted.
    """
    shown = tallies(consultation).shown
    if viewer.participant_id is None:
        return Progress(0, shown)
    mine = StatementVote.objects.filter(
        consultation=consultation, participant_id=viewer.participant_id
    )
    own = ideas_visible_to(viewer).filter(consultation=consultation).shown()
    unasked = own.filter(author_id=viewer.participant_id).exclude(pk__in=mine.values("idea"))
    return Progress(mine.count(), shown - unasked.count())


def my_votes(*, consultation: Consultation, viewer: Viewer, limit: int) -> list[MyVote]:
    """Return one's own newest votes on ideas that can still be read. Two queries."""
    mine = StatementVote.objects.filter(
        consultation=consultation,
        participant_id=viewer.participant_id or 0,
        idea__isnull=False,
    ).order_by("-voted_at", "-pk")
    choices = dict(mine.values_list("idea_id", "choice")[:limit])
    readable = ideas_visible_to(viewer).shown().filter(pk__in=list(choices))
    found = {
        pk: MyVote(reference, statement, language, choices[pk])
        for pk, reference, statement, language in readable.values_list(
            "pk", "reference", "statement", "language"
        )
    }
    return [found[pk] for pk in choices if pk in found]


def my_voice_on(*, consultation: Consultation, viewer: Viewer, reference: str) -> MyVoice | None:
    """Return one's own voice on an idea, None where there is no such idea. Three queries."""
    ideas = ideas_visible_to(viewer).filter(consultation=consultation, reference=reference)
    idea = ideas.select_related("axis", "consultation").first()
    if idea is None:
        return None
    person = viewer.participant_id or 0
    votes = StatementVote.objects.filter(participant_id=person, idea=idea)
    choice = votes.values_list("choice", flat=True).first()
    words = {value: word for word, value in rules.CHOICES.items()}
    return MyVoice(
        idea=idea,
        vote=words[rules.Choice(choice)] if choice is not None else "",
        is_supported=Support.objects.filter(participant_id=person, idea=idea).exists(),
        is_own=idea.author_id is not None and idea.author_id == viewer.participant_id,
    )
