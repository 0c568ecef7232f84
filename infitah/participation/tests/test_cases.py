"""Flags, cases and appeals as acts: what they do, and every refusal."""

from datetime import date, timedelta

import pytest

from infitah.core.letters import read
from infitah.core.models import Mail, Outbox
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import (
    Comment,
    Flag,
    Idea,
    ModerationCase,
    ModerationDecision,
    ModerationRule,
)
from infitah.participation.operations import (
    CaseRefused,
    FlagRefused,
    ModerationRefused,
    Ruling,
    Statement,
)
from infitah.participation.tests.factories import DURING, make_consultation, make_idea, make_rule
from infitah.participation.tests.talk import (
    MODERATOR,
    REASON,
    WORDS,
    acts,
    appeal,
    decide,
    end_appeal,
    flag,
    hide,
    say,
    shown,
)

pytestmark = pytest.mark.database
DAY = timedelta(days=1)


def test_the_first_flag_opens_a_case_and_later_ones_join_it(sefrou, idea):
    one = say(idea)
    first = flag(idea, one.number, note="رقم هاتف")
    again = flag(idea, one.number)
    by_person = flag(idea, one.number, person=sefrou.participant.pk)
    other = flag(idea, one.number, network="192.0.2.9", at=DURING + timedelta(hours=1))
    assert (first.is_new, again.is_new, by_person.is_new, other.is_new) == (True, False, True, True)
    case = ModerationCase.objects.get()
    assert (case.state, case.origin, case.due_at) == ("reported", "flags", DURING + DAY)
    assert case.flags.count() == 3
    assert len(set(Flag.objects.values_list("network", flat=True))) == 2, "brigading is countable"
    one.refresh_from_db()
    assert (one.state, one.flags_open) == ("visible", 3), "a flag hides nothing"
    assert acts() == ["comment_given", "case_opened"]
    assert "192.0.2" not in str(Flag.objects.values_list())


def test_a_flag_is_refused(sefrou, idea):
    ended = ModerationRule.objects.create(
        community=sefrou.province,
        number=9,
        text=LocalizedText(ar="قاعدة انتهت"),
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 2, 1),
    )
    with pytest.raises(FlagRefused) as refused:
        flag(idea, rule=ended)
    assert refused.value.field == "rule"
    for number in (7, -1):
        with pytest.raises(FlagRefused) as unknown:
            flag(idea, number)
        assert unknown.value.code == "unknown"
    with pytest.raises(FlagRefused):
        operations.flag_text(
            community=sefrou.province,
            on=Statement("june", paragraph="x"),
            number=1,
            rule=make_rule(sefrou.province),
            note="",
            who=operations.Flagger("a"),
            now=DURING,
        )
    for number in range(30):
        say(idea, f"{WORDS} {number}")
        flag(idea, number + 1)
    with pytest.raises(FlagRefused):
        flag(idea)


def test_a_case_is_decided_undone_and_decided_again(sefrou, idea):
    one = say(idea, author=sefrou.participant)
    flag(idea, one.number)
    case = decide(ModerationCase.objects.get())
    assert (case.state, case.outcome, case.decided_by) == ("decided", "kept", "moderator")
    one.refresh_from_db()
    assert (one.state, one.flags_open) == ("visible", 0)
    common = {"community_id": idea.community_id, "case_id": case.pk, "by": MODERATOR}
    assert operations.undo_decision(now=DURING, **common).state == "reported"
    case = hide(case, at=DURING + timedelta(hours=2))
    one.refresh_from_db()
    assert (case.outcome, one.state, shown(idea)) == ("hidden", "held", 0)
    with pytest.raises(CaseRefused) as twice:
        decide(case)
    assert twice.value.code == "changed"
    letter = read(Mail.objects.get(template="participation/email/comment_hidden"))
    assert "/ar/mine/appeal/" in letter.text and REASON in letter.text and WORDS in letter.text
    case = operations.undo_decision(now=DURING, **common)
    one.refresh_from_db()
    assert (case.state, one.state, shown(idea)) == ("reported", "visible", 1)
    assert Mail.objects.filter(template="participation/email/comment_restored").count() == 1
    assert acts()[2:] == [
        "case_kept",
        "case_reopened",
        "comment_hidden",
        "comment_restored",
    ]
    assert set(ModerationDecision.objects.values_list("case", flat=True)) == {case.pk}
    with pytest.raises(CaseRefused):
        operations.undo_decision(now=DURING, **common)
    with pytest.raises(CaseRefused):
        operations.undo_decision(now=DURING, **{**common, "case_id": 0})


