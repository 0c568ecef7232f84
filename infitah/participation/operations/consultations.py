"""Preparing, announcing, opening and closing a consultation."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.dates import format_date
from infitah.kernel.slugs import free_slug
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, ConsultationAxis, Idea
from infitah.participation.operations.consultation_texts import (
    TAKEN,
    ConsultationRefused,
    ConsultationText,
    TopicText,
    check_text,
    words_of_first_day,
)
from infitah.participation.operations.public_reasons import checked_public_reason
from infitah.participation.operations.seen import check_seen
from infitah.participation.operations.workshops import cancel_workshop
from infitah.participation.queries.marks import STATED, TOPIC_STATED, consultation_mark

LETTERLESS = "consultation:{slug}"
"""Subject of a consultation in the register: it has no number of its own."""
RESERVED_AT_DESK = frozenset({"new"})
"""A word below /desk/participation/consultations/ that is a page of its own."""


def _subject(consultation: Consultation) -> str:
    return LETTERLESS.format(slug=consultation.slug)


def _record(
    consultation: Consultation,
    act: str,
    *,
    by: Actor,
    now: datetime,
    occurred_on: date,
    **more: str,
) -> None:
    ledger.record(
        community_key=consultation.community.key,
        act=f"participation.{act}",
        subject=_subject(consultation),
        by=by,
        public={
            "consultation": consultation.slug,
            "opens_at": consultation.opens_at.isoformat(),
            "closes_at": consultation.closes_at.isoformat(),
            **more,
        },
        occurred_on=occurred_on,
        now=now,
    )


def _fill(consultation: Consultation, text: ConsultationText) -> None:
    after = Consultation.Results.AFTER_CLOSING
    consultation.name, consultation.introduction = text.name, text.introduction
    consultation.round_number = text.round_number
    consultation.opens_at = rules.opening_instant(text.first_day)
    consultation.closes_at = rules.closing_instant(text.last_day)
    consultation.results_visibility = (
        after if text.counts_after_closing else Consultation.Results.ALWAYS
    )
    consultation.is_premoderated = text.is_premoderated
    consultation.takes_ideas = text.takes_ideas
    consultation.takes_votes = text.takes_votes
    consultation.takes_comments = text.takes_comments


def _set_topics(consultation: Consultation, topics: Sequence[TopicText]) -> None:
    kept = [topic.axis.pk for topic in topics]
    consultation.topics.exclude(axis_id__in=kept).delete()
    for position, topic in enumerate(topics):
        ConsultationAxis.objects.update_or_create(
            consultation=consultation,
            axis=topic.axis,
            defaults={
                "position": position,
                "context": topic.context,
                "facts": topic.facts,
                "question": topic.question,
                "documents": topic.documents,
            },
        )


@transaction.atomic
def create_consultation(
    *, community: Community, text: ConsultationText, by: Actor, now: datetime
) -> Consultation:
    """Prepare a consultation that nobody sees yet; return it.

    Opens at 00:00 of its first day and closes after 23:59 of its last, in Africa/Casablanca.
    Raises ConsultationRefused for dates, axes or an address that cannot be.
    """
    check_text(text)
    slug = _slug(community, text)
    consultation = Consultation(
        community=community, slug=slug, is_demonstration=text.is_demonstration
    )
    _fill(consultation, text)
    consultation.save()
    _set_topics(consultation, text.topics)
    return consultation


def _slug(community: Community, text: ConsultationText) -> str:
    """Return the short name as stated, else one spelled from the name that is free."""
    held = Consultation.objects.of(community).values_list("slug", flat=True)
    taken = rules.RESERVED_SLUGS | RESERVED_AT_DESK | set(held)
    if not text.slug:
        names = (text.name.text_of("fr"), text.name.text_of("ar"))
        return free_slug(*names, taken=taken, otherwise="consultation")
    if text.slug in taken:
        raise ConsultationRefused(
            _("Another consultation has this short name. Choose a different one."), field="slug"
        )
    return text.slug


@transaction.atomic
def edit_consultation(
    *, consultation_id: int, text: ConsultationText, by: Actor, now: datetime, seen: str = ""
) -> Consultation:
    """Change a consultation: all of it before it opens; later its words and a later last day.

    A last day put later after the announcement is an act of its own in the register. `seen` is the
    mark of what was read (`consultation_mark`). Raises RecordChanged if somebody was quicker, and
    ConsultationRefused as `check_edit` does.
    """
    consultation = _locked(consultation_id)
    check_seen(seen, consultation_mark(consultation))
    check_edit(consultation=consultation, text=text, now=now)
    is_public = consultation.state(now) != rules.ConsultationState.DRAFT
    closed_before, before = consultation.closes_at, _stated(consultation)
    _fill(consultation, text)
    if is_public:
        _note_extension(consultation, closed_before, now)
    consultation.save()
    _set_topics(consultation, text.topics)
    if not is_public:
        return consultation
    is_extended = consultation.closes_at > closed_before
    today = local_day(now)
    if is_extended:
        held = {"closed_before": closed_before.isoformat()}
        _record(consultation, "consultation_extended", by=by, now=now, occurred_on=today, **held)
    if not is_extended or _stated(consultation) != before:
        _record(consultation, "consultation_edited", by=by, now=now, occurred_on=today)
    bump(consultation.community.key, "participation")
    return consultation


def check_edit(*, consultation: Consultation, text: ConsultationText, now: datetime) -> None:
    """Refuse a change that cannot be made at `now`; nothing is changed.

    Raises ConsultationRefused once it is closed (a new round is opened instead) or cancelled, or
    for an opening day, an earlier closing, an axis or something that people may do taken away
    while it is open.
    """
    check_text(text)
    state = consultation.state(now)
    if state == rules.ConsultationState.CANCELLED:
        raise ConsultationRefused(
            _("This consultation is cancelled: its page stays as it is. Prepare another one.")
        )
    if state == rules.ConsultationState.CLOSED:
        raise ConsultationRefused(
            _("This consultation is closed: its dates stay. Open a new round instead.")
        )
    if state == rules.ConsultationState.OPEN:
        _check_while_open(consultation, text)


def _note_extension(consultation: Consultation, closed_before: datetime, now: datetime) -> None:
    """Keep the closing that was announced first, as long as the present one comes later."""
    announced = consultation.first_closes_at or closed_before
    if consultation.closes_at <= announced:
        consultation.first_closes_at = consultation.extended_at = None
    elif consultation.closes_at > closed_before:
        consultation.first_closes_at, consultation.extended_at = announced, now


def _stated(consultation: Consultation) -> tuple[object, list[object]]:
    """Return what is stored of it beside its last day, to see whether it changed. Two queries."""
    held = Consultation.objects.filter(pk=consultation.pk).values_list(*STATED).get()
    topics = consultation.topics.order_by("position", "pk").values_list(*TOPIC_STATED)
    return held, list(topics)


def _check_while_open(consultation: Consultation, text: ConsultationText) -> None:
    if rules.opening_instant(text.first_day) != consultation.opens_at:
        raise ConsultationRefused(
            words_of_first_day(rules.first_day(consultation.opens_at)), field="first_day"
        )
    if rules.closing_instant(text.last_day) < consultation.closes_at:
        raise ConsultationRefused(
            _("It is open: its last day, %(day)s, was announced and can only be put later.")
            % {"day": format_date(rules.last_day(consultation.closes_at), get_language() or "ar")},
            field="last_day",
        )
    for name in TAKEN:
        if getattr(consultation, name) and not getattr(text, name):
            raise ConsultationRefused(
                _("It is open: what people may do here was announced and stays."), field=name
            )
    asked = set(consultation.topics.values_list("axis_id", flat=True))
    if asked - {topic.axis.pk for topic in text.topics}:
        raise ConsultationRefused(
            _("It is open: an axis cannot be taken away any more."), field="axes"
        )


@transaction.atomic
def announce_consultation(
    *, consultation_id: int, by: Actor, now: datetime, occurred_on: date | None = None
) -> Consultation:
    """Make a consultation public; it then opens and closes by the clock. Twice changes nothing.

    Raises ConsultationRefused if its last day has passed, unless history is entered afterwards
    (`occurred_on`, the day on which it was announced).
    """
    consultation = _locked(consultation_id)
    if consultation.announced_at is not None:
        return consultation
    if occurred_on is None and now >= consultation.closes_at:
        raise ConsultationRefused(
            _("Its last day has passed. Put new dates before announcing it."), field="last_day"
        )
    consultation.announced_at = now if occurred_on is None else rules.opening_instant(occurred_on)
    consultation.save(update_fields=["announced_at"])
    day = occurred_on or local_day(now)
    _record(consultation, "consultation_announced", by=by, now=now, occurred_on=day)
    bump(consultation.community.key, "participation")
    return consultation


@transaction.atomic
def cancel_consultation(
    *, consultation_id: int, reason: str, by: Actor, now: datetime
) -> Consultation:
    """Say in public that an announced consultation is not held, and why. Twice changes nothing.

    Its page and its entries in the register stay; its workshops are cancelled with it, for the
    same reason. Raises ConsultationRefused for a draft, which nobody has read, from its opening
    on, once notes of a workshop have their numbers, or without a reason.
    """
    consultation = _locked(consultation_id)
    if consultation.cancelled_at is not None:
        return consultation
    _check_may_be_cancelled(consultation, now)
    said = checked_public_reason(reason, ConsultationRefused)
    consultation.cancelled_at, consultation.cancel_reason = now, said
    consultation.save(update_fields=["cancelled_at", "cancel_reason"])
    today = local_day(now)
    _record(consultation, "consultation_cancelled", by=by, now=now, occurred_on=today, reason=said)
    for pk in consultation.workshops.filter(cancelled_at=None).values_list("pk", flat=True):
        cancel_workshop(workshop_id=pk, reason=said, by=by, now=now)
    bump(consultation.community.key, "participation")
    return consultation


def _check_may_be_cancelled(consultation: Consultation, now: datetime) -> None:
    state = consultation.state(now)
    if state == rules.ConsultationState.DRAFT:
        raise ConsultationRefused(_("Nobody has read this draft: there is nothing to cancel."))
    if state != rules.ConsultationState.ANNOUNCED:
        raise ConsultationRefused(
            _("It has opened: people were asked and stay asked until its last day.")
        )
    if consultation.ideas.exists():
        raise ConsultationRefused(
            _("Notes of its workshops have their numbers: it is held and stays.")
        )


@transaction.atomic
def record_opening(*, consultation_id: int, by: Actor, now: datetime) -> bool:
    """Write in the register that a consultation opened, once; return whether it was written."""
    consultation = _locked(consultation_id)
    if consultation.opening_recorded_at is not None or now < consultation.opens_at:
        return False
    consultation.opening_recorded_at = now
    consultation.save(update_fields=["opening_recorded_at"])
    day = rules.first_day(consultation.opens_at)
    _record(consultation, "consultation_opened", by=by, now=now, occurred_on=day)
    bump(consultation.community.key, "participation")
    return True


@transaction.atomic
def record_closing(*, consultation_id: int, by: Actor, now: datetime) -> bool:
    """Write that a consultation closed, with the hash of the set of its ideas, once.

    The hash is that of the shown ideas in the order of their numbers, one JSON line each.
    """
    consultation = _locked(consultation_id)
    if consultation.closing_recorded_at is not None or now < consultation.closes_at:
        return False
    count, digest = set_hash(consultation)
    consultation.closing_recorded_at, consultation.set_hash = now, digest
    consultation.save(update_fields=["closing_recorded_at", "set_hash"])
    _record(
        consultation,
        "consultation_closed",
        by=by,
        now=now,
        occurred_on=rules.last_day(consultation.closes_at),
        ideas=str(count),
        set_sha256=digest,
    )
    bump(consultation.community.key, "participation")
    return True


def set_hash(consultation: Consultation) -> tuple[int, str]:
    """Return how many ideas a consultation shows and the SHA-256 of their texts in order."""
    digest, count = hashlib.sha256(), 0
    ideas = Idea.objects.filter(consultation=consultation, state=rules.IdeaState.VISIBLE)
    rows = ideas.order_by("position").values_list("reference", "statement", "detail")
    for row in rows.iterator(chunk_size=500):
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def _locked(consultation_id: int) -> Consultation:
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=consultation_id)
    )
