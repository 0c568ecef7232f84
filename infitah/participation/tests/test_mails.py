"""Mails to the authors of ideas, as they are read in Arabic and in French."""

import uuid
from pathlib import Path

import pytest

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.participation import operations
from infitah.participation.models import ModerationCase
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.talk import (
    MODERATOR,
    SECOND,
    WORDS,
    appeal,
    end_appeal,
    flag,
    hide,
    say,
)

SNAPSHOTS = Path(__file__).parent / "snapshots"
REASON = "تتضمن رقم هاتف شخص آخر"


def decide(idea, name):
    common = {
        "community_id": idea.community_id,
        "reference": idea.reference,
        "by": BY,
        "now": AFTER,
    }
    rule = make_rule(idea.community, 2)
    if name == "hidden":
        operations.hide_idea(rule=rule, reason=REASON, **common)
    if name == "restored":
        operations.hide_idea(rule=rule, reason=REASON, **common)
        operations.restore_idea(**common)
    if name == "published":
        operations.publish_idea(**common)
    if name == "late_accepted":
        operations.accept_late_idea(**common)
    if name == "withdrawn":
        operations.withdraw_idea(**{**common, "author_id": idea.author_id})
    if name == "mistyped":
        type(idea).objects.update(source="desk")
        operations.withdraw_desk_idea(reason="كتبت الورقة نفسها مرتين", **common)
    if name == "late_refused":
        operations.refuse_late_idea(reason=REASON, **common)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "name",
    [
        *("received", "hidden", "restored", "published", "late_accepted", "late_refused"),
        *("withdrawn", "mistyped"),
    ],
)
def test_a_mail_reads_as_it_was_written(sefrou, monkeypatch, name, language):
    monkeypatch.setattr(operations.letters, "withdraw_token", lambda idea: "token")
    monkeypatch.setattr(operations.appeal_links, "appeal_token", lambda case: "token")
    june = make_consultation(sefrou.province, sefrou.axis, is_premoderated=name == "published")
    author = ParticipantFactory(community=sefrou.province, language=language)
    idea = make_idea(
        june,
        sefrou.axis,
        author=author,
        at=AFTER if name.startswith("late") else DURING,
        key="6f1c2a34-1111-4222-8333-444455556666",
        wants_receipt=name == "received",
    )
    operations.send_receipts(now=DURING)
    decide(idea, name)
    letter = read(Mail.objects.get(template=f"participation/email/{name}"))
    seen = f"Subject: {letter.subject}\n\n{letter.text}"
    kept = SNAPSHOTS / f"{name}.{language}.txt"
    assert seen == kept.read_text(encoding="utf-8")
    assert idea.reference in letter.subject
    assert (idea.statement in letter.html) is (name not in {"withdrawn", "mistyped"})
    assert f'lang="{language}"' in letter.html


def settle(one, name):
    """Do with a flagged comment what the mail of this name tells."""
    if name == "reply":
        operations.reply_as_office(
            community=one.community,
            comment_id=one.pk,
            text="شكرا، تنشر الميزانية في شهر يناير",
            key=uuid.uuid4(),
            by=BY,
            now=AFTER,
        )
        return
    case = hide(ModerationCase.objects.get(), by=MODERATOR)
    if name == "comment_restored":
        operations.undo_decision(
            community_id=one.community_id, case_id=case.pk, by=MODERATOR, now=AFTER
        )
    if name.startswith("appeal"):
        appeal(case)
    if name.startswith("appeal_decided"):
        end_appeal(ModerationCase.objects.get(), granted=name.endswith("granted"), by=SECOND)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "name",
    [
        "comment_hidden",
        "comment_restored",
        "appeal_received",
        "appeal_decided_granted",
        "appeal_decided_refused",
        "reply",
    ],
)
def test_a_mail_about_a_comment_reads_as_it_was_written(sefrou, monkeypatch, name, language):
    monkeypatch.setattr(operations.appeal_links, "appeal_token", lambda case: "token")
    june = make_consultation(sefrou.province, sefrou.axis)
    author = ParticipantFactory(community=sefrou.province, language=language)
    one = say(make_idea(june, sefrou.axis), author=author)
    flag(one.idea, one.number)
    settle(one, name)
    template = name.removesuffix("_granted").removesuffix("_refused")
    letter = read(Mail.objects.get(template=f"participation/email/{template}"))
    seen = f"Subject: {letter.subject}\n\n{letter.text}"
    assert seen == (SNAPSHOTS / f"{name}.{language}.txt").read_text(encoding="utf-8")
    assert f"{one.idea.reference}/1" in letter.subject and WORDS in letter.html
    assert f'lang="{language}"' in letter.html


def test_what_a_person_wrote_adds_no_header_and_no_markup(sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    hostile = "نشر الميزانية <b>كل سنة</b> وبيانها Bcc: all@example.org"
    idea = make_idea(june, sefrou.axis, hostile, author=sefrou.participant, wants_receipt=True)
    operations.send_receipts(now=DURING)
    letter = read(Mail.objects.get(reference=idea.reference))
    assert "\n" not in letter.subject and "<b>" not in letter.html
    assert hostile in letter.text
