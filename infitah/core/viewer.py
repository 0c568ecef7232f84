"""Who sees (`Viewer`, built once a request) and who acts (`Actor`, handed to operations)."""

from dataclasses import dataclass
from typing import Literal, Self

ActorKind = Literal["officer", "participant", "visitor", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `key` names the person inside the system, `office` is the office held."""

    kind: ActorKind
    key: str
    office: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def system(cls, name: str) -> Self:
        """Return the actor of work that no person started."""
        return cls("system", name)

    @classmethod
    def visitor(cls) -> Self:
        """Return the actor of a person without account or proof."""
        return cls("visitor", "")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everything that decides what may be seen; nothing else may decide it (decisions B1)."""

    community_key: str
    community_id: int = 0
    user_id: int | None = None
    username: str = ""
    office: str = ""
    rights: frozenset[str] = frozenset()
    participant_id: int | None = None
    is_second_factor: bool = False
    language: str = "ar"
    tokens: frozenset[str] = frozenset()

    def may(self, right: str) -> bool:
        """Return whether a grant in force today gives `right` in this community."""
        return right in self.rights

    @property
    def is_officer(self) -> bool:
        return bool(self.rights)

    def actor(self) -> Actor:
        """Return the viewer as the author of an act."""
        if self.user_id is not None:
            return Actor("officer", self.username, self.office)
        if self.participant_id is not None:
            return Actor("participant", str(self.participant_id))
        return Actor.visitor()
