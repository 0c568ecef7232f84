"""Forms that arrange themes and ask for computations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.forms.fields import WrittenField
from infitah.participation.models import Theme
from infitah.participation.operations import ThemeWords

NAME_MAX = 120
SUMMARY_MAX = 600
Choices = Sequence[tuple[str, LocalizedText]]


class SeenField(forms.CharField):
    """When what the page showed was last changed; kept in the page, never typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, **options)

    def clean(self, value: Any) -> datetime:
        try:
            return datetime.fromisoformat(str(value))
        except ValueError as error:
            raise ValidationError(_("This page is incomplete: open it again.")) from error


def _area(language: str, rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": language, "dir": "auto", "data-counter": ""})


class ThemeForm(forms.Form):
    """What a theme is called, and what its ideas say."""

    name_ar = WrittenField(
        label=_("Name in Arabic"),
        most=NAME_MAX,
        is_line=True,
        error_messages={"required": _("Write the name of the theme in Arabic.")},
    )
    name_fr = WrittenField(label=_("Name in French"), most=NAME_MAX, is_line=True, required=False)
    summary_ar = WrittenField(
        label=_("What these ideas say, in Arabic"),
        help_text=_("One or two sentences that their authors would recognise."),
        most=SUMMARY_MAX,
        required=False,
        widget=_area("ar", 3),
    )
    summary_fr = WrittenField(
        label=_("What these ideas say, in French"),
        most=SUMMARY_MAX,
        required=False,
        widget=_area("fr", 3),
    )

    def words(self) -> ThemeWords:
        """Return the words as they were typed."""
        values = self.cleaned_data
        return ThemeWords(
            name=LocalizedText(ar=values["name_ar"], fr=values["name_fr"]),
            summary=LocalizedText(ar=values["summary_ar"], fr=values["summary_fr"]),
        )


class RenameForm(ThemeForm):
    """The words of a standing theme, with the moment at which they were read."""

    seen = SeenField()

    def __init__(self, *args: Any, theme: Theme, **options: Any) -> None:
        options["initial"] = {
            "name_ar": theme.name.text_of("ar"),
            "name_fr": theme.name.text_of("fr"),
            "summary_ar": theme.summary.text_of("ar"),
            "summary_fr": theme.summary.text_of("fr"),
            "seen": theme.changed_at.isoformat(),
        }
        super().__init__(*args, **options)


class ThemeChoice(forms.ChoiceField):
    """One of the standing themes, by number and name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            error_messages={
                "required": _("Choose a theme."),
                "invalid_choice": _("This theme does not stand any more: choose another one."),
            },
            **options,
        )

    def offer(self, themes: Choices, *, others: Sequence[tuple[str, Any]] = ()) -> None:
        """Offer these themes, the other choices after them."""
        named = [(number, in_page_language(name)) for number, name in themes]
        self.choices = [("", _("Choose a theme")), *named, *others]


LOOSE = "none"
"""Stands for "in no theme" where a theme is chosen."""


class PlaceForm(forms.Form):
    """Ideas that were ticked, and the theme that they go to."""

    ideas = forms.MultipleChoiceField(
        label=_("Ideas"), error_messages={"required": _("Choose at least one idea.")}
    )
    to = ThemeChoice(label=_("Put the chosen ideas in"))

    def __init__(
        self, *args: Any, themes: Choices, is_in_theme: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        others = [(LOOSE, _("no theme"))] if is_in_theme else []
        self.fields["to"].offer(themes, others=others)  # type: ignore[attr-defined]
        sent = self.data.getlist("ideas") if hasattr(self.data, "getlist") else []
        # Any number is taken here: what moved meanwhile is told by the act, with its number.
        self.fields["ideas"].choices = [(one, one) for one in sent]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> set[str]:
        """The numbers that are ticked."""
        return set(self["ideas"].data or ()) if self.is_bound else set()


class MergeForm(forms.Form):
    """The theme that takes all ideas of this one."""

    into = ThemeChoice(
        label=_("Merge it into"),
        help_text=_("All its ideas move there. Its address stays and leads on."),
    )
    seen = SeenField()

    def __init__(self, *args: Any, theme: Theme, themes: Choices, **options: Any) -> None:
        options |= {"initial": {"seen": theme.changed_at.isoformat()}, "auto_id": "merge_%s"}
        super().__init__(*args, **options)
        others = [one for one in themes if one[0] != theme.reference]
        self.fields["into"].offer(others)  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """A place for each theme."""

    def __init__(self, *args: Any, themes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.themes = themes
        for place, (number, name) in enumerate(themes, 1):
            self.fields[number] = forms.IntegerField(
                label=in_page_language(name),
                initial=place,
                min_value=1,
                max_value=999,
                error_messages={"invalid": _("Write the place as a number.")},
            )

    def numbers(self) -> list[str]:
        """Return the themes in the order of their places; equal places keep their order."""
        return sorted(self.fields, key=lambda number: self.cleaned_data[number])


class RunForm(forms.Form):
    """The seed of a computation; nobody has to choose it."""

    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_(
            "A number that fixes what is drawn by chance: the same seed gives the same result. "
            "The one that stands here follows from the votes and ideas at closing."
        ),
        min_value=0,
        max_value=rules.MOST_SEED,
        error_messages={"invalid": _("Write the seed as a whole number.")},
    )


class TextRunForm(RunForm):
    """How broad the themes are to be, and whether those arranged by people are left alone."""

    breadth = forms.ChoiceField(
        label=_("How broad?"),
        widget=forms.RadioSelect,
        initial="middle",
        choices=(
            ("broad", _("few broad themes")),
            ("middle", _("in between")),
            ("fine", _("many narrow themes")),
        ),
        error_messages={"required": _("Choose how broad the themes are to be.")},
    )
    arranged_too = forms.BooleanField(
        label=_("Propose anew also the themes that people arranged"),
        required=False,
    )

    def parameters(self) -> dict[str, int]:
        """Return what the computation is asked for."""
        chosen = rules.BREADTHS[self.cleaned_data["breadth"]].as_json()
        return chosen | {"arranged_too": int(self.cleaned_data["arranged_too"])}
