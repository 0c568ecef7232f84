"""A request as its requester follows it: who must act, by when, what happened, what is open now."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Community
from infitah.community.queries.law import calendar
from infitah.community.queries.law import rules as legal_numbers
from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.information.models import (
    CaseFile,
    Decision,
    InformationRequest,
    RequestAct,
    WithheldPart,
)
from infitah.information.queries.moves import MoveRow, moves_of, windows_told_in
from infitah.information.queries.words import OUTCOMES, Words, ground_of

K = rules.ActKind
NUMBERS: Final = (
    *("information.reply", "information.reply_extension"),
    *("information.urgent_reply", "information.urgent_extension"),
    *rules.KEYS.values(),
)
INWARD: Final = frozenset({K.TASKED, K.TASK_ANSWERED, K.TASK_CANCELLED, K.SECOND_READ, K.SENT_BACK})
"""Acts of the house that the requester is not told of: the days do not change by them."""

SAID: Final[dict[str, str | Promise]] = {
    K.SUBMITTED: gettext_lazy("You filed the request, and the council received it"),
    K.REGISTERED: gettext_lazy("The officer took it in hand"),
    K.URGENCY_REFUSED: gettext_lazy("It is treated as an ordinary request, with the reason"),
    K.TRANSFERRED: gettext_lazy("It was passed on to the institution that holds the information"),
    K.CLARIFICATION_ASKED: gettext_lazy("The officer asks you what is meant"),
    K.CLARIFIED: gettext_lazy("You said what is meant"),
    K.THIRD_PARTY_CONSULTED: gettext_lazy("A third party is consulted"),
    K.THIRD_PARTY_ANSWERED: gettext_lazy("The third party answered"),
    K.EXTENDED: gettext_lazy("The period was extended once"),
    K.DECIDED: gettext_lazy("The answer was decided"),
    K.DELIVERED: gettext_lazy("The answer was delivered"),
    K.PUBLISHED: gettext_lazy("The answer was published without your name"),
    K.DEFERRED: gettext_lazy("The publication was put off"),
    K.TAKEN_BACK: gettext_lazy("The council took the answer back from the public log"),
    K.WITHDRAWN: gettext_lazy("You took the request back"),
    K.COMPLAINED_HEAD: gettext_lazy("You complained to the president of the council"),
    K.HEAD_DECIDED: gettext_lazy("The president decided on the complaint"),
    K.COMPLAINED_CDAI: gettext_lazy("You complained to the commission"),
    K.CDAI_DECIDED: gettext_lazy("The commission answered"),
    K.COURT_SEIZED: gettext_lazy("You went to the administrative court"),
    K.COURT_RULED: gettext_lazy("The court ruled"),
    K.REOPENED: gettext_lazy("The request was opened again"),
}
_STEPS: Final = {
    rules.ClockName.HEAD_WINDOW: K.COMPLAINED_HEAD,
    rules.ClockName.CDAI_WINDOW: K.COMPLAINED_CDAI,
    rules.ClockName.COURT_WINDOW: K.COURT_SEIZED,
}


@dataclass(frozen=True, slots=True)
class Knot:
    """One step as the thread shows it."""

    sentence: str | Promise
    state: str
    on: date
    words: str = ""
    proof_url: str = ""
    state_words: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A remedy that is open to the requester now, until `until` (included)."""

    level: rules.ActKind
    until: date
    article: str
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer as the requester gets it: words, files, and what was withheld by which article."""

    decision: Decision
    withheld: tuple[tuple[WithheldPart, Words], ...]
    files: tuple[CaseFile, ...]

    @property
    def outcome_words(self) -> Words:
        return OUTCOMES[self.decision.outcome]


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything that the page of a request shows to who asked."""

    request: InformationRequest
    case: rules.Case
    clocks: tuple[rules.Clock, ...]
    turn: rules.Turn
    silent_since: date | None
    knots: Sequence[Knot]
    step: Step | None
    answer: Answered | None
    question: str = ""
    letters: Sequence[CaseFile] = ()
    moves: Sequence[MoveRow] = field(default=())
    ahead: rules.Clock | None = None
    ended_on: date | None = None

    @property
    def reply(self) -> rules.Clock:
        return self.clocks[0]

    @property
    def is_late(self) -> bool:
        return self.silent_since is not None

    @property
    def refusal_from(self) -> date:
        """The day from which silence is a refusal, if no answer comes."""
        return self.reply.last + rules.DAY

    @property
    def has_doubt(self) -> bool:
        """Whether a number of days used here is still to be verified."""
        shown = self.clocks if self.ahead is None else (*self.clocks, self.ahead)
        return not all(clock.due.is_verified for clock in shown)

    @property
    def may_withdraw(self) -> bool:
        return rules.may(self.case, K.WITHDRAWN)

    @property
    def is_complained(self) -> bool:
        return self.case.remedy is not rules.Remedy.NONE


