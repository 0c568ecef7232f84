"""The door of proof for small acts: a vote, a support, a comment wait here for a code.

What somebody began before proving an address is kept for a day, done when the code is right, or
erased. Apps above register their own kinds from `AppConfig.ready`.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.community import operations as community_acts
from infitah.community.models import Community, Participant
from infitah.community.operations.code_proof import Proof, proof_of_code
from infitah.community.operations.proofs import CodeRequest
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.participation import rules
from infitah.participation.models import PendingAct

PURPOSE = "act"


class PerformAct(Protocol):
    """What an app does with an act whose author is proved; it raises a refusal in words."""

    def __call__(
        self, *, act: PendingAct, participant: Participant, by: Actor, now: datetime
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class PendingKind:
    """How a kind of act is done, and what its pages say before and after."""

    perform: PerformAct
    asked: object  # a lazy sentence, as Django's translation makes them
    done: object
    shown: Callable[[PendingAct], str]
    named: Callable[[PendingAct], str]


@dataclass(frozen=True, slots=True)
class Done:
    """What a typed code led to: the act done and the new device cookie, or why not."""

    act: PendingAct | None = None
    device: str = ""
    refusal: str = ""
    needs_new_code: bool = False


class PendingActRefused(OperationRefused):
    """The act that waits for a code cannot be done."""


_KINDS: dict[str, PendingKind] = {}


def _typed(act: PendingAct) -> str:
    return str(act.payload.get("text", ""))


def _unnamed(_act: PendingAct) -> str:
    return ""


def register_pending_act(
    kind: str,
    perform: PerformAct,
    *,
    asked: object = gettext_lazy("What you began is ready to be counted."),
    done: object = gettext_lazy("What you did is counted."),
    shown: Callable[[PendingAct], str] = _typed,
    named: Callable[[PendingAct], str] = _unnamed,
) -> None:
    """Have acts of `kind` done by `perform` once their author is proved.

    `asked` and `done` are the sentences of its pages before and after; `shown(act)` returns the
    words that the act is about (default: `payload["text"]`); `named(act)` says in the mail with the
    code what it is for, and nothing that only its author may read. Registering again replaces.
    """
    _KINDS[kind] = PendingKind(perform, asked, done, shown, named)


def pending_kind(kind: str) -> PendingKind:
    """Return how acts of `kind` are done. Raises KeyError for one that nobody registered."""
    return _KINDS[kind]


def _gone() -> str:
    return _("What you typed was kept for a day and is erased now. Please write it again.")


def _within_this_site(back: str) -> str:
    """Return `back` where it is a path of this very site, else nothing."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else ""


@transaction.atomic
def begin_act(
    *,
    community: Community,
    key: uuid.UUID,
    kind: str,
    subject: str,
    payload: Mapping[str, str],
    interface: str,
    back: str,
    now: datetime,
) -> PendingAct:
    """Keep what was typed under `key` for a day, until its author is proved.

    The same key replaces what was kept; one that was done stays done. `back` is the path to
    return to. Raises KeyError for a kind that nobody registered.
    """
    pending_kind(kind)
    known = PendingAct.objects.select_for_update().filter(key=key).first()
    if known is not None and (known.done_at is not None or known.community_id != community.pk):
        return known
    act, _is_new = PendingAct.objects.update_or_create(
        key=key,
        defaults={
            "community": community,
            "kind": kind,
            "subject": subject,
            "payload": dict(payload),
            "interface": interface,
            "back": _within_this_site(back),
            "code_token": "",
            "started_at": now,
            "expires_at": now + rules.DRAFT_LIFE,
        },
    )
    return act


