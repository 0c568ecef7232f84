"""Consultations as readers see them: state by the clock, axes with their counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Consultation,
    DocumentText,
    IdeaTally,
    ModerationRule,
    Workshop,
)


@dataclass(frozen=True, slots=True)
class ConsultationCard:
    """A consultation in a list: its state as a sentence, its dates, how many ideas it has."""

    slug: str
    name: LocalizedText
    introduction: LocalizedText
    round_number: int
    state: rules.ConsultationState
    opens_at: datetime
    closes_at: datetime
    first_day: date
    last_day: date
    left: rules.TimeLeft | None
    shown: int | None
    is_demonstration: bool
    takes_ideas: bool

    @property
    def is_open(self) -> bool:
        return self.state == rules.ConsultationState.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == rules.ConsultationState.CANCELLED

    @property
    def star(self) -> str:
        """The star of the look that goes with the state."""
        stars = {"open": "under_way", "closed": "done", "cancelled": "refused"}
        return stars.get(self.state, "to_come")


@dataclass(frozen=True, slots=True)
class TopicView:
    """An axis in a consultation: context, facts, question, and the ideas that it has."""

    slug: str
    name: LocalizedText
    context: LocalizedText
    facts: tuple[LocalizedText, ...]
    documents: LocalizedText
    question: LocalizedText
    shown: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many ideas can be read, in all and by axis, language and commune."""

    shown: int
    late: int
    by_axis: Counter[str]
    by_language: Counter[str]
    by_commune: Counter[str]


NOTHING = LocalizedText("")


def card_of(
    consultation: Consultation, now: datetime, shown: int | None = None
) -> ConsultationCard:
    """Return `consultation` as a list shows it; counts only where they may be shown. No query."""
    state = consultation.state(now)
    until = (
        consultation.closes_at if state == rules.ConsultationState.OPEN else consultation.opens_at
    )
    return ConsultationCard(
        slug=consultation.slug,
        name=consultation.name,
        introduction=consultation.introduction or NOTHING,
        round_number=consultation.round_number,
        state=state,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        first_day=rules.first_day(consultation.opens_at),
        last_day=rules.last_day(consultation.closes_at),
        left=rules.time_left(until, now),
        shown=shown if consultation.takes_ideas and consultation.shows_counts(now) else None,
        is_demonstration=consultation.is_demonstration,
        takes_ideas=consultation.takes_ideas,
    )


def _cards(consultations: Iterable[Consultation], now: datetime) -> list[ConsultationCard]:
    found = list(consultations)
    shown: Counter[int] = Counter()
    rows = IdeaTally.objects.filter(consultation__in=[one.pk for one in found])
    for pk, count in rows.values_list("consultation_id", "shown"):
        shown[pk] += count
    return [card_of(one, now, shown[one.pk]) for one in found]


def all_consultations(*, viewer: Viewer, now: datetime) -> list[ConsultationCard]:
    """Return every announced consultation, open ones first, then the newest. Two queries.

    Cancelled ones come last: they stay to be read, and ask nothing of anybody.
    """
    announced = Consultation.objects.visible_to(viewer).announced()
    cards = _cards(announced, now)
    return sorted(cards, key=lambda card: (card.is_cancelled, not card.is_open))


def open_consultations(*, viewer: Viewer, now: datetime) -> list[ConsultationCard]:
    """Return the consultations in which people can take part now. Two queries."""
    return _cards(Consultation.objects.visible_to(viewer).open_at(now), now)


