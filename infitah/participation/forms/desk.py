"""Forms of the officers' desk: decisions, consultations, ideas typed for visitors."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community import queries as communities
from infitah.community.models import Axis, Community
from infitah.design.direction import in_page_language
from infitah.design.entry import DayField, needed_if, of_row
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.participation import rules
from infitah.participation.forms.fields import ShortNameField, WrittenField
from infitah.participation.forms.giving import GiveForm, offer
from infitah.participation.forms.seen import SeenForm
from infitah.participation.models import Consultation, ModerationRule
from infitah.participation.operations.consultation_texts import (
    TAKEN,
    ConsultationRefused,
    ConsultationText,
    TopicText,
    check_context,
    check_days,
    check_documents,
    check_taken,
    words_of_first_day,
)


def reason_field(
    *, is_required: bool = True, reader: str | Promise = "", label: str | Promise = ""
) -> WrittenField:
    """Return the field of a decision's reason; `reader` says who reads it if not the author."""
    return WrittenField(
        label=label or _("Reason"),
        help_text=reader
        or _("One or two sentences; they are mailed to the author, where there is an address."),
        most=rules.REASON_MAX,
        validators=[MaxLengthValidator(rules.REASON_MAX)],
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": ""}),
    )


class RuleChoice(forms.ModelChoiceField):
    """A choice among the numbered rules in force."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {in_page_language(obj.text)}"


class HideForm(forms.Form):
    """Hiding an idea: under which rule, and why."""

    rule = RuleChoice(
        queryset=ModerationRule.objects.none(),
        empty_label=None,
        label=_("Rule"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the rule under which it is hidden.")},
    )
    reason = reason_field()

    def __init__(self, *args: Any, community: Community, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        rules_in_force = ModerationRule.objects.of(community).in_force_on(today)
        offer(self.fields["rule"], rules_in_force)


class IdeaFilterForm(forms.Form):
    """Which ideas the queue shows; a plain question in the address."""

    q = WrittenField(label=_("Words or a number"), most=120, is_line=True, required=False)
    consultation = forms.ChoiceField(label=_("Consultation"), required=False)
    axis = forms.ChoiceField(label=_("Axis"), required=False)

    def __init__(
        self,
        *args: Any,
        consultations: list[tuple[str, str]],
        axes: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        every_axis = pgettext_lazy("axes, themes, states", "All")
        for name, every, choices in (
            ("consultation", _("All"), consultations),
            ("axis", every_axis, axes),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", every), *choices]

    def asked(self) -> dict[str, str]:
        """Return what was asked for that can be; a choice that is none is no filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReasonForm(forms.Form):
    """A decision that needs a sentence."""

    reason = reason_field()


class NoteForm(forms.Form):
    """A decision that may have a sentence."""

    reason = reason_field(is_required=False)


