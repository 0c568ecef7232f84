"""One act of the desk: who may do it when, how its form is made ready, how it is carried out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.design.entry import Label
from infitah.information import rules
from infitah.information.queries.desk_case import DeskCase

EMAIL = rules.Delivery.EMAIL.value
Doing = Mapping[str, Any]
"""What every act names: community, reference, by, now."""


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One act of the desk; `form` makes its form ready for a case, `carry` carries it out."""

    name: str
    kind: rules.ActKind
    right: str
    title: Label
    button: Label
    done: Label
    form: Callable[[Any, DeskCase], forms.Form]
    carry: Callable[[forms.Form, DeskCase, Doing], object]
    law: str = ""
    is_grave: bool = False
    is_open: Callable[[DeskCase], bool] = lambda _found: True
    is_near: Callable[[DeskCase], bool] = lambda _found: False
    """Whether it stands unfolded by itself, since its last day comes near."""
    template: str = ""
    route: str = ""
    """The name of its own address; else the one of the table."""
    button_of_mail: Label = ""
    """What its button says while the way by e-mail is chosen: then the act sends the mail."""

    def url(self, reference: str) -> str:
        """Return where its form is sent."""
        if self.route:
            return reverse(f"information_desk:{self.route}", args=[reference])
        return reverse("information_desk:act", args=[reference, self.name])

    def is_for(self, found: DeskCase, viewer: Viewer) -> bool:
        """Return whether the viewer may do this now."""
        return viewer.may(self.right) and found.may(self.kind) and self.is_open(found)


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """An act as the page offers it."""

    act: DeskAct
    form: forms.Form
    url: str
    is_opened: bool = False

    @property
    def by_mail(self) -> str:
        """Whether the act may send a mail: "always", "" for never, "chosen" for one of its ways."""
        if not self.act.button_of_mail:
            return ""
        ways = {value for value, _name in self.form.fields["channel"].choices}  # type: ignore[attr-defined]
        return "chosen" if EMAIL in ways else ""


def form_of(
    name: str,
    kind: type[forms.Form],
    initial: Callable[[DeskCase], dict[str, Any]] = lambda _found: {},
) -> Callable[[Any, DeskCase], forms.Form]:
    return lambda data, found: kind(data, prefix=name, initial=initial(found))


def today_of(found: DeskCase) -> dict[str, Any]:
    return {"on": found.today}


def on_this_day(
    operation: Callable[..., object],
) -> Callable[[forms.Form, DeskCase, Doing], object]:
    """Carry out on this very day."""
    return lambda form, found, doing: operation(on=found.today, **form.cleaned_data, **doing)


def on_a_day(
    operation: Callable[..., object], **more: object
) -> Callable[[forms.Form, DeskCase, Doing], object]:
    """Carry out on the day that was typed."""
    return lambda form, _found, doing: operation(**form.cleaned_data, **more, **doing)
