"""Mails about comments and cases: hidden, shown again, an appeal and its outcome, a reply."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import override

from infitah.community.models import Appointment
from infitah.community.queries import url_of
from infitah.core.operations.mail import Letter, queue_mails
from infitah.kernel.dates import format_datetime
from infitah.participation.models import Comment, Idea, ModerationCase, ModerationDecision
from infitah.participation.operations.appeal_links import appeal_facts
from infitah.participation.operations.case_book import Text, reference_of
from infitah.participation.operations.letters import address_of_author


def path_of(text: Text) -> str:
    """Return the path, without language, of the page where a text stands or stood."""
    start = f"consultations/{text.consultation.slug}/"
    if isinstance(text, Idea):
        return f"{start}ideas/{text.reference}/"
    if text.idea is not None:
        return f"{start}ideas/{text.idea.reference}/#comment-{text.number}"
    if text.paragraph is None:
        raise ValueError("A comment stands under an idea or a paragraph.")
    return f"{start}texts/{text.paragraph.text.subject}/{text.paragraph.key}/#comment-{text.number}"


def language_of_author(text: Text) -> str:
    """Return the language in which the author of a text is written to."""
    wanted = text.author.language if text.author else ""
    return wanted if wanted in {"ar", "fr", "zgh"} else "ar"


def words_of(text: Text) -> str:
    """Return the words of an idea or of a comment."""
    return text.statement if isinstance(text, Idea) else text.text


def facts_of(text: Text, language: str) -> dict[str, str]:
    """Return what every letter about a text says of it."""
    institution = text.community.institution.in_language(language)
    return {
        "institution": institution,
        "sender_name": institution,
        "reference": reference_of(text),
        "text": words_of(text),
        "is_idea": "1" if isinstance(text, Idea) else "",
        "submitted": format_datetime(text.submitted_at, language),
        "page_link": url_of(text.community, f"/{language}/{path_of(text)}"),
    }


def rule_facts(decision: ModerationDecision, language: str) -> dict[str, str]:
    """Return the rule and the reason of a decision."""
    rule = decision.rule
    return {
        "reason": decision.reason,
        "rule_number": str(rule.number) if rule else "",
        "rule": rule.text.in_language(language) if rule else "",
    }


def letter_about(
    text: Text, template: str, *, dedupe_key: str, more: Mapping[str, str]
) -> Letter | None:
    """Return a letter about a text to its author, None where they have no mail address."""
    to = address_of_author(text.author)
    if not to:
        return None
    language = language_of_author(text)
    return Letter(
        community_key=text.community.key,
        to=to,
        template=f"participation/{template}",
        context={**facts_of(text, language), **more},
        language=language,
        dedupe_key=dedupe_key,
        priority="answer",
        reference=reference_of(text)[:40],
    )


def _queued(letter: Letter | None, now: datetime) -> bool:
    """Queue a letter where there is one, once; return whether there is."""
    if letter is not None:
        queue_mails([letter], now=now)
    return letter is not None


def letter_of_decision(comment: Comment, decision: ModerationDecision) -> Letter | None:
    """Return the letter that tells an author that a comment was hidden, or is shown again."""
    template = {"hide": "comment_hidden", "restore": "comment_restored"}.get(decision.action)
    if template is None:
        return None
    language = language_of_author(comment)
    more = rule_facts(decision, language)
    if decision.action == "hide" and decision.case is not None:
        more |= appeal_facts(decision.case, language)
    key = f"comment.decision:{decision.pk}"
    return letter_about(comment, template, dedupe_key=key, more=more)


def tell_decision(*, comment: Comment, decision: ModerationDecision, now: datetime) -> bool:
    """Queue the mail that tells a decision on a comment; return whether there is one to queue."""
    return _queued(letter_of_decision(comment, decision), now)


def tell_appeal_received(*, case: ModerationCase, text: Text, now: datetime) -> bool:
    """Queue the receipt of an appeal, with the instant until which it is decided."""
    language = language_of_author(text)
    more = {
        "appeal": case.appeal_text,
        "due": format_datetime(case.due_at, language),
        "counts_link": url_of(text.community, f"/{language}/consultations/moderation/"),
    }
    key = f"case.appealed:{case.pk}"
    return _queued(letter_about(text, "appeal_received", dedupe_key=key, more=more), now)


def tell_appeal_decided(
    *, text: Text, decision: ModerationDecision, is_granted: bool, is_alone: bool, now: datetime
) -> bool:
    """Queue the mail that tells how an appeal ended, and whether nobody else could decide it."""
    more = rule_facts(decision, language_of_author(text)) | {
        "is_granted": "1" if is_granted else "",
        "is_alone": "1" if is_alone else "",
    }
    key = f"case.appeal_decided:{decision.pk}"
    return _queued(letter_about(text, "appeal_decided", dedupe_key=key, more=more), now)


def tell_reply(*, reply: Comment, asked: Comment, now: datetime) -> bool:
    """Queue the mail that gives an author the reply of an office; a citizen's is in the digest."""
    language = language_of_author(asked)
    with override(language):
        known = reply.office in Appointment.Office.values
        office = str(Appointment.Office(reply.office).label) if known else ""
    more = {"reply": reply.text, "office": office}
    key = f"comment.reply:{reply.pk}"
    return _queued(letter_about(asked, "reply", dedupe_key=key, more=more), now)
