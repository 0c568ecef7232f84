"""The names of acts as people read them: a registry that upper apps fill from `AppConfig.ready`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol


class Label(Protocol):
    """A text, or one translated when it is shown."""

    def __str__(self) -> str: ...


_ACTS: dict[str, Label] = {}
_FAMILIES: dict[str, Label] = {}


def register_act(act: str, label: Label) -> None:
    """Make `label` the sentence that the register shows for `act` ("participation.idea_submitted").

    Registering the same name again replaces its label.
    """
    _ACTS[act] = label


def register_family(family: str, label: Label) -> None:
    """Make `label` the name of the acts that begin with `family` ("participation")."""
    _FAMILIES[family] = label


def family_of(act: str) -> str:
    """Return the family of an act: what stands before the first point."""
    return act.split(".", 1)[0]


def act_label(act: str) -> Label:
    """Return the sentence for `act`; the plain words of its name if no app gave one."""
    known = _ACTS.get(act)
    return known if known is not None else act.replace(".", ": ", 1).replace("_", " ")


def families() -> Mapping[str, Label]:
    """Return the names of the families, in the order in which apps gave them."""
    return MappingProxyType(_FAMILIES)
