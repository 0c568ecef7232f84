"""What became of an idea, as the knots of the thread; apps above add theirs by registration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from infitah.design.direction import in_page_language
from infitah.design.parts import Knot
from infitah.kernel.dates import format_month, local_day
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, Theme
from infitah.participation.queries.answers import AnswersOfIdea, AnswerView
from infitah.participation.queries.ideas import DecisionView, IdeaPage
from infitah.participation.queries.planned import planned_reading
from infitah.participation.queries.receipts import withdrawal_number


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where what an idea became stands today: one sentence, and the evidence where it is done."""

    sentence: str
    star: str
    title: LocalizedText
    url: str
    evidence_title: LocalizedText | None = None
    evidence_url: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an idea in the apps above: its steps, and where each outcome stands today.

    Standings without steps say that nothing was made of it so far.
    """

    knots: Sequence[Knot] = field(default_factory=tuple)
    outcomes: Sequence[Outcome] = field(default_factory=tuple)


FollowUp = Callable[[str, str, bool], Became]
FOLLOW_UPS: Final[list[FollowUp]] = []
Answered = Callable[[str, Sequence[str]], set[str]]
ANSWERS: Final[list[Answered]] = []
NO_ANSWERS: Final = AnswersOfIdea()
NOTHING: Final = Became()


def register_follow_up(follow_up: FollowUp) -> None:
    """Have `follow_up(community_key, reference, is_kept)` tell what became of an idea.

    `is_kept`: its answer says so; it is then told, too, where nothing was made of it so far.
    """
    if follow_up not in FOLLOW_UPS:
        FOLLOW_UPS.append(follow_up)


def register_answers(answered: Answered) -> None:
    """Have `answered(community_key, references)` tell which ideas have a follow-up, all at once."""
    if answered not in ANSWERS:
        ANSWERS.append(answered)


def answered_among(community_key: str, references: Sequence[str]) -> set[str]:
    """Return which of these ideas became something. One query for each app that answers."""
    return {one for answered in ANSWERS for one in answered(community_key, references)}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How long a closed consultation has been waiting for answers; a count, no verdict."""

    closed_on: date
    days: int


def unanswered_since(consultation: Consultation, now: datetime) -> Unanswered | None:
    """Return since when answers are awaited, None before closing. No query."""
    days = rules.days_since_closing(consultation.closes_at, local_day(now))
    if not days or consultation.state(now) != rules.ConsultationState.CLOSED:
        return None
    return Unanswered(rules.last_day(consultation.closes_at), days)


def proof_url(register_number: int | None) -> str:
    """Return the address of an act's proof in the public register, empty where it has none."""
    if register_number is None:
        return ""
    return reverse("register:entry", args=[register_number])


def became_of(page: IdeaPage, answers: AnswersOfIdea = NO_ANSWERS) -> Became:
    """Return what the apps above made of an idea; nothing of one that was taken back.

    The queries of each follow-up, none of its own.
    """
    idea = page.idea
    if idea.withdrawn_at is not None:
        return NOTHING
    is_kept = answers.current is not None and answers.current.code in rules.KEPT_CODES
    told = [ask(idea.community.key, idea.reference, is_kept) for ask in FOLLOW_UPS]
    return Became(
        [knot for one in told for knot in one.knots],
        [outcome for one in told for outcome in one.outcomes],
    )


def titled(answers: AnswersOfIdea, became: Became) -> AnswersOfIdea:
    """Return the answers, each number in them that the idea became with its title. No query."""
    titles = {one.reference: one.title for one in became.outcomes if one.reference}

    def named(answer: AnswerView) -> AnswerView:
        return replace(answer, link_title=titles.get(answer.link))

    return replace(
        answers,
        current=named(answers.current) if answers.current else None,
        earlier=tuple(named(one) for one in answers.earlier),
    )


def thread_of(
    page: IdeaPage,
    answers: AnswersOfIdea = NO_ANSWERS,
    theme: Theme | None = None,
    became: Became = NOTHING,
) -> list[Knot]:
    """Return the life of an idea in the order of its days, ending with what comes next.

    `answers` are those of `answers_of_idea`, `theme` that of `theme_of_idea`, `became` that of
    `became_of`. At most one query.
    """
    idea = page.idea
    knots = [
        Knot(
            sentence=_given(idea),
            state="done",
            on=idea.submitted_at,
            who=idea.get_source_display(),
            proof_url=proof_url(idea.register_number),
            reference=idea.reference,
            state_words=_("Received by us"),
        )
    ]
    knots += [_decision(one) for one in page.decisions]
    if idea.withdrawn_at is not None:
        knots.append(
            Knot(
                sentence=_taken_back(idea),
                state="refused",
                on=idea.withdrawn_at,
                state_words=_("Withdrawn"),
                proof_url=proof_url(withdrawal_number(idea)),
            )
        )
        return knots
    if theme is not None:
        knots.append(_placed(theme, idea.placing.placed_at))
    knots += [*map(_answer, answers.given), *became.knots]
    # Of one day, the steps stand in the order of the chain; what has no day is still to come.
    return sorted(
        [*knots, *_what_follows(page, answers, theme, became)],
        key=lambda knot: (knot.on is None, _day(knot.on)),
    )


