"""Comments and replies: given while a consultation is open, taken back by their authors."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from infitah.community.models import Community, Participant
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, within_limit
from infitah.core.viewer import Actor
from infitah.kernel.dates import format_date
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Comment, Consultation, Idea, ModerationCase, Paragraph
from infitah.participation.operations.case_book import close_withdrawn, open_case, reference_of
from infitah.participation.operations.case_letters import tell_reply
from infitah.participation.operations.voice import UNKNOWN, Statement
from infitah.participation.operations.voice_counts import count_comments
from infitah.participation.rules import CommentAct, CommentFault, CommentState


class CommentRefused(OperationRefused):
    """The comment cannot be given or taken back; `code` "unknown" where there is nothing such."""


@dataclass(frozen=True, slots=True)
class CommentText:
    """A comment as typed and cleaned; `to` is the number of the one that it answers, 0 for none.

    `key` makes giving it twice harmless, `interface` is the language of the pages.
    """

    key: uuid.UUID
    text: str
    stance: str = ""
    to: int = 0
    interface: str = "ar"


@dataclass(frozen=True, slots=True)
class Place:
    """What is commented on, held for the act, and the comment that is answered."""

    subject: Idea | Paragraph
    parent: Comment | None

    @property
    def is_shown(self) -> bool:
        """Whether the idea or paragraph can be read by anybody."""
        if isinstance(self.subject, Idea):
            return self.subject.state in rules.PUBLIC_STATES
        return self.subject.text.is_current


def _subject(community: Community, on: Statement) -> Idea | Paragraph | None:
    if on.paragraph:
        paragraphs = Paragraph.objects.select_for_update(of=("self",)).select_related(
            "text__consultation__community"
        )
        number = int(on.paragraph) if on.paragraph.isdecimal() else 0
        return paragraphs.filter(
            pk=number, text__community=community, text__consultation__slug=on.slug
        ).first()
    ideas = Idea.objects.select_for_update(of=("self",)).select_related("consultation__community")
    return ideas.filter(community=community, reference=on.idea, consultation__slug=on.slug).first()


def _parent(subject: Idea | Paragraph, to: int) -> Comment | None:
    comments = Comment.objects.filter(number=to).select_related("author", "community")
    return comments.filter(**_under(subject)).first()


def _under(subject: Idea | Paragraph) -> dict[str, Idea | Paragraph]:
    return {"idea" if isinstance(subject, Idea) else "paragraph": subject}


def _unknown() -> CommentRefused:
    return CommentRefused(_("There is nothing to comment on under this address."), code=UNKNOWN)


def _sentence(fault: CommentFault, consultation: Consultation) -> str:
    if consultation.cancelled_at is not None:
        return _("This consultation is cancelled.")
    if fault is CommentFault.CLOSED:
        last = rules.last_day(consultation.closes_at)
        day = format_date(last, (get_language() or "ar")[:3])
        return _(
            "This consultation closed at the end of %(day)s (23:59, Moroccan time): it takes no "
            "comments any more."
        ) % {"day": day}
    sentences = {
        CommentFault.NOT_OPEN: _("This consultation is not open yet."),
        CommentFault.NO_COMMENTS: _("This consultation takes no comments."),
        CommentFault.NOT_SHOWN: _("This text is not shown any more: it takes no comments."),
        CommentFault.NO_PARENT: _("The comment that you answer is not shown any more."),
        CommentFault.DEEP: _("A reply takes no reply: answer the comment above it."),
    }
    return sentences[fault]


@transaction.atomic
def check_comment(
    *, community: Community, on: Statement, to: int, now: datetime, is_office: bool = False
) -> Place:
    """Return what is commented on if it takes a comment, or a reply to number `to`, at `now`.

    An office may reply after closing too: questions that wait get their answer. Two queries.
    Raises CommentRefused before opening, after closing (it says when), for what is not shown, for
    a reply to a reply, and with code "unknown" for what is nothing of this consultation.
    """
    subject = _subject(community, on)
    if subject is None:
        raise _unknown()
    consultation = subject.consultation if isinstance(subject, Idea) else subject.text.consultation
    if consultation.announced_at is None:
        raise _unknown()
    place = Place(subject, _parent(subject, to) if to else None)
    if to and place.parent is None:
        raise _unknown()
    standing = consultation.state(now)
    if is_office and standing is rules.ConsultationState.CLOSED:
        standing = rules.ConsultationState.OPEN
    fault = rules.fault_of_comment(
        standing, takes_comments=consultation.takes_comments, is_shown=place.is_shown
    )
    if fault is None and place.parent is not None:
        fault = rules.fault_of_reply(
            parent_state=place.parent.state, parent_is_reply=place.parent.parent_id is not None
        )
    if fault is not None:
        raise CommentRefused(_sentence(fault, consultation), code=fault)
    return place


def check_words(text: str) -> None:
    """Refuse a comment that nobody could read. Raises CommentRefused."""
    fault = rules.fault_of_words(text)
    bounds = {"least": rules.COMMENT_MIN, "most": rules.COMMENT_MAX, "n": len(text)}
    if fault == rules.TextFault.SHORT:
        message = (
            ngettext(
                "The comment has one character: it needs %(least)s at least.",
                "The comment has %(n)s characters: it needs %(least)s at least.",
                len(text),
            )
            % bounds
        )
    elif fault == rules.TextFault.LONG:
        message = (
            ngettext(
                "The comment has one character: %(most)s at most. Shorten it.",
                "The comment has %(n)s characters: %(most)s at most. Shorten it.",
                len(text),
            )
            % bounds
        )
    elif fault == rules.TextFault.NO_WORDS:
        message = _("Write the comment in words.")
    else:
        return
    raise CommentRefused(message, code=fault, field="text")


@transaction.atomic
def comment(
    *, community: Community, on: Statement, given: CommentText, author_id: int, now: datetime
) -> Comment:
    """Give a comment, or a reply, its number under an idea or a paragraph; return it.

    The instant of this act decides. The same sending, and the same words by the same person in
    the same place, are one comment. Where texts are read first it waits in a case of its own.
    Raises CommentRefused as `check_comment` and `check_words` do, and beyond the limit by person.
    """
    author = Participant.objects.of(community).get(pk=author_id)
    earlier = Comment.objects.filter(submission_key=given.key, community=community).first()
    if earlier is not None:
        return earlier
    place = check_comment(community=community, on=on, to=given.to, now=now)
    check_words(given.text)
    same = Comment.objects.filter(
        author=author, text=given.text, parent=place.parent, **_under(place.subject)
    ).first()
    if same is not None:
        return same
    limit, seconds = OPTIONS.comments_per_person
    name, key = "participation.comment", str(author.pk)
    if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
        raise CommentRefused(_("Many comments came from you in one hour. Go on a little later."))
    made = _written(place, given, author=author, office="", now=now)
    _announce(made, Actor("participant", str(author.pk)), now)
    return made


@transaction.atomic
def reply_as_office(
    *, community: Community, comment_id: int, text: str, key: uuid.UUID, by: Actor, now: datetime
) -> Comment:
    """Reply to a comment under the name of the office of `by`; its author is told by mail.

    After closing too. Raises CommentRefused for a text that nobody could read, or a comment that
    takes no reply.
    """
    earlier = Comment.objects.filter(submission_key=key, community=community).first()
    if earlier is not None:
        return earlier
    asked = (
        Comment.objects.of(community)
        .select_related("consultation", "idea", "author", "community")
        .filter(pk=comment_id)
        .first()
    )
    if asked is None:
        raise _unknown()
    on = Statement(
        asked.consultation.slug,
        asked.idea.reference if asked.idea else "",
        str(asked.paragraph_id or ""),
    )
    place = check_comment(community=community, on=on, to=asked.number, now=now, is_office=True)
    check_words(text)
    given = CommentText(key=key, text=text, to=asked.number)
    made = _written(place, given, author=None, office=by.office, now=now)
    _announce(made, by, now)
    tell_reply(reply=made, asked=asked, now=now)
    return made


def _written(
    place: Place, given: CommentText, *, author: Participant | None, office: str, now: datetime
) -> Comment:
    subject = place.subject
    consultation = subject.consultation if isinstance(subject, Idea) else subject.text.consultation
    last = Comment.objects.filter(**_under(subject)).aggregate(last=Max("number"))["last"]
    is_first_read = consultation.is_premoderated and author is not None
    return Comment.objects.create(
        community=consultation.community,
        consultation=consultation,
        idea=subject if isinstance(subject, Idea) else None,
        paragraph=subject if isinstance(subject, Paragraph) else None,
        parent=place.parent,
        number=(last or 0) + 1,
        author=author,
        office=office,
        text=given.text,
        stance=given.stance if given.stance in Comment.Stance.values else "",
        language=rules.language_of(given.text, given.interface),
        state=CommentState.RECEIVED if is_first_read else CommentState.VISIBLE,
        submission_key=given.key,
        submitted_at=now,
    )


def _announce(made: Comment, by: Actor, now: datetime) -> None:
    public: dict[str, str | int] = {
        "consultation": made.consultation.slug,
        "number": made.number,
        "stance": made.stance,
        "language": made.language,
    }
    if made.parent is not None:
        public["to"] = made.parent.number
    entry = ledger.record(
        community_key=made.community.key,
        act="participation.comment_given",
        subject=reference_of(made),
        by=by,
        public=public,
        private={"text": made.text},
        occurred_on=local_day(now),
        now=now,
    )
    made.register_number = entry.number
    made.save(update_fields=["register_number"])
    if made.state == CommentState.VISIBLE:
        count_shown(made, 1)
    else:
        open_case(made, origin=ModerationCase.Origin.READING, opened_at=now)
    bump(made.community.key, "participation")


def count_shown(of: Comment, by: int) -> None:
    """Move the count of shown comments of what `of` stands under."""
    with connection.cursor() as cursor:
        count_comments(cursor, of, by)


def locked_comment(community_id: int, comment_id: int) -> Comment | None:
    """Return a comment held for this act with what it stands under, None for no such one."""
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("consultation", "community", "idea", "paragraph__text", "author")
        .filter(community_id=community_id, pk=comment_id)
        .first()
    )


@transaction.atomic
def withdraw_comment(
    *, community_id: int, comment_id: int, author_id: int, by: Actor, now: datetime
) -> Comment:
    """Take back a comment: its text is erased everywhere, its number stays. Twice is once.

    Raises CommentRefused for a comment of somebody else.
    """
    held = locked_comment(community_id, comment_id)
    if held is None or held.author_id is None or held.author_id != author_id:
        raise CommentRefused(
            _("This comment was not given from this address: it cannot be taken back from here."),
            code="not_yours",
        )
    was_shown = held.state == CommentState.VISIBLE
    if rules.comment_after(held.state, CommentAct.WITHDRAW) is None:
        return held
    held.text, held.flags_open = "", 0
    held.state, held.withdrawn_at = CommentState.WITHDRAWN, now
    held.save(update_fields=["text", "flags_open", "state", "withdrawn_at"])
    subject = reference_of(held)
    ledger.record(
        community_key=held.community.key,
        act="participation.comment_withdrawn",
        subject=subject,
        by=by,
        public={"consultation": held.consultation.slug},
        occurred_on=local_day(now),
        now=now,
    )
    ledger.erase_openings(community_key=held.community.key, subject=subject, by=by, now=now)
    if was_shown:
        count_shown(held, -1)
    close_withdrawn(held, by=by, now=now)
    bump(held.community.key, "participation")
    return held
