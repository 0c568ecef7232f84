"""Input of the desk on a draft commitment: one part a page, at most seven fields."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Axis, Person, Principle, Unit
from infitah.design.entry import (
    DayField,
    LineField,
    LocalizedForm,
    in_languages,
    needed_before,
    needed_if,
)
from infitah.kernel.money import Money
from infitah.programme.forms.parts import NamedChoice, NamedChoices, PersonChoice
from infitah.programme.models import Commitment
from infitah.programme.operations.drafting import (
    DraftPart,
    FramePart,
    MoneyPart,
    OriginPart,
    ResultPart,
    ValuePart,
    WhatPart,
    WhoPart,
)
from infitah.programme.queries.commitments import VALUES
from infitah.programme.queries.drafts import Choices
from infitah.programme.rules.cells import read_amount, read_whole

LONG = 2000
VALIDATION = _("the committee validates it")
GOALS = range(1, 18)


class AmountField(LineField):
    """An amount in dirhams, in any digits; its value is centimes, None for nothing typed."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        amount = read_amount(text)
        if amount is None or amount < 0:
            raise ValidationError(
                _("Write the amount in dirhams, in digits: 40 000 or 40000,50."), code="invalid"
            )
        return amount


class PartForm(LocalizedForm):
    """One part of a draft; it carries the moment of the last change that the officer saw."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    names: ClassVar[tuple[str, ...]] = ()
    title: ClassVar[object] = ""

    def __init__(self, *args: Any, commitment: Commitment, choices: Choices, **kwargs: Any):
        self.commitment, self.choices = commitment, choices
        kwargs.setdefault("initial", self.initial_values(commitment))
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = commitment.changed_at.isoformat()
        self.offer(choices)

    @classmethod
    def initial_values(cls, commitment: Commitment) -> dict[str, Any]:
        """Return what the part says now."""
        plain = {name: getattr(commitment, name) for name in cls.names}
        return cls.initial_of(**{name: getattr(commitment, name) for name in cls.texts}) | plain

    def offer(self, choices: Choices) -> None:
        """Fill the choices of the part."""

    def seen(self) -> datetime:
        """Return the moment that came with the form; an unreadable one is never the right one."""
        return moment_of(self.cleaned_data.get("seen_at", ""))

    def part(self) -> DraftPart:
        """Return what was typed, for the act."""
        raise NotImplementedError

    def renew(self) -> None:
        """Let the next sending be of what stands now: the officer has been shown it."""
        self.data = renewed(self.data, self.commitment.changed_at)


def renewed(data: Mapping[str, Any], moment: datetime) -> Mapping[str, Any]:
    """Return what was typed, as if the page had been opened at `moment`."""
    if isinstance(data, MultiValueDict):
        copied = data.copy()
        copied["seen_at"] = moment.isoformat()
        return copied
    return {**data, "seen_at": moment.isoformat()}


def moment_of(text: str) -> datetime:
    """Return the moment written in `text`; one that nothing was changed at if it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min


class WhatForm(PartForm):
    """What the commitment is and why."""

    title = _("What and why")
    texts = {
        "title": in_languages(_("Title"), most=200),
        "problem": in_languages(
            _("Public problem"),
            is_required=False,
            is_long=True,
            rows=4,
            help_text=_("Who lacks what, and where; name the ideas that say so by their numbers."),
        ),
        "description": in_languages(
            _("What the commitment is"), is_required=False, is_long=True, rows=4
        ),
    }
    needed_before(texts["problem"]["ar"], VALIDATION)
    needed_before(texts["description"]["ar"], VALIDATION)

    def part(self) -> DraftPart:
        return WhatPart(**{name: self.text_of(name) for name in self.texts})


class ResultForm(PartForm):
    """What it changes, and how anybody can check it."""

    title = _("What it changes, and how to check it")
    texts = {
        "contribution": in_languages(
            _("How it answers the problem"), is_required=False, is_long=True
        ),
        "expected_result": in_languages(_("Expected result"), is_required=False, is_long=True),
        "verifiability": in_languages(
            _("How anybody can check it"),
            is_required=False,
            is_long=True,
            help_text=_("Name what can be looked at: a page, minutes, a list, a table."),
        ),
    }
    needed_before(texts["contribution"]["ar"], VALIDATION)
    needed_before(texts["expected_result"]["ar"], VALIDATION)
    needed_before(texts["verifiability"]["ar"], VALIDATION)

    def part(self) -> DraftPart:
        return ResultPart(**{name: self.text_of(name) for name in self.texts})


