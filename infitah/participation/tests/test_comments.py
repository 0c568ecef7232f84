"""Comments as acts: given, refused, taken back, replied to by an office, read."""

import uuid
from datetime import timedelta

import pytest

from infitah.community.tests.factories import AxisFactory, ParticipantFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Viewer
from infitah.ledger.models import Entry, Opening
from infitah.participation import operations
from infitah.participation.models import Comment, ModerationCase
from infitah.participation.operations import CommentRefused, Statement
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.talk import REASON, SECOND, WORDS, acts, flag, hide, on, say, shown

pytestmark = pytest.mark.database
DAY = timedelta(days=1)


def test_a_comment_takes_its_number_once_and_its_words_are_committed(sefrou, idea):
    key = uuid.uuid4()
    one = say(idea, author=sefrou.participant, key=key, stance="for")
    assert say(idea, author=sefrou.participant, key=key) == one, "the same sending"
    assert say(idea, author=sefrou.participant) == one, "the same words by the same person"
    two = say(idea, "Je suis d'accord avec cette idée", to=1)
    assert (one.number, two.number, two.parent) == (1, 2, one)
    assert (one.language, two.language, one.stance) == ("ar", "fr", "for")
    assert shown(idea) == 2
    entry = Entry.objects.get(subject=f"{idea.reference}/1")
    assert WORDS not in entry.canonical and '"stance":"for"' in entry.canonical
    assert Opening.objects.filter(subject=f"{idea.reference}/1", name="text").exists()


def test_a_comment_is_refused_with_the_reason(sefrou, june, idea):
    reply = say(idea, to=say(idea).number)
    cases = {
        "يغلق": ({"at": AFTER}, "closed"),
        "deep": ({"to": reply.number}, "deep"),
        "none": ({"to": 99}, "unknown"),
        "short": ({"text": "لا"}, "short"),
        "long": ({"text": "كلمة " * 201}, "long"),
        "dots": ({"text": "........"}, "no_words"),
    }
    for given, code in cases.values():
        with pytest.raises(CommentRefused) as refused:
            say(idea, **given)
        assert refused.value.code == code
    with pytest.raises(CommentRefused) as late:
        say(idea, at=AFTER)
    assert "20 يونيو 2023" in late.value.message
    operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=make_rule(idea.community),
        reason=REASON,
        by=BY,
        now=DURING,
    )
    with pytest.raises(CommentRefused) as gone:
        say(idea)
    assert gone.value.code == "not_shown"
    silent = make_consultation(sefrou.province, sefrou.axis, slug="silent", takes_comments=False)
    with pytest.raises(CommentRefused) as no:
        say(make_idea(silent, sefrou.axis))
    assert no.value.code == "no_comments"
    for place in (Statement("june", idea="SFR-2023-I-9999"), Statement("june", paragraph="x")):
        with pytest.raises(CommentRefused) as nowhere:
            operations.check_comment(community=idea.community, on=place, to=0, now=DURING)
        assert nowhere.value.code == "unknown"
    with pytest.raises(CommentRefused) as early:
        operations.check_comment(
            community=idea.community,
            on=on(make_idea(silent, sefrou.axis)),
            to=0,
            now=silent.opens_at - DAY,
        )
    assert early.value.code == "no_comments"


def test_nobody_says_more_than_thirty_things_an_hour(sefrou, idea):
    for number in range(30):
        say(idea, f"{WORDS} {number}", author=sefrou.participant)
    with pytest.raises(CommentRefused):
        say(idea, f"{WORDS} 30", author=sefrou.participant)
    later = DURING + timedelta(hours=2)
    assert say(idea, f"{WORDS} 30", author=sefrou.participant, at=later).number == 31


def test_taking_a_comment_back_erases_its_words_and_keeps_its_number(sefrou, idea):
    one = say(idea, author=sefrou.participant)
    flag(idea, one.number)
    common = {"community_id": idea.community_id, "comment_id": one.pk, "by": BY, "now": DURING}
    with pytest.raises(CommentRefused) as refused:
        operations.withdraw_comment(author_id=ParticipantFactory().pk, **common)
    assert refused.value.code == "not_yours"
    for _twice in range(2):
        operations.withdraw_comment(author_id=sefrou.participant.pk, **common)
    one.refresh_from_db()
    assert (one.text, one.state, one.number, shown(idea)) == ("", "withdrawn", 1, 0)
    assert not Opening.objects.filter(subject=f"{idea.reference}/1", name="text").exists()
    assert ModerationCase.objects.get().state == "closed"
    assert acts() == ["comment_given", "case_opened", "comment_withdrawn"]
    assert say(idea).number == 2


def test_an_office_replies_under_its_name_after_closing_too_and_by_mail(sefrou, idea):
    asked = say(idea, "متى تنشر الميزانية؟", author=sefrou.participant)
    common = {
        "community": sefrou.province,
        "comment_id": asked.pk,
        "key": uuid.uuid4(),
        "by": SECOND,
        "now": AFTER,
    }
    with pytest.raises(CommentRefused):
        operations.reply_as_office(text="لا", **common)
    for _twice in range(2):
        reply = operations.reply_as_office(text="تنشر في شهر يناير من كل سنة", **common)
    assert (reply.office, reply.author, reply.parent, reply.state) == (
        "focal_point",
        None,
        asked,
        "visible",
    )
    letter = read(Mail.objects.get(template="participation/email/reply"))
    assert "تنشر في شهر يناير" in letter.text and "متى تنشر" in letter.text
    with pytest.raises(CommentRefused):
        operations.reply_as_office(
            text="جواب آخر طويل", **{**common, "comment_id": 0, "key": uuid.uuid4()}
        )


def test_what_is_held_or_of_others_is_read_by_nobody_else(sefrou, idea):
    axis = AxisFactory(community=sefrou.commune)
    elsewhere = make_idea(make_consultation(sefrou.commune, axis, slug="x"), axis)
    say(elsewhere, "تعليق في جماعة أخرى")
    mine = say(idea, author=sefrou.participant)
    flag(idea, 1)
    hide(ModerationCase.objects.get())
    visitor = Viewer("SFR", sefrou.province.pk)
    author = Viewer("SFR", sefrou.province.pk, participant_id=sefrou.participant.pk)
    assert not Comment.objects.visible_to(visitor).exists()
    assert list(Comment.objects.visible_to(author)) == [mine]
    assert list(Comment.objects.visible_to(sefrou.viewer("idea.read"))) == [mine]