def test_hiding_needs_a_rule_in_force_and_a_reason(sefrou, idea):
    say(idea)
    flag(idea, 1)
    case = ModerationCase.objects.get()
    ended = ModerationRule.objects.create(
        community=sefrou.province,
        number=9,
        text=LocalizedText(ar="قاعدة انتهت"),
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 2, 1),
    )
    for ruling, field in (
        (Ruling(ended, REASON), "rule"),
        (Ruling(make_rule(sefrou.province), "لا"), "reason"),
    ):
        with pytest.raises(ModerationRefused) as refused:
            decide(case, rule=ruling.rule, reason=ruling.reason)
        assert refused.value.field == field
    with pytest.raises(ModerationRefused):
        operations.hide_comment(
            community_id=idea.community_id,
            comment_id=0,
            rule=make_rule(sefrou.province),
            reason=REASON,
            by=MODERATOR,
            now=DURING,
        )
    with pytest.raises(ModerationRefused):
        operations.hide_comment(
            community_id=idea.community_id,
            comment_id=0,
            rule=ended,
            reason=REASON,
            by=MODERATOR,
            now=DURING,
        )
    with pytest.raises(ModerationRefused) as visible:
        operations.restore_comment(
            community_id=idea.community_id,
            comment_id=Comment.objects.get().pk,
            by=MODERATOR,
            now=DURING,
        )
    assert visible.value.code == "changed"


def test_hiding_an_idea_at_its_own_desk_is_counted_as_a_case(sefrou, idea):
    common = {"community_id": idea.community_id, "reference": idea.reference, "by": MODERATOR}
    operations.hide_idea(rule=make_rule(sefrou.province), reason=REASON, now=DURING, **common)
    case = ModerationCase.objects.get()
    assert (case.state, case.outcome, case.origin) == ("decided", "hidden", "reading")
    assert "/ar/mine/appeal/" in read(Mail.objects.get(template="participation/email/hidden")).text
    case = appeal(case)
    with pytest.raises(CaseRefused) as waits:
        operations.restore_idea(now=DURING, **common)
    assert waits.value.code == "appealed"
    case = end_appeal(case, granted=True)
    idea.refresh_from_db()
    assert (case.outcome, idea.state) == ("reversed", "visible")
    assert not Mail.objects.filter(template="participation/email/restored").exists()
    operations.hide_idea(rule=make_rule(sefrou.province), reason=REASON, now=DURING, **common)
    operations.restore_idea(now=DURING, **common)
    assert ModerationCase.objects.latest("pk").outcome == "kept"
    operations.withdraw_idea(author_id=idea.author_id, now=DURING, **common)
    assert not ModerationCase.objects.exclude(state="closed").exists()


@pytest.mark.parametrize("granted", [True, False])
def test_an_author_appeals_once_and_another_officer_decides(sefrou, idea, granted):
    one = say(idea, author=sefrou.participant)
    flag(idea, one.number)
    case = hide(ModerationCase.objects.get())
    for words in ("", "لا", "كلمة " * 150):
        with pytest.raises(CaseRefused) as few:
            appeal(case, words)
        assert few.value.field == "words"
    case = appeal(case, at=DURING + DAY)
    assert (case.state, case.due_at) == ("appealed", DURING + 2 * DAY)
    assert Mail.objects.filter(template="participation/email/appeal_received").count() == 1
    with pytest.raises(CaseRefused):
        appeal(case)
    with pytest.raises(CaseRefused) as same:
        end_appeal(case, granted=granted, by=MODERATOR)
    assert same.value.code == "same"
    with pytest.raises(ModerationRefused):
        end_appeal(case, granted=granted, reason="")
    case = end_appeal(case, granted=granted)
    one.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "reversed" if granted else "upheld")
    assert one.state == ("visible" if granted else "held")
    letter = read(Mail.objects.get(template="participation/email/appeal_decided"))
    assert REASON in letter.text
    with pytest.raises(CaseRefused):
        end_appeal(case, granted=granted)
    with pytest.raises(CaseRefused):
        appeal(case)


