"""What is late, with the reason given, the new date and the service in charge."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from infitah.community.models import Unit
from infitah.core.viewer import Viewer
from infitah.programme.models import Cycle, Milestone, StatusChange
from infitah.programme.queries.commitments import url_of
from infitah.programme.queries.reasons import Word, word_of
from infitah.programme.queries.sentences import late_milestone_sentence, standing_words
from infitah.programme.rules import progress, states


@dataclass(frozen=True, slots=True)
class Overdue:
    """An overdue milestone: by how many days, why, until when, and which service answers for it."""

    milestone: Milestone
    days: int
    sentence: str
    url: str
    reason: StatusChange | None
    word: Word | None
    today: date

    @property
    def is_long(self) -> bool:
        """Whether it is overdue by more than thirty days."""
        return progress.is_long_overdue(self.milestone.step, self.today)

    @property
    def standing(self) -> str:
        """Where the milestone stands, in words."""
        return standing_words(self.milestone)

    @property
    def unit(self) -> Unit | None:
        """The service in charge: that of the milestone, else that of the commitment."""
        return self.milestone.unit or self.milestone.commitment.lead_unit

    @property
    def new_end(self) -> date | None:
        """The day to which it was put off, or None where no new day was set."""
        end = self.milestone.planned_end
        return end if end != self.milestone.announced_end else None

    @property
    def has_new_end_passed(self) -> bool:
        """Whether the new day has passed as well."""
        return self.new_end is not None and self.new_end < self.today


def has_overdue(viewer: Viewer, cycle: Cycle, today: date) -> bool:
    """Return whether a milestone of a cycle is overdue. One query."""
    return _overdue_milestones(viewer, today).filter(commitment__cycle=cycle).exists()


def overdue(viewer: Viewer, cycle: Cycle, today: date) -> list[Overdue]:
    """Return the overdue milestones of a cycle's adopted commitments, oldest first. 4 queries."""
    rows = _overdue_milestones(viewer, today).filter(commitment__cycle=cycle)
    found = rows.select_related("commitment__cycle", "commitment__lead_unit", "unit")
    return [
        _overdue(one, today)
        for one in found.prefetch_related("changes", "commitment__updates__milestone").order_by(
            "announced_end", "pk"
        )
    ]


@dataclass(frozen=True, slots=True)
class LateElsewhere:
    """Another programme of which something is due and not done, and how many milestones."""

    cycle: Cycle
    milestones: int

    @property
    def words(self) -> str:
        """How many of its milestones are late."""
        words = ngettext(
            "%(n)s milestone of this programme is late",
            "%(n)s milestones of this programme are late",
            self.milestones,
        )
        return words % {"n": self.milestones}


def late_elsewhere(viewer: Viewer, shown: Cycle, today: date) -> list[LateElsewhere]:
    """Return the other programmes of which milestones are overdue, newest first. Two queries."""
    rows = _overdue_milestones(viewer, today).exclude(commitment__cycle=shown)
    counts = dict(rows.values_list("commitment__cycle").annotate(n=Count("pk")).order_by())
    found = Cycle.objects.filter(pk__in=counts).order_by("-starts_on", "-pk") if counts else ()
    return [LateElsewhere(one, counts[one.pk]) for one in found]


def _overdue_milestones(viewer: Viewer, today: date) -> QuerySet[Milestone]:
    told = [state.value for state in progress.TOLD_DONE]
    return Milestone.objects.filter(
        commitment__community_id=viewer.community_id,
        commitment__state__in=[state.value for state in states.DUE_STATES],
        announced_end__lt=today,
    ).exclude(state__in=told)


def _overdue(milestone: Milestone, today: date) -> Overdue:
    days, reason = progress.days_late(milestone.step, today), _reason(milestone)
    return Overdue(
        milestone=milestone,
        days=days,
        sentence=late_milestone_sentence(days),
        url=f"{url_of(milestone.commitment)}#{milestone.reference}",
        reason=reason,
        word=None if reason else word_of(milestone),
        today=today,
    )


def _reason(milestone: Milestone) -> StatusChange | None:
    """Return the last change that says why it is late: blocked, sent back or put off."""
    given = [
        change
        for change in milestone.changes.all()
        if change.reason and (change.before == change.after or change.after in states.REASON_NEEDED)
    ]
    return given[-1] if given else None
