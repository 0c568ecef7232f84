"""Comments, flags and cases for tests; nothing here is anybody's."""

import uuid

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.viewer import Actor
from infitah.ledger.models import Entry
from infitah.participation import operations
from infitah.participation.models import Comment, ModerationCase, StatementTally
from infitah.participation.operations import CommentText, Flagger, Ruling, Statement
from infitah.participation.tests.factories import DURING, make_rule

WORDS = "أتفق مع هذه الفكرة لأنها مفيدة للسكان"
REASON = "يتضمن رقم هاتف شخص آخر"
MODERATOR = Actor("officer", "moderator", "moderator")
SECOND = Actor("officer", "focal", "focal_point")


def on(idea) -> Statement:
    return Statement(idea.consultation.slug, idea=idea.reference)


def say(idea, text=WORDS, *, author=None, at=DURING, **given) -> Comment:
    author = author or ParticipantFactory(community=idea.community)
    typed = CommentText(key=given.pop("key", uuid.uuid4()), text=text, **given)
    return operations.comment(
        community=idea.community, on=on(idea), given=typed, author_id=author.pk, now=at
    )


def many(idea, count, *, parent=None) -> list[Comment]:
    """Put comments under an idea without their acts: for tests of lists."""
    last = Comment.objects.filter(idea=idea).count()
    return Comment.objects.bulk_create(
        Comment(
            community=idea.community,
            consultation=idea.consultation,
            idea=idea,
            parent=parent,
            number=last + number,
            text=f"{WORDS} {last + number}",
            language="ar",
            submitted_at=DURING,
        )
        for number in range(1, count + 1)
    )


def flag(idea, number=0, *, network="192.0.2.1", person=None, at=DURING, rule=None, note=""):
    return operations.flag_text(
        community=idea.community,
        on=on(idea),
        number=number,
        rule=rule or make_rule(idea.community, 2),
        note=note,
        who=Flagger(network, person),
        now=at,
    )


def decide(case, *, rule=None, reason="", by=MODERATOR, at=DURING) -> ModerationCase:
    return operations.decide_case(
        community_id=case.community_id,
        case_id=case.pk,
        ruling=Ruling(rule, reason),
        by=by,
        now=at,
    )


def hide(case, **more) -> ModerationCase:
    return decide(case, rule=make_rule(case.community, 2), reason=REASON, **more)


def appeal(case, words="هذا الرقم رقم مصلحة عمومية", *, at=DURING) -> ModerationCase:
    return operations.appeal(
        community_id=case.community_id, case_id=case.pk, words=words, by=Actor.visitor(), now=at
    )


def end_appeal(case, *, granted, by=SECOND, at=DURING, reason=REASON) -> ModerationCase:
    return operations.decide_appeal(
        community_id=case.community_id,
        case_id=case.pk,
        is_granted=granted,
        reason=reason,
        by=by,
        now=at,
    )


def shown(idea) -> int:
    return StatementTally.objects.filter(idea=idea).values_list("comments", flat=True).first() or 0


def acts() -> list[str]:
    names = Entry.objects.order_by("number").values_list("act", flat=True)
    return [
        name.removeprefix("participation.")
        for name in names
        if "comment" in name or "case" in name or "appeal" in name
    ]
