"""An entry of the register: one act, as its canonical bytes say it.

Times are UTC in whole seconds, days are those of Africa/Casablanca.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from infitah.ledger.rules.canonical import JSON, NotCanonical, canonical, parsed

VERSION = 1
CASABLANCA = ZoneInfo("Africa/Casablanca")
ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")  # app.past_participle
COMMUNITY = re.compile(r"[A-Z0-9-]{1,12}")
MAX_ACT = 80
MAX_SUBJECT = 60
AuthorKind = Literal["officer", "participant", "visitor", "system"]
AUTHORS = frozenset({"officer", "participant", "visitor", "system"})


@dataclass(frozen=True, slots=True)
class Author:
    """Who acted, as the public may know it; `key` only where no person is meant ("system")."""

    kind: AuthorKind
    office: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What an entry states. `private` holds commitments (32 bytes each) by name.

    `stated_at` is the clock that the product went by, `recorded_at` the machine's true time.
    """

    community: str
    number: int
    act: str
    subject: str
    by: Author
    occurred_on: date
    stated_at: datetime
    recorded_at: datetime
    public: Mapping[str, JSON] = field(default_factory=dict)
    private: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_entered_afterwards(self) -> bool:
        """Return whether the act happened on an earlier day than that of its entry."""
        return self.occurred_on < self.recorded_at.astimezone(CASABLANCA).date()

    def canonical(self) -> bytes:
        """Return the bytes that are hashed and kept. Raises NotCanonical."""
        return canonical(
            {
                "act": self.act,
                "by": {"key": self.by.key, "kind": self.by.kind, "office": self.by.office},
                "community": self.community,
                "number": self.number,
                "occurred_on": self.occurred_on.isoformat(),
                "private": {name: base64_text(value) for name, value in self.private.items()},
                "public": self.public,
                "recorded_at": instant_text(self.recorded_at),
                "stated_at": instant_text(self.stated_at),
                "subject": self.subject,
                "version": VERSION,
            }
        )

    @classmethod
    def read(cls, entry: bytes) -> "EntryFacts":
        """Return what canonical bytes state. Raises NotCanonical if they are no entry."""
        document = parsed(entry)
        try:
            facts = cls._from(document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotCanonical("These bytes are not an entry of a register.") from error
        if facts.canonical() != entry:
            raise NotCanonical("This entry has members that no entry has.")
        return facts

    @classmethod
    def _from(cls, document: Mapping[str, JSON]) -> "EntryFacts":
        by = cast(Mapping[str, str], document["by"])
        private = cast(Mapping[str, str], document["private"])
        facts = cls(
            community=str(document["community"]),
            number=cast(int, document["number"]),
            act=str(document["act"]),
            subject=str(document["subject"]),
            by=Author(cast(AuthorKind, by["kind"]), by["office"], by["key"]),
            occurred_on=date.fromisoformat(cast(str, document["occurred_on"])),
            stated_at=read_instant(cast(str, document["stated_at"])),
            recorded_at=read_instant(cast(str, document["recorded_at"])),
            public=cast(Mapping[str, JSON], document["public"]),
            private={name: read_base64(value) for name, value in private.items()},
        )
        check(facts)
        return facts


def check(facts: EntryFacts) -> None:
    """Raise ValueError unless the names and numbers of an entry have the form that they must."""
    if not COMMUNITY.fullmatch(facts.community):
        raise ValueError("A community is named by its key.")
    if type(facts.number) is not int or facts.number < 0:
        raise ValueError("Entries are numbered from 0.")
    if not ACT.fullmatch(facts.act) or len(facts.act) > MAX_ACT:
        raise ValueError(f"{facts.act!r} is not the name of an act: app.past_participle.")
    if len(facts.subject) > MAX_SUBJECT or not facts.subject.isprintable():
        raise ValueError("A subject is a reference of one line.")
    if not isinstance(facts.public, Mapping):
        raise ValueError("What is public is an object.")
    if facts.by.kind not in AUTHORS or (facts.by.key and facts.by.kind != "system"):
        raise ValueError("The key of a person never stands in clear in the register.")


def instant_text(instant: datetime) -> str:
    """Return an aware instant as the register writes it: UTC, whole seconds, Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: str) -> datetime:
    """Return the instant written as the register writes it. Raises ValueError."""
    instant = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if instant_text(instant) != text:
        raise ValueError("An instant is written YYYY-MM-DDTHH:MM:SSZ.")
    return instant


def base64_text(value: bytes) -> str:
    """Return bytes as base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(value).decode("ascii")


def read_base64(text: object, length: int = 32) -> bytes:
    """Return the `length` bytes written in base64. Raises ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError("Base64 is text.")
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("This is not base64.") from error
    if len(value) != length or base64_text(value) != text:
        raise ValueError(f"This is not base64 of {length} bytes.")
    return value
