"""Mails to the owner of a commitment: the monthly question, what a second person found."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.queries import url_of
from infitah.core.clock import local_day
from infitah.core.operations import queue_mail
from infitah.kernel.dates import format_date, format_month
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Commitment, Milestone, MonthlyLink
from infitah.programme.queries.commitments import card_of
from infitah.programme.queries.commitments import url_of as page_of
from infitah.programme.queries.second_person import language_of_owner, owner_address
from infitah.programme.queries.sentences import milestone_sentence
from infitah.programme.rules import progress

VERIFIED = "programme.milestone_verified"
RETURNED = "programme.milestone_returned"
TEMPLATES = {VERIFIED: "programme/confirmed", RETURNED: "programme/returned"}


def _facts(commitment: Commitment, language: str) -> dict[str, str]:
    institution = commitment.community.institution.in_language(language)
    return {
        "institution": institution,
        "sender_name": institution,
        "title": commitment.title.in_language(language),
        "reference": commitment.reference,
        "page_link": url_of(commitment.community, page_of(commitment)),
    }


def queue_monthly(*, commitment: Commitment, link: MonthlyLink, token: str, now: datetime) -> None:
    """Queue the monthly question to the owner: state, open milestones, one link; once a link.

    Three queries besides those of queueing. The commitment comes with its community and cycle.
    """
    language = language_of_owner(commitment)
    with override(language):
        today = local_day(now)
        context = _facts(commitment, language) | {
            "month": format_month(link.month, language),
            "state": card_of(commitment, today).sentence,
            "milestones": "\n".join(_open_lines(commitment, language, today)),
            "expires": format_date(local_day(link.expires_at), language),
            "link": url_of(commitment.community, f"/{language}/mine/update/{token}/"),
        }
    queue_mail(
        community_key=commitment.community.key,
        to=owner_address(commitment),
        template="programme/monthly",
        context=context,
        language=language,
        dedupe_key=f"programme.monthly:{commitment.reference}:{link.month:%Y-%m}:{link.number}",
        priority="answer",
        reference=commitment.reference,
        now=now,
    )


def _open_lines(commitment: Commitment, language: str, today: date) -> list[str]:
    return [
        f"{one.title.in_language(language)} · {milestone_sentence(one, today)}"
        for one in commitment.milestones.all()
        if one.step.state not in progress.TOLD_DONE
    ] or [_("Every milestone is said to be done.")]


def tell_owner(milestone: Milestone, finding: str, *, reason: LocalizedText, now: datetime) -> None:
    """Queue the mail that tells the owner what the second person found, if an address is kept.

    `finding` is VERIFIED or RETURNED. At most four statements.
    """
    commitment = milestone.commitment
    to = owner_address(commitment)
    if not to:
        return
    language = language_of_owner(commitment)
    with override(language):
        context = _facts(commitment, language) | {
            "milestone": milestone.title.in_language(language),
            "milestone_reference": milestone.reference,
            "reason": reason.in_language(language),
            "found_on": format_date(local_day(now), language),
        }
    queue_mail(
        community_key=commitment.community.key,
        to=to,
        template=TEMPLATES[finding],
        context=context,
        language=language,
        dedupe_key=f"{finding}:{milestone.reference}:{now.isoformat()}",
        priority="answer",
        reference=milestone.reference,
        now=now,
    )
