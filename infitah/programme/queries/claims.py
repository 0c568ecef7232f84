"""That a milestone is said to be done, as its judge reads it: by which office, when, since when."""

from dataclasses import dataclass
from datetime import date

from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.programme.models import Milestone, ProgressUpdate, StatusChange
from infitah.programme.queries.desk import milestones_to_confirm
from infitah.programme.queries.second_person import Bar, bar_between
from infitah.programme.queries.updates import office_words


@dataclass(frozen=True, slots=True)
class Claim:
    """A milestone with the last time that it was said to be done, and the owner's note on it."""

    milestone: Milestone
    change: StatusChange | None
    note: ProgressUpdate | None
    given_on: date | None

    @property
    def claimed_on(self) -> date | None:
        """The day on which it was said: that of its evidence, where that was given before the
        entry; the day since which it is done is the milestone's.
        """
        if self.change is None:
            return None
        entered = local_day(self.change.at)
        return min(entered, self.given_on) if self.given_on else entered

    @property
    def entered_on(self) -> date | None:
        """The day of the entry, where what was said before was entered afterwards."""
        entered = local_day(self.change.at) if self.change else None
        return entered if entered != self.claimed_on else None

    @property
    def office(self) -> str:
        """The office that said it, in words; empty where none is known."""
        return office_words(self.change.office) if self.change else ""


def claim_of(milestone: Milestone) -> Claim:
    """Return who said that a milestone is done, and when. Three queries, none if prefetched."""
    changes = [one for one in milestone.changes.all() if one.after == Milestone.State.CLAIMED]
    notes = [one for one in milestone.updates.all() if one.note]
    waiting = [one for one in milestone.evidence.all() if not one.verified_on]
    given = [one.captured_on for one in waiting if one.returned_on is None]
    return Claim(
        milestone=milestone,
        given_on=max(given, default=None),
        change=max(changes, key=lambda one: (one.at, one.pk), default=None),
        note=max(notes, key=lambda one: (one.given_at, one.pk), default=None),
    )


def claims_to_confirm(viewer: Viewer) -> list[Claim]:
    """Return what waits for a second person, for who may be one. Four queries."""
    rows = milestones_to_confirm(viewer).prefetch_related("changes", "updates", "evidence")
    return [claim_of(one) for one in rows]


def bar_to_judging(milestone: Milestone, viewer: Viewer) -> Bar | None:
    """Return why a viewer may not judge a milestone, or None.

    Of one that `milestone_for_desk` fetched; two queries for each piece of evidence that waits.
    """
    waiting = [
        one for one in milestone.evidence.all() if not one.verified_by and not one.returned_on
    ]
    claimers = {one.claimed_by for one in waiting}
    found = bar_between(milestone.commitment, claimers, viewer.actor().key)
    if found is None and not viewer.may("evidence.confirm"):
        return Bar.RIGHT
    return found
