"""Sessions of the council and its deliberations: convened, adopted, sent, posted, given a visa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from infitah.community.models import Body, Term
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import next_reference
from infitah.core.viewer import Actor
from infitah.council import rules
from infitah.council.models import CouncilSession, Deliberation, DeliberationVersion
from infitah.council.queries.desk import other_votes, visa_law
from infitah.council.queries.search import KIND
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import AgendaItem, VoteEvent
from infitah.searchindex import operations as searchindex

tell = proceedings.Teller("council.deliberation_", ("council", "programme"))


NO_CALLER = gettext_lazy(
    "The law sets the ordinary sessions: nobody asks for one. Choose “as the law provides”, or say "
    "that the session is extraordinary."
)


class DeliberationRefused(OperationRefused):
    """The deliberation cannot be recorded, or does not allow this act now."""


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """What the council adopted: its own number in the year, title, text."""

    number: int
    title: LocalizedText
    text: LocalizedText
    is_visa_required: bool = False


@transaction.atomic
def convene_council(
    *,
    body: Body,
    kind: rules.SessionKind,
    called_by: rules.CalledBy,
    title: LocalizedText,
    convened_on: date,
    by: Actor,
    now: datetime,
    term: Term | None = None,
) -> CouncilSession:
    """Convene the council in ordinary or extraordinary session; 112-14, 113-14:33, 36.

    Without `term` it is of the term in force on the day of the convocation. Raises
    DeliberationRefused for a body that is not the council, and for an ordinary session that
    somebody is said to have asked for: the law itself sets its month.
    """
    if body.kind != Body.Kind.COUNCIL:
        raise DeliberationRefused(_("Only the council holds sessions of the council."))
    if called_by != rules.CalledBy.LAW and not rules.has_caller(kind):
        raise DeliberationRefused(str(NO_CALLER), field="called_by")
    session = proceedings.convene_session(
        body=body,
        title=title,
        convened_on=convened_on,
        convened_by=called_by.value,
        by=by,
        now=now,
        term=term or Term.objects.of(body.community).in_force(convened_on).first(),
    )
    return CouncilSession.objects.create(
        community=body.community, session=session, kind=kind.value, called_by=called_by.value
    )


@transaction.atomic
def record_deliberation(
    *,
    items: Sequence[AgendaItem],
    vote: VoteEvent,
    adopted: AdoptedText,
    by: Actor,
    now: datetime,
) -> Deliberation:
    """Record what the council adopted by `vote`; it gets its permanent number (letter D).

    `adopted_on` is the day of the sitting. Raises DeliberationRefused if the motion was lost, if
    the record of the vote was struck, if it was taken on another item or decided something else,
    or if the council's number was given already that year.
    """
    proceedings.must_stand(vote, DeliberationRefused)
    if vote.result != VoteEvent.Result.CARRIED:
        raise DeliberationRefused(_("The council did not adopt this text."), code="lost")
    if vote.item_id not in {item.pk for item in items}:
        raise DeliberationRefused(_("This vote was taken on another agenda item."), code="item")
    _must_be_free(vote)
    community, day = vote.community, vote.taken_on
    taken = Deliberation.objects.of(community).filter(year=day.year, number=adopted.number)
    if taken.exists():
        raise DeliberationRefused(
            _("The council gave this number to another deliberation of the same year."),
            code="number",
            field="number",
        )
    reference = next_reference(community_key=community.key, year=day.year, letter="D")
    item = Deliberation.objects.create(
        community=community,
        reference=str(reference),
        year=day.year,
        number=adopted.number,
        vote=vote,
        title=adopted.title,
        adopted_on=day,
        is_visa_required=adopted.is_visa_required,
    )
    item.items.set(items)
    version = _add_version(item, adopted.text, number=1, made_on=day, reason="")
    searchindex.mark_dirty(community_key=community.key, kind=KIND, subject=item.reference)
    tell(
        item,
        "adopted",
        {
            "number": item.number,
            "sha256": version.sha256,
            "session": vote.item.sitting.session.reference,
            **_counts_of(vote),
        },
        on=day,
        by=by,
        now=now,
    )
    return item


def _must_be_free(vote: VoteEvent) -> None:
    """Refuse a vote that decided something already: one vote answers one question."""
    used = vote.deliberations.first()
    if used is not None:
        raise DeliberationRefused(
            _(
                "This vote adopted the deliberation %(reference)s already: choose the vote on "
                "this text."
            )
            % {"reference": used.reference},
            code="used",
            field="vote",
        )
    if vote.pk in other_votes(vote.item.sitting.session):
        raise DeliberationRefused(
            _("This vote decided an amendment: choose the vote on the text itself."),
            code="used",
            field="vote",
        )


def _counts_of(vote: VoteEvent) -> dict[str, str | int]:
    """Return the counts as the register tells them; of a vote of the past they may be unknown."""
    if not vote.are_counts_known:
        return {}
    return {"for": vote.in_favour, "against": vote.against, "abstained": vote.abstained}


def _add_version(
    item: Deliberation, text: LocalizedText, *, number: int, made_on: date, reason: str
) -> DeliberationVersion:
    return DeliberationVersion.objects.create(
        community=item.community,
        deliberation=item,
        number=number,
        text=text,
        sha256=text_digest(text),
        made_on=made_on,
        reason=reason,
    )


@transaction.atomic
def complete_text(
    *, reference: str, addition: LocalizedText, reason: str, by: Actor, now: datetime
) -> DeliberationVersion:
    """Add a paragraph to the text of a deliberation, as a new version with its public reason.

    The earlier version stays. Raises DeliberationRefused once the text was sent or posted: what
    others hold does not change.
    """
    item = locked(reference)
    if item.state != Deliberation.State.ADOPTED or item.posted_on is not None:
        raise DeliberationRefused(
            _("This text was sent or posted already: it does not change any more."), code="sent"
        )
    before = item.versions.latest("number")
    text = before.text
    for code in text.languages():
        text = text.with_text(code, f"{text.text_of(code)}\n\n{addition.in_language(code)}")
    day = local_day(now)
    made = _add_version(item, text, number=before.number + 1, made_on=day, reason=reason)
    searchindex.mark_dirty(community_key=item.community.key, kind=KIND, subject=item.reference)
    public: dict[str, JSON] = {"version": made.number, "sha256": made.sha256}
    tell(item, "completed", public, on=day, by=by, now=now)
    return made


def canonical_text(text: LocalizedText) -> str:
    """Return the one way in which a text is written before it is hashed; no newline at its end."""
    return proceedings.canonical_of(text)


def text_digest(text: LocalizedText) -> str:
    """Return the SHA-256 (64 hex) that binds a text in all its languages."""
    return proceedings.digest_of(text)


def locked(reference: str) -> Deliberation:
    """Return a deliberation under lock, for an act inside a transaction."""
    held = Deliberation.objects.select_for_update(of=("self",)).select_related("community")
    return held.get(reference=reference)


def return_to_waiting(item: Deliberation) -> None:
    """Let a text wait for the governor: for the visa that he owes, or for his objection.

    Raises DeliberationRefused where it may not. Saves nothing.
    """
    step(item, rules.State.SENT)
    item.state = rules.after_sending(is_visa_required=item.is_visa_required).value


def step(item: Deliberation, after: rules.State) -> None:
    """Let a deliberation step to `after`. Raises DeliberationRefused otherwise; saves nothing."""
    if not rules.may_become(rules.State(item.state), after):
        raise DeliberationRefused(
            _("The deliberation is not at the step that this act needs."), code="step"
        )
    item.state = after.value


def must_have_come(day: date, now: datetime, *, field: str) -> None:
    """Raise DeliberationRefused for a day that is still to come: what follows rests on it."""
    if day > local_day(now):
        raise DeliberationRefused(_("This day is still to come."), field=field)


@transaction.atomic
def record_sending(*, reference: str, sent_on: date, by: Actor, now: datetime) -> Deliberation:
    """Record that the copy went to the governor; a visa is then owed, where the law asks for one.

    Raises DeliberationRefused if it was sent before, or for a day before its adoption or still to
    come.
    """
    item = locked(reference)
    if sent_on < item.adopted_on:
        raise DeliberationRefused(_("This day is before the adoption."), field="sent_on")
    must_have_come(sent_on, now, field="sent_on")
    item.sent_on = sent_on
    return_to_waiting(item)
    item.save(update_fields=["state", "sent_on"])
    tell(item, "sent", {"state": item.state}, on=sent_on, by=by, now=now)
    return item


@transaction.atomic
def record_posting(*, reference: str, posted_on: date, by: Actor, now: datetime) -> Deliberation:
    """Record that the text was posted at the seat of the council (113-14:273 and its like).

    Raises DeliberationRefused for a second posting, or for a day before its adoption or still to
    come.
    """
    item = locked(reference)
    if item.posted_on is not None:
        raise DeliberationRefused(_("The posting of this text is recorded already."))
    if posted_on < item.adopted_on:
        raise DeliberationRefused(_("This day is before the adoption."), field="posted_on")
    must_have_come(posted_on, now, field="posted_on")
    item.posted_on = posted_on
    item.save(update_fields=["posted_on"])
    tell(item, "posted", {}, on=posted_on, by=by, now=now)
    return item


@transaction.atomic
def record_visa(
    *, reference: str, visa_on: date, is_silent: bool, by: Actor, now: datetime
) -> Deliberation:
    """Record the visa, given or by silence; the text is then in force (113-14:118 and its like).

    Raises DeliberationRefused unless a visa is awaited, for a day before the sending or still to
    come, or for silence before the period of the law has passed.
    """
    item = locked(reference)
    step(item, rules.State.VISAED)
    if item.sent_on is None or visa_on < item.sent_on:
        raise DeliberationRefused(
            _("The visa cannot come before the sending to the governor."), field="visa_on"
        )
    must_have_come(visa_on, now, field="visa_on")
    if is_silent:
        _must_have_passed(item, visa_on)
    item.visa_on, item.is_visa_silent = visa_on, is_silent
    step(item, rules.State.EXECUTORY)
    item.save(update_fields=["state", "visa_on", "is_visa_silent"])
    tell(item, "visa_recorded", {"by_silence": is_silent}, on=visa_on, by=by, now=now)
    return item


def _must_have_passed(item: Deliberation, visa_on: date) -> None:
    law = visa_law(item)
    if law is not None and visa_on < law[1]:
        words = _(
            "Silence counts as a visa from %(day)s on: the governor has %(days)s days from the "
            "sending. A visa that he gave before is recorded as given."
        )
        day = format_date(law[1], (get_language() or "ar")[:3])
        raise DeliberationRefused(words % {"day": day, "days": law[0].value}, field="visa_on")


@transaction.atomic
def record_in_force(*, reference: str, on: date, by: Actor, now: datetime) -> Deliberation:
    """Record that a text without visa is in force: the time to object to it has passed.

    Raises DeliberationRefused unless it was sent, for a day before that or still to come, or where
    a visa is owed.
    """
    item = locked(reference)
    if item.is_visa_required or item.sent_on is None or on < item.sent_on:
        raise DeliberationRefused(_("This text is not ready to be in force."), field="on")
    must_have_come(on, now, field="on")
    step(item, rules.State.EXECUTORY)
    item.save(update_fields=["state"])
    tell(item, "in_force", {}, on=on, by=by, now=now)
    return item
