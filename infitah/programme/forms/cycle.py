"""Input of the desk's acts on a cycle: what it says, its committee, its rounds, its timetable."""

from collections.abc import Collection
from itertools import count
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Body, Community, CompositionRule, Principle
from infitah.community.queries import axes, principles
from infitah.design.direction import in_page_language, page_language
from infitah.design.entry import DayField, LineField, LinesField, needed_if, of_row
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation
from infitah.programme.forms.parts import (
    NamedChoice,
    NamedChoices,
    RevisedForm,
    both,
    initial_of,
)
from infitah.programme.models import Cycle, TimetableEntry
from infitah.programme.operations import CycleText, StepText
from infitah.programme.rules import cycles

SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small Latin letters, digits and hyphens only.")
)
Kind = TimetableEntry.Kind
BOTH = ("ar", "fr")


class CycleForm(RevisedForm):
    """What a cycle says: titles, days, principles, axes with their challenge, committee."""

    slug = forms.CharField(
        label=_("Short name in the address"),
        help_text=_(
            "Such as 2026-2027 in /programme/2026-2027/, and it does not change any more. Left "
            "empty, it is made of the years."
        ),
        required=False,
        max_length=20,
        validators=[SLUG],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    title_ar = LineField(label=_("Title in Arabic"))
    title_fr = LineField(label=_("Title in French"), required=False)
    intention_ar = LinesField(
        label=_("What the council wants, in Arabic"), max_length=1500, required=False
    )
    intention_fr = LinesField(
        label=_("What the council wants, in French"), max_length=1500, required=False
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Two years, usually."))
    carried_from = NamedChoice(
        label=_("Follows the cycle"),
        queryset=Cycle.objects.none(),
        required=False,
        help_text=_("What it leaves unfinished can then be taken over."),
    )
    committee = NamedChoice(
        label=_("Follow-up committee"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("It stands under Bodies; it can be named later."),
    )
    principles = NamedChoices(label=_("Principles"), queryset=Principle.objects.none())
    is_meant = forms.BooleanField(label=_("Yes, these days are meant"), required=False)

    def __init__(
        self, *args: Any, community: Community, cycle: Cycle | None = None, **options: Any
    ) -> None:
        self.cycle, self.community = cycle, community
        options.setdefault("initial", _initial(cycle) if cycle else {})
        super().__init__(*args, **options)
        self.axes = list(axes(community))
        bodies = Body.objects.of(community).filter(kind=Body.Kind.FOLLOW_UP_COMMITTEE)
        self._offer("principles", principles(community))
        self._offer("committee", bodies.filter(closed_on=None))
        self._offer("carried_from", Cycle.objects.of(community))
        if cycle is not None:
            del self.fields["slug"], self.fields["carried_from"]
        for axis in self.axes:
            self._add_axis(axis.pk, in_page_language(axis.name))

    def _offer(self, name: str, records: Any) -> None:
        self.fields[name].queryset = records  # type: ignore[attr-defined]

    def _add_axis(self, pk: int, name: str) -> None:
        self.fields[f"axis_{pk}"] = forms.BooleanField(
            label=_("An axis of this cycle"), required=False
        )
        for language, label in (
            ("ar", _("Openness challenge, in Arabic")),
            ("fr", _("Openness challenge, in French")),
        ):
            field = LinesField(label=label, max_length=600, required=False)
            self.fields[f"challenge_{pk}_{language}"] = of_row(field, name)
        needed_if(self.fields[f"challenge_{pk}_ar"], _("the axis is chosen"))

    def general(self) -> list[forms.BoundField]:
        """Return the fields that belong to no axis."""
        return [
            self[name]
            for name in self.fields
            if (name != "is_meant" or self._asks_again())
            and name != "revision"
            and not name.startswith(("axis_", "challenge_"))
        ]

    def groups(self) -> list[tuple[LocalizedText, list[forms.BoundField]]]:
        """Return the fields of each axis under its name, for the page."""
        return [
            (
                axis.name,
                [self[f"axis_{axis.pk}"], *(self[f"challenge_{axis.pk}_{one}"] for one in BOTH)],
            )
            for axis in self.axes
        ]

    def clean(self) -> dict[str, Any]:
        """Tell at once all that no cycle can be; the act would tell it one by one."""
        values = self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The last day is before the first."))
        if not any(values.get(f"axis_{axis.pk}") for axis in self.axes):
            self.add_error(None, _("Choose at least one axis and write its challenge."))
        typed = values.get("slug")
        if typed and Cycle.objects.of(self.community).filter(slug=typed).exists():
            self.add_error("slug", _("This community has a cycle of that name."))
        for axis in self.axes:
            self._check_axis(axis.pk)
        if not self.errors and self._is_unusual() and not values.get("is_meant"):
            self.add_error("is_meant", self._question())
        return values

    def _asks_again(self) -> bool:
        return self.is_bound and ("is_meant" in self.errors or bool(self.data.get("is_meant")))

    def _is_unusual(self) -> bool:
        """Return whether new days were typed that are not two years."""
        days = (self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])
        stands = (self.cycle.starts_on, self.cycle.ends_on) if self.cycle else None
        return days != stands and not cycles.is_usual_length(*days)

    def _question(self) -> str:
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        language = page_language()
        words = _("From %(first)s to %(last)s is not two years, as the national method has it.")
        told = {"first": format_date(first, language), "last": format_date(last, language)}
        sentences = [str(words) % told]
        if self.cycle is None:
            address = {"address": f"/programme/{self.short_name()}/"}
            sentences.append(str(_("The address will be %(address)s for good.")) % address)
        return " ".join([*sentences, str(_("Tick the box if these days are meant."))])

    def _check_axis(self, pk: int) -> None:
        """Tell of an axis without its challenge, and of a challenge typed for no chosen axis.

        An axis of the cycle that is taken out may keep the words that stood there.
        """
        values, name = self.cleaned_data, f"challenge_{pk}_ar"
        typed = [f"challenge_{pk}_{language}" for language in BOTH]
        if values.get(f"axis_{pk}"):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Write the challenge of this axis in Arabic."))
        elif any(values.get(one) and one in self.changed_data for one in typed):
            self.add_error(
                f"axis_{pk}",
                _("A challenge is written for this axis: tick it, or empty the challenge."),
            )

    def short_name(self) -> str:
        """Return the short name that was typed, else a free one made of the years of the cycle."""
        first, last = self.cleaned_data["starts_on"].year, self.cleaned_data["ends_on"].year
        years = str(first) if first == last else f"{first}-{last}"
        typed = str(self.cleaned_data.get("slug") or "")
        taken = set(Cycle.objects.of(self.community).values_list("slug", flat=True))
        free = (f"{years}-{number}" for number in count(2))
        return typed or (years if years not in taken else next(s for s in free if s not in taken))

    def text(self) -> CycleText:
        """Return what was stated, for the act."""
        values = self.cleaned_data
        return CycleText(
            title=both(values, "title"),
            intention=both(values, "intention"),
            span=(values["starts_on"], values["ends_on"]),
            principles=list(values["principles"]),
            challenges={
                axis: both(values, f"challenge_{axis.pk}")
                for axis in self.axes
                if values.get(f"axis_{axis.pk}")
            },
            committee=values["committee"],
        )


def _initial(cycle: Cycle) -> dict[str, object]:
    initial: dict[str, object] = {
        "revision": cycle.revision,
        "starts_on": cycle.starts_on,
        "ends_on": cycle.ends_on,
        "committee": cycle.committee_id,
        "principles": list(cycle.principles.values_list("principle_id", flat=True)),
        **initial_of("title", cycle.title),
        **initial_of("intention", cycle.intention),
    }
    for one in cycle.axes.all():
        initial[f"axis_{one.axis_id}"] = True
        initial |= initial_of(f"challenge_{one.axis_id}", one.challenge)
    return initial


class PrincipleForm(forms.Form):
    """A principle of openness that the community works by."""

    slug = forms.CharField(
        label=_("Short name in addresses"),
        max_length=40,
        validators=[SLUG],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    name_ar = LineField(label=_("Name in Arabic"))
    name_fr = LineField(label=_("Name in French"), required=False)


class ReasonForm(forms.Form):
    """A reason that the public reads, in Arabic and French."""

    reason_ar = LinesField(label=_("Reason, in Arabic"), max_length=600)
    reason_fr = LinesField(label=_("Reason, in French"), max_length=600, required=False)

    def reason(self) -> LocalizedText:
        """Return the reason as it was typed."""
        return both(self.cleaned_data, "reason")


class CommitteeForm(forms.Form):
    """Which committee follows the cycle."""

    committee = NamedChoice(label=_("Follow-up committee"), queryset=Body.objects.none())

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = Body.objects.of(community).filter(kind=Body.Kind.FOLLOW_UP_COMMITTEE)
        self.fields["committee"].queryset = bodies.filter(closed_on=None)  # type: ignore[attr-defined]


class CompositionForm(ReasonForm):
    """Why a rule of the committee's composition is not met."""

    rule = forms.ModelChoiceField(queryset=CompositionRule.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, committee: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rule"].queryset = committee.composition_rules.all()  # type: ignore[attr-defined]


class _OfRound(forms.Form):
    """A form of a round; the cycle's free numbers are offered, all where `free` is not given."""

    ROUNDS = ((1, _("first round: ideas")), (2, _("second round: draft commitments")))

    number = forms.TypedChoiceField(
        label=_("Round"), coerce=int, choices=ROUNDS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, free: Collection[int] = (1, 2), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(number, words) for number, words in self.ROUNDS if number in free]
        self.fields["number"].choices = choices  # type: ignore[attr-defined]


class RoundForm(_OfRound):
    """A consultation to be prepared for a round: the rest comes from the cycle."""

    slug = forms.CharField(
        label=_("Short name in the address"),
        help_text=_("Small Latin letters, digits and hyphens, such as ideas-2026."),
        max_length=60,
        validators=[SLUG],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("Included, until 23:59."))


class LinkRoundForm(_OfRound):
    """A consultation that stands already, made a round of the cycle."""

    consultation = NamedChoice(label=_("Consultation"), queryset=Consultation.objects.none())

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        super().__init__(*args, **options)
        free = Consultation.objects.of(community).filter(round=None)
        self.fields["consultation"].queryset = free  # type: ignore[attr-defined]


class StepForm(RevisedForm):
    """A step of the timetable: what, when, how sure, and the record of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    text_ar = LineField(label=_("What, in Arabic"), max_length=300)
    text_fr = LineField(label=_("What, in French"), max_length=300, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Empty for a step of one day.")
    )
    is_estimated = forms.BooleanField(label=_("The date is an estimate"), required=False)
    precision = forms.ChoiceField(
        label=_("Precision of the date"),
        choices=TimetableEntry.Precision.choices,
        initial=TimetableEntry.Precision.DAY,
    )
    record = forms.CharField(
        label=_("Number of its record"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Of the session, deliberation or report that shows that it took place."),
    )

    def __init__(self, *args: Any, entry: TimetableEntry | None = None, **options: Any) -> None:
        options.setdefault("initial", _initial_step(entry) if entry else {})
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return values

    def step(self) -> StepText:
        """Return what was stated, for the act."""
        values = self.cleaned_data
        return StepText(
            kind=values["kind"],
            span=(values["starts_on"], values["ends_on"] or values["starts_on"]),
            text=both(values, "text"),
            record=values["record"].strip(),
            precision=values["precision"],
            is_estimated=values["is_estimated"],
        )


class ChangeStepForm(StepForm):
    """The same, of a step that was announced: a move needs its reason."""

    reason_ar = needed_if(
        LinesField(
            label=_("Why the day moves, in Arabic"),
            max_length=600,
            required=False,
            help_text=_("Citizens read it beside the day announced first."),
        ),
        _("the days change"),
    )
    reason_fr = LinesField(label=_("Why the day moves, in French"), max_length=600, required=False)

    def reason(self) -> LocalizedText:
        """Return the reason as it was typed; empty where none was."""
        return both(self.cleaned_data, "reason")


class StrikeForm(ReasonForm, RevisedForm):
    """Why a step will not take place."""


def _initial_step(entry: TimetableEntry) -> dict[str, object]:
    return {
        "revision": entry.revision,
        "kind": entry.kind,
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
        "is_estimated": entry.is_estimated,
        "precision": entry.precision,
        "record": entry.record,
        **initial_of("text", entry.text),
    }
