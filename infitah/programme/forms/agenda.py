"""Input of the agenda on which a programme comes before the council."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language, page_language
from infitah.design.entry import LocalizedForm, in_languages
from infitah.kernel.dates import format_date
from infitah.proceedings.models import AgendaItem, Sitting
from infitah.programme.forms.adoption import ItemChoice


def _day_of(sitting: Sitting) -> str:
    day = format_date(sitting.held_on, page_language(), weekday=True)
    return f"{day} · {in_page_language(sitting.session.title)}"


class PutForm(LocalizedForm):
    """A new item: at which sitting, under which title."""

    texts = {"title": in_languages(_("Title of the item on the agenda"), most=300)}
    sitting = forms.TypedChoiceField(label=_("Sitting of the council"), coerce=int)

    def __init__(self, *args: Any, sittings: Iterable[Sitting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, _day_of(one)) for one in sittings]
        self.fields["sitting"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["sitting"])


class NameForm(forms.Form):
    """An item that stands on an agenda, under whatever title."""

    item = ItemChoice(
        label=_("Item of the agenda"),
        queryset=AgendaItem.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the item by which the council decides on it.")},
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
