"""Input of the desk around a draft: begin it, link ideas, publish its check, correct its text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Axis
from infitah.design.entry import LineField, LocalizedForm, in_languages, needed_if
from infitah.participation.models import Idea, Theme
from infitah.programme.forms.parts import IdeaChoices, NamedChoice
from infitah.programme.models import CommitmentIdea, CommitmentVersion
from infitah.programme.queries.drafts import Choices
from infitah.programme.queries.kept_ideas import KeptIdeas


class StartForm(LocalizedForm):
    """Beginning a draft: from a theme, from ideas by number, or with a reason."""

    texts = {
        "title": in_languages(_("Title"), is_required=False, most=200),
        "reason": in_languages(
            _("Why it grows from no idea"),
            is_required=False,
            most=600,
            help_text=_("Published."),
        ),
    }
    needed_if(texts["title"]["ar"], _("there is no theme"))
    needed_if(texts["reason"]["ar"], _("there is neither a theme nor an idea"))
    axis = NamedChoice(label=_("Axis"), queryset=Axis.objects.none(), empty_label=None)
    theme = NamedChoice(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("without a theme"),
        help_text=_("Its name becomes the title, its ideas are linked."),
    )
    ideas = LineField(
        label=_("Ideas by their numbers"),
        required=False,
        max_length=600,
        help_text=_("Separated by spaces: SFR-2023-I-0004 SFR-2023-I-0017."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    chosen = IdeaChoices(
        label=_("Ideas that were answered as kept"), queryset=Idea.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        choices: Choices,
        themes: list[Theme],
        kept: KeptIdeas,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["axis", "theme", "chosen", "ideas"])
        self._offer_ideas(kept)
        self.fields["axis"].queryset = choices.axes  # type: ignore[attr-defined]
        if themes:
            listed = Theme.objects.filter(pk__in=[one.pk for one in themes])
            self.fields["theme"].queryset = listed  # type: ignore[attr-defined]
        else:
            del self.fields["theme"]

    def _offer_ideas(self, kept: KeptIdeas) -> None:
        """Offer the ideas of the page; ticked ones of another page are taken as well."""
        if not kept.total:
            del self.fields["chosen"]
            return
        field = self.fields["chosen"]
        field.queryset = kept.every  # type: ignore[attr-defined]
        field.widget.choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.reference} · {one.statement}") for one in kept.shown
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("theme") and not values.get("title_ar") and "title_ar" not in self.errors:
            self.add_error("title_ar", _("Write the title in Arabic."))
        return values

    def numbers(self) -> list[str]:
        """Return the numbers of ideas that were typed."""
        typed = str(self.cleaned_data.get("ideas", "")).replace(",", " ").replace("،", " ")
        return [one.upper() for one in typed.split()]


class LinkForm(forms.Form):
    """Linking an idea, changing its weight, or taking it away again."""

    ACTS = (("link", ""), ("weigh", ""), ("unlink", ""))
    idea = forms.CharField(max_length=30)
    act = forms.ChoiceField(choices=ACTS)
    weight = forms.ChoiceField(choices=CommitmentIdea.Weight.choices, required=False)


class WaiverForm(LocalizedForm):
    """Publishing what the linter finds, with the reason for going on below the mark."""

    texts = {
        "waiver": in_languages(
            _("Why it goes on below the mark"),
            is_required=False,
            most=600,
            help_text=_("Published beside the score. It may stay empty: nothing is refused."),
        )
    }


class CorrectForm(forms.Form):
    """Correcting a text of an open round."""

    reason = LineField(
        label=_("Why the text is corrected"),
        max_length=CommitmentVersion._meta.get_field("reason").max_length or 300,
        help_text=_("Readers see it above the text and in the register."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the text is corrected: readers see the reason.")},
    )
