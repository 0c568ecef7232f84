"""The one link of a letter by which an author appeals, signed; the days are the rule's."""

from typing import Literal

from django.core import signing

from infitah.community.queries import url_of
from infitah.kernel.dates import format_date, local_day
from infitah.participation import rules
from infitah.participation.models import ModerationCase

SALT = "participation.appeal"


def appeal_token(case: ModerationCase) -> str:
    """Return what the link to an appeal holds; it opens a page with one button."""
    return signing.dumps(case.pk, salt=SALT)


def case_of_token(token: str) -> tuple[int, Literal["valid", "forged"]]:
    """Return the case that a link names, and whether the link is ours; the days are the rule's."""
    try:
        return int(signing.loads(token, salt=SALT)), "valid"
    except (signing.BadSignature, ValueError, TypeError):
        return 0, "forged"


def appeal_facts(case: ModerationCase, language: str) -> dict[str, str]:
    """Return how an author appeals: the link, and until which day. No query with its community."""
    last = local_day((case.decided_at or case.opened_at) + rules.APPEAL_WITHIN)
    path = f"/{language}/mine/appeal/{appeal_token(case)}/"
    return {
        "appeal_link": url_of(case.community, path),
        "appeal_until": format_date(last, language),
    }
