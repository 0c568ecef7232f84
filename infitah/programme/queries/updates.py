"""What owners said: the last word, all words, the page of a monthly link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Appointment
from infitah.programme.models import (
    Commitment,
    Evidence,
    Milestone,
    MonthlyLink,
    ProgressUpdate,
)
from infitah.programme.queries.commitments import CommitmentCard, card_of
from infitah.programme.queries.sentences import milestone_sentence
from infitah.programme.rules import progress

SHOWN = 12
STARS = {"on_time": "under_way", "late": "late", "blocked": "late", "done": "claimed"}
FAULTS = {
    "address": lambda: _("not an address of the public Internet"),
    "unreachable": lambda: _("the address did not answer"),
    "status": lambda: _("the address answered with an error"),
    "redirects": lambda: _("the address led on too often"),
    "too_large": lambda: _("what it holds is too large"),
    "kind": lambda: _("what it holds is of a kind that is not kept"),
    "off": lambda: _("this site does not fetch pages of others"),
}


@dataclass(frozen=True, slots=True)
class OpenMilestone:
    """A milestone that nobody says is done, as its owner chooses it."""

    milestone: Milestone
    sentence: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the page of a monthly link shows of its commitment."""

    card: CommitmentCard
    milestones: tuple[OpenMilestone, ...]
    last: ProgressUpdate | None

    @property
    def last_star(self) -> str:
        """The star of the last word."""
        return star_of(self.last) if self.last else ""

    @property
    def late(self) -> tuple[OpenMilestone, ...]:
        """What is late, said before anything is asked."""
        return tuple(one for one in self.milestones if one.is_late)

    @property
    def others(self) -> tuple[OpenMilestone, ...]:
        """The open milestones that are not late."""
        return tuple(one for one in self.milestones if not one.is_late)


def link_page(commitment: Commitment, today: date) -> LinkPage:
    """Return what the owner needs to answer in a minute. Two queries."""
    rows = list(commitment.milestones.all())
    return LinkPage(
        card=card_of(commitment, today),
        milestones=tuple(
            OpenMilestone(one, milestone_sentence(one, today), progress.is_overdue(one.step, today))
            for one in rows
            if one.step.state not in progress.TOLD_DONE
        ),
        last=updates_of(commitment).first(),
    )


def updates_of(commitment: Commitment) -> QuerySet[ProgressUpdate]:
    """Return the words on a commitment, the newest first; they are public."""
    found = ProgressUpdate.objects.filter(commitment=commitment).select_related("milestone")
    return found.order_by("-given_at", "-pk")


def last_words(commitments: Iterable[Commitment]) -> dict[int, ProgressUpdate]:
    """Return the last word on each commitment that has one, by its number. One query."""
    newest = ProgressUpdate.objects.filter(commitment=OuterRef("commitment"))
    rows = ProgressUpdate.objects.filter(
        commitment__in=[one.pk for one in commitments],
        pk=Subquery(newest.order_by("-given_at", "-pk").values("pk")[:1]),
    )
    return {one.commitment_id: one for one in rows.select_related("milestone")}


@dataclass(frozen=True, slots=True)
class UsedLink:
    """What was said by a link, by which office, and where the register proves it."""

    update: ProgressUpdate
    star: str
    office: str
    proof_url: str


def used_link(link: MonthlyLink) -> UsedLink | None:
    """Return what was said by a link, or None. One query."""
    rows = ProgressUpdate.objects.select_related("milestone", "commitment__cycle")
    update = rows.filter(link=link).first()
    if update is None:
        return None
    proof = reverse("register:entry", args=[update.register_number])
    return UsedLink(update, star_of(update), office_words(update.office), proof)


def office_words(office: str) -> str:
    """Return the name of an office in the language of the page; empty for none. No query."""
    known = Appointment.Office
    return str(known(office).label) if office in known else ""


def star_of(update: ProgressUpdate) -> str:
    """Return the star of a word; a claim is never the star of what is confirmed."""
    return STARS[update.standing]


def fault_words(evidence: Evidence) -> str:
    """Return why an address has no capture, empty where it has or still waits. No query."""
    words = FAULTS.get(evidence.capture_fault)
    return words() if words else ""
