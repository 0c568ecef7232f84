"""A roll call put right: who was there in truth, and what that does to quorum and votes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.viewer import Actor
from infitah.design.direction import in_page_language
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON
from infitah.proceedings import queries, rules
from infitah.proceedings.models import Attendance, Session, Sitting, VoteEvent
from infitah.proceedings.operations.session import SessionRefused, locked
from infitah.proceedings.operations.telling import tell_session


@transaction.atomic
def correct_roll(
    *,
    sitting: Sitting,
    presences: Mapping[int, rules.Presence],
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> Sitting:
    """Put a roll call right; the quorum is computed again. 113-14:42.

    Before the first vote no reason is asked; afterwards each change stays on the page with its
    reason. Raises SessionRefused if nothing changes, once the minutes are approved, without a
    reason, if a recorded vote would no longer add up, or if the quorum no longer fits what
    followed.
    """
    session = locked(sitting.session_id)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    sitting.session = session
    fault = queries.why_roll_bound(sitting)
    if fault:
        raise SessionRefused(fault)
    rows = list(sitting.attendances.select_related("mandate__person"))
    if {row.mandate_id for row in rows} != set(presences):
        raise SessionRefused(
            _("The roll call must name each member in office once, and nobody else."), code="seats"
        )
    votes = list(VoteEvent.records.filter(item__sitting=sitting).order_by("pk"))
    if votes and not reason.ar:
        raise SessionRefused(_("Say why, in Arabic at least."), field="reason")
    _must_add_up(presences, [vote for vote in votes if vote.struck_on is None])
    _keep_quorum(sitting, rules.RollCall.of(presences.values()))
    changes = _put_right(rows, presences, reason if votes else None, now)
    _tell(sitting, changes, reason, by=by, now=now)
    return sitting


def _put_right(
    rows: Iterable[Attendance],
    presences: Mapping[int, rules.Presence],
    reason: LocalizedText | None,
    now: datetime,
) -> list[JSON]:
    """Write what differs, and return it; with a reason what was first recorded is kept.

    Raises SessionRefused if nothing differs.
    """
    changed: list[JSON] = []
    for row in rows:
        before, after = row.presence, presences[row.mandate_id].value
        if before == after:
            continue
        row.presence = after
        if reason is not None:
            row.first_presence = row.first_presence or before
            row.corrected_on, row.correction_reason = local_day(now), reason
        row.save()
        changed.append({"name": row.mandate.person.name.ar, "before": before, "after": after})
    if not changed:
        raise SessionRefused(_("Nothing differs from the roll call as it stands."), code="same")
    return changed


def _tell(
    sitting: Sitting, changes: list[JSON], reason: LocalizedText, *, by: Actor, now: datetime
) -> None:
    session = sitting.session
    public: dict[str, JSON] = {
        "sitting": sitting.position,
        "changes": changes,
        "state": sitting.state,
    }
    if reason:
        public["reason"] = reason.as_json()
    tell_session(session, "roll_corrected", public, on=local_day(now), by=by, now=now)


def _must_add_up(presences: Mapping[int, rules.Presence], votes: list[VoteEvent]) -> None:
    """Raise SessionRefused, naming the first vote that those present could not have given so."""
    present = {seat for seat, said in presences.items() if said == rules.Presence.PRESENT}
    for vote in votes:
        if vote.method == VoteEvent.Method.NAMED:
            adds_up = set(vote.named.values_list("mandate_id", flat=True)) <= present
        else:
            adds_up = not vote.are_counts_known or vote.counts.voters == len(present)
        if not adds_up:
            raise SessionRefused(
                _(
                    "The vote “%(question)s” (for %(for)s, against %(against)s, abstained "
                    "%(abstained)s) would no longer add up with the members present: correct the "
                    "record of this vote first, or strike it."
                )
                % {
                    "question": in_page_language(vote.question),
                    "for": vote.in_favour,
                    "against": vote.against,
                    "abstained": vote.abstained,
                },
                code="votes",
            )


def _keep_quorum(sitting: Sitting, roll: rules.RollCall) -> None:
    """Bring the sitting and its session in line; raises SessionRefused if what followed forbids."""
    needed = sitting.quorum_needed or 1
    after = Sitting.State.HELD if roll.present >= needed else Sitting.State.NO_QUORUM
    if after == sitting.state:
        return
    session = sitting.session
    followed = session.sittings.filter(position__gt=sitting.position).exists()
    has_votes = VoteEvent.objects.filter(item__sitting=sitting).exists()
    if followed or has_votes or session.state == Session.State.CLOSED:
        raise SessionRefused(
            _(
                "So the sitting would gain or lose its quorum, and what followed rests on it: its "
                "votes, a later sitting or the closing of the session. Strike its votes first; if "
                "a sitting followed or the session is closed, say it in the minutes."
            ),
            code="quorum",
        )
    sitting.state = after
    sitting.save(update_fields=["state"])
    is_open = session.sittings.filter(state=Sitting.State.HELD).exists()
    session.state = Session.State.OPEN if is_open else Session.State.CONVENED
    session.save(update_fields=["state"])
