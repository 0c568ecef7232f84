"""Answering ideas: by hand, by theme with a personal line, and correcting an answer given."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaAnswer, Theme
from infitah.participation.operations.answer_checks import (
    AnswerRefused,
    AnswerText,
    Giving,
    changed,
    check_line,
    check_place,
    current_answers,
    held_ideas,
    is_same,
    prepared,
)
from infitah.participation.operations.answer_completion import note_if_answered
from infitah.participation.operations.answer_letters import tell_answer, tell_merged_in
from infitah.participation.operations.tallies import count_answers, days_waited

Change = Counter[tuple[str, int]]


@transaction.atomic
def answer_idea(
    *, idea: Idea, answer: AnswerText, by: Actor, now: datetime, occurred_on: date | None = None
) -> IdeaAnswer:
    """Give an idea its coded, reasoned answer; its author is told by mail with the act.

    With the last idea that waited its consultation is answered. The very same answer given again
    by the same person changes nothing. `occurred_on` where history is entered later. Raises
    AnswerRefused before closing, for an idea that is not shown, one that somebody answered
    meanwhile (code "changed"), or an answer that lacks what its code needs (`field` says which).
    """
    giving = prepared(idea.consultation_id, answer, by=by, now=now, occurred_on=occurred_on)
    one = held_ideas(idea.consultation_id, [idea.reference])[0]
    check_place(one, giving)
    current = current_answers([one]).get(one.pk)
    if current is not None:
        if is_same(current, giving):
            return current
        raise changed(current)
    made, change = _given(one, giving, None)
    _settle(giving, [change], merged=[one])
    return made


@transaction.atomic
def correct_answer(
    *,
    idea: Idea,
    answer: AnswerText,
    seen: int,
    by: Actor,
    now: datetime,
    occurred_on: date | None = None,
) -> IdeaAnswer:
    """Answer an idea anew: a new number; the earlier one stays readable with its date.

    `seen` is the number of the answer that the officer had before them. Its author is told.
    Raises AnswerRefused as `answer_idea` does, and where another number is in force than `seen`.
    """
    giving = prepared(idea.consultation_id, answer, by=by, now=now, occurred_on=occurred_on)
    one = held_ideas(idea.consultation_id, [idea.reference])[0]
    check_place(one, giving)
    current = current_answers([one]).get(one.pk)
    if current is None:
        raise AnswerRefused(_("This idea has no answer yet."), code="changed")
    if is_same(current, giving):
        return current
    if current.number != seen:
        raise changed(current)
    made, change = _given(one, giving, current)
    is_joined = current.merged_into_id != made.merged_into_id
    _settle(giving, [change], merged=[one] if is_joined else [])
    return made


@transaction.atomic
def answer_theme(
    *,
    theme: Theme,
    answer: AnswerText,
    personal_lines: Mapping[str, LocalizedText] | None = None,
    only: Collection[str] | None = None,
    by: Actor,
    now: datetime,
    occurred_on: date | None = None,
) -> list[IdeaAnswer]:
    """Answer the ideas of a theme that wait, in one act, each with its own row and register entry.

    `personal_lines` and `only` go by reference; without `only` all that wait are answered. An
    idea that the others are merged with is left out. Every author is told. Raises AnswerRefused
    as `answer_idea` does, for a theme merged into another, for ideas of `only` that changed
    meanwhile (all or none), and where none waits. At most 25 queries an idea.
    """
    giving = prepared(theme.consultation_id, answer, by=by, now=now, occurred_on=occurred_on)
    standing = Theme.objects.select_for_update().get(pk=theme.pk)
    if standing.merged_into_id is not None:
        raise AnswerRefused(_("This theme was merged into another one."), code="changed")
    giving = replace(giving, theme=standing)
    chosen = _chosen_of(standing, only, giving)
    lines = dict(personal_lines or {})
    made, changes = [], []
    for idea in chosen:
        line = lines.pop(idea.reference, answer.personal_line)
        check_line(line, idea.reference)
        said = replace(giving, answer=replace(answer, personal_line=line))
        given, change = _given(idea, said, None)
        made.append(given)
        changes.append(change)
    _settle(giving, changes, merged=chosen)
    return made


def _chosen_of(theme: Theme, only: Collection[str] | None, giving: Giving) -> list[Idea]:
    placed = Idea.objects.filter(placing__theme=theme)
    if only is None:
        waiting = placed.shown().exclude(answers__is_current=True)
        wanted = set(waiting.values_list("reference", flat=True))
    else:
        wanted = set(only)
    if giving.target is not None:
        wanted.discard(giving.target.reference)
    ideas = held_ideas(theme.consultation_id, wanted)
    there = set(placed.filter(pk__in=[one.pk for one in ideas]).values_list("pk", flat=True))
    answered = current_answers(ideas)
    fit = [one for one in ideas if one.pk in there and one.pk not in answered]
    left = wanted - {one.reference for one in fit if rules.may_be_answered(one.state)}
    if left:
        raise AnswerRefused(
            _(
                "These ideas changed meanwhile (answered, hidden, taken back or moved): "
                "%(numbers)s. Nothing was recorded: look at the list again."
            )
            % {"numbers": ", ".join(sorted(left))},
            code="changed",
            field="only",
        )
    if not fit:
        raise AnswerRefused(_("Choose at least one idea that waits for its answer."), field="only")
    for idea in fit:
        check_place(idea, giving)
    return fit


def _given(idea: Idea, giving: Giving, earlier: IdeaAnswer | None) -> tuple[IdeaAnswer, Change]:
    """Write one answer with its register entry, mail and event; return it and its count."""
    if earlier is not None:
        IdeaAnswer.objects.filter(pk=earlier.pk).update(is_current=False)
    made = _written(idea, giving, number=earlier.number + 1 if earlier else 1)
    entry = ledger.record(
        community_key=idea.community.key,
        act=f"participation.{_act_of(made)}",
        subject=idea.reference,
        by=giving.by,
        public=_public(made, giving),
        private=_private(made),
        occurred_on=giving.day,
        now=giving.now,
    )
    made.register_number = entry.number
    made.save(update_fields=["register_number"])
    tell_answer(answer=made, now=giving.now)
    post_event(
        kind=f"participation.{_act_of(made)}",
        community_key=idea.community.key,
        subject=idea.reference,
        payload={"consultation": giving.consultation.slug, "code": made.code},
        dedupe_key=f"participation.idea_answered:{idea.reference}:{made.number}",
        now=giving.now,
    )
    return made, _count_of(made, earlier)


def _act_of(made: IdeaAnswer) -> str:
    return "idea_answered" if made.number == 1 else "answer_corrected"


def _written(idea: Idea, giving: Giving, *, number: int) -> IdeaAnswer:
    said = giving.answer
    made = IdeaAnswer(
        community=idea.community,
        idea=idea,
        number=number,
        code=said.code,
        text=said.text,
        personal_line=said.personal_line,
        theme=giving.theme,
        merged_into=giving.target,
        other_body=said.other_body,
        article=said.article,
        link=said.link,
        answered_on=giving.day,
        answered_at=giving.now,
        answered_by=giving.by.key,
        office=giving.by.office,
    )
    made.save(force_insert=True)
    return made


def _public(made: IdeaAnswer, giving: Giving) -> dict[str, str | int]:
    values: dict[str, str | int] = {
        "consultation": giving.consultation.slug,
        "answer": made.code,
        "number": made.number,
        "theme": giving.theme.reference if giving.theme else "",
        "merged_into": giving.target.reference if giving.target else "",
        "article": made.article,
        "link": made.link,
    }
    return {name: value for name, value in values.items() if value}


def _private(made: IdeaAnswer) -> dict[str, str]:
    """Return the words: they speak of a citizen's idea and go with it if it is taken back."""
    texts = {"text": made.text, "personal_line": made.personal_line, "body": made.other_body}
    return {
        f"{name}_{language}": text.text_of(language)
        for name, text in texts.items()
        for language in text.languages()
    }


def _count_of(made: IdeaAnswer, earlier: IdeaAnswer | None) -> Change:
    """Return how the counts change: those of shown ideas alone, by the day of the first answer."""
    change: Change = Counter()
    if made.idea.state != rules.IdeaState.VISIBLE:
        return change
    first_on = made.answered_on
    if earlier is not None:
        first = IdeaAnswer.objects.filter(idea=made.idea, number=1)
        first_on = first.values_list("answered_on", flat=True).get()
        change[earlier.code, days_waited(made.idea, first_on)] -= 1
    change[made.code, days_waited(made.idea, first_on)] += 1
    return change


def _settle(giving: Giving, changes: Sequence[Change], *, merged: Sequence[Idea]) -> None:
    """Count, tell the author of the idea that others joined, complete, freshen the pages."""
    total: Change = Counter()
    for change in changes:
        total.update(change)
    count_answers(giving.consultation.pk, total)
    if giving.target is not None and merged:
        tell_merged_in(target=giving.target, count=len(merged), now=giving.now)
    note_if_answered(giving.consultation, by=giving.by, now=giving.now)
    bump(giving.consultation.community.key, "participation")
