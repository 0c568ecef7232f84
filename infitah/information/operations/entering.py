"""Requests that a clerk enters: at the counter, from the post, from a mail, from the portal.

Law 31-13, arts. 12 and 14: the same number, clock and receipt as on the site.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from infitah.community.models import Community
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.viewer import Actor
from infitah.information.models import InformationRequest, RequestDraft
from infitah.information.operations.drafts import LIFE, Typed, sealed_draft
from infitah.information.operations.filing import Arrival, Asked, Contact, file_request


@dataclass(frozen=True, slots=True)
class Entry:
    """What a clerk types: the words and the person, and how, when and with which number it came.

    `is_dictated`: the person cannot write, dictated it and heard it read back (art. 12).
    """

    key: uuid.UUID
    typed: Typed
    language: str
    channel: str
    received_on: date
    number: str = ""
    is_dictated: bool = False


@transaction.atomic
def enter_request(
    *, community: Community, entry: Entry, by: Actor, now: datetime
) -> InformationRequest:
    """Return the request that a clerk entered; the same one for the same key.

    Its follow code and the name are kept sealed for a day, for the receipt that is printed now.
    Raises RequestRefused as `file_request`.
    """
    typed = entry.typed
    filed = file_request(
        community=community,
        asked=Asked(
            key=entry.key,
            text=typed.text,
            language=entry.language,
            access=typed.wanted_access,
            period=typed.period,
            place=typed.place,
            urgent_case=typed.urgent_case,
            is_dictated=entry.is_dictated,
        ),
        person=typed.person,
        contact=Contact(typed.email, typed.phone),
        arrival=Arrival(entry.channel, _moment(entry, now), entry.received_on, entry.number),
        by=by,
        now=now,
    )
    if filed.code:
        RequestDraft.objects.create(
            community=community,
            key=entry.key,
            typed_sealed=sealed_draft(
                entry.key,
                Typed(code=filed.code, first_name=typed.first_name, family_name=typed.family_name),
            ),
            interface=entry.language,
            started_at=now,
            expires_at=now + LIFE,
        )
    return filed.request


def _moment(entry: Entry, now: datetime) -> datetime:
    """Return when it came: this moment today; of an earlier day only the day is known."""
    if entry.received_on == local_day(now):
        return now
    return datetime.combine(entry.received_on, time.min, tzinfo=CASABLANCA)