def _day(on: date | datetime | None) -> date:
    return local_day(on) if isinstance(on, datetime) else on or date.max


def _given(idea: Idea) -> str:
    if idea.table_id is not None:
        return _("Written on paper at a table of a workshop, typed in and numbered")
    return _("Given by a citizen and numbered")


def _taken_back(idea: Idea) -> str:
    if idea.table_id is not None:
        return _("Typed wrongly from its note and taken back by the service; the number stays")
    if idea.was_mistyped:
        return _("Typed wrongly at the desk and taken back by the service; the number stays")
    return _("Withdrawn by its author; the number stays")


def _decision(decision: DecisionView) -> Knot:
    sentences = {
        "publish": _("Read and published"),
        "hide": _("Hidden under rule %(number)s") % {"number": decision.rule_number},
        "restore": _("Shown again"),
        "accept_late": _("Taken in although it came after closing"),
        "refuse_late": _("Not taken in: it came after closing"),
        "uphold": _("Its author appealed; it stays hidden"),
    }
    states = {
        "publish": _("Published"),
        "hide": _("Not shown"),
        "restore": _("Shown again"),
        "accept_late": _("Taken in"),
        "refuse_late": _("Not taken in"),
        "uphold": _("Appeal refused"),
    }
    is_refusal = decision.action in {"hide", "refuse_late", "uphold"}
    return Knot(
        sentence=sentences[decision.action],
        state="refused" if is_refusal else "done",
        state_words=states[decision.action],
        on=decision.decided_at,
        proof_url=proof_url(decision.register_number),
    )


def _placed(theme: Theme, placed_at: datetime) -> Knot:
    """Return the step of an idea into its theme: on the day from which both can be read."""
    return Knot(
        sentence=_("Read with the ideas that speak of the same thing: %(theme)s")
        % {"theme": in_page_language(theme.name)},
        state="done",
        state_words=_("In a theme"),
        on=max(theme.published_at or placed_at, placed_at),
        url=reverse("participation:theme", args=[theme.consultation.slug, theme.reference]),
        reference=theme.reference,
    )


def _answer(answer: AnswerView) -> Knot:
    words = (
        _("Answered with reasons: %(answer)s")
        if answer.number == 1
        else _("The answer was corrected: %(answer)s")
    )
    target = answer.merged_into
    said = answer.words
    if target and target.answer_words:
        merged = _("%(answer)s (that one: %(other)s)")
        said = merged % {"answer": answer.words, "other": target.answer_words}
    return Knot(
        sentence=words % {"answer": said},
        state="refused" if answer.star == "refused" else "done",
        state_words=_("Answered"),
        on=answer.answered_on,
        who=answer.office_words,
        url=reverse("participation:idea", args=[target.slug, target.reference]) if target else "",
        reference=target.reference if target else "",
        proof_url=proof_url(answer.register_number),
    )


def _what_follows(
    page: IdeaPage, answers: AnswersOfIdea, theme: Theme | None, became: Became
) -> list[Knot]:
    """Return what is still to come of an idea from which nothing was made yet."""
    idea = page.idea
    if became.knots:
        return []
    if idea.state == rules.IdeaState.LATE:
        return [Knot(sentence=_("The service decides whether to take it in"), state="to_come")]
    if answers.current is not None:
        if answers.current.code not in rules.KEPT_CODES:
            return []
        return [Knot(sentence=_("Written into the commitments of the programme"), state="to_come")]
    if idea.state in {rules.IdeaState.HELD, rules.IdeaState.REFUSED}:
        return []
    answered = _answer_to_come(idea)
    return [answered] if theme is not None else [_reading(idea.consultation), answered]


def _answer_to_come(idea: Idea) -> Knot:
    """Return the answer that is to come, by the day that the receipt of the idea told."""
    last_day = rules.last_day(idea.consultation.closes_at)
    return Knot(
        sentence=_("Answered with reasons, and the answer published here"),
        state="to_come",
        state_words=_("at the latest; a mark that the council set itself"),
        on=rules.answer_due(last_day=last_day, given_on=local_day(idea.submitted_at)),
    )


def _reading(consultation: Consultation) -> Knot:
    """Return the reading that is to come, with its day where one is planned."""
    planned = planned_reading(consultation)
    words = ""
    if planned is not None and planned.is_to_the_day:
        words = pgettext("reading of ideas", "planned")
    elif planned is not None:
        language = get_language() or "ar"
        words = _("planned for %(month)s") % {"month": format_month(planned.starts_on, language)}
    return Knot(
        sentence=_("Read by the follow-up committee with the ideas of its axis"),
        state="to_come",
        state_words=words,
        on=planned.starts_on if planned is not None and planned.is_to_the_day else None,
    )
