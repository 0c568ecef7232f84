"""Proving an address by a code of six digits, once for each device (decisions D13, programme.md 4).

`now` is real time throughout: a code runs out by the true clock, whatever a demonstration says.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community, Device, MailCode, Participant, RuleValue
from infitah.community.queries.hosts import url_of
from infitah.community.queries.participants import address_digest, normal_address
from infitah.community.rules import codes, retention
from infitah.community.rules.codes import CodeState
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import queue_mail, within_limit
from infitah.core.vault import lookup_digest, seal, unseal

MODEL: Final = "community.MailCode"
PARTICIPANT: Final = "community.Participant"


class CodeRefused(OperationRefused):
    """The code cannot be sent, or does not prove the address."""


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Who asks for a code, and from where; `path` holds {token} and is shown in the mail.

    `about` says in the language of the mail what the code is for; empty, the mail does not say.
    """

    address: str
    purpose: str
    subject: str
    language: str
    path: str
    device: str
    network: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way; `token` names the challenge on the next page."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """What a typed code yields. `device` is the new cookie, only when the address is proved."""

    state: CodeState
    tries_left: int = 0
    participant: Participant | None = None
    device: str = ""
    subject: str = ""

    @property
    def is_proved(self) -> bool:
        return self.state is CodeState.PROVED

    def refusal(self) -> CodeRefused:
        """Return the sentence that says what is wrong and what to do."""
        return CodeRefused(_sentence(self), code=f"code_{self.state}", field="code")


def _sentence(check: CodeCheck) -> str:
    if check.state is CodeState.WRONG:
        return _("This code is not the one that we sent. Tries left: %(left)s.") % {
            "left": check.tries_left
        }
    sentences = {
        CodeState.USED: _("This code was used already. Ask for a new one."),
        CodeState.EXPIRED: _("This code has run out after 15 minutes. Ask for a new one."),
        CodeState.SPENT: _("This code was mistyped three times. Ask for a new one."),
        CodeState.FORGED: _("This link does not come from us. Ask for a new code."),
        CodeState.PROVED: "",
    }
    return sentences[check.state]


def _check_limits(community: Community, asked: CodeRequest, now: datetime) -> None:
    limits = [
        ("code.address", address_digest(community, asked.address), codes.CODES_PER_ADDRESS),
        ("code.network", asked.network, codes.CODES_PER_NETWORK),
    ]
    if asked.device:
        limits.append(("code.device", asked.device, codes.CODES_PER_DEVICE))
    for name, key, (limit, seconds) in limits:
        if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
            raise CodeRefused(
                _("Too many codes were asked for. Wait an hour, or come to the desk."),
                code="too_many",
            )


def _code_digest(token: str, code: str) -> str:
    return lookup_digest("mail-code", f"{token}\n{code}")


@transaction.atomic
def request_code(*, community: Community, asked: CodeRequest, now: datetime) -> CodeSent:
    """Send a code to an address and return the challenge; an older one for it stays valid.

    Raises CodeRefused (code "too_many") beyond the limits by address, device and network, and
    MailRefused for an address that is none.
    """
    _check_limits(community, asked, now)
    token, code = codes.new_token(), codes.new_code()
    address = asked.address.strip()
    challenge = MailCode.objects.create(
        community=community,
        token=token,
        purpose=asked.purpose,
        subject=asked.subject,
        language=asked.language,
        address_kind=Participant.AddressKind.MAIL,
        address_digest=address_digest(community, address),
        address_sealed=seal(address, model=MODEL, field="address_sealed", row=token),
        code_digest=_code_digest(token, code),
        sent_at=now,
        expires_at=now + codes.LIFE,
    )
    link = url_of(community, asked.path.replace("{token}", token))
    queue_mail(
        community_key=community.key,
        to=address,
        template="community/code",
        context={
            "code": code,
            "link": f"{link}?code={code}",
            "about": asked.about,
            "institution": community.institution.in_language(asked.language),
            "minutes": str(int(codes.LIFE.total_seconds()) // 60),
        },
        language=asked.language,
        dedupe_key=f"code/{token}",
        priority="code",
        now=now,
    )
    return CodeSent(token, challenge.expires_at)


@transaction.atomic
def confirm_code(
    *, community: Community, token: str, code: str, network: str, now: datetime
) -> CodeCheck:
    """Return what the typed code yields; when it is right the device is proved for 180 days.

    Never raises for a wrong code, so that the try stays counted: the caller must not roll back.
    Raises CodeRefused (code "too_many") when one network types too many codes.
    """
    limit, seconds = codes.TRIES_PER_NETWORK
    if not within_limit(name="code.try", key=network, limit=limit, seconds=seconds, now=now):
        raise CodeRefused(
            _("Too many codes were typed from here. Wait an hour, or come to the desk."),
            code="too_many",
        )
    found = MailCode.objects.select_for_update().of(community).filter(token=token).first()
    if found is None:
        return CodeCheck(CodeState.FORGED)
    state = codes.state_of_code(
        used_at=found.used_at,
        expires_at=found.expires_at,
        tries=found.tries,
        is_right=found.code_digest == _code_digest(token, code.strip()),
        now=now,
    )
    if state is CodeState.PROVED:
        return _prove(community, found, now)
    if state is CodeState.WRONG or (state is CodeState.SPENT and found.tries < codes.TRIES):
        found.tries += 1
        found.save(update_fields=["tries"])
    return CodeCheck(state, codes.TRIES - found.tries, subject=found.subject)


def _prove(community: Community, found: MailCode, now: datetime) -> CodeCheck:
    found.used_at = now
    found.save(update_fields=["used_at"])
    participant = _participant(community, found, now)
    cookie = codes.new_token()
    Device.objects.create(
        community=community,
        participant=participant,
        token_digest=codes.token_digest(cookie),
        proved_at=now,
        used_at=now,
        expires_at=now + codes.DEVICE_LIFE,
    )
    return CodeCheck(
        CodeState.PROVED, participant=participant, device=cookie, subject=found.subject
    )


def purge_day_of(community: Community, now: datetime) -> date:
    """Return when identity data of somebody who acts now are to be purged. One query.

    The period is the community's, from its rule sets (law 09-08, art. 3); 24 months without one.
    """
    today = local_day(now)
    values = RuleValue.objects.of(community).on(today).filter(key=retention.RETENTION)
    months = values.values_list("value", flat=True).first()
    return retention.purge_day(today, retention.DEFAULT_MONTHS if months is None else months)


def _participant(community: Community, found: MailCode, now: datetime) -> Participant:
    address = unseal(found.address_sealed, model=MODEL, field="address_sealed", row=found.token)
    purge_on = purge_day_of(community, now)
    known = Participant.objects.of(community).filter(address_digest=found.address_digest).first()
    if known is not None:
        known.purge_on, known.language = purge_on, found.language
        known.save(update_fields=["purge_on", "language"])
        return known
    token = codes.new_token()
    return Participant.objects.create(
        community=community,
        token=token,
        level=Participant.Level.ADDRESS,
        language=found.language,
        address_kind=found.address_kind,
        address_digest=found.address_digest,
        address_sealed=seal(
            normal_address(address), model=PARTICIPANT, field="address_sealed", row=token
        ),
        created_at=now,
        purge_on=purge_on,
    )