def open_instead(*, viewer: Viewer, closed: Consultation, now: datetime) -> list[ConsultationCard]:
    """Return the open consultations to which a closed one leads for ideas, by their closing.

    One query. None where `closed` is not closed, or nothing is open.
    """
    if closed.state(now) != rules.ConsultationState.CLOSED:
        return []
    standing = Consultation.objects.visible_to(viewer).open_at(now).order_by("closes_at")
    return [card_of(one, now) for one in standing.filter(takes_ideas=True)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation that is announced, what is open instead, its texts, how many workshops."""

    consultation: Consultation
    open_instead: Sequence[ConsultationCard]
    has_texts: bool
    workshops: int


def standing_of(*, viewer: Viewer, slug: str, now: datetime) -> Standing | None:
    """Return the consultation at this address with what its page needs to know. One query.

    `open_instead` as above. None where nothing announced stands at this address.
    """
    open_now = Q(opens_at__lte=now, closes_at__gt=now, takes_ideas=True, cancelled_at=None)
    texts = DocumentText.objects.visible_to(viewer).current().filter(consultation=OuterRef("pk"))
    held = Workshop.objects.visible_to(viewer).filter(cancelled_at=None)
    counted = held.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    workshops = counted.annotate(n=Count("pk")).values("n")
    here = Consultation.objects.visible_to(viewer).announced().filter(Q(slug=slug) | open_now)
    rows = list(
        here.annotate(has_texts=Exists(texts), workshops_held=Subquery(workshops))
        .select_related("voice")
        .order_by("closes_at")
    )
    found = next((one for one in rows if one.slug == slug), None)
    if found is None:
        return None
    is_closed = found.state(now) == rules.ConsultationState.CLOSED
    instead = [card_of(one, now) for one in rows if is_closed and one is not found]
    return Standing(
        consultation=found,
        open_instead=instead,
        has_texts=bool(getattr(found, "has_texts", False)),
        workshops=getattr(found, "workshops_held", None) or 0,
    )


def consultation_for(*, viewer: Viewer, slug: str) -> Consultation | None:
    """Return the consultation at this address if `viewer` may see it. One query."""
    found = Consultation.objects.visible_to(viewer).filter(slug=slug)
    return found.select_related("voice").first()


def rules_in_force(*, viewer: Viewer, day: date) -> list[ModerationRule]:
    """Return the moderation rules that hold on `day`, by number. One query."""
    return list(ModerationRule.objects.visible_to(viewer).in_force_on(day))


def facts_of(text: LocalizedText | None) -> tuple[LocalizedText, ...]:
    """Return the facts of an axis, one a line in each language, at most three."""
    if not text:
        return ()
    lines = [text.text_of(language).splitlines() for language in LANGUAGES]
    made = [LocalizedText(*row) for row in zip_longest(*lines, fillvalue="")]
    return tuple(fact for fact in made if fact)[: rules.FACTS]


def tallies(consultation: Consultation) -> Tallies:
    """Return the counts of a consultation, kept by the acts. One query, however many ideas."""
    totals = Tallies(0, 0, Counter(), Counter(), Counter())
    shown = late = 0
    rows = IdeaTally.objects.filter(consultation=consultation).values_list(
        "axis__slug", "language", "commune_key", "shown", "late"
    )
    for axis, language, commune, row_shown, row_late in rows:
        shown += row_shown
        late += row_late
        totals.by_axis[axis] += row_shown
        totals.by_language[rules.language_filed(language)] += row_shown
        totals.by_commune[commune] += row_shown
    return Tallies(shown, late, totals.by_axis, totals.by_language, totals.by_commune)


def topics_of(consultation: Consultation, counts: Tallies) -> list[TopicView]:
    """Return the axes of a consultation in their order, with their counts. One query."""
    return [
        TopicView(
            slug=topic.axis.slug,
            name=topic.axis.name,
            context=topic.context or NOTHING,
            facts=facts_of(topic.facts),
            documents=topic.documents or NOTHING,
            question=topic.question,
            shown=counts.by_axis[topic.axis.slug],
        )
        for topic in consultation.topics.select_related("axis")
    ]


def next_moment(*, viewer: Viewer, now: datetime) -> datetime | None:
    """Return the next instant at which these pages change by the clock alone. One query.

    That of any consultation of the community: a closed one leads to the open one. What is left
    is said in days, hours, then minutes: the page changes when that sentence does.
    """
    found = Consultation.objects.visible_to(viewer).filter(closes_at__gt=now, cancelled_at=None)
    changes = [
        rules.next_change(opens_at=opens_at, closes_at=closes_at, now=now)
        for opens_at, closes_at in found.values_list("opens_at", "closes_at")
    ]
    steps = [rules.next_step(change, now) for change in changes if change is not None]
    return min(steps, default=None)