def request_by_token(community: Community, token: str) -> InformationRequest | None:
    """Return the request whose follow link carries `token`, or None. One query."""
    found = InformationRequest.objects.of(community).filter(token=token)
    return found.select_related("community", "unit").first()


def request_by_code(community: Community, reference: str, digest: str) -> InformationRequest | None:
    """Return the request of this number and digest of the follow code, or None. One query."""
    found = InformationRequest.objects.of(community)
    return found.filter(reference=reference, code_digest=digest).first()


def standing_on(request: InformationRequest, acts: Sequence[RequestAct], today: date) -> Followed:
    """Return where a request stands on a day, without its answer and files. Seven at most."""
    rows = [act.as_rule() for act in acts]
    case = rules.fold(rows)
    numbers = legal_numbers(request.community, NUMBERS, rows[0].on)
    law = {one.key: one for one in numbers}
    moves = moves_of(request)
    days, told = calendar(request.community), windows_told_in(moves)
    clocks = rules.clocks(case, law, days, today, told)
    return Followed(
        request=request,
        case=case,
        clocks=clocks,
        turn=rules.turn(case, clocks, today),
        silent_since=rules.silent_since(case, clocks[0], today),
        knots=_knots(acts),
        step=_step(case, clocks, today),
        answer=None,
        moves=moves,
        ahead=rules.complaint_ahead(case, law, days, clocks[0], today),
        ended_on=rules.ended_on(rows),
    )


def followed(request: InformationRequest, viewer: Viewer, today: date) -> Followed:
    """Return a request as `viewer`, who holds its token, sees it. Twelve queries at most."""
    acts = list(request.acts.order_by("position"))
    standing = standing_on(request, acts, today)
    files = list(CaseFile.objects.visible_to(viewer).filter(request=request).select_related("file"))
    return replace(
        standing,
        answer=_answer(request, standing.case, files),
        question=_question(standing.case, acts),
        letters=[one for one in files if one.role == CaseFile.Role.LETTER],
    )


def _answer(
    request: InformationRequest, case: rules.Case, files: Sequence[CaseFile]
) -> Answered | None:
    if case.delivered_on is None:
        return None
    decision = request.decisions.filter(is_current=True).prefetch_related("withheld").first()
    if decision is None:
        return None
    given = tuple(one for one in files if one.is_given)
    withheld = tuple((part, ground_of(part)) for part in decision.withheld.all())
    return Answered(decision, withheld, given)


def _question(case: rules.Case, acts: Sequence[RequestAct]) -> str:
    """Return what the officer asks the requester, while it waits."""
    if case.asked_on is None:
        return ""
    return next(act.words for act in reversed(acts) if act.kind == K.CLARIFICATION_ASKED)


def _knots(acts: Sequence[RequestAct]) -> list[Knot]:
    return [
        Knot(
            sentence=SAID[act.kind],
            state="late" if act.kind == K.URGENCY_REFUSED else "done",
            on=act.occurred_on,
            words=_words(act),
            proof_url=_proof_url(act),
            state_words="" if act.kind == K.URGENCY_REFUSED else _("step done"),
        )
        for act in acts
        if act.kind not in INWARD
    ]


def _words(act: RequestAct) -> str:
    """Return what was said with an act; the answer itself stands on the page, not in the thread."""
    return "" if act.kind in {K.DECIDED, K.CLARIFICATION_ASKED} else act.words


def _proof_url(act: RequestAct) -> str:
    """Return the address of the act's entry in the public register, or "". No query."""
    if act.register_number is None:
        return ""
    return reverse("register:entry", args=[act.register_number])


def _step(case: rules.Case, clocks: Sequence[rules.Clock], today: date) -> Step | None:
    """Return the remedy that may be used today, or None."""
    for clock in reversed(clocks):
        kind = _STEPS.get(clock.name)
        if kind is None or clock.met_on is not None or today > clock.ends_on:
            continue
        if rules.may(case, kind):
            return Step(kind, clock.ends_on, clock.due.article, clock.due.is_verified)
    return None


def sentence_of_turn(followed_: Followed) -> str:
    """Return in one sentence who must act now."""
    party = followed_.turn.party
    if followed_.is_late and party in {rules.Party.OFFICER, rules.Party.SECOND_READER}:
        return _("The council must still answer: the day has passed, and that is a refusal.")
    sentences = {
        rules.Party.OFFICER: _("The council must act now."),
        rules.Party.SECOND_READER: _("The council must act now: the answer is being checked."),
        rules.Party.REQUESTER: _("It is your turn: the officer waits for a word from you."),
        rules.Party.HEAD: _("The president of the council must decide on your complaint."),
        rules.Party.CDAI: _("The commission must decide on your complaint."),
        rules.Party.COURT: _("The administrative court has the case."),
        rules.Party.NOBODY: _("Nobody must act any more."),
    }
    if followed_.case.delivered_on is not None and party is rules.Party.OFFICER:
        return _("You have your answer. The council must still publish it, without your name.")
    return sentences[party]
