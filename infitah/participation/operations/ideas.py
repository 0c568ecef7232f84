"""Giving an idea its number, and taking it back."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Community, Participant
from infitah.core import files, vault
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import bump, next_reference, post_event
from infitah.core.viewer import Actor
from infitah.kernel.text import arabic_letters
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaDraft, WorkshopTable
from infitah.participation.models.idea import YEAR_STEP
from infitah.participation.operations.case_book import close_withdrawn
from infitah.participation.operations.drafts import (
    check_detail,
    check_opened,
    check_statement,
    check_takes_ideas,
    name_of,
)
from infitah.participation.operations.letters import tell_withdrawal
from infitah.participation.operations.tallies import count_change
from infitah.participation.queries.ideas import FILE_PREFIX, KIND
from infitah.searchindex import operations as searchindex

MODEL = "participation.Idea"
LETTER = "I"


class IdeaRefused(OperationRefused):
    """The idea cannot be given or taken back."""


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea ready to count; `key` makes giving it twice harmless."""

    key: uuid.UUID
    axis: Axis
    statement: str
    detail: str = ""
    interface: str = "ar"
    commune: Community | None = None
    name: str = ""
    attachment: StoredFile | None = None
    attachment_alt: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an idea came: from whom, where, when; `occurred_on` where history is entered later.

    A note of a workshop comes from a table, with the dots that people put on it.
    """

    source: Idea.Source
    author: Participant | None
    submitted_at: datetime
    occurred_on: date
    wants_receipt: bool
    table: WorkshopTable | None = None
    dots: int | None = None


@transaction.atomic
def submit_idea(*, draft_key: uuid.UUID, author_id: int, by: Actor, now: datetime) -> Idea:
    """Give the idea drafted under this key its number; return it, the same one however often.

    After closing it goes to the tray of late ideas: the instant of this act decides, not the
    page that was open. Raises IdeaRefused where the draft is gone (a day has passed).
    """
    draft = (
        IdeaDraft.objects.select_for_update(of=("self",))
        .select_related("consultation__community", "axis", "commune", "attachment")
        .filter(key=draft_key)
        .first()
    )
    if draft is None:  # it goes with the act that made it an idea
        earlier = Idea.objects.filter(submission_key=draft_key).first()
        if earlier is not None:
            return earlier
    if draft is None or draft.expires_at <= now:
        raise IdeaRefused(
            _("What you typed was kept for a day and is erased now. Please write it again."),
            code="draft_gone",
        )
    author = Participant.objects.get(pk=author_id, community_id=draft.community_id)
    text = IdeaText(
        key=draft.key,
        axis=draft.axis,
        statement=draft.statement,
        detail=draft.detail,
        interface=draft.interface,
        commune=draft.commune,
        name=name_of(draft),
        attachment=draft.attachment,
        attachment_alt=draft.attachment_alt,
    )
    arrival = Arrival(
        source=Idea.Source.ONLINE,
        author=author,
        submitted_at=now,
        occurred_on=local_day(now),
        wants_receipt=True,
    )
    idea = enter_idea(consultation=draft.consultation, text=text, arrival=arrival, by=by, now=now)
    draft.delete()
    return idea


@transaction.atomic
def enter_idea_at_desk(
    *,
    consultation: Consultation,
    text: IdeaText,
    author: Participant | None,
    by: Actor,
    now: datetime,
) -> Idea:
    """Give a visitor's idea its number, typed by an officer: same number, same register.

    Raises IdeaRefused before opening and where it was cancelled, DraftRefused for a text that
    cannot be taken.
    """
    check_opened(consultation, now, IdeaRefused)
    arrival = Arrival(
        source=Idea.Source.DESK,
        author=author,
        submitted_at=now,
        occurred_on=local_day(now),
        wants_receipt=author is not None,
    )
    return enter_idea(consultation=consultation, text=text, arrival=arrival, by=by, now=now)


@transaction.atomic
def enter_idea(
    *, consultation: Consultation, text: IdeaText, arrival: Arrival, by: Actor, now: datetime
) -> Idea:
    """Write an idea, its number and its register entry together; the same one for the same key.

    An idea that its author already gave in this consultation, word for word, is returned
    instead of a double. Raises DraftRefused for a text or an axis that cannot be taken, or where no
    ideas are asked for.
    """
    check_takes_ideas(consultation)
    text = _in_letters(text)
    check_statement(text.statement)
    check_detail(text.detail)
    earlier = _given_before(consultation, text, arrival.author)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            idea = _written(consultation, text, arrival)
    except IntegrityError:
        # Another thread gave the same idea this very moment: one of the two counts.
        earlier = _given_before(consultation, text, arrival.author)
        if earlier is None:
            raise
        return earlier
    _announce(idea, consultation.community, by, arrival, now)
    return idea


def _in_letters(text: IdeaText) -> IdeaText:
    """Return the words in letters, however they came in; the register commits to these."""
    return replace(
        text,
        statement=arabic_letters(text.statement),
        detail=arabic_letters(text.detail),
        attachment_alt=arabic_letters(text.attachment_alt),
    )


def _given_before(
    consultation: Consultation, text: IdeaText, author: Participant | None
) -> Idea | None:
    same = Idea.objects.filter(submission_key=text.key).first()
    if same is not None or author is None:
        return same
    key = rules.statement_key(text.statement)
    mine = Idea.objects.filter(consultation=consultation, author=author, statement_key=key)
    return mine.first()


def _written(consultation: Consultation, text: IdeaText, arrival: Arrival) -> Idea:
    community = consultation.community
    year = arrival.occurred_on.year
    state = rules.state_on_arrival(
        closes_at=consultation.closes_at,
        is_premoderated=consultation.is_premoderated,
        now=arrival.submitted_at,
    )
    reference = next_reference(community_key=community.key, year=year, letter=LETTER)
    idea = Idea(
        community=community,
        consultation=consultation,
        axis=text.axis,
        commune=text.commune,
        reference=str(reference),
        year=year,
        number=reference.number,
        position=year * YEAR_STEP + reference.number,
        statement=text.statement,
        statement_key=rules.statement_key(text.statement),
        detail=text.detail,
        language=rules.language_of(f"{text.statement} {text.detail}", text.interface),
        source=arrival.source,
        table=arrival.table,
        dots=arrival.dots,
        state=state,
        is_late=state == rules.IdeaState.LATE,
        author=arrival.author,
        author_name_sealed=vault.seal(
            text.name, model=MODEL, field="author_name_sealed", row=str(text.key)
        ),
        attachment=text.attachment,
        attachment_alt=text.attachment_alt,
        submission_key=text.key,
        submitted_at=arrival.submitted_at,
        receipt_queued_at=None if arrival.wants_receipt else arrival.submitted_at,
    )
    idea.save(force_insert=True)
    return idea


def _announce(idea: Idea, community: Community, by: Actor, arrival: Arrival, now: datetime) -> None:
    """Bind the file, write the register, count, index, tell the apps above, freshen pages."""
    if idea.attachment is not None:
        files.bind(
            key=str(idea.attachment.key),
            community_key=community.key,
            subject=f"{FILE_PREFIX}{idea.reference}",
            is_public=False,  # read through the idea's own visibility (`file_is_visible`)
            now=now,
        )
    entry = ledger.record(
        community_key=community.key,
        act="participation.idea_submitted",
        subject=idea.reference,
        by=by,
        public={
            "consultation": idea.consultation.slug,
            "axis": idea.axis.slug,
            "language": idea.language,
            "source": str(idea.source),
            "late": idea.is_late,
        },
        private=_private(idea),
        occurred_on=arrival.occurred_on,
        now=now,
    )
    idea.register_number = entry.number
    idea.save(update_fields=["register_number"])
    count_change(idea, before="")
    searchindex.mark_dirty(community_key=community.key, kind=KIND, subject=idea.reference)
    tell_apps("idea_submitted", idea, now)
    bump(community.key, "participation")


def _private(idea: Idea) -> dict[str, str]:
    values = {"statement": idea.statement}
    if idea.detail:
        values["detail"] = idea.detail
    if idea.attachment is not None:
        values["attachment_sha256"] = idea.attachment.sha256
    return values


def tell_apps(event: str, idea: Idea, now: datetime) -> None:
    """Post the event of an act on an idea for the apps above, once."""
    post_event(
        kind=f"participation.{event}",
        community_key=idea.community.key,
        subject=idea.reference,
        payload={"consultation": idea.consultation.slug, "state": str(idea.state)},
        dedupe_key=f"participation.{event}:{idea.reference}",
        now=now,
    )


def locked_idea(community_id: int, reference: str) -> Idea:
    """Return an idea held for this act. Raises Idea.DoesNotExist."""
    return (
        Idea.objects.select_for_update(of=("self",))
        .select_related("consultation", "community", "axis", "commune", "author")
        .get(community_id=community_id, reference=reference)
    )


@transaction.atomic
def withdraw_idea(
    *, community_id: int, reference: str, author_id: int, by: Actor, now: datetime
) -> Idea:
    """Take back an idea: its text goes everywhere at once, its number stays with a notice.

    Its author is told by mail, with the act. Withdrawing twice changes nothing. Raises
    IdeaRefused for an idea of somebody else.
    """
    idea = Idea.objects.filter(community_id=community_id, reference=reference).first()
    if idea is None or idea.author_id != author_id:
        raise IdeaRefused(
            _("This idea was not given from this address, so it cannot be taken back from here."),
            code="not_yours",
        )
    idea = locked_idea(community_id, reference)
    before = idea.state
    if rules.state_after(before, rules.Act.WITHDRAW) is None:
        return idea
    erase_text(idea, now)
    entry = ledger.record(
        community_key=idea.community.key,
        act="participation.idea_withdrawn",
        subject=idea.reference,
        by=by,
        public={"consultation": idea.consultation.slug},
        occurred_on=local_day(now),
        now=now,
    )
    tell_withdrawal(idea=idea, act_number=entry.number, now=now)
    gone_everywhere(idea, before=before, by=by, now=now)
    return idea


def gone_everywhere(idea: Idea, *, before: str, by: Actor, now: datetime) -> None:
    """Take an idea whose withdrawal was recorded out of proofs, counts, cases, search and news."""
    ledger.erase_openings(community_key=idea.community.key, subject=idea.reference, by=by, now=now)
    count_change(idea, before=before)
    close_withdrawn(idea, by=by, now=now)
    searchindex.remove(community_key=idea.community.key, kind=KIND, subject=idea.reference)
    tell_apps("idea_withdrawn", idea, now)
    bump(idea.community.key, "participation")


def erase_text(idea: Idea, now: datetime) -> None:
    """Leave number, dates and axis; the register keeps its commitments, whose keys are erased."""
    if idea.attachment is not None:
        files.withdraw(key=str(idea.attachment.key), now=now, is_erased=True)
    idea.statement = idea.detail = idea.statement_key = idea.attachment_alt = ""
    idea.author_name_sealed = ""
    idea.attachment = None
    idea.state, idea.withdrawn_at = rules.IdeaState.WITHDRAWN, now
    idea.save()


def has_names_to_erase(now: datetime) -> bool:
    """Return whether a name given with an idea outlived its person's identity. One look-up."""
    return Idea.objects.with_purged_author().exists()


def erase_names(*, now: datetime) -> bool:
    """Erase the names given with ideas whose author's identity was purged; never more to do.

    The schedule is the community's (law 09-08); this app keeps a name of its own beside it.
    """
    Idea.objects.with_purged_author().update(author_name_sealed="")
    return False
