"""Forms of the desk: community, axes, offices, legal numbers, days off, bodies and persons."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from infitah.community.forms.parts import (
    ColourField,
    DayField,
    LineField,
    LocalizedForm,
    in_languages,
)
from infitah.community.models import (
    Appointment,
    Body,
    Category,
    Community,
    Mandate,
    Person,
    RuleValue,
    Term,
    Unit,
)

THREE = ("ar", "fr", "zgh")


def slug_field() -> LineField:
    """Return the field of a short name, asked once since addresses hold it."""
    return LineField(
        label=_("Short name in addresses"),
        help_text=_("Small Latin letters, digits and hyphens. It does not change any more."),
        max_length=40,
    )


class CommunityForm(LocalizedForm):
    """What the community says of itself."""

    texts = {
        "name": in_languages(_("Name of the territory"), THREE),
        "institution": in_languages(_("Name of the institution"), THREE),
        "address": in_languages(_("Postal address"), is_required=False),
        "letterhead": in_languages(_("Lines of the letterhead"), is_required=False, is_long=True),
    }
    accent = ColourField(label=_("Accent colour"))
    email = forms.EmailField(
        label=_("Public e-mail"),
        help_text=_(
            "Who answers a mail of this site writes to this address. Without it, mails "
            "name the counter."
        ),
        required=False,
    )
    phone = LineField(label=_("Public telephone"), required=False, max_length=30)
    cndp_number = LineField(
        label=_("Number of the declaration to the CNDP"), required=False, max_length=60
    )


class AxisForm(LocalizedForm):
    """An axis; its short name is asked once, since addresses hold it."""

    texts = {
        "name": in_languages(_("Name"), THREE),
        "description": in_languages(_("Description"), is_required=False, is_long=True),
    }
    slug = slug_field()
    colour = ColourField(label=_("Colour"), initial="#0B5E4F")
    owner_unit = forms.ModelChoiceField(
        label=_("Unit in charge"), queryset=Unit.objects.none(), required=False
    )

    def __init__(self, *args: Any, community: Community, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.of(community).filter(closed_on=None)
        self.fields["owner_unit"].queryset = units  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["slug"]


class PersonForm(LocalizedForm):
    """A public office holder."""

    texts = {"name": in_languages(_("Full name"))}
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, initial=Person.Sex.UNSTATED)
    public_email = forms.EmailField(label=_("Public e-mail"), required=False)
    public_phone = LineField(label=_("Public telephone"), required=False, max_length=30)


class ErasePersonForm(forms.Form):
    """Why a person's name is forgotten."""

    reason = LineField(
        label=_("Why is the name erased?"),
        help_text=_("Kept with your name; the public register says only that a name was erased."),
        max_length=300,
    )


