"""Reads of the council's desk: what a session and a deliberation still wait for, by what law."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core.viewer import Viewer
from infitah.council import rules
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import queries as proceedings
from infitah.proceedings import rules as meeting
from infitah.proceedings.models import Session, VoteEvent

CONTESTS: Final[Mapping[rules.Contest, Promise]] = {
    rules.Contest.OBJECT: gettext_lazy("Record an objection of the governor"),
    rules.Contest.EXAMINE: gettext_lazy("Record the new examination by the council"),
    rules.Contest.REFER: gettext_lazy("Record that it was referred to the court"),
    rules.Contest.RULE: gettext_lazy("Record the ruling of the court"),
}
OPEN_STEPS: Final[Mapping[rules.State, tuple[str, ...]]] = {
    rules.State.ADOPTED: ("sent",),
    rules.State.SENT: ("in_force",),
    rules.State.VISA_PENDING: ("visa", "silent_visa"),
}


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text that an upper app keeps ready for a deliberation, and where it is recorded with it.

    `is_of` tells whether a vote of the council decided on it; a deliberation on it then quotes
    `quoted` in each of its languages.
    """

    act: proceedings.DeskAct
    quoted: str
    is_of: Callable[[VoteEvent], bool]

    def is_quoted_in(self, text: LocalizedText) -> bool:
        """Return whether a text quotes what it must in each language in which it is written."""
        return all(self.quoted in text.text_of(code) for code in text.languages())


OwnTexts = Callable[[Session, Viewer], Sequence[OwnText]]
_OWN_TEXTS: Final[list[OwnTexts]] = []


def register_own_texts(ask: OwnTexts) -> None:
    """Have deliberations on a text of an upper app recorded on its own page, with that text."""
    if ask not in _OWN_TEXTS:
        _OWN_TEXTS.append(ask)


def own_texts(session: Session, viewer: Viewer) -> tuple[OwnText, ...]:
    """Return the texts before the council that upper apps keep ready. Queries: the registry."""
    return tuple(one for ask in _OWN_TEXTS for one in ask(session, viewer))


OtherVotes = Callable[[Session], Collection[int]]
_OTHER_VOTES: Final[list[OtherVotes]] = []


def register_other_votes(ask: OtherVotes) -> None:
    """Keep votes that decide something of an upper app from adopting a deliberation."""
    if ask not in _OTHER_VOTES:
        _OTHER_VOTES.append(ask)


def other_votes(session: Session) -> frozenset[int]:
    """Return the votes of a session that decide something else. Queries: the registry."""
    return frozenset(pk for ask in _OTHER_VOTES for pk in ask(session))


def votes_to_record(session: Session) -> QuerySet[VoteEvent]:
    """Return the motions carried in a session that adopted no deliberation yet, newest first."""
    carried = proceedings.carried_votes(session.body).filter(item__sitting__session=session)
    return carried.filter(deliberations=None).exclude(pk__in=other_votes(session))


def session_acts(session: Session, viewer: Viewer) -> list[proceedings.DeskAct]:
    """Return what the council does with one of its sessions at the desk. No query."""
    if not session.is_of_council or not viewer.may(meeting.KEEPS_ALL):
        return []
    address = reverse("council_meetings:deliberation", args=[session.reference])
    return [proceedings.DeskAct(_("Record a deliberation"), address)]


def contest_act(item: Deliberation) -> proceedings.DeskAct | None:
    """Return the act by which a deliberation is contested or the contest goes on, or None.

    `item.objection` must be fetched, else one query.
    """
    act = item.contest
    if act is None:
        return None
    address = reverse("council_desk:objection", args=[item.reference, act.value])
    return proceedings.DeskAct(CONTESTS[act], address)


def open_steps(item: Deliberation) -> list[str]:
    """Return the steps that may be recorded now, by the names of the desk's form. No query."""
    state = rules.State(item.state)
    steps = [] if item.posted_on or state == rules.State.ANNULLED else ["posted"]
    return [*OPEN_STEPS.get(state, ()), *steps]


def visa_law(item: Deliberation) -> tuple[proceedings.LegalNumber, date] | None:
    """Return the period of the visa and the first day on which silence counts as one, or None.

    None where no visa is owed or the text was not sent yet. One query.
    """
    if not item.is_visa_required or item.sent_on is None:
        return None
    law = proceedings.legal_number(item.community, proceedings.VISA_DAYS, item.sent_on)
    return law, rules.silent_visa_on(item.sent_on, days=law.value)


def awaiting_steps(viewer: Viewer) -> QuerySet[Deliberation]:
    """Return the deliberations of which a step is not recorded yet: posting, sending, what the
    governor, the council or the court says. What is without effect waits for nothing.
    """
    unsettled = [rules.State.ADOPTED, *rules.WAITING, rules.State.OBJECTED, rules.State.REFERRED]
    waiting = Q(posted_on=None) | Q(state__in=[state.value for state in unsettled])
    found = Deliberation.objects.visible_to(viewer).filter(waiting)
    return found.exclude(state=rules.State.ANNULLED).select_related("objection").newest_first()
