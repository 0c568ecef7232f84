"""Answers to ideas for tests: given, merged, counted, refused."""

import pytest

from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import AnswerTally, Theme, ThemeIdea
from infitah.participation.operations import AnswerRefused, AnswerText
from infitah.participation.tests.factories import AFTER, BY, STATEMENT, make_idea, make_rule

REASON = LocalizedText(
    ar="احتفظ بها المجلس لأنها تدخل في محور الشفافية", fr="Le conseil retient cette idée."
)
KEPT = AnswerText(code="kept", text=REASON)
OTHER = Actor("officer", "deputy", "deputy_focal_point")


def ideas(june, sefrou, count, **more):
    return [make_idea(june, sefrou.axis, f"{STATEMENT} رقم {n}", **more) for n in range(count)]


def answer(idea, said=KEPT, *, by=BY, now=AFTER, **more):
    return operations.answer_idea(idea=idea, answer=said, by=by, now=now, **more)


def merge(target):
    return AnswerText(code="merged", text=REASON, merged_into=target.reference)


def make_theme(june, *placed):
    theme = Theme.objects.create(
        community=june.community,
        consultation=june,
        reference="SFR-2023-T-0001",
        name=LocalizedText(ar="الميزانية المفتوحة"),
        changed_at=AFTER,
    )
    ThemeIdea.objects.bulk_create(
        [ThemeIdea(theme=theme, idea=idea, placed_at=AFTER) for idea in placed]
    )
    return theme


def tally(june):
    rows = AnswerTally.objects.filter(consultation=june, answered__gt=0)
    return {(row.code, row.days): row.answered for row in rows}


def refusal(call, **values):
    with pytest.raises(AnswerRefused) as refused:
        call(**values)
    return refused.value


def hide(idea):
    operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=make_rule(idea.community, 2),
        reason="تتضمن رقم هاتف شخص آخر",
        by=BY,
        now=AFTER,
    )