class UnitForm(LocalizedForm):
    """A unit of the administration; its short name is asked once."""

    texts = {"name": in_languages(_("Name"))}
    slug = slug_field()
    parent = forms.ModelChoiceField(
        label=_("Stands below"), queryset=Unit.objects.none(), required=False
    )

    def __init__(
        self, *args: Any, community: Community, unit: Unit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.of(community).filter(closed_on=None)
        if unit is not None:
            units = units.exclude(pk=unit.pk)
            del self.fields["slug"]
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class TermForm(LocalizedForm):
    """A term of the council."""

    texts = {"name": in_languages(_("Name"))}
    starts_on = DayField(
        label=_("From"), help_text=_("The term that runs ends on the day on which this one begins.")
    )
    source = LineField(
        label=_("Source"), help_text=_("The election or the act from which it follows.")
    )


class CloseTermForm(forms.Form):
    """The end of a term."""

    ends_on = DayField(label=_("First day without the term"))


class AppointForm(forms.Form):
    """An office given by an act."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    office = forms.ChoiceField(
        label=_("Office"), choices=[*BLANK_CHOICE_DASH, *Appointment.Office.choices]
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    act = LineField(label=_("Act of appointment"), help_text=_("Its kind, number and date."))
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.of(community).filter(closed_on=None)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        units = Unit.objects.of(community).filter(closed_on=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndAppointmentForm(forms.Form):
    """The end of an appointment."""

    ends_on = DayField(
        label=_("First day without the office"), help_text=_("Its rights end on that day.")
    )
    reason = LineField(label=_("Reason of the end"))


class AbsenceForm(forms.Form):
    """Days on which an office holder is away; why is never asked."""

    away_on = DayField(label=_("First day away"))
    back_on = DayField(label=_("First day back"))


class AccessForm(forms.Form):
    """A log-in for an office."""

    username = LineField(
        label=_("Log-in name"),
        help_text=_("Of an account that exists, or of a new one."),
        max_length=150,
    )
    email = forms.EmailField(label=_("E-mail of a new account"), required=False)


class RuleForm(forms.Form):
    """A new number in place of the one in force."""

    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=1_000_000)
    unit = forms.ChoiceField(label=_("Counted in"), choices=RuleValue.Unit.choices)
    article = LineField(label=_("Article"), max_length=60)
    source = LineField(
        label=_("Source"), help_text=_("Official Bulletin, its number and date."), max_length=300
    )
    valid_from = DayField(
        label=_("Valid from"),
        help_text=_("Today or later: open cases keep the number of their day of receipt."),
    )


class SourceForm(forms.Form):
    """Where it is said."""

    source = LineField(
        label=_("Source"),
        help_text=_("Who announced it, where and when; or the Official Bulletin's number."),
        max_length=300,
    )


class DayOffForm(SourceForm):
    """The announced date of a day off."""

    field_order = ["date", "source"]
    date = DayField(label=_("Date announced"))


class ClosureForm(LocalizedForm):
    """An exceptional closure."""

    texts = {"name": in_languages(_("Occasion"))}
    date = DayField(label=_("Day on which the offices are closed"))
    source = LineField(
        label=_("Source"),
        help_text=_("Who announced it, where and when; or the Official Bulletin's number."),
        max_length=300,
    )


class BodyForm(LocalizedForm):
    """A body of the community."""

    texts = {"name": in_languages(_("Name"))}
    slug = slug_field()
    kind = forms.ChoiceField(label=_("Kind"), choices=[*BLANK_CHOICE_DASH, *Body.Kind.choices])
    seats = forms.IntegerField(
        label=_("Number of seats"), required=False, min_value=1, max_value=500
    )
    creation_act = LineField(label=_("Act of creation"), required=False)
    created_on = DayField(label=_("Created on"))

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            for name in ("slug", "kind", "created_on"):
                del self.fields[name]


class CloseBodyForm(forms.Form):
    """The end of a body and of its seats."""

    closed_on = DayField(
        label=_("First day without the body"), help_text=_("Its mandates end on that day too.")
    )
    reason = LineField(label=_("Reason of the closing"), help_text=_("By which act; it is public."))
    seats_end = forms.ChoiceField(
        label=_("Its mandates end by"), choices=Mandate.EndReason.choices, initial="term"
    )


class SeatForm(forms.Form):
    """A seat given in a body."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Mandate.Role.choices, initial="member")
    seat = forms.IntegerField(label=_("Seat"), required=False, min_value=1, max_value=500)
    category = LineField(
        label=_("Category"),
        help_text=_("The side that the seat stands for, such as elected members or civil society."),
        required=False,
        max_length=60,
    )
    term = forms.ModelChoiceField(
        label=_("Term of the council"),
        help_text=_("Left empty where the seat does not end with a term."),
        queryset=Term.objects.none(),
        required=False,
    )
    designation_act = LineField(label=_("Act of designation"))
    starts_on = DayField(label=_("From"))
    substitute_of = forms.ModelChoiceField(
        label=_("Substitute of"), queryset=Mandate.objects.none(), required=False
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(community=body.community_id, closed_on=None)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        terms = Term.objects.filter(community=body.community_id)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        held = Mandate.objects.filter(body=body, ends_on=None, substitute_of=None)
        self.fields["substitute_of"].queryset = held.select_related("person")  # type: ignore[attr-defined]

    def clean_category(self) -> str:
        """Keep a known category by its key, in whichever language it was typed."""
        typed: str = self.cleaned_data["category"]
        for language in ("ar", "fr"):
            with override(language):
                for one in Category:
                    if typed == str(one.label):
                        return one.value
        return typed


class EndMandateForm(forms.Form):
    """The end of a mandate."""

    ends_on = DayField(label=_("First day without the seat"))
    reason = forms.ChoiceField(
        label=_("Reason of the end"), choices=[*BLANK_CHOICE_DASH, *Mandate.EndReason.choices]
    )