class IdentityForm(forms.Form):
    """Why an identity is looked at."""

    reason = WrittenField(
        label=_("Why do you need to see who gave it?"),
        help_text=_("Kept with your name and the date, and counted in the register."),
        most=300,
        validators=[MaxLengthValidator(300)],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeskIdeaForm(GiveForm):
    """An idea typed for a visitor: the same fields, and how to reach the person, if they wish."""

    email = forms.EmailField(
        label=_("E-mail of the visitor"),
        help_text=_("Only if the visitor wishes the receipt and the answer by mail."),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        error_messages={"invalid": _("This is not an e-mail address: check it.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["axis"].help_text = _(
            "If none fits exactly, choose the nearest: ideas are read axis by axis."
        )
        self.fields["statement"].label = _("The visitor’s idea in one sentence")
        self.fields["statement"].error_messages["required"] = _(
            "Write the visitor’s idea in one sentence."
        )
        self.fields["name"].label = _("Name of the visitor")
        self.fields["name"].help_text = _(
            "Needed with an e-mail address, as on the document that you saw. Never published."
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("email") and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name as on the document that you saw."))
        return values


def _lines(text: LocalizedText | None, language: str) -> str:
    return text.text_of(language) if text else ""


LATER_ONLY = _(
    "Once it is open, this day can only be put later, never back: check it before you save."
)
AXIS_FIELDS = {
    "question_ar": _("Question in Arabic"),
    "question_fr": _("Question in French"),
    "context_ar": _("Context in Arabic, 200 words at most"),
    "context_fr": _("Context in French"),
    "facts_ar": _("Facts in Arabic, one a line, three at most"),
    "facts_fr": _("Facts in French, one a line"),
    "documents_ar": _("Documents in Arabic, one a line: title | address"),
    "documents_fr": _("Documents in French, one a line: title | address"),
}


@dataclass(frozen=True, slots=True)
class AxisFields:
    """What is asked about one axis: the tick stands in the open, the texts are folded."""

    name: LocalizedText
    tick: forms.BoundField
    texts: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """Whether the texts stand open: something in them, or in their tick, is wrong."""
        return any(one.errors for one in (self.tick, *self.texts))


class ConsultationForm(SeenForm):
    """A consultation: names, days, and what each axis says and asks."""

    name_ar = WrittenField(label=_("Name in Arabic"), most=120, is_line=True)
    name_fr = WrittenField(label=_("Name in French"), most=120, is_line=True, required=False)
    introduction_ar = WrittenField(
        label=_("Introduction in Arabic"), most=1500, required=False, widget=forms.Textarea
    )
    introduction_fr = WrittenField(
        label=_("Introduction in French"), most=1500, required=False, widget=forms.Textarea
    )
    first_day = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"),
        help_text=_("Ideas are in time until 23:59 of this day, in Moroccan time."),
    )
    round_number = forms.TypedChoiceField(
        label=_("Round"),
        help_text=_("First: ideas by axis. Second: the draft commitments, by paragraph."),
        choices=[(1, _("first round")), (2, _("second round"))],
        coerce=int,
        initial=1,
    )
    takes_ideas = forms.BooleanField(label=_("People may give ideas"), required=False, initial=True)
    takes_votes = forms.BooleanField(
        label=_("People may vote on ideas and paragraphs"), required=False, initial=True
    )
    takes_comments = forms.BooleanField(label=_("People may comment"), required=False, initial=True)
    is_premoderated = forms.BooleanField(
        label=_("Ideas are read before they are shown"), required=False
    )
    counts_after_closing = forms.BooleanField(
        label=_("Counts are shown only after closing"), required=False
    )
    slug = ShortNameField()

    PARTS = ("question", "context", "facts", "documents")

    def __init__(
        self,
        *args: Any,
        community: Community,
        consultation: Consultation | None = None,
        is_open: bool = False,
        **options: Any,
    ) -> None:
        self.consultation, self.is_open = consultation, is_open
        options.setdefault("initial", _initial(consultation) if consultation else {})
        super().__init__(*args, **options)
        self.axes = list(communities.axes(community))
        if consultation is not None:
            del self.fields["slug"]
            if consultation.announced_at is not None:
                self.fields["last_day"].help_text = LATER_ONLY
        for axis in self.axes:
            self._add_axis(axis.pk, in_page_language(axis.name))
        if consultation is not None:
            self.look_again()

    def _add_axis(self, pk: int, name: str) -> None:
        tick = forms.BooleanField(label=_("Ask about it"), required=False)
        self.fields[f"axis_{pk}"] = of_row(tick, name)
        for part, label in AXIS_FIELDS.items():
            rows = 2 if part.startswith("question") else 4
            field = WrittenField(
                label=label,
                most=300 if part.startswith("question") else 2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
            self.fields[f"{part}_{pk}"] = of_row(field, name)
        needed_if(self.fields[f"question_ar_{pk}"], _("the axis is chosen"))

    def groups(self) -> list[AxisFields]:
        """Return the fields of each axis under its name, for the page."""
        return [
            AxisFields(
                axis.name,
                self[f"axis_{axis.pk}"],
                [self[f"{name}_{axis.pk}"] for name in AXIS_FIELDS],
            )
            for axis in self.axes
        ]

    def general(self) -> list[forms.BoundField]:
        """Return the fields that belong to no axis."""
        names = [
            *("name_ar", "name_fr", "introduction_ar", "introduction_fr"),
            *("first_day", "last_day", "round_number", "takes_ideas", "takes_votes"),
            *("takes_comments", "is_premoderated", "counts_after_closing"),
        ]
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong at once, by the checks of the act."""
        values = super().clean()
        self._check_days(values)
        self._hold(check_taken, *(bool(values.get(name)) for name in TAKEN))
        asked = [axis for axis in self.axes if values.get(f"axis_{axis.pk}")]
        for axis in self.axes:
            if axis not in asked and self._is_typed_under(axis):
                self.add_error(
                    f"axis_{axis.pk}",
                    _("Something is written under this axis: tick it, or take the words out."),
                )
        for axis in asked:
            if not values.get(f"question_ar_{axis.pk}"):
                self.add_error(f"question_ar_{axis.pk}", _("Write the question in Arabic."))
            for check in (check_context, check_documents):
                self._hold(check, self._topic(axis))
        if not asked and self.axes and values.get("takes_ideas"):
            self.add_error(None, _("Choose at least one axis and write its question."))
        return values

    def _check_days(self, values: dict[str, Any]) -> None:
        """Hold the last day against the first one, that of an open consultation as it stands."""
        if "first_day" not in values:
            return
        first = values["first_day"]
        if self.consultation is not None and self.is_open:
            stands = rules.first_day(self.consultation.opens_at)
            if first != stands:
                self.add_error("first_day", words_of_first_day(stands))
            first = stands
        if "last_day" in values:
            self._hold(check_days, first, values["last_day"])

    def _is_typed_under(self, axis: Axis) -> bool:
        """Whether words were typed under an axis; those that stood there before may go with it."""
        names = {f"{part}_{axis.pk}" for part in AXIS_FIELDS}
        return any(self.cleaned_data.get(name) for name in names.intersection(self.changed_data))

    def _hold(self, check: Callable[..., None], *stated: object) -> None:
        try:
            check(*stated)
        except ConsultationRefused as refused:
            self.add_error(refused.field, refused.message)

    def text(self) -> ConsultationText:
        """Return what was stated, for the act."""
        values = self.cleaned_data
        slug = self.consultation.slug if self.consultation else values["slug"]
        return ConsultationText(
            slug=slug,
            name=LocalizedText(ar=values["name_ar"], fr=values["name_fr"]),
            introduction=LocalizedText(ar=values["introduction_ar"], fr=values["introduction_fr"]),
            first_day=values["first_day"],
            last_day=values["last_day"],
            round_number=values["round_number"],
            topics=[self._topic(axis) for axis in self.axes if values[f"axis_{axis.pk}"]],
            counts_after_closing=values["counts_after_closing"],
            is_premoderated=values["is_premoderated"],
            takes_ideas=values["takes_ideas"],
            takes_votes=values["takes_votes"],
            takes_comments=values["takes_comments"],
        )

    def _topic(self, axis: Axis) -> TopicText:
        return TopicText(axis=axis, **{part: self._part(part, axis.pk) for part in self.PARTS})

    def _part(self, part: str, pk: int) -> LocalizedText:
        """Return what is stated in both languages; nothing for a field that is wrong."""
        ar, fr = (self.cleaned_data.get(f"{part}_{code}_{pk}", "") for code in LANGUAGES[:2])
        return LocalizedText(ar=ar, fr=fr)


def _initial(consultation: Consultation) -> dict[str, object]:
    initial: dict[str, object] = {
        "first_day": rules.first_day(consultation.opens_at),
        "last_day": rules.last_day(consultation.closes_at),
        "round_number": consultation.round_number,
        "takes_ideas": consultation.takes_ideas,
        "takes_votes": consultation.takes_votes,
        "takes_comments": consultation.takes_comments,
        "is_premoderated": consultation.is_premoderated,
        "counts_after_closing": consultation.results_visibility
        == Consultation.Results.AFTER_CLOSING,
    }
    for code in LANGUAGES[:2]:
        initial[f"name_{code}"] = _lines(consultation.name, code)
        initial[f"introduction_{code}"] = _lines(consultation.introduction, code)
    for topic in consultation.topics.all():
        initial[f"axis_{topic.axis_id}"] = True
        for part in ConsultationForm.PARTS:
            for code in LANGUAGES[:2]:
                text = _lines(getattr(topic, part), code)
                initial[f"{part}_{code}_{topic.axis_id}"] = text
    return initial
