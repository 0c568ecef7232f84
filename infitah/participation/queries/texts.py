"""Texts put to the public as readers see them: by paragraph, with what they grew from and what
changed since the version before; votes only after closing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Final

from django.db.models import Window
from django.db.models.functions import RowNumber

from infitah.core.viewer import Viewer
from infitah.design.direction import page_language
from infitah.kernel.localized import LocalizedText
from infitah.kernel.redline import Piece, redline
from infitah.participation.models import (
    Comment,
    Consultation,
    DocumentText,
    Paragraph,
    StatementTally,
    StatementVote,
)
from infitah.participation.queries.voice import Results, Votes, results_of

NOTHING: Final = LocalizedText("")
MOST_COMMENTS: Final = 10
WORDS: Final = {1: "agree", 0: "pass", -1: "disagree"}


@dataclass(frozen=True, slots=True)
class OriginIdea:
    """An idea from which a text grew, as its author wrote it."""

    reference: str
    statement: str
    language: str
    url: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class TextBackground:
    """What an app above knows of what a text drafts: its page, its ideas, its score."""

    url: str = ""
    ideas: tuple[OriginIdea, ...] = ()
    hidden_ideas: int = 0
    reason: LocalizedText = NOTHING
    score: int | None = None
    mark: int | None = None
    waiver: LocalizedText = NOTHING

    @property
    def is_below(self) -> bool:
        """Whether the score asks for a published reason."""
        return self.score is not None and self.mark is not None and self.score < self.mark


Backgrounds = Callable[[Viewer, Sequence[str]], Mapping[str, TextBackground]]
BACKGROUNDS: Final[list[Backgrounds]] = []


def register_backgrounds(find: Backgrounds) -> None:
    """Have `find(viewer, subjects)` tell what texts of these subjects grew from, all at once."""
    if find not in BACKGROUNDS:
        BACKGROUNDS.append(find)


def backgrounds_of(viewer: Viewer, subjects: Sequence[str]) -> dict[str, TextBackground]:
    """Return what is known of each subject. A bounded number of queries for each app above."""
    found: dict[str, TextBackground] = {}
    for find in BACKGROUNDS:
        found |= find(viewer, subjects)
    return found


@dataclass(frozen=True, slots=True)
class TextCard:
    """A text in the list of a consultation."""

    subject: str
    title: LocalizedText
    number: int
    published_at: datetime
    paragraphs: int
    background: TextBackground


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with what changed in it, and its votes once they may be told.

    `pieces` is empty where there is no earlier version or nothing changed; `language` is that of
    the words shown; `mine` how the reader voted, on the page that only the reader sees.
    """

    pk: int
    key: str
    heading: LocalizedText
    body: LocalizedText
    pieces: tuple[Piece, ...]
    is_new: bool
    votes: Votes | None
    language: str
    comments: int = 0
    mine: str = ""

    @property
    def words(self) -> str:
        """The body in the language shown."""
        return self.body.text_of(self.language)


@dataclass(frozen=True, slots=True)
class TextPage:
    """A version of a text by its paragraphs; `gone` are those of the version before that went."""

    text: DocumentText
    versions: tuple[DocumentText, ...]
    paragraphs: tuple[ParagraphView, ...]
    gone: tuple[Paragraph, ...]
    background: TextBackground
    voters: int | None

    @property
    def is_first(self) -> bool:
        """Whether there is no earlier version to compare with."""
        return self.text.number == 1


def has_texts(*, consultation: Consultation, viewer: Viewer) -> bool:
    """Return whether a consultation puts texts to the public. One query."""
    here = DocumentText.objects.visible_to(viewer).current()
    return here.filter(consultation=consultation).exists()


def texts_about(*, viewer: Viewer, subject: str) -> list[DocumentText]:
    """Return the present texts that draft `subject`, with their consultations. One query."""
    found = (
        DocumentText.objects.visible_to(viewer)
        .current()
        .filter(subject=subject, consultation__announced_at__isnull=False)
    )
    return list(found.select_related("consultation").order_by("published_at"))


