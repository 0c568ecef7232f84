"""Writing a request in three screens: what, who, read and send; sealed until it is sent.

Law 31-13, art. 14 and law 09-08: nothing typed lies in clear, and what is not sent goes in a day.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community, Participant
from infitah.community.operations.code_proof import Proof, proof_of_code
from infitah.community.operations.proofs import CodeRequest, request_code
from infitah.community.queries.participants import address_digest
from infitah.core import vault
from infitah.core.clock import local_day
from infitah.core.operations import within_limit
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestDraft
from infitah.information.operations.casework import RequestRefused
from infitah.information.operations.filing import Arrival, Asked, Contact, file_request

MODEL: Final = "information.RequestDraft"
PURPOSE: Final = "request"
LIFE: Final = timedelta(days=1)
SENDINGS: Final = (20, 3600)
"""Requests that one network address may send in so many seconds; the counter has no limit."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed so far; `code` is there once the request was sent: shown for a day."""

    text: str = ""
    period: str = ""
    place: str = ""
    access: str = ""
    urgent_case: str = ""
    status: str = ""
    first_name: str = ""
    family_name: str = ""
    address: str = ""
    document: str = ""
    email: str = ""
    phone: str = ""
    code: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the second screen was filled."""
        return bool(self.text and self.status)

    @property
    def person(self) -> rules.Identity:
        return rules.Identity(
            self.first_name,
            self.family_name,
            self.address,
            self.document,
            is_resident=self.status == "resident",
        )

    @property
    def wanted_access(self) -> str:
        """The wanted way; where none was chosen, by e-mail if there is an address."""
        return self.access or ("email" if self.email else "copy")


class DraftGone(RequestRefused):
    """What was typed is kept no longer, or was sent before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending led to: the request and the new device cookie, or why it was not sent."""

    request: InformationRequest | None = None
    device: str = ""
    refusal: str = ""
    needs_new_code: bool = False


def typed_of(draft: RequestDraft) -> Typed:
    """Return what was typed, to give it back to who typed it. Raises vault.UnsealRefused."""
    sealed = vault.unseal(draft.typed_sealed, model=MODEL, field="typed_sealed", row=str(draft.key))
    return Typed(**json.loads(sealed))


def sealed_draft(key: uuid.UUID, typed: Typed) -> str:
    """Return what was typed, sealed for the draft of this key."""
    text = json.dumps(asdict(typed), ensure_ascii=False)
    return vault.seal(text, model=MODEL, field="typed_sealed", row=str(key))


def check_text(text: str) -> None:
    """Refuse a text that asks for nothing. Raises RequestRefused."""
    if len(text.strip()) < rules.SHORTEST_TEXT:
        raise RequestRefused(_("Say in a sentence which information you want."), field="text")


@transaction.atomic
def keep_what(
    *,
    community: Community,
    key: uuid.UUID,
    what: Mapping[str, str],
    interface: str,
    now: datetime,
) -> RequestDraft | None:
    """Keep the first screen under `key` for a day; typing again under it replaces it.

    None where a request was already sent under this key. Raises RequestRefused for a text that
    asks for nothing.
    """
    if InformationRequest.objects.filter(submission_key=key).exists():
        return None
    check_text(what["text"])
    known = RequestDraft.objects.select_for_update().of(community).filter(key=key).first()
    typed = replace(typed_of(known) if known else Typed(), **what)
    draft, _is_new = RequestDraft.objects.update_or_create(
        key=key,
        defaults={
            "community": community,
            "typed_sealed": sealed_draft(key, typed),
            "interface": interface,
            "started_at": now,
            "expires_at": now + LIFE,
        },
    )
    return draft


@dataclass(frozen=True, slots=True)
class From:
    """Where a sending comes from: the page that takes the code, the device, the network."""

    path: str
    device: str
    network: str


@transaction.atomic
def keep_who(
    *,
    key: uuid.UUID,
    who: Mapping[str, str],
    proved_as: int | None,
    came: From,
    now: datetime,
    real_now: datetime,
) -> RequestDraft:
    """Keep the second screen, and send a code to the e-mail address where one is given.

    A device that proved this very address (`proved_as`) needs none. Raises DraftGone, CodeRefused
    beyond the limits of codes, MailRefused for an address that is none.
    """
    draft = _held(key, now)
    typed = replace(typed_of(draft), **who)
    draft.typed_sealed, draft.code_token = sealed_draft(key, typed), ""
    if typed.email and _proved(draft, typed.email, proved_as) is None:
        draft.code_token = _code_sent(draft, typed.email, came, real_now)
    draft.save(update_fields=["typed_sealed", "code_token"])
    return draft


def _proved(draft: RequestDraft, email: str, participant_id: int | None) -> Participant | None:
    """Return the participant of the device, where its address is the one typed here."""
    if participant_id is None:
        return None
    digest = address_digest(draft.community, email)
    known = Participant.objects.of(draft.community).filter(pk=participant_id)
    return known.filter(address_digest=digest).first()


def _code_sent(draft: RequestDraft, address: str, came: From, real_now: datetime) -> str:
    with override(draft.interface):
        about = _("a request for information")
    asked = CodeRequest(
        address=address,
        purpose=PURPOSE,
        subject=str(draft.key),
        language=draft.interface,
        path=came.path,
        device=came.device,
        network=came.network,
        about=about,
    )
    return request_code(community=draft.community, asked=asked, now=real_now).token


def _held(key: uuid.UUID, now: datetime) -> RequestDraft:
    drafts = RequestDraft.objects.select_for_update(of=("self",)).select_related("community")
    draft = drafts.waiting(now).filter(key=key).first()
    if draft is None:
        raise DraftGone(
            _("What you typed was kept for a day and is erased now. Please write it again."),
            code="draft_gone",
        )
    return draft


@dataclass(frozen=True, slots=True)
class Sending:
    """How the third screen is sent: the code, the language of the answer, without the e-mail.

    `proved_as` is the participant whom the device proved, where no code was asked.
    """

    code: str = ""
    language: str = "ar"
    is_without_email: bool = False
    proved_as: int | None = None


@transaction.atomic
def send_request(
    *, key: uuid.UUID, sending: Sending, network: str, now: datetime, real_now: datetime
) -> Sent:
    """Check the code, file the request and give it its number in one transaction.

    A wrong code is counted, so it is told in what comes back and not raised. Sending twice gives
    the same request. Raises DraftGone, and RequestRefused for what art. 14 asks for.
    """
    earlier = InformationRequest.objects.filter(submission_key=key).first()
    if earlier is not None:
        return Sent(earlier)
    draft = _held(key, now)
    typed = typed_of(draft)
    if sending.is_without_email:
        typed = replace(typed, email="", access=typed.access if typed.access != "email" else "")
    proof = _proof(draft, typed, sending, network, real_now)
    if proof.refusal:
        return Sent(refusal=proof.refusal, needs_new_code=proof.needs_new_code)
    limit, seconds = SENDINGS
    if not within_limit(
        name="information.send", key=network, limit=limit, seconds=seconds, now=now
    ):
        raise RequestRefused(
            _("Many requests came from here within an hour. Wait, or come to the counter."),
            code="too_many",
        )
    return _filed(draft, typed, sending, proof, now)


def _proof(
    draft: RequestDraft, typed: Typed, sending: Sending, network: str, real_now: datetime
) -> Proof:
    if not typed.email:
        return Proof()
    proved = _proved(draft, typed.email, sending.proved_as)
    if proved is not None:
        return Proof(proved)
    return proof_of_code(
        community=draft.community,
        token=draft.code_token,
        code=sending.code,
        network=network,
        real_now=real_now,
    )


def _filed(
    draft: RequestDraft, typed: Typed, sending: Sending, proof: Proof, now: datetime
) -> Sent:
    filed = file_request(
        community=draft.community,
        asked=Asked(
            key=draft.key,
            text=typed.text,
            language=sending.language,
            access=typed.wanted_access,
            period=typed.period,
            place=typed.place,
            urgent_case=typed.urgent_case,
        ),
        person=typed.person,
        contact=Contact(typed.email, typed.phone),
        arrival=Arrival(InformationRequest.Channel.WEB, now, local_day(now)),
        participant=proof.participant,
        by=_author(proof.participant),
        now=now,
    )
    draft.typed_sealed = sealed_draft(draft.key, Typed(code=filed.code))
    draft.code_token = ""
    draft.save(update_fields=["typed_sealed", "code_token"])
    return Sent(filed.request, proof.device)


def _author(participant: Participant | None) -> Actor:
    if participant is None:
        return Actor.visitor()
    return Actor("participant", str(participant.pk))


def has_drafts_to_erase(now: datetime) -> bool:
    """Return whether a draft outlived its day. One look-up."""
    return RequestDraft.objects.expired(now).exists()


@transaction.atomic
def erase_drafts(*, now: datetime) -> bool:
    """Erase drafts whose day has passed; return False: none is left."""
    RequestDraft.objects.expired(now).delete()
    return False
