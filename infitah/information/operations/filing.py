"""Taking in a request: its number, receipt and register entry in one act (law 31-13, art. 14)."""

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from infitah.community.models import Appointment, Community, Participant
from infitah.core import vault
from infitah.core.clock import local_day
from infitah.core.operations import next_reference
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, Requester
from infitah.information.operations.casework import RequestRefused, Said, record_act

LETTER = "R"
IN_FORCE = date(2019, 3, 12)
"""Law 31-13 is in force since this day (to verify): nothing can have been filed under it before."""
FACE_TO_FACE = frozenset({InformationRequest.Channel.WEB, InformationRequest.Channel.DESK})
"""Channels on which art. 14's fields can be asked for at once; a letter counts as it came."""
MODEL = "information.Requester"
FACTS_IN_CLEAR = ("channel", "language", "urgent")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked; `key` makes asking twice harmless. Never a motive (law 31-13)."""

    key: uuid.UUID
    text: str
    language: str
    access: str
    period: str = ""
    place: str = ""
    urgent_case: str = ""
    is_name_public: bool = False
    is_dictated: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """How the requester is reached; both empty: they come to the counter."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """By which channel and when a request came; `number` is that of the other system.

    `passed_on_from` is the request of another community that was passed on here.
    """

    channel: str
    received_at: datetime
    received_on: date
    number: str = ""
    passed_on_from: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A request that counts, with its follow code: shown once, stored as a digest only.

    `code` is empty where the same request was given before.
    """

    request: InformationRequest
    code: str


@transaction.atomic
def file_request(
    *,
    community: Community,
    asked: Asked,
    person: rules.Identity,
    contact: Contact,
    arrival: Arrival,
    participant: Participant | None = None,
    by: Actor,
    now: datetime,
) -> Filed:
    """Give a request its number; return it, the same one for the same key.

    Raises RequestRefused where a field of art. 14 is missing or cannot be, where the number of the
    national portal was entered before, and where the community has no officer for access to
    information in office (law 31-13, art. 12). What came by post, mail or from the portal counts
    with what it holds: the address or the card number can be asked for afterwards.
    """
    earlier = InformationRequest.objects.filter(submission_key=asked.key).first()
    if earlier is not None:
        return Filed(earlier, "")
    _check(asked, person, arrival, local_day(now))
    _check_number(community, arrival)
    _check_officer(community, local_day(now))
    code = "".join(secrets.choice(rules.CODE_LETTERS) for _n in range(rules.CODE_LENGTH))
    try:
        with transaction.atomic():
            request = _written(community, asked, arrival, code, now)
    except IntegrityError:
        # Another thread filed the same form this very moment: one of the two counts.
        twin = InformationRequest.objects.filter(submission_key=asked.key).first()
        if twin is None:
            raise
        return Filed(twin, "")
    _keep_person(request, person, contact, participant)
    act = record_act(request=request, said=_said(request, asked, person, arrival), by=by, now=now)
    request.register_number = act.register_number
    request.save(update_fields=["register_number"])
    return Filed(request, code)


def _check(asked: Asked, person: rules.Identity, arrival: Arrival, today: date) -> None:
    if len(asked.text.strip()) < rules.SHORTEST_TEXT:
        raise RequestRefused(_("Say in a sentence which information you want."), field="text")
    if arrival.received_on > today:
        raise RequestRefused(_("This day has not come yet."), field="received_on")
    if arrival.received_on < IN_FORCE:
        raise RequestRefused(_("The law was not in force on that day."), field="received_on")
    _check_person(person, is_whole=arrival.channel in FACE_TO_FACE)


def _check_person(person: rules.Identity, *, is_whole: bool) -> None:
    wanted = [("family_name", person.family_name, _("Write the family name."))]
    if is_whole:
        wanted = [
            ("first_name", person.first_name, _("Write the first name.")),
            *wanted,
            ("address", person.address, _("Write the postal address: the law asks for it.")),
        ]
    for field, value, sentence in wanted:
        if not value.strip():
            raise RequestRefused(sentence, field=field)
    if not person.document and not is_whole:
        return
    if not rules.is_document(person.document, is_resident=person.is_resident):
        raise RequestRefused(
            _("A card number is one or two letters followed by digits, such as CD123456."),
            field="document",
        )


