"""Checking the code that proves an address: the same for an idea, a request and every small act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from infitah.community.models import Community, Participant
from infitah.community.operations.proofs import CodeRefused, confirm_code
from infitah.community.rules.codes import CodeState

OVER: Final = frozenset({CodeState.USED, CodeState.EXPIRED, CodeState.SPENT, CodeState.FORGED})
"""States in which no further try with the same code can help."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whom a typed code proved, with the new device cookie, or why it proved nobody."""

    participant: Participant | None = None
    device: str = ""
    refusal: str = ""
    needs_new_code: bool = False


def proof_of_code(
    *, community: Community, token: str, code: str, network: str, real_now: datetime
) -> Proof:
    """Return whom a typed code proves; a wrong one is counted, so it is told and not raised.

    A code runs out by real time, whatever a demonstration pretends.
    """
    try:
        check = confirm_code(
            community=community, token=token, code=code, network=network, now=real_now
        )
    except CodeRefused as refused:
        return Proof(refusal=refused.message)
    if not check.is_proved or check.participant is None:
        return Proof(refusal=check.refusal().message, needs_new_code=check.state in OVER)
    return Proof(check.participant, check.device)