def test_where_nobody_else_is_the_same_officer_decides(sefrou, idea):
    only = sefrou.moderator.username
    for user in (sefrou.officer,):
        user.is_active = False
        user.save()
    by = MODERATOR.__class__("officer", only, "moderator")
    one = say(idea, author=sefrou.participant)
    flag(idea, one.number)
    case = appeal(hide(ModerationCase.objects.get(), by=by))
    assert end_appeal(case, granted=False, by=by).outcome == "upheld"


def test_thirty_days_after_the_decision_a_case_is_closed(sefrou, idea):
    say(idea)
    flag(idea, 1)
    case = hide(ModerationCase.objects.get())
    late = DURING + timedelta(days=30, seconds=1)
    assert not operations.has_cases_to_close(DURING + timedelta(days=30))
    with pytest.raises(CaseRefused):
        appeal(case, at=late)
    assert operations.has_cases_to_close(late)
    assert operations.close_cases(now=late) is False
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "hidden")
    with pytest.raises(CaseRefused):
        appeal(case, at=late)


def test_comments_that_are_read_first_wait_in_a_case(sefrou):
    calm = make_consultation(sefrou.province, sefrou.axis, slug="calm", is_premoderated=True)
    idea = make_idea(calm, sefrou.axis)
    Idea.objects.update(state="visible")
    one = say(idea)
    case = ModerationCase.objects.get()
    assert (one.state, shown(idea), case.origin) == ("received", 0, "reading")
    case = decide(case)
    one.refresh_from_db()
    assert (one.state, shown(idea), case.outcome) == ("visible", 1, "kept")


def test_many_cases_at_once_are_each_an_act_that_can_be_undone(sefrou, june, idea):
    other = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير")
    for number in range(6):
        say(idea, f"{WORDS} {number}", author=sefrou.participant)
        flag(idea, number + 1)
    flag(other)
    wanted = list(ModerationCase.objects.values_list("pk", flat=True))
    common = {"community": sefrou.province, "by": MODERATOR, "now": DURING}
    with pytest.raises(ModerationRefused):
        operations.decide_cases(
            case_ids=wanted, ruling=Ruling(make_rule(sefrou.province), ""), **common
        )
    ruling = Ruling(make_rule(sefrou.province), REASON)
    done = operations.decide_cases(case_ids=[*wanted, 999, wanted[0]], ruling=ruling, **common)
    assert (sorted(done.decided), done.left) == (sorted(wanted), 1)
    assert set(Comment.objects.values_list("state", flat=True)) == {"held"}
    other.refresh_from_db()
    assert (other.state, shown(idea)) == ("held", 0)
    assert acts().count("comment_hidden") == 6
    assert (
        ModerationDecision.objects.filter(action="hide", register_number__isnull=False).count() == 7
    )
    letters = Mail.objects.filter(template="participation/email/comment_hidden")
    assert not letters.exists(), "thousands of letters hold nobody up: the worker queues them"
    for _twice in range(2):
        for event in Outbox.objects.filter(kind=operations.HIDDEN_TOGETHER):
            operations.tell_hidden(event=event, now=DURING)
    assert letters.count() == 6 and "/mine/appeal/" in read(letters[0]).text
    again = operations.decide_cases(case_ids=wanted, ruling=ruling, **common)
    assert (again.decided, again.left) == ((), 7)
    for pk in wanted:
        operations.undo_decision(
            community_id=sefrou.province.pk, case_id=pk, by=MODERATOR, now=DURING
        )
    assert shown(idea) == 6
    kept = operations.decide_cases(case_ids=wanted, ruling=Ruling(), **common)
    assert len(kept.decided) == 7 and acts().count("case_kept") == 7
