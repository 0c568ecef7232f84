"""The receipt of a request on the screen: its number, its last day, its proof (decisions F29)."""

import uuid
from datetime import date, datetime

from infitah.community.models import Community
from infitah.community.queries import deadline, url_of
from infitah.community.rules.deadlines import ReplyDue
from infitah.information.models import InformationRequest, RequestDraft
from infitah.ledger import queries as ledger

TOKEN_LENGTH = 12


def request_of_key(community: Community, key: uuid.UUID) -> InformationRequest | None:
    """Return the request sent under `key`: who holds the key holds the receipt. One query."""
    found = InformationRequest.objects.of(community).filter(submission_key=key)
    return found.select_related("community").first()


def draft_of_key(community: Community, key: uuid.UUID | None, now: datetime) -> RequestDraft | None:
    """Return the draft under `key` while its day lasts, or None. One query."""
    if key is None:
        return None
    drafts = RequestDraft.objects.of(community).waiting(now).select_related("community")
    return drafts.filter(key=key).first()


def due_if_sent(community: Community, received: date, *, is_urgent: bool) -> ReplyDue:
    """Return the last day of the answer to a request received on a day. Three queries."""
    return deadline(community, received=received, urgent=is_urgent)


def short_token(request: InformationRequest) -> str:
    """Return the first letters of the entry's hash: what the QR shows beside the address."""
    entry = ledger.entry(request.community.key, int(request.register_number or 0))
    return bytes(entry.leaf_hash).hex()[:TOKEN_LENGTH]


def verify_url(request: InformationRequest, language: str) -> str:
    """Return the address that a QR holds: it verifies the entry by itself. One query."""
    path = f"/{language}/verify/?sought={request.reference}&t={short_token(request)}"
    return url_of(request.community, path)