class WhoForm(PartForm):
    """Who answers for it."""

    title = _("Who answers for it")
    names = ("lead_unit", "responsible")
    texts = {
        "partners": in_languages(_("Supporting bodies"), is_required=False, most=500),
        "civil_partner": in_languages(
            _("Partner of civil society, with a contact by name"), is_required=False, most=500
        ),
    }
    lead_unit = NamedChoice(label=_("Unit in charge"), queryset=Unit.objects.none(), required=False)
    responsible = PersonChoice(
        label=_("Person in charge"), queryset=Person.objects.none(), required=False
    )
    field_order = ("lead_unit", "responsible")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["lead_unit", "responsible"])

    def offer(self, choices: Choices) -> None:
        self.fields["lead_unit"].queryset = choices.units  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = choices.people  # type: ignore[attr-defined]

    def part(self) -> DraftPart:
        return WhoPart(
            lead_unit=self.cleaned_data["lead_unit"],
            responsible=self.cleaned_data["responsible"],
            partners=self.text_of("partners"),
            civil_partner=self.text_of("civil_partner"),
        )


class MoneyForm(PartForm):
    """The money, or that none is needed."""

    title = _("Budget")
    texts = {"budget_source": in_languages(_("Source of the money"), is_required=False, most=300)}
    names = ("is_without_cost",)
    budget = needed_if(
        AmountField(
            label=_("Budget in dirhams"),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"}),
        ),
        _("it needs money"),
    )
    is_without_cost = forms.BooleanField(label=_("It needs no money"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["is_without_cost", "budget"])

    @classmethod
    def initial_values(cls, commitment: Commitment) -> dict[str, Any]:
        held = commitment.budget
        amount = "" if held is None else str(Money(held).dirhams).removesuffix(".00")
        return super().initial_values(commitment) | {"budget": amount}

    def part(self) -> DraftPart:
        return MoneyPart(
            budget=self.cleaned_data["budget"],
            budget_source=self.text_of("budget_source"),
            is_without_cost=self.cleaned_data["is_without_cost"],
        )


class ValueForm(PartForm):
    """The values of open government, with the argument."""

    title = _("Values of open government")
    names = ("values",)
    texts = {
        "value_argument": in_languages(
            _("How it serves these values"),
            is_required=False,
            is_long=True,
            help_text=_("One sentence that would convince somebody who doubts it."),
        )
    }
    values = forms.MultipleChoiceField(
        label=_("Values"),
        required=False,
        choices=list(VALUES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    sdg = LineField(
        label=_("Sustainable development goals, by number"),
        required=False,
        max_length=60,
        help_text=_("From 1 to 17, separated by spaces: 5 16."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["values"])

    @classmethod
    def initial_values(cls, commitment: Commitment) -> dict[str, Any]:
        goals = " ".join(str(one) for one in commitment.sdg)
        return super().initial_values(commitment) | {"sdg": goals}

    def clean_sdg(self) -> list[int]:
        typed = self.cleaned_data["sdg"].replace(",", " ").replace("،", " ").split()
        goals = [read_whole(one) for one in typed]
        if any(one is None or one not in GOALS for one in goals):
            raise ValidationError(_("The goals are numbered from 1 to 17."), code="invalid")
        return sorted({one for one in goals if one is not None})

    def part(self) -> DraftPart:
        return ValuePart(
            values=self.cleaned_data["values"],
            value_argument=self.text_of("value_argument"),
            sdg=self.cleaned_data["sdg"],
        )


class FrameForm(PartForm):
    """Where it stands in the cycle."""

    title = _("Axis, principles and period")
    names = ("axis", "starts_on", "ends_on")
    axis = NamedChoice(label=_("Axis"), queryset=Axis.objects.none(), empty_label=None)
    principles = NamedChoices(
        label=_("Principles"), queryset=Principle.objects.none(), required=False
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def offer(self, choices: Choices) -> None:
        self.fields["axis"].queryset = choices.axes  # type: ignore[attr-defined]
        self.fields["principles"].queryset = choices.principles  # type: ignore[attr-defined]

    @classmethod
    def initial_values(cls, commitment: Commitment) -> dict[str, Any]:
        held = [one.pk for one in commitment.principles.all()]
        return super().initial_values(commitment) | {"principles": held}

    def part(self) -> DraftPart:
        values = self.cleaned_data
        return FramePart(
            axis=values["axis"],
            principles=list(values["principles"]),
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
        )


class OriginForm(PartForm):
    """Why it grew from no idea."""

    title = _("Why it grew from no idea")
    texts = {
        "reason_without_idea": in_languages(
            _("Why it grew from no idea"),
            is_required=False,
            is_long=True,
            help_text=_("Published."),
        )
    }
    needed_if(texts["reason_without_idea"]["ar"], _("no idea is linked"))

    def part(self) -> DraftPart:
        return OriginPart(self.text_of("reason_without_idea"))


PARTS: Mapping[str, type[PartForm]] = {
    "what": WhatForm,
    "result": ResultForm,
    "who": WhoForm,
    "money": MoneyForm,
    "values": ValueForm,
    "frame": FrameForm,
    "origin": OriginForm,
}