def texts_of(*, consultation: Consultation, viewer: Viewer) -> list[TextCard]:
    """Return the texts of a consultation in their order.

    Two queries, and those of the apps above, however many texts there are.
    """
    current = DocumentText.objects.visible_to(viewer).current().filter(consultation=consultation)
    rows = list(current.order_by("position", "subject"))
    parts = Counter(Paragraph.objects.filter(text__in=rows).values_list("text_id", flat=True))
    known = backgrounds_of(viewer, [row.subject for row in rows])
    return [
        TextCard(
            subject=row.subject,
            title=row.title,
            number=row.number,
            published_at=row.published_at,
            paragraphs=parts[row.pk],
            background=known.get(row.subject, TextBackground()),
        )
        for row in rows
    ]


def text_page(
    *,
    consultation: Consultation,
    subject: str,
    viewer: Viewer,
    now: datetime,
    number: int | None = None,
) -> TextPage | None:
    """Return a version of a text (the newest without `number`), or None. Six queries at most,
    and those of the apps above.
    """
    found = DocumentText.objects.visible_to(viewer).filter(
        consultation=consultation, subject=subject
    )
    versions = tuple(found.order_by("-number"))
    text = next((one for one in versions if number in (None, one.number)), None)
    if text is None:
        return None
    before = next((one for one in versions if one.number == text.number - 1), None)
    paragraphs = _paragraphs(text)
    earlier = {one.key: one for one in _paragraphs(before)} if before else {}
    told = results_of(consultation=consultation, viewer=viewer, now=now)
    votes = _votes(told, paragraphs) if told else {}
    comments = _comments(paragraphs)
    keys = {one.key for one in paragraphs}
    return TextPage(
        text=text,
        versions=versions,
        paragraphs=tuple(
            replace(
                _view(one, earlier.get(one.key), votes.get(one.pk), has_before=before is not None),
                comments=comments.get(one.pk, 0),
            )
            for one in paragraphs
        ),
        gone=tuple(one for key, one in earlier.items() if key not in keys),
        background=backgrounds_of(viewer, [subject]).get(subject, TextBackground()),
        voters=told.voters if told else None,
    )


def _paragraphs(text: DocumentText) -> list[Paragraph]:
    return list(text.paragraphs.order_by("position"))


def _votes(told: Results, paragraphs: Sequence[Paragraph]) -> dict[int, Votes]:
    """Return the votes on each paragraph; whoever asks holds the leave to read them. One query."""
    tallies = StatementTally.objects.filter(
        consultation_id=told.consultation_id, paragraph__in=[one.pk for one in paragraphs]
    )
    found = {one.paragraph_id: Votes(one.agree, one.disagree, one.passed) for one in tallies}
    return {one.pk: found.get(one.pk, Votes(0, 0, 0)) for one in paragraphs}


