"""Input of the desk on a round: which drafts are put to the public, with what published reason."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language
from infitah.design.entry import in_languages
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Commitment
from infitah.programme.queries.drafts import DraftRow
from infitah.programme.rules import states

WAIVER = 600


class PutForm(forms.Form):
    """A tick for each draft; below the mark, the reason that is published with its score."""

    def __init__(self, *args: Any, rows: Sequence[DraftRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [row for row in rows if _may_go(row.commitment)]
        for row in self.offered:
            key = row.commitment.pk
            self.fields[f"put_{key}"] = forms.BooleanField(
                label=in_page_language(row.commitment.title), required=False
            )
            if row.is_enough:
                continue
            waiver = in_languages(
                _("Why it goes on below the mark"), is_required=False, most=WAIVER
            )
            for language, field in waiver.items():
                self.fields[f"waiver_{language}_{key}"] = field

    def rows_shown(self) -> Iterator[tuple[DraftRow, list[forms.BoundField]]]:
        """Yield each draft with its fields, for the page."""
        for row in self.offered:
            names = [f"put_{row.commitment.pk}", *self._waiver_names(row)]
            yield row, [self[name] for name in names]

    def _waiver_names(self, row: DraftRow) -> list[str]:
        names = [f"waiver_{language}_{row.commitment.pk}" for language in ("ar", "fr")]
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        if self.offered and not self.chosen():
            raise ValidationError(_("Choose the drafts to put to the public."), code="none")
        return self.cleaned_data

    def chosen(self) -> list[Commitment]:
        """Return the drafts that are ticked."""
        return [
            row.commitment
            for row in self.offered
            if self.cleaned_data.get(f"put_{row.commitment.pk}")
        ]

    def waivers(self) -> dict[str, LocalizedText]:
        """Return the reasons that were typed, by the reference of the commitment."""
        values = self.cleaned_data
        return {
            row.commitment.reference: LocalizedText(
                ar=values.get(f"waiver_ar_{row.commitment.pk}", ""),
                fr=values.get(f"waiver_fr_{row.commitment.pk}", ""),
            )
            for row in self.offered
        }


def _may_go(commitment: Commitment) -> bool:
    return states.CommitmentState(commitment.state) in states.DRAFT_STATES
