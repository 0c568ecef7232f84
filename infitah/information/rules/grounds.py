"""Grounds as data: why a request is refused, a part withheld, a period extended (law 31-13).

Wording of arts. 7 and 18 is marked "to verify" in the law notes; the codes are ours.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from infitah.information.rules.acts import Outcome


class RefusalGround(StrEnum):
    """Why nothing is given (closed list of the commission's model form)."""

    NOT_HELD = "R1"
    EXCEPTION = "R2"
    ALREADY_PUBLIC = "R3"
    REPEATED = "R4"
    UNCLEAR = "R5"
    IN_PREPARATION = "R6"
    ARCHIVES = "R7"


class ExceptionKind(StrEnum):
    """How an exception of art. 7 weighs: by itself, by the harm shown, or by another law."""

    ABSOLUTE = "absolute"
    HARM = "harm"
    REFERENCE = "reference"


class ExtensionGround(StrEnum):
    """Why the period is extended once (art. 16; closed list)."""

    UNABLE_IN_TIME = "unable_in_time"
    LARGE_VOLUME = "large_volume"
    NOT_AVAILABLE_IN_TIME = "not_available_in_time"
    THIRD_PARTY_CONSULTATION = "third_party_consultation"


@dataclass(frozen=True, slots=True)
class LegalException:
    """An exception of art. 7: its code and how it weighs."""

    code: str
    kind: ExceptionKind


EXCEPTIONS: dict[str, LegalException] = {
    code: LegalException(code, kind)
    for code, kind in (
        ("E01", ExceptionKind.ABSOLUTE),
        ("E02", ExceptionKind.ABSOLUTE),
        ("E03", ExceptionKind.ABSOLUTE),
        *((f"E{number:02}", ExceptionKind.HARM) for number in range(4, 10)),
        ("E10", ExceptionKind.REFERENCE),
        *((f"E{number:02}", ExceptionKind.HARM) for number in range(11, 15)),
    )
}


@dataclass(frozen=True, slots=True)
class Withholding:
    """One thing withheld: by which ground and exception, why, and what was weighed.

    `harm` and `interest` (the public's in knowing) are asked for by the product for every
    exception: the law makes neither mandatory (RTI Rating of law 31-13).
    """

    ground: RefusalGround
    exception: str = ""
    limb: str = ""
    reason: str = ""
    harm: str = ""
    interest: str = ""
    place: str = ""


class Lack(StrEnum):
    """What a withholding lacks to be lawful; the form says each beside its field."""

    EXCEPTION = "exception"
    LIMB = "limb"
    REASON = "reason"
    HARM = "harm"
    INTEREST = "interest"
    PLACE = "place"


def lacks(one: Withholding) -> tuple[Lack, ...]:
    """Return what a withholding lacks; nothing can be refused while anything is lacking.

    An exception names its article's limb, a harm and the public interest weighed against it; what
    is published already or kept in the archives names the place.
    """
    found = [] if one.reason.strip() else [Lack.REASON]
    if one.ground is RefusalGround.EXCEPTION:
        if one.exception not in EXCEPTIONS:
            return (Lack.EXCEPTION, *found)
        found += [] if one.limb.strip() else [Lack.LIMB]
        found += [] if one.harm.strip() else [Lack.HARM]
        found += [] if one.interest.strip() else [Lack.INTEREST]
    elsewhere = {RefusalGround.ALREADY_PUBLIC, RefusalGround.ARCHIVES}
    if one.ground in elsewhere and not one.place.strip():
        found.append(Lack.PLACE)
    return tuple(found)


def outcome_of(gives: bool, withheld: Collection[Withholding]) -> Outcome:
    """Return what a decision comes to, from what is given and withheld. Never typed.

    Raises ValueError where nothing is given and nothing withheld: that is no decision.
    """
    if not withheld:
        if not gives:
            raise ValueError("a decision gives something or says why not")
        return Outcome.FULL
    if gives:
        return Outcome.PARTIAL
    grounds = {one.ground for one in withheld}
    if grounds == {RefusalGround.NOT_HELD}:
        return Outcome.NOT_HELD
    if grounds == {RefusalGround.ALREADY_PUBLIC}:
        return Outcome.ALREADY_PUBLIC
    return Outcome.REFUSED
