"""Roll call and votes: one row a seat, the whole table in one form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Mandate
from infitah.design.direction import in_page_language
from infitah.design.entry import LocalizedForm, in_languages
from infitah.proceedings import rules
from infitah.proceedings.models import VoteEvent

NO_PART = "no_part"  # a member present who does not vote is not stored: the counts tell it
Choices = tuple[tuple[str, str | Promise], ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A row of the table: who holds the seat, and the field that says something of it."""

    mandate: Mandate
    field: forms.BoundField


class SeatsForm(LocalizedForm):
    """A form with one choice for each of the seats given."""

    CHOICES: Choices = ()
    MISSING: Any = ""

    def __init__(self, *args: Any, seats: Iterable[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in self.seats:
            self.fields[_name(seat)] = forms.ChoiceField(
                label=in_page_language(seat.person.name),
                choices=self.CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": self.MISSING, "invalid_choice": self.MISSING},
            )

    def rows(self) -> list[SeatRow]:
        """Return the rows of the table, in the order of the seats."""
        return [SeatRow(seat, self[_name(seat)]) for seat in self.seats]

    def others(self) -> list[forms.BoundField]:
        """Return the fields that belong to no seat."""
        names = {_name(seat) for seat in self.seats}
        return [self[name] for name in self.fields if name not in names]

    def said(self) -> Mapping[int, str]:
        """Return what was said of each seat."""
        return {seat.pk: self.cleaned_data[_name(seat)] for seat in self.seats}

    @classmethod
    def filled(cls, typed: Mapping[str, Any], seats: Iterable[Mandate], value: str) -> Any:
        """Return a form that is not sent yet: what was typed, and `value` for every seat."""
        seats = list(seats)
        initial = {name: typed.get(name) for name in typed}
        initial |= {_name(seat): value for seat in seats}
        return cls(seats=seats, initial=initial)


def _name(seat: Mandate) -> str:
    return f"seat_{seat.pk}"


class RollForm(SeatsForm):
    """Who is there: each seat in office on the day of the sitting, once."""

    CHOICES = (
        (rules.Presence.PRESENT.value, _("present")),
        (rules.Presence.ABSENT.value, _("absent")),
        (rules.Presence.EXCUSED.value, _("excused")),
    )
    MISSING = _("Say whether this member is present, absent or excused.")

    def presences(self) -> dict[int, rules.Presence]:
        """Return the roll call for the act."""
        return {seat: rules.Presence(value) for seat, value in self.said().items()}


CASTING: Choices = (
    ("", _("not used")),
    (rules.Choice.FOR.value, _("for")),
    (rules.Choice.AGAINST.value, _("against")),
)


def _majority() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Majority needed"),
        choices=VoteEvent.Majority.choices,
        widget=forms.RadioSelect,
        initial=VoteEvent.Majority.OF_CAST.value,
        help_text=_("The programme and the budget need that of the members in office."),
    )


def _casting() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Casting vote of the chair"),
        choices=CASTING,
        required=False,
        help_text=_("Only where votes for and against are equal."),
    )


class _Question(LocalizedForm):
    """What every vote says: the question, the majority, the casting vote."""

    texts = {"question": in_languages(_("Question put to the vote"), most=300)}
    majority = _majority()
    casting_vote = _casting()

    def casting(self) -> rules.Choice | None:
        """Return the casting vote of the chair, None where it was not used."""
        said = self.cleaned_data["casting_vote"]
        return rules.Choice(said) if said else None


class NamedVoteForm(SeatsForm, _Question):
    """A vote by name: each member present says for, against, abstains, or takes no part."""

    texts = _Question.texts
    CHOICES = (
        (rules.Choice.FOR.value, _("for")),
        (rules.Choice.AGAINST.value, _("against")),
        (rules.Choice.ABSTAIN.value, _("abstained")),
        (NO_PART, _("took no part")),
    )
    MISSING = _("Say what this member voted.")

    def choices(self) -> dict[int, rules.Choice]:
        """Return the votes for the act."""
        said = self.said().items()
        return {seat: rules.Choice(value) for seat, value in said if value != NO_PART}


class CountedVoteForm(_Question):
    """A show of hands or a secret vote: counts only."""

    METHODS = (
        (rules.Method.SHOW_OF_HANDS.value, _("show of hands")),
        (rules.Method.SECRET.value, _("secret vote")),
    )

    method = forms.ChoiceField(label=_("Way of voting"), choices=METHODS, widget=forms.RadioSelect)
    in_favour = forms.IntegerField(label=_("For"), min_value=0, max_value=1000)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=1000)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=1000)

    def counts(self) -> rules.Counts:
        """Return the counts for the act."""
        said = self.cleaned_data
        return rules.Counts(said["in_favour"], said["against"], said["abstained"])
