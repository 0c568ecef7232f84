"""Forms of the page where boxes are drawn: a place, an exception, words, what was proposed."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from infitah.core.redaction import Rect
from infitah.design.entry import LineField
from infitah.information.queries.redaction import WIDTH
from infitah.information.queries.words import EXCEPTIONS


def _exception(*, is_required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Exception of article 7"),
        choices=[
            (code, format_lazy("{code} · {words}", code=code, words=words))
            for code, words in EXCEPTIONS.items()
        ],
        initial="E03",
        required=is_required,
        error_messages={"required": _("Choose the exception of article 7.")},
    )


class Percent(forms.FloatField):
    """A place on the page, in hundredths of its side."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            min_value=0,
            max_value=100,
            error_messages={"required": _("Write a number from 0 to 100.")},
        )
        self.widget.attrs |= {"step": "any", "dir": "ltr"}


class PlaceForm(forms.Form):
    """A box by numbers: for who draws with neither hand nor mouse; the script fills it, too."""

    left = Percent(_("From the left edge, in per cent"))
    top = Percent(_("From the upper edge, in per cent"))
    right = Percent(_("To, from the left edge, in per cent"))
    bottom = Percent(_("To, from the upper edge, in per cent"))
    exception = _exception()

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not self.errors and not (
            values["left"] < values["right"] and values["top"] < values["bottom"]
        ):
            self.add_error("right", _("Draw a larger box: from one corner to the other."))
        return values

    def rect(self) -> Rect:
        """Return the box as parts of the page."""
        values = self.cleaned_data
        return Rect(*(values[name] / 100 for name in ("left", "top", "right", "bottom")))


class CornerForm(forms.Form):
    """A click on the page without script: the first corner, or the second one of a box."""

    x = forms.FloatField(min_value=0, max_value=WIDTH)
    y = forms.FloatField(min_value=0)
    first_x = forms.FloatField(min_value=0, max_value=WIDTH, required=False)
    first_y = forms.FloatField(min_value=0, required=False)
    exception = _exception()

    @property
    def has_first(self) -> bool:
        return self.cleaned_data.get("first_x") is not None


class CoverForm(forms.Form):
    """Words to be covered wherever they stand in the text."""

    text = LineField(
        label=_("Cover everywhere"),
        help_text=_("A name, a number: it is looked for on all pages, however it is spelled."),
        max_length=120,
        error_messages={"required": _("Write what is to be covered.")},
    )
    exception = _exception()


class BoxesForm(forms.Form):
    """Boxes chosen from the list: accepted with an exception, or set aside."""

    boxes = forms.TypedMultipleChoiceField(coerce=int, required=False)
    exception = _exception(is_required=False)

    def __init__(self, *args: Any, known: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["boxes"].choices = [(pk, pk) for pk in known]  # type: ignore[attr-defined]
