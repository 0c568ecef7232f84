"""Mails to the authors of ideas: the receipt, and what was decided; queued within the act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.core import signing
from django.utils.translation import override

from infitah.community.models import Community, Participant
from infitah.community.queries import address_digest, url_of
from infitah.core import vault
from infitah.core.operations import queue_mail, within_limit
from infitah.kernel.dates import format_date, format_datetime, local_day
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Idea, ModerationDecision

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


def _queue(
    idea: Idea,
    template: str,
    *,
    dedupe_key: str,
    now: datetime,
    more: Mapping[str, str] | None = None,
    files: tuple[int, ...] = (),
    is_receipt: bool = False,
) -> bool:
    to = address_of_author(idea.author)
    if not to or idea.author is None:
        return False
    language = idea.author.language if idea.author.language in {"ar", "fr", "zgh"} else "ar"
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
    """Queue the receipt of an idea, once; return whether its author has an address."""
    return _queue(
        idea,
        "participation/received",
        dedupe_key=f"idea.received:{idea.reference}",
        now=now,
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
    return _queue(
        idea,
        TEMPLATES[decision.action],
        dedupe_key=f"idea.decision:{decision.pk}",
        now=now,
        more=more,
    )


def send_withdraw_link(
    *, community: Community, reference: str, address: str, network: str, now: datetime
) -> None:
    """Send a fresh link for taking an idea back, if this address gave that idea.

    Says nothing about whether it did: the page tells the same either way. Beyond the limit of a
    network address nothing is sent.
    """
    limit, seconds = OPTIONS.links_per_network
    if not within_limit(
        name="participation.link", key=network, limit=limit, seconds=seconds, now=now
    ):
        return
    idea = (
        Idea.objects.of(community)
        .filter(
            reference=reference,
            author__address_digest=address_digest(community, address),
            withdrawn_at=None,
        )
        .select_related("community", "consultation", "axis", "author")
        .first()
    )
    if idea is not None:
        key = f"idea.link:{idea.reference}:{now:%Y-%m-%dT%H:%M}"
        _queue(idea, "participation/withdraw_link", dedupe_key=key, now=now)