def _comments(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Return how many comments each paragraph shows; unlike votes they are public. One query."""
    rows = StatementTally.objects.filter(paragraph__in=[one.pk for one in paragraphs])
    return {pk: count for pk, count in rows.values_list("paragraph", "comments") if pk}


@dataclass(frozen=True, slots=True)
class ParagraphStep:
    """A paragraph in one version of its text, with what changed since the version before."""

    text: DocumentText
    view: ParagraphView


@dataclass(frozen=True, slots=True)
class ParagraphPage:
    """One paragraph: as it stands, and as it stood in each version, newest first."""

    text: DocumentText
    paragraph: Paragraph
    view: ParagraphView
    history: tuple[ParagraphStep, ...]


def paragraph_page(
    *, consultation: Consultation, subject: str, key: str, viewer: Viewer, now: datetime
) -> ParagraphPage | None:
    """Return a paragraph of the present version with its history, or None. Four queries."""
    texts = DocumentText.objects.visible_to(viewer).filter(
        consultation=consultation, subject=subject
    )
    found = Paragraph.objects.filter(text__in=texts, key=key).select_related("text")
    rows = list(found.order_by("-text__number"))
    if not rows or not rows[0].text.is_current:
        return None
    told = results_of(consultation=consultation, viewer=viewer, now=now)
    votes = _votes(told, rows) if told else {}
    steps = []
    for one, before in zip_longest(rows, rows[1:]):
        view = _view(one, before, votes.get(one.pk), has_before=one.text.number > 1)
        steps.append(ParagraphStep(one.text, view))
    count = _comments(rows[:1]).get(rows[0].pk, 0)
    view = replace(steps[0].view, comments=count)
    changed = tuple(step for step in steps if step.view.pieces or step.view.is_new)
    return ParagraphPage(rows[0].text, rows[0], view, changed)


def _view(
    paragraph: Paragraph, before: Paragraph | None, votes: Votes | None, *, has_before: bool
) -> ParagraphView:
    language = page_language()
    pieces: tuple[Piece, ...] = ()
    if before is not None and before.body != paragraph.body:
        pieces = redline(before.body.in_language(language), paragraph.body.in_language(language))
    return ParagraphView(
        pk=paragraph.pk,
        key=paragraph.key,
        heading=paragraph.heading,
        body=paragraph.body,
        pieces=pieces,
        is_new=has_before and before is None,
        votes=votes,
        language=paragraph.body.language_shown(language),
    )


def with_my_votes(page: TextPage, viewer: Viewer) -> TextPage:
    """Return the page with how the viewer on a proved device voted, and nobody else. One query,
    none for who is not proved.
    """
    if viewer.participant_id is None:
        return page
    votes = StatementVote.objects.filter(
        participant_id=viewer.participant_id, paragraph__in=[one.pk for one in page.paragraphs]
    )
    words = {row: WORDS[choice] for row, choice in votes.values_list("paragraph", "choice")}
    mine = tuple(replace(one, mine=words.get(one.pk, "")) for one in page.paragraphs)
    return replace(page, paragraphs=mine)


def comments_under(
    *, viewer: Viewer, paragraphs: Sequence[int], most: int = MOST_COMMENTS
) -> dict[int, list[Comment]]:
    """Return the first shown comments of each paragraph, at most `most` of each. One query."""
    shown = Comment.objects.visible_to(viewer).filter(
        paragraph__in=list(paragraphs), state=Comment.State.VISIBLE
    )
    place = Window(RowNumber(), partition_by="paragraph_id", order_by="number")
    found: dict[int, list[Comment]] = defaultdict(list)
    for one in shown.annotate(place=place).filter(place__lte=most).order_by("number"):
        if one.paragraph_id is not None:
            found[one.paragraph_id].append(one)
    return found


def voiced_paragraphs(
    *, consultation: Consultation, subject: str, viewer: Viewer, now: datetime
) -> list[tuple[DocumentText, ParagraphView]]:
    """Return every paragraph of every version of a text with its votes, newest version first.

    For those who write on after the round; votes are None before closing, for them too. Five
    queries at most.
    """
    made: list[tuple[DocumentText, ParagraphView]] = []
    told = results_of(consultation=consultation, viewer=viewer, now=now)
    texts = DocumentText.objects.visible_to(viewer).filter(
        consultation=consultation, subject=subject
    )
    rows = list(texts.order_by("-number").prefetch_related("paragraphs"))
    listed = [one for text in rows for one in text.paragraphs.all()]
    votes, counts = _votes(told, listed) if told else {}, _comments(listed)
    for text in rows:
        for one in text.paragraphs.all():
            view = _view(one, None, votes.get(one.pk), has_before=False)
            made.append((text, replace(view, comments=counts.get(one.pk, 0))))
    return made
