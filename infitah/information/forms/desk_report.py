"""Input of the desk's yearly report: figures looked at, remarks, the reason of another version."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LineField, LocalizedForm, in_languages, needed_if
from infitah.information.models.report import REASON_MAX, REMARKS_MAX


class ReportForm(LocalizedForm):
    """The twelve figures that were looked at, remarks, and the reason of another version."""

    texts = {
        "remarks": in_languages(
            _("Remarks"),
            is_required=False,
            is_long=True,
            most=REMARKS_MAX,
            rows=5,
            help_text=_("Everybody reads them: causes, measures, what the figures do not say."),
        )
    }
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    checked = forms.MultipleChoiceField(
        label=_("The figures that I looked at, with the list behind each"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Open the list behind each of the twelve figures, then tick it.")
        },
    )
    reason = needed_if(
        LineField(label=_("Reason of a new version"), required=False, max_length=REASON_MAX),
        _("a report of this year is published already"),
    )

    def __init__(
        self, *args: Any, figures: Sequence[tuple[str, str]], version: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["checked"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = figures
        self.fields["version"].initial = version
        if version == 1:
            del self.fields["reason"]
        self.order_fields(["version", "checked", "remarks_ar", "remarks_fr", "reason"])
