"""Moderating ideas: hidden, restored, late ones taken in or left out; the counts agree."""

from collections import Counter
from datetime import date

import pytest

from infitah.core.errors import OperationRefused
from infitah.core.models import Mail
from infitah.ledger import queries as ledger
from infitah.participation import operations
from infitah.participation.models import Idea, IdeaTally, ModerationDecision
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    acts,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import draft, submit
from infitah.searchindex.operations import index_dirty
from infitah.searchindex.queries import is_indexed

REASON = "تتضمن رقم هاتف شخص آخر"


def hide(idea, rule, reason=REASON, now=DURING):
    return operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=rule,
        reason=reason,
        by=BY,
        now=now,
    )


def test_hiding_takes_the_text_out_of_search_and_counts_and_tells_the_author(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    index_dirty(now=DURING)
    hidden = hide(idea, make_rule(sefrou.province, 2))
    assert hidden.state == "held"
    assert not is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    assert IdeaTally.objects.get().shown == 0
    assert Mail.objects.get().template == "participation/email/hidden"
    entry = ledger.of_subject("SFR", idea.reference)[-1]
    assert entry.act == "participation.idea_hidden"
    canonical = ledger.entry("SFR", entry.number).canonical
    assert '"rule":2' in canonical.replace(" ", "") and REASON not in canonical


def test_restoring_gives_back_the_state_before(sefrou, june):
    late = make_idea(june, sefrou.axis, at=AFTER)
    hide(late, make_rule(sefrou.province), now=AFTER)
    back = operations.restore_idea(
        community_id=sefrou.province.pk, reference=late.reference, by=BY, now=AFTER
    )
    assert back.state == "late" and IdeaTally.objects.get().late == 1
    assert acts(late.reference)[1:] == ["idea_hidden", "idea_restored"]


def test_hiding_needs_a_rule_in_force_and_a_reason(sefrou, june):
    idea, rule = make_idea(june, sefrou.axis), make_rule(sefrou.province)
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule, reason="لا")
    assert refused.value.field == "reason"
    rule.ends_on = date(2023, 6, 1)
    rule.save()
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule)
    assert refused.value.field == "rule"


def test_what_was_decided_meanwhile_is_not_decided_again(sefrou, june):
    idea, rule = make_idea(june, sefrou.axis), make_rule(sefrou.province)
    hide(idea, rule)
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule)
    assert refused.value.code == "changed" and ModerationDecision.objects.count() == 1


def test_a_late_idea_is_taken_in_or_left_out_with_a_reason(sefrou, june):
    one = make_idea(june, sefrou.axis, at=AFTER)
    two = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    common = {"community_id": sefrou.province.pk, "by": BY, "now": AFTER}
    taken = operations.accept_late_idea(reference=one.reference, **common)
    assert (taken.state, taken.is_late) == ("visible", True)
    with pytest.raises(OperationRefused):
        operations.refuse_late_idea(reference=two.reference, reason="", **common)
    left = operations.refuse_late_idea(reference=two.reference, reason=REASON, **common)
    assert left.state == "refused"
    tally = IdeaTally.objects.get()
    assert (tally.shown, tally.late) == (1, 0)


def test_counts_agree_with_the_ideas_after_many_acts(sefrou, june):
    rule = make_rule(sefrou.province)
    for number in range(6):
        axis = sefrou.axis if number % 2 else sefrou.second_axis
        idea = make_idea(
            june,
            axis,
            f"{STATEMENT} رقم {number}",
            at=AFTER if number > 3 else DURING,
            commune=sefrou.commune if number % 3 else None,
        )
        if number in {1, 4}:
            hide(idea, rule, now=AFTER)
    counted = Counter()
    for row in IdeaTally.objects.all():
        counted["visible"] += row.shown
        counted["late"] += row.late
    for state in ("visible", "late"):
        assert counted[state] == Idea.objects.filter(state=state).count()
