"""Comments as readers see them: under an idea or a paragraph, as files, and one's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from infitah.community.models import Appointment
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    CommentQuerySet,
    Consultation,
    Idea,
    ModerationDecision,
    Paragraph,
    StatementTally,
)
from infitah.participation.queries.ideas import ideas_visible_to

PAGE = 50
PIECE = 500


def comments_visible_to(viewer: Viewer) -> CommentQuerySet:
    """Return the comments whose text `viewer` may read: the one gate of every way out."""
    return Comment.objects.visible_to(viewer)


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment at its number; without text where it is hidden or was taken back."""

    pk: int
    number: int
    to: int
    text: str
    language: str
    stance: str
    state: str
    office: str
    submitted_at: datetime
    is_readable: bool
    rule_number: int | None = None
    rule_text: LocalizedText | None = None

    @property
    def stance_words(self) -> str:
        """For or against in words, empty for neither."""
        return str(Comment.Stance(self.stance).label) if self.stance else ""

    @property
    def office_words(self) -> str:
        """The office that replied, empty where a citizen spoke."""
        known = self.office in Appointment.Office.values
        return str(Appointment.Office(self.office).label) if known else ""

    @property
    def is_reply(self) -> bool:
        return bool(self.to)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One page of what is said under an idea or a paragraph, each reply below what it answers.

    `after` goes on from the last one; `shown` counts the readable ones of all pages.
    """

    rows: tuple[CommentView, ...]
    shown: int
    takes_comments: bool
    is_open: bool
    is_closed: bool
    closed_on: datetime
    comment_url: str
    flag_url: str
    flag_idea_url: str = ""
    after: str = ""
    is_first: bool = True


def _place_of(text: str) -> tuple[int, int] | None:
    """Return what a page goes on from: the number of a thread, and one in it."""
    root, _dot, number = text.partition(".")
    if not (root.isdecimal() and number.isdecimal() and len(text) < 20):
        return None
    return int(root), int(number)


def comments_of(
    *,
    viewer: Viewer,
    idea: Idea | None = None,
    paragraph: Paragraph | None = None,
    now: datetime,
    after: str = "",
) -> CommentPage:
    """Return 50 comments under an idea or a paragraph, threads in order of their numbers.

    The caller holds the leave to show the idea or the paragraph. Numbers of hidden and withdrawn
    comments stay, their text is nowhere. At most four queries, however many comments there are: one
    where there are none and the idea came with its counts.
    """
    if idea is not None:
        under, consultation = Q(idea=idea), idea.consultation
    elif paragraph is not None:
        under, consultation = Q(paragraph=paragraph), paragraph.text.consultation
    else:
        raise ValueError("Comments stand under an idea or a paragraph.")
    numbered = Comment.objects.filter(under).exclude(state=rules.CommentState.RECEIVED)
    threaded = numbered.annotate(root=Coalesce("parent__number", "number"))
    place = _place_of(after)
    if place is not None:
        root, number = place
        threaded = threaded.filter(Q(root__gt=root) | Q(root=root, number__gt=number))
    found = threaded.order_by("root", "number").values_list("root", *ROW)[: PAGE + 1]
    rows = list(found)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    state = consultation.state(now)
    return CommentPage(
        rows=_views([row[1:] for row in rows[:PAGE]], viewer),
        shown=_shown_under(idea, under),
        takes_comments=consultation.takes_comments,
        is_open=consultation.takes_comments and state == rules.ConsultationState.OPEN,
        is_closed=state == rules.ConsultationState.CLOSED,
        closed_on=consultation.closes_at,
        **_addresses(consultation.slug, idea, paragraph),
        after=f"{last[0]}.{last[2]}" if last else "",
        is_first=place is None,
    )


ROW = ("pk", "number", "parent__number", "stance", "language", "state", "office", "submitted_at")


def _addresses(slug: str, idea: Idea | None, paragraph: Paragraph | None) -> dict[str, str]:
    if idea is not None:
        place = [slug, idea.reference]
        flag = reverse("participation:flag", args=place)
        return {
            "comment_url": reverse("participation:comment", args=place),
            "flag_url": flag,
            "flag_idea_url": flag,
        }
    place = [slug, str(paragraph.pk if paragraph else 0)]
    return {
        "comment_url": reverse("participation:comment-paragraph", args=place),
        "flag_url": reverse("participation:flag-paragraph", args=place),
    }


def _shown_under(idea: Idea | None, under: Q) -> int:
    """Return how many can be read, as the acts keep it; an idea may carry its count already."""
    if idea is None:
        counts = StatementTally.objects.filter(under).values_list("comments", flat=True)
        return counts.first() or 0
    try:
        return idea.tally.comments
    except StatementTally.DoesNotExist:
        return 0


def _views(rows: list[tuple], viewer: Viewer) -> tuple[CommentView, ...]:  # type: ignore[type-arg]
    pks = [row[0] for row in rows]
    readable = comments_visible_to(viewer).filter(pk__in=pks)
    texts = dict(readable.values_list("pk", "text")) if pks else {}
    held = [row[0] for row in rows if row[5] == rules.CommentState.HELD]
    under = _rules_of(held)
    return tuple(
        CommentView(
            pk=pk,
            number=number,
            to=to or 0,
            text=texts.get(pk, ""),
            language=language,
            stance=stance if pk in texts else "",
            state=state,
            office=office,
            submitted_at=at,
            is_readable=pk in texts,
            rule_number=under[pk][0] if pk in under else None,
            rule_text=under[pk][1] if pk in under else None,
        )
        for pk, number, to, stance, language, state, office, at in rows
    )


def _rules_of(held: list[int]) -> dict[int, tuple[int, LocalizedText]]:
    """Return under which rule each of these comments was hidden last. One query, or none."""
    if not held:
        return {}
    hidings = ModerationDecision.objects.filter(comment__in=held, action="hide")
    rows = hidings.order_by("decided_at", "pk").values_list(
        "comment_id", "rule__number", "rule__text"
    )
    return {pk: (number, text) for pk, number, text in rows}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is about to comment on or to flag: the words, and where they stand."""

    reference: str
    text: str
    language: str
    page_url: str
    consultation: Consultation


