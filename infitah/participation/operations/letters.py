"""Mails to the authors of ideas: the receipt, and what was decided; queued within the act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community, Participant
from infitah.community.queries import address_digest, by_address, url_of
from infitah.core import vault
from infitah.core.operations import queue_mail, within_limit
from infitah.core.queries import subscriber_of
from infitah.kernel.dates import format_date, format_datetime, local_day
from infitah.participation import rules
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Idea, ModerationDecision
from infitah.participation.operations.appeal_links import appeal_facts

SALT = "participation.withdraw"
TEMPLATES = {
    "hide": "participation/hidden",
    "restore": "participation/restored",
    "publish": "participation/published",
    "accept_late": "participation/late_accepted",
    "refuse_late": "participation/late_refused",
}


def address_of_author(author: Participant | None) -> str:
    """Return the mail address of an author for a letter to them; empty where there is none."""
    if author is None or author.address_kind != Participant.AddressKind.MAIL:
        return ""
    return vault.unseal(
        author.address_sealed,
        model="community.Participant",
        field="address_sealed",
        row=author.token,
    )


def follows_by_mail(participant: Participant) -> bool:
    """Tell whether the address of a participant follows something by mail. Two queries at most."""
    address = address_of_author(participant)
    subscriber = subscriber_of(participant.community.key, address) if address else None
    return subscriber is not None and subscriber.follows.in_force().exists()


def language_of(author: Participant) -> str:
    """Return the language in which an author is written to."""
    return author.language if author.language in {"ar", "fr", "zgh"} else "ar"


def withdraw_token(idea: Idea) -> str:
    """Return what the link to take an idea back holds; it opens a page with one button."""
    return signing.dumps([idea.reference, idea.submission_key.hex], salt=SALT)


def reference_of_token(token: str) -> tuple[str, Literal["valid", "expired", "forged"]]:
    """Return the reference that a link names, and whether the link is ours and not too old."""
    try:
        reference, _key = signing.loads(token, salt=SALT, max_age=OPTIONS.withdraw_link_life)
    except signing.SignatureExpired:
        return "", "expired"
    except (signing.BadSignature, ValueError):
        return "", "forged"
    return str(reference), "valid"


def _links(idea: Idea, language: str) -> dict[str, str]:
    start = f"/{language}/consultations/{idea.consultation.slug}"
    token = withdraw_token(idea)
    return {
        "page_link": url_of(idea.community, f"{start}/ideas/{idea.reference}/"),
        "receipt_link": url_of(idea.community, f"{start}/give/{idea.submission_key}/received/"),
        "withdraw_link": url_of(idea.community, f"/{language}/mine/link/{token}/"),
    }


def _facts(idea: Idea, language: str) -> dict[str, str]:
    day = local_day(idea.submitted_at)
    with override(language):
        source = str(idea.get_source_display())
    return {
        "institution": idea.community.institution.in_language(language),
        "sender_name": idea.community.institution.in_language(language),
        "consultation": idea.consultation.name.in_language(language),
        "axis": idea.axis.name.in_language(language),
        "reference": idea.reference,
        "statement": idea.statement,
        "submitted": format_datetime(idea.submitted_at, language),
        "submitted_day": format_date(day, language),
        "source": source,
        "is_late": "1" if idea.is_late else "",
        "is_read_first": "1" if idea.state == Idea.State.RECEIVED else "",
        **_links(idea, language),
    }


def queue_letter(
    idea: Idea,
    template: str,
    *,
    dedupe_key: str,
    now: datetime,
    more: Mapping[str, str] | None = None,
    files: tuple[int, ...] = (),
    is_receipt: bool = False,
) -> bool:
    """Queue a letter about an idea to its author, once; return whether they have an address."""
    to = address_of_author(idea.author)
    if not to or idea.author is None:
        return False
    language = language_of(idea.author)
    queue_mail(
        community_key=idea.community.key,
        to=to,
        template=template,
        context={**_facts(idea, language), **(more or {})},
        language=language,
        dedupe_key=dedupe_key,
        priority="receipt" if is_receipt else "answer",
        reference=idea.reference,
        attachments=files,
        now=now,
    )
    return True


def queue_receipt(*, idea: Idea, files: tuple[int, ...], now: datetime) -> bool:
    """Queue the receipt of an idea, once; return whether its author has an address.

    It says all that was typed and is published, as its page does, until when the consultation is
    open, and by when an answer is due: that day is the council's own mark, no legal term.
    """
    language = language_of(idea.author) if idea.author else "ar"
    commune = idea.commune.name.in_language(language) if idea.commune else ""
    last_day, file = rules.last_day(idea.consultation.closes_at), idea.attachment
    due = rules.answer_due(last_day=last_day, given_on=local_day(idea.submitted_at))
    return queue_letter(
        idea,
        "participation/received",
        dedupe_key=f"idea.received:{idea.reference}",
        now=now,
        more={
            "detail": idea.detail,
            "commune": commune,
            "file_name": file.name if file else "",
            "file_sha256": file.sha256 if file else "",
            "closes": format_date(last_day, language),
            "within": str(rules.ANSWER_WITHIN),
            "due": format_date(due, language),
        },
        files=files,
        is_receipt=True,
    )


def tell_author(*, idea: Idea, decision: ModerationDecision, now: datetime) -> bool:
    """Queue the mail that tells a decision, with its rule and reason; return whether it was."""
    if idea.author is None:
        return False
    rule = decision.rule
    more = {"reason": decision.reason, "rule_number": "", "rule": ""}
    if rule is not None:
        more |= {
            "rule_number": str(rule.number),
            "rule": rule.text.in_language(idea.author.language),
        }
    if decision.action == "hide" and decision.case is not None:
        more |= appeal_facts(decision.case, language_of(idea.author))
    return queue_letter(
        idea,
        TEMPLATES[decision.action],
        dedupe_key=f"idea.decision:{decision.pk}",
        now=now,
        more=more,
    )


def tell_withdrawal(*, idea: Idea, act_number: int, now: datetime) -> bool:
    """Queue the mail that confirms a withdrawal, with its act; return whether it was."""
    language = idea.author.language if idea.author else "ar"
    more = {
        "withdrawn": format_datetime(idea.withdrawn_at or now, language),
        "act_number": str(act_number),
        "act_link": url_of(idea.community, f"/{language}/register/{act_number}/"),
    }
    key = f"idea.withdrawn:{idea.reference}"
    return queue_letter(idea, "participation/withdrawn", dedupe_key=key, now=now, more=more)


def tell_mistyped(*, idea: Idea, reason: str, now: datetime) -> bool:
    """Queue the mail that says what the desk typed wrongly and took back; whether it was."""
    day = format_date(local_day(now), idea.author.language if idea.author else "ar")
    more = {"reason": reason, "withdrawn": day}
    key = f"idea.mistyped:{idea.reference}"
    return queue_letter(idea, "participation/mistyped", dedupe_key=key, now=now, more=more)


@transaction.atomic
def send_my_links(*, community: Community, address: str, network: str, now: datetime) -> None:
    """Send the links to the ideas given from `address`, to that address only, if there are any.

    Says nothing about whether there are: the page tells the same either way. Beyond the limits
    by network and by address nothing is sent. At most 50 ideas, the newest.
    """
    limits = (
        ("participation.link", network, OPTIONS.links_per_network),
        ("participation.link.to", address_digest(community, address), OPTIONS.links_per_address),
    )
    for name, key, (limit, seconds) in limits:
        if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
            return
    author = by_address(community, address)
    ideas = list(
        Idea.objects.of(community)
        .filter(author=author)
        .select_related("community", "consultation", "axis", "author")
        .order_by("-position")[: OPTIONS.ideas_in_a_letter]
        if author is not None
        else ()
    )
    to = address_of_author(author)
    if author is None or not ideas or not to:
        return
    language = author.language if author.language in {"ar", "fr", "zgh"} else "ar"
    with override(language):
        lines = "\n\n".join(_lines_of(idea, language) for idea in ideas)
    institution = community.institution.in_language(language)
    queue_mail(
        community_key=community.key,
        to=to,
        template="participation/my_ideas",
        context={
            "institution": institution,
            "sender_name": institution,
            "lines": lines,
            "may_take_back": "yes" if any(idea.withdrawn_at is None for idea in ideas) else "",
            "mine_link": url_of(community, f"/{language}/mine/"),
        },
        language=language,
        dedupe_key=f"idea.links:{author.token}:{now:%Y-%m-%dT%H:%M}",
        priority="answer",
        now=now,
    )


def _lines_of(idea: Idea, language: str) -> str:
    """Return an idea in a letter: number, words and links, a line each."""
    links = _links(idea, language)
    words = idea.statement or str(idea.get_state_display())
    lines = [f"{idea.reference} · {words}", links["page_link"]]
    if idea.withdrawn_at is None:
        lines += [str(_("To take it back:")), links["withdraw_link"]]
    return "\n".join(lines)
