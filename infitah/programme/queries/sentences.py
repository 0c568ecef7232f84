"""State as a sentence, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from infitah.programme.models import Commitment, Milestone
from infitah.programme.rules import progress, states


@dataclass(frozen=True, slots=True)
class Counts:
    """How many milestones there are, how many are confirmed, how many are only said to be done."""

    milestones: int
    verified: int
    claimed: int

    @property
    def verified_words(self) -> str:
        """How many milestones are done, of all."""
        words = ngettext(
            "%(n)s milestone of %(total)s done, confirmed with evidence",
            "%(n)s milestones of %(total)s done, confirmed with evidence",
            self.verified,
        )
        return words % {"n": self.verified, "total": self.milestones}

    @property
    def claimed_words(self) -> str:
        """How many milestones wait for the second person."""
        words = ngettext(
            "%(n)s milestone said to be done, not yet confirmed",
            "%(n)s milestones said to be done, not yet confirmed",
            self.claimed,
        )
        return words % {"n": self.claimed}


def counts_of(steps: Sequence[progress.Step]) -> Counts:
    """Return the counts over milestones, each once."""
    return Counts(
        milestones=len(steps),
        verified=sum(step.state == states.MilestoneState.VERIFIED for step in steps),
        claimed=sum(step.state == states.MilestoneState.CLAIMED for step in steps),
    )


def late_sentence(days: int) -> str:
    """Return "late by 34 days on the announced date" of a commitment, with its plural."""
    words = ngettext(
        "Late by %(days)s day on the announced date",
        "Late by %(days)s days on the announced date",
        days,
    )
    return words % {"days": days}


def late_milestone_sentence(days: int) -> str:
    """Return "late by 34 days on the announced date" of a milestone, with its plural."""
    words = npgettext(
        "milestone",
        "Late by %(days)s day on the announced date",
        "Late by %(days)s days on the announced date",
        days,
    )
    return words % {"days": days}


def told_late_sentence(days: int) -> str:
    """Return "12 days after the announced date", of what nobody has confirmed yet."""
    words = ngettext(
        "%(days)s day after the announced date",
        "%(days)s days after the announced date",
        days,
    )
    return words % {"days": days}


def was_late_sentence(days: int) -> str:
    """Return "done 12 days after the announced date" with the plural of the language."""
    words = ngettext(
        "done %(days)s day after the announced date",
        "done %(days)s days after the announced date",
        days,
    )
    return words % {"days": days}


def standing_words(milestone: Milestone) -> str:
    """Return where an overdue milestone stands: one that was only planned has not begun."""
    if milestone.state == Milestone.State.PLANNED:
        return _("not begun yet")
    return str(milestone.get_state_display())


def milestone_sentence(milestone: Milestone, today: date) -> str:
    """Return the state of a milestone as a sentence, its lateness with it."""
    step = milestone.step
    words = str(milestone.get_state_display())
    days = progress.days_late(step, today)
    if progress.is_overdue(step, today):
        return f"{standing_words(milestone)} · {late_milestone_sentence(days)}"
    if not days:
        return words
    is_confirmed = step.state in progress.DONE
    return f"{words} · {was_late_sentence(days) if is_confirmed else told_late_sentence(days)}"


def commitment_sentence(commitment: Commitment, late: int, done: progress.Progress) -> str:
    """Return the state of a commitment as one sentence: late first, then what is confirmed.

    Of a draft whose quality was measured, the score that the row was fetched with.
    """
    score = getattr(commitment, "public_score", None)
    if commitment.state == Commitment.State.LINTED and score is not None:
        return _("Quality measured: %(score)s of 100") % {"score": score}
    if states.CommitmentState(commitment.state) not in states.DUE_STATES:
        return str(commitment.get_state_display())
    if done.verified == progress.WHOLE:
        return _("Done and confirmed")
    if late:
        return late_sentence(late)
    if done.claimed and done.verified + done.claimed == progress.WHOLE:
        return _("Said to be done, waiting for a second person to confirm")
    return str(commitment.get_state_display())