def asked_comment(
    *, viewer: Viewer, slug: str, idea: str = "", paragraph: int = 0, number: int
) -> Asked | None:
    """Return comment `number` under an idea or a paragraph if it can be read. One query."""
    under = Q(idea__reference=idea) if idea else Q(paragraph_id=paragraph)
    found = (
        comments_visible_to(viewer)
        .filter(under, consultation__slug=slug, number=number)
        .select_related("consultation", "idea", "paragraph__text")
        .first()
    )
    if found is None:
        return None
    return Asked(
        reference=str(number),
        text=found.text,
        language=found.language,
        page_url=f"{address_of_comment(found)}",
        consultation=found.consultation,
    )


def asked_subject(
    *, viewer: Viewer, slug: str, idea: str = "", paragraph: int = 0, language: str
) -> Asked | None:
    """Return the idea or the paragraph itself if it can be read. One query."""
    if idea:
        found = (
            ideas_visible_to(viewer)
            .filter(consultation__slug=slug, reference=idea)
            .select_related("consultation")
            .first()
        )
        if found is None:
            return None
        return Asked(
            found.reference,
            found.statement,
            found.language,
            found.get_absolute_url(),
            found.consultation,
        )
    one = (
        Paragraph.objects.filter(
            pk=paragraph,
            text__community_id=viewer.community_id,
            text__consultation__slug=slug,
            text__consultation__announced_at__isnull=False,
        )
        .select_related("text__consultation")
        .first()
    )
    if one is None:
        return None
    shown = one.body.language_shown(language)
    at = reverse("participation:paragraph", args=[slug, one.text.subject, one.key])
    return Asked(one.text.subject, one.body.text_of(shown), shown, at, one.text.consultation)


