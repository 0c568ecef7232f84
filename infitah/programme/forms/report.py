"""Input of the desk's acts on the annual report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.council.models import Deliberation
from infitah.design.entry import DayField, LineField, needed_if


class ReportForm(forms.Form):
    """Of which year, as it stood on which day, and why again."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    counted_on = DayField(
        label=_("As it stood at the end of"),
        help_text=_("What happened after this day is not in the report."),
    )
    reason = needed_if(
        LineField(
            label=_("Reason of a new version"),
            required=False,
            max_length=300,
        ),
        _("a report of this year is published already"),
    )

    def __init__(self, *args: Any, years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(year, str(year)) for year in years]


class PresentForm(forms.Form):
    """By which deliberation the council took note of the report."""

    deliberation = forms.ModelChoiceField(
        label=_("Deliberation by which the council took note"),
        queryset=Deliberation.objects.none(),
    )

    def __init__(self, *args: Any, since: date | None, community_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if since is not None:
            later = Deliberation.objects.filter(community_id=community_id, adopted_on__gte=since)
            other = later.filter(adoptions=None, cycles=None).order_by("-adopted_on", "-pk")
            self.fields["deliberation"].queryset = other  # type: ignore[attr-defined]
