"""The three voices on a commitment as its page shows them, side by side and never as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.core.viewer import Viewer
from infitah.design.parts import Bar
from infitah.kernel.dates import local_day
from infitah.participation.models import PendingAct
from infitah.programme.models import Assessment, Commitment, ProgressUpdate, Rating, StatusChange
from infitah.programme.queries.updates import SHOWN, office_words, star_of, updates_of
from infitah.programme.rules import states, voices


@dataclass(frozen=True, slots=True)
class WordView:
    """A word of the owner with its star and the office that gave it."""

    update: ProgressUpdate
    star: str
    office: str
    later: StatusChange | None = None
    """What a later act says of the same milestone, or of any where the word was of the whole."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its star, and until when the council may reply to it."""

    assessment: Assessment
    star: str
    reply_due: date | None
    is_reply_late: bool
    is_reply_awaited: bool


@dataclass(frozen=True, slots=True)
class Voices:
    """What the service says, what was found, what citizens see."""

    commitment: Commitment
    words: tuple[WordView, ...]
    findings: tuple[FindingView, ...]
    sights: voices.Sights
    may_rate: bool

    @property
    def last(self) -> WordView | None:
        """The last word of the service."""
        return self.words[0] if self.words else None

    @property
    def told_on(self) -> date | None:
        """The day of the last word of the service, or None."""
        return local_day(self.last.update.given_at) if self.last else None

    @property
    def earlier(self) -> tuple[WordView, ...]:
        """The words before the last."""
        return self.words[1:]

    @property
    def committee(self) -> tuple[FindingView, ...]:
        """What the follow-up committee found, the newest first."""
        return self._of(Assessment.Kind.COMMITTEE)

    @property
    def others(self) -> tuple[FindingView, ...]:
        """What the council found of itself and what independent reviewers found."""
        return self._of(Assessment.Kind.SELF, Assessment.Kind.INDEPENDENT)

    def _of(self, *kinds: Assessment.Kind) -> tuple[FindingView, ...]:
        return tuple(one for one in self.findings if one.assessment.kind in kinds)

    @property
    def n_words(self) -> str:
        """How many citizens answered, in words."""
        words = ngettext("%(n)s citizen answered", "%(n)s citizens answered", self.sights.n)
        return words % {"n": self.sights.n}

    @property
    def bars(self) -> list[Bar]:
        """The bars of the chart: counts, with their share where enough citizens answered."""
        rows = zip(
            (Rating.Sight.YES, Rating.Sight.PARTLY, Rating.Sight.NO),
            (self.sights.yes, self.sights.partly, self.sights.no),
            self.sights.shares or (None, None, None),
            ("done", "claimed", "late"),
            strict=True,
        )
        return [
            Bar(label=_with_share(str(sight.label), share), value=count, state=state)
            for sight, count, share, state in rows
        ]


def _with_share(label: str, share: int | None) -> str:
    if share is None:
        return label
    return _("%(label)s (%(share)s%%)") % {"label": label, "share": share}


def assessments_visible_to(viewer: Viewer) -> QuerySet[Assessment]:
    """Return published findings, and drafts to who writes them: `assessment.write`."""
    found = Assessment.objects.filter(community_id=viewer.community_id)
    if not viewer.may("assessment.write"):
        found = found.filter(state=Assessment.State.PUBLISHED)
    return found.select_related("session", "commitment__cycle")


def voices_of(commitment: Commitment, viewer: Viewer, today: date) -> Voices:
    """Return the three voices on a commitment. Three queries."""
    found = assessments_visible_to(viewer).filter(
        commitment=commitment, state=Assessment.State.PUBLISHED
    )
    changes = StatusChange.objects.filter(milestone__commitment=commitment)
    known = list(changes.select_related("milestone").order_by("on", "pk"))
    return Voices(
        commitment=commitment,
        words=tuple(
            WordView(one, star_of(one), office_words(one.office), _later(one, known))
            for one in updates_of(commitment)[:SHOWN]
        ),
        findings=tuple(finding_view(one, today) for one in found.order_by("-assessed_on", "-pk")),
        sights=voices.Sights(commitment.sees, commitment.sees_partly, commitment.sees_not),
        may_rate=states.CommitmentState(commitment.state) in states.ADOPTED_STATES,
    )


def _later(word: ProgressUpdate, changes: Sequence[StatusChange]) -> StatusChange | None:
    said_on = local_day(word.given_at)
    found = [
        one for one in changes if one.on > said_on and word.milestone_id in {None, one.milestone_id}
    ]
    return found[-1] if found else None


def finding_view(assessment: Assessment, today: date) -> FindingView:
    """Return a finding with its star and its clock of reply. No query."""
    is_answerable = assessment.kind == Assessment.Kind.INDEPENDENT and assessment.published_on
    due = voices.reply_due(assessment.published_on) if is_answerable else None  # type: ignore[arg-type]
    replied = assessment.replied_on
    return FindingView(
        assessment=assessment,
        star=voices.STARS[voices.Level(assessment.level)],
        reply_due=due,
        is_reply_late=due is not None and (replied or today) > due,
        is_reply_awaited=due is not None and replied is None,
    )


def rating_by(commitment: Commitment, participant_id: int | None) -> Rating | None:
    """Return the answer of a participant to read it back to them, and to nobody else. One query."""
    if participant_id is None:
        return None
    return Rating.objects.filter(commitment=commitment, participant_id=participant_id).first()


def shown_rating(act: PendingAct) -> str:
    """Return the words of an answer that waits for its code. No query."""
    sight = str(act.payload.get("sight", ""))
    return str(Rating.Sight(sight).label) if sight in Rating.Sight else ""