def address_of_comment(comment: Comment) -> str:
    """Return the address of a comment on the page where it stands. No query with its subject."""
    slug = comment.consultation.slug
    if comment.idea is not None:
        at = reverse("participation:idea", args=[slug, comment.idea.reference])
    elif comment.paragraph is not None:
        place = [slug, comment.paragraph.text.subject, comment.paragraph.key]
        at = reverse("participation:paragraph", args=place)
    else:
        raise ValueError("A comment stands under an idea or a paragraph.")
    return f"{at}#comment-{comment.number}"


# Files and feeds ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportedComment:
    """A comment as the CSV, the JSON and the feed give it."""

    subject: str
    paragraph: str
    number: int
    to: int | None
    submitted_at: datetime
    language: str
    stance: str
    office: str
    text: str
    path: str


EXPORT = (
    "idea__reference",
    "paragraph__text__subject",
    "paragraph__key",
    "number",
    "parent__number",
    "submitted_at",
    "language",
    "stance",
    "office",
    "text",
    "consultation__slug",
)


def _exported(values: tuple) -> ExportedComment:  # type: ignore[type-arg]
    idea, subject, key, number, to, at, language, stance, office, text, slug = values
    place = f"ideas/{idea}/" if idea else f"texts/{subject}/{key}/"
    return ExportedComment(
        subject=idea or subject,
        paragraph=key or "",
        number=number,
        to=to,
        submitted_at=at,
        language=language,
        stance=stance,
        office=office,
        text=text,
        path=f"consultations/{slug}/{place}#comment-{number}",
    )


def _shown_of(consultation: Consultation, viewer: Viewer) -> CommentQuerySet:
    return comments_visible_to(viewer).filter(consultation=consultation).shown()


def newest_comments(
    *, consultation: Consultation, viewer: Viewer, limit: int
) -> list[ExportedComment]:
    """Return the newest shown comments of a consultation. One query."""
    rows = _shown_of(consultation, viewer).order_by("-pk").values_list(*EXPORT)[:limit]
    return [_exported(values) for values in rows]


def exported_comments(*, consultation: Consultation, viewer: Viewer) -> Iterator[ExportedComment]:
    """Yield the shown comments of a consultation, oldest first, in constant memory.

    Read in pieces, so that no cursor stays open while a slow client takes them.
    """
    last = 0
    while True:
        piece = _shown_of(consultation, viewer).filter(pk__gt=last).order_by("pk")
        rows = list(piece.values_list("pk", *EXPORT)[:PIECE])
        for _pk, *values in rows:
            yield _exported(tuple(values))
        if len(rows) < PIECE:
            return
        last = rows[-1][0]


# One's own ----------------------------------------------------------------------------------------


def comments_of_participant(*, viewer: Viewer, limit: int = 200) -> list[Comment]:
    """Return the comments that this device's participant gave, newest first. One query."""
    if viewer.participant_id is None:
        return []
    mine = Comment.objects.filter(community_id=viewer.community_id, author_id=viewer.participant_id)
    found = mine.select_related("consultation", "idea", "paragraph__text")
    return list(found.order_by("-pk")[:limit])


def desk_comments(
    *, viewer: Viewer, state: str = "", consultation: str = "", before: int = 0
) -> tuple[list[Comment], int]:
    """Return 50 comments, of one consultation where named, newest first, and where older begin.

    One query; none for who may not read what is held. The second value is 0 at the end.
    """
    if not viewer.may("idea.read"):
        return [], 0
    found = comments_visible_to(viewer)
    if state in Comment.State.values:
        found = found.filter(state=state)
    if consultation:
        found = found.filter(consultation__slug=consultation)
    if before:
        found = found.filter(pk__lt=before)
    told = found.select_related("consultation", "idea", "paragraph__text")
    rows = list(told.order_by(F("pk").desc())[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else 0
    return rows[:PAGE], more