@transaction.atomic
def act_now_or_later(
    *,
    participant_id: int | None,
    community: Community,
    key: uuid.UUID,
    kind: str,
    subject: str,
    payload: Mapping[str, str],
    interface: str,
    back: str,
    now: datetime,
) -> PendingAct | None:
    """Do the act at once for a proved participant and return None, else keep it and return it.

    The caller redirects to `back`, or to `participation:act` with the key of what came back.
    Raises what the rule of the act refuses.
    """
    wanted = {
        "community": community,
        "key": key,
        "kind": kind,
        "subject": subject,
        "payload": dict(payload),
        "interface": interface,
        "back": back,
    }
    if participant_id is None:
        return begin_act(**wanted, now=now)  # type: ignore[arg-type]
    act = PendingAct(**wanted, started_at=now, expires_at=now + rules.DRAFT_LIFE)
    _perform(act, Participant.objects.of(community).get(pk=participant_id), now)
    return None


@transaction.atomic
def ask_code_for_act(
    *,
    act: PendingAct,
    address: str,
    path: str,
    device: str,
    network: str,
    now: datetime,
    real_now: datetime,
) -> None:
    """Send the code of a waiting act to `address`; `path` is the page where it is typed.

    Raises CodeRefused beyond the limits, MailRefused for an address that is none,
    PendingActRefused where its day has passed.
    """
    held = PendingAct.objects.select_for_update().waiting(now).filter(pk=act.pk).first()
    if held is None or held.done_at is not None:
        raise PendingActRefused(_gone(), code="act_gone")
    asked = CodeRequest(
        address=address,
        purpose=PURPOSE,
        subject=str(held.key),
        language=held.interface,
        path=path,
        device=device,
        network=network,
        about=_named(held),
    )
    sent = community_acts.request_code(community=held.community, asked=asked, now=real_now)
    held.code_token = sent.token
    held.save(update_fields=["code_token"])


def _named(act: PendingAct) -> str:
    with override(act.interface):
        return pending_kind(act.kind).named(act)


@transaction.atomic
def confirm_act(
    *, key: uuid.UUID, code: str, network: str, now: datetime, real_now: datetime
) -> Done:
    """Check the code and do the act in one transaction; return what happened.

    A wrong code is counted, so it is told in what comes back and not raised. An act that was
    done already is returned as it is: a double click does nothing twice. Where the rule of the
    act refuses, its sentence comes back, the address stays proved and what was typed stays kept.
    """
    act = _held(key)
    if act is None or (act.done_at is None and act.expires_at <= now):
        return Done(refusal=_gone())
    if act.done_at is not None:
        return Done(act)
    proof = proof_of_code(
        community=act.community,
        token=act.code_token,
        code=code,
        network=network,
        real_now=real_now,
    )
    if proof.participant is None:
        return Done(refusal=proof.refusal, needs_new_code=proof.needs_new_code)
    return _done_by(act, proof, proof.participant, now)


def _done_by(act: PendingAct, proof: Proof, participant: Participant, now: datetime) -> Done:
    try:
        with transaction.atomic():
            _finish(act, participant, now)
    except OperationRefused as refused:
        return Done(device=proof.device, refusal=refused.message)
    return Done(act, proof.device)


@transaction.atomic
def perform_act(*, key: uuid.UUID, participant_id: int, now: datetime) -> PendingAct:
    """Do a waiting act for somebody whose device is proved meanwhile; return it.

    Raises PendingActRefused where its day has passed, and what the rule of the act refuses.
    """
    act = _held(key)
    if act is None or (act.done_at is None and act.expires_at <= now):
        raise PendingActRefused(_gone(), code="act_gone")
    if act.done_at is None:
        participant = Participant.objects.of(act.community).get(pk=participant_id)
        _finish(act, participant, now)
    return act


def _held(key: uuid.UUID) -> PendingAct | None:
    acts = PendingAct.objects.select_for_update(of=("self",)).select_related("community")
    return acts.filter(key=key).first()


def _finish(act: PendingAct, participant: Participant, now: datetime) -> None:
    _perform(act, participant, now)
    act.done_at = now
    act.save(update_fields=["done_at"])


def _perform(act: PendingAct, participant: Participant, now: datetime) -> None:
    by = Actor("participant", str(participant.pk))
    pending_kind(act.kind).perform(act=act, participant=participant, by=by, now=now)


def purge_acts(*, now: datetime) -> int:
    """Erase acts whose day has passed, done or not; return how many."""
    gone, _rows = PendingAct.objects.expired(now).delete()
    return gone
