"""What is looked at before an idea is answered: the day, the words, the place, who was quicker."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.design.direction import page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger import queries as register
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaAnswer, Theme
from infitah.participation.operations.answer_completion import held_consultation
from infitah.participation.operations.answer_words import words_of_fault
from infitah.participation.queries.answers import merged_onwards

NOTHING = LocalizedText("")


class AnswerRefused(OperationRefused):
    """The answer cannot be given."""


@dataclass(frozen=True, slots=True)
class AnswerText:
    """An answer as an officer states it; `merged_into` is the reference of the other idea.

    `link` is a reference, a path of this site or an address; `personal_line` is for one idea.
    """

    code: str
    text: LocalizedText
    personal_line: LocalizedText = NOTHING
    merged_into: str = ""
    other_body: LocalizedText = NOTHING
    article: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Giving:
    """One act of answering: what is said, of which consultation, when and by whom."""

    consultation: Consultation
    answer: AnswerText
    target: Idea | None
    beyond: Collection[int]
    theme: Theme | None
    by: Actor
    now: datetime
    day: date


def prepared(
    consultation_id: int,
    answer: AnswerText,
    *,
    by: Actor,
    now: datetime,
    occurred_on: date | None,
) -> Giving:
    """Return the act, its consultation held, its answer looked through."""
    consultation = held_consultation(consultation_id)
    _check_day(consultation, now, occurred_on)
    check_answer(answer)
    _check_link(answer.link)
    target = _target(consultation, answer)
    return Giving(
        consultation=consultation,
        answer=answer,
        target=target,
        beyond=merged_onwards(target.pk) if target else (),
        theme=None,
        by=by,
        now=now,
        day=occurred_on or local_day(now),
    )


def _check_day(consultation: Consultation, now: datetime, occurred_on: date | None) -> None:
    if now < consultation.closes_at:
        raise AnswerRefused(
            _("This consultation is still open: ideas are answered once it is closed."),
            code="open",
        )
    last = rules.last_day(consultation.closes_at)
    if occurred_on is not None and not last <= occurred_on <= local_day(now):
        raise AnswerRefused(
            _("An answer is of a day from the last one of the consultation until today."),
            field="occurred_on",
        )


def check_answer(answer: AnswerText) -> None:
    """Raise AnswerRefused for the first part of an answer that its code cannot do with."""
    faults = rules.faults_of_answer(answer.code, stated_of(answer))
    for part, fault in faults.items():
        raise AnswerRefused(words_of_fault(part, fault), field=str(part))


def stated_of(answer: AnswerText) -> rules.StatedAnswer:
    """Return an answer as the rules look at it."""
    personal = answer.personal_line
    return rules.StatedAnswer(
        text=answer.text.text_of("ar"),
        text_fr=answer.text.text_of("fr"),
        personal=max((personal.text_of(one) for one in personal.languages()), key=len, default=""),
        merged_into=answer.merged_into,
        other_body=answer.other_body.text_of("ar"),
        article=answer.article,
        link=answer.link,
    )


def _check_link(link: str) -> None:
    """Refuse a number that was never given: a reader would find nothing behind it."""
    if not link or "/" in link:
        return
    reference = Reference.parse(link)
    if not register.of_subject(reference.community, str(reference)):
        raise AnswerRefused(
            _("No such number stands in the register: check it."), field=rules.AnswerPart.LINK
        )


def _target(consultation: Consultation, answer: AnswerText) -> Idea | None:
    if not answer.merged_into:
        return None
    try:
        wanted = str(Reference.parse(answer.merged_into))
    except ValueError:
        wanted = ""
    found = (
        Idea.objects.filter(consultation=consultation, reference=wanted)
        .shown()
        .select_related("author", "community", "axis", "consultation")
        .first()
    )
    if found is None:
        raise AnswerRefused(
            _("No idea of this consultation that is shown has this number: check it."),
            field=rules.AnswerPart.MERGED_INTO,
        )
    return found


def held_ideas(consultation_id: int, references: Collection[str]) -> list[Idea]:
    ideas = Idea.objects.select_for_update(of=("self",)).filter(
        consultation_id=consultation_id, reference__in=references
    )
    related = ("consultation", "community", "axis", "commune", "author")
    return list(ideas.select_related(*related).order_by("position"))


def check_place(idea: Idea, giving: Giving) -> None:
    """Refuse an idea that cannot be answered as it stands, or not so."""
    if not rules.may_be_answered(idea.state):
        raise AnswerRefused(
            _("This idea was changed meanwhile: it is now “%(state)s”. Look at it again.")
            % {"state": idea.get_state_display()},
            code="state",
        )
    if giving.target is None:
        return
    if rules.is_loop(idea.pk, target=giving.target.pk, chain=giving.beyond):
        raise AnswerRefused(
            _("The other idea was itself merged with this one: choose one that stands by itself."),
            field=rules.AnswerPart.MERGED_INTO,
        )


def current_answers(ideas: Sequence[Idea]) -> dict[int, IdeaAnswer]:
    standing = IdeaAnswer.objects.filter(idea__in=[idea.pk for idea in ideas], is_current=True)
    return {one.idea_id: one for one in standing.select_related("merged_into")}


def is_same(current: IdeaAnswer, giving: Giving) -> bool:
    said = giving.answer
    stated = (said.code, said.text, said.personal_line, said.other_body, said.article)
    kept = (
        current.code,
        current.text,
        current.personal_line,
        current.other_body,
        current.article,
    )
    target = giving.target.pk if giving.target else None
    same_words = stated == kept and said.link == current.link
    return same_words and target == current.merged_into_id and current.answered_by == giving.by.key


def changed(current: IdeaAnswer) -> AnswerRefused:
    return AnswerRefused(
        _(
            "Another answer was recorded meanwhile, on %(day)s: “%(answer)s”. It stands below; "
            "what you typed is kept. Send it again only to correct that answer."
        )
        % {
            "day": format_date(local_day(current.answered_at), page_language()),
            "answer": current.get_code_display(),
        },
        code="changed",
    )


def check_line(line: LocalizedText, reference: str) -> None:
    if any(len(line.text_of(one)) > rules.PERSONAL_MAX for one in line.languages()):
        words = words_of_fault(rules.AnswerPart.PERSONAL, rules.AnswerFault.LONG)
        raise AnswerRefused(f"{reference}: {words}", field=rules.AnswerPart.PERSONAL)
