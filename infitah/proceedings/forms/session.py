"""Convening a body, planning its sittings, their agenda."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, LocalizedForm, in_languages
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem

CALLS = (
    (1, _("first convocation")),
    (2, _("second convocation")),
    (3, _("third convocation")),
)


CONVOCATION_DAY = _(
    "The day on which the convocation went out to the members: today or before. The days until the "
    "sitting are counted from it."
)


class ConveneForm(LocalizedForm):
    """A meeting of a body that is not the council."""

    CALLERS = (
        (rules.ConvenedBy.CHAIR.value, _("its president or its co-coordinators")),
        (rules.ConvenedBy.MEMBERS.value, _("some of its members")),
        (rules.ConvenedBy.COUNCIL.value, _("the president of the council")),
    )

    texts = {"title": in_languages(_("Title of the meeting"))}
    convened_on = DayField(
        label=_("Day of the convocation"),
        help_text=CONVOCATION_DAY,
    )
    convened_by = forms.ChoiceField(
        label=_("Convened by"), choices=CALLERS, widget=forms.RadioSelect, initial="chair"
    )


PUT_RIGHT = in_languages(
    _("What was wrong?"), is_long=True, help_text=_("It stands in the public register.")
)


class ConvocationForm(LocalizedForm):
    """The day on which the convocation went out, as it was in truth, and what was wrong."""

    texts = {"reason": PUT_RIGHT}
    convened_on = DayField(label=_("Day of the convocation"), help_text=CONVOCATION_DAY)


def _hour() -> forms.TimeField:
    return forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the hour as 10:30.")},
    )


class SittingForm(LocalizedForm):
    """A sitting: when and where."""

    texts = {"place": in_languages(_("Place"))}
    held_on = DayField(label=_("Day"))
    starts_at = _hour()
    call = forms.TypedChoiceField(
        label=_("Number of the convocation"), choices=CALLS, coerce=int, initial=1
    )
    is_public = forms.BooleanField(label=_("Open to the public"), required=False, initial=True)


WHY = in_languages(
    _("Why?"), is_long=True, help_text=_("It is published on the page of the session or meeting.")
)


class ChangeSittingForm(LocalizedForm):
    """Another day, hour or place of a planned sitting, and why."""

    texts = {"place": in_languages(_("Place")), "reason": WHY}
    held_on = DayField(label=_("Day"))
    starts_at = _hour()


class CancelSittingForm(LocalizedForm):
    """Why a planned sitting is not held."""

    texts = {"reason": WHY}


class AgainForm(forms.Form):
    """The next day of a sitting that had no quorum."""

    held_on = DayField(
        label=_("Next day"),
        help_text=_("The same place and the same agenda; the number of the convocation goes up."),
    )


class ItemForm(LocalizedForm):
    """An item of the agenda; `origins` are who may put one on it, in words."""

    texts = {"title": in_languages(_("Title of the item"), most=300)}
    origin = forms.ChoiceField(label=_("Put on the agenda by"), choices=AgendaItem.Origin.choices)
    is_public = forms.BooleanField(label=_("Dealt with in public"), required=False, initial=True)

    def __init__(self, *args: Any, origins: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = list(origins.items())  # type: ignore[attr-defined]


class CorrectItemForm(ItemForm):
    """An item as it should have stood, and what was wrong."""

    texts = {**ItemForm.texts, "reason": PUT_RIGHT}


class CloseForm(forms.Form):
    """The end of a session."""

    closed_on = DayField(label=_("Day of the closing"))


class CancelForm(LocalizedForm):
    """Why a session is not held."""

    texts = {"reason": in_languages(_("Why is it cancelled?"), is_long=True)}