def _check_number(community: Community, arrival: Arrival) -> None:
    """Refuse a request of the national portal that was entered before, or without its number."""
    if arrival.channel != InformationRequest.Channel.CHAFAFIYA:
        return
    if not arrival.number:
        raise RequestRefused(_("Write the number that the portal gave it."), field="number")
    here = InformationRequest.objects.of(community).filter(channel=arrival.channel)
    known = here.filter(external_number=arrival.number).first()
    if known is not None:
        raise RequestRefused(
            _("This number of the portal was entered before, as %(reference)s.")
            % {"reference": known.reference},
            field="number",
        )


def _check_officer(community: Community, today: date) -> None:
    offices = Appointment.objects.of(community).in_force(today)
    if not offices.filter(office=Appointment.Office.INFORMATION_OFFICER).exists():
        raise RequestRefused(
            _(
                "No officer for access to information is in office today, so no request can be "
                "taken in here. Bring it to the counter, which must take it."
            ),
            code="no_officer",
        )


def _written(
    community: Community, asked: Asked, arrival: Arrival, code: str, now: datetime
) -> InformationRequest:
    year = arrival.received_on.year
    reference = next_reference(community_key=community.key, year=year, letter=LETTER)
    request = InformationRequest(
        community=community,
        reference=str(reference),
        year=year,
        number=reference.number,
        token=secrets.token_urlsafe(18),
        code_digest=code_digest(str(reference), code),
        submission_key=asked.key,
        channel=arrival.channel,
        external_number=arrival.number,
        language=asked.language,
        text=asked.text.strip(),
        period=asked.period,
        place=asked.place,
        access=asked.access,
        urgent_case=asked.urgent_case,
        is_name_public=asked.is_name_public,
        received_at=arrival.received_at,
        received_on=arrival.received_on,
        phase=rules.Phase.RECEIVED,
        remedy=rules.Remedy.NONE,
        turn=rules.Party.OFFICER,
        changed_at=now,
    )
    request.save(force_insert=True)
    return request


def code_digest(reference: str, code: str) -> str:
    """Return the keyed digest of a follow code, bound to its request."""
    return vault.lookup_digest("information.code", f"{reference}\n{code.strip().upper()}")


def _keep_person(
    request: InformationRequest,
    person: rules.Identity,
    contact: Contact,
    participant: Participant | None,
) -> None:
    """Seal the person in a row of its own; the repeat digest says neither who nor what."""
    identity = {
        "first_name": person.first_name,
        "family_name": person.family_name,
        "address": person.address,
        "document": rules.normal_document(person.document),
    }
    row = request.token
    Requester.objects.create(
        community=request.community,
        request=request,
        status=Requester.Status.RESIDENT if person.is_resident else Requester.Status.CITIZEN,
        participant=participant,
        identity_sealed=_sealed(identity, "identity_sealed", row),
        contact_sealed=_sealed(
            {"email": contact.email, "phone": contact.phone}, "contact_sealed", row
        ),
        has_email=bool(contact.email),
        repeat_digest=_repeat_digest(request, identity["document"]),
    )


def _repeat_digest(request: InformationRequest, document: str) -> str:
    """Return what is the same for one person's requests of one year (ground R4), "" if unknown."""
    if not document:
        return ""
    return vault.lookup_digest(
        "information.repeat", f"{request.community.key}\n{request.year}\n{document}"
    )


def _sealed(values: dict[str, str], field: str, row: str) -> str:
    return vault.seal(json.dumps(values, ensure_ascii=False), model=MODEL, field=field, row=row)


def _said(
    request: InformationRequest, asked: Asked, person: rules.Identity, arrival: Arrival
) -> Said:
    came_from = {"from": arrival.passed_on_from} if arrival.passed_on_from else {}
    return Said(
        kind=rules.ActKind.SUBMITTED,
        on=request.received_on,
        facts={"urgent": bool(asked.urgent_case), "dictated": asked.is_dictated, **came_from},
        public={
            **came_from,
            "channel": request.channel,
            "language": asked.language,
            "urgent": bool(asked.urgent_case),
        },
        private={"text": request.text, "name": person.name},
    )
