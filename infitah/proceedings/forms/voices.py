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
            self.fields[_name(seat.pk)] = forms.ChoiceField(
                label=in_page_language(seat.person.name),
                choices=self.CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": self.MISSING, "invalid_choice": self.MISSING},
            )

    def rows(self) -> list[SeatRow]:
        """Return the rows of the table, in the order of the seats."""
        return [SeatRow(seat, self[_name(seat.pk)]) for seat in self.seats]

    def others(self) -> list[forms.BoundField]:
        """Return the fields that belong to no seat."""
        names = {_name(seat.pk) for seat in self.seats}
        return [self[name] for name in self.fields if name not in names]

    def said(self) -> Mapping[int, str]:
        """Return what was said of each seat."""
        return {seat.pk: self.cleaned_data[_name(seat.pk)] for seat in self.seats}

    @classmethod
    def filled(
        cls, typed: Mapping[str, Any], seats: Iterable[Mandate], value: str, **more: Any
    ) -> Any:
        """Return a form that is not sent yet: what was typed, and `value` for the seats left."""
        seats = list(seats)
        initial = {name: typed.get(name) for name in typed}
        initial |= {_name(seat.pk): typed.get(_name(seat.pk)) or value for seat in seats}
        return cls(seats=seats, initial=initial, **more)

    @staticmethod
    def initial_of_seats(said: Mapping[int, str]) -> dict[str, str]:
        """Return the initial value of each seat, by what was said of it."""
        return {_name(seat): value for seat, value in said.items()}


def _name(seat: int) -> str:
    return f"seat_{seat}"


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


class RollCorrectionForm(RollForm):
    """Who was there in truth; why the roll call is put right, once votes were taken."""

    texts = {
        "reason": in_languages(
            _("What was wrong in the roll call?"),
            is_required=False,
            is_long=True,
            help_text=_("It is published. Once votes were taken it must be said."),
        )
    }


NO_CASTING = "none"
CASTING: Choices = (
    ("", _("the votes were not equal")),
    (rules.Choice.FOR.value, _("for")),
    (rules.Choice.AGAINST.value, _("against")),
)


WITHOUT = _("the chair has no casting vote, or did not use it: the question is lost")


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
        help_text=_(
            "Where votes for and against are equal in a public vote, the president's vote decides "
            "(art. 43 of organic law 113-14 on communes, and its like for this council; article to "
            "be verified): say what it was."
        ),
    )


class _Question(LocalizedForm):
    """What every vote says: the question, the majority, the casting vote."""

    texts = {"question": in_languages(_("Question put to the vote"), most=300)}
    majority = _majority()
    casting_vote = _casting()

    def __init__(self, *args: Any, is_council: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_council:
            field = self.fields["casting_vote"]
            field.choices = [*CASTING, (NO_CASTING, WITHOUT)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the casting vote where it decides: nothing is lost in silence."""
        data = super().clean() or {}
        if self.errors or data["casting_vote"]:
            return data
        majority = rules.Majority(data["majority"])
        if rules.needs_casting_vote(self.counts(), self.method_said(), majority):
            self.add_error(
                "casting_vote",
                _("Votes for and against are equal: say what the president voted, it decides."),
            )
        return data

    def counts(self) -> rules.Counts:
        """Return the counts for the act."""
        raise NotImplementedError

    def method_said(self) -> rules.Method:
        """Return how the vote was taken."""
        raise NotImplementedError

    def casting(self) -> rules.Choice | None:
        """Return the casting vote of the chair, None where it was not used."""
        said = self.cleaned_data["casting_vote"]
        return rules.Choice(said) if said in set(rules.Choice) else None


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

    def counts(self) -> rules.Counts:
        """Return the counts: the sum of what was said."""
        return rules.Counts.of(self.choices().values())

    def method_said(self) -> rules.Method:
        """Return how the vote was taken: by name."""
        return rules.Method.NAMED


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

    def method_said(self) -> rules.Method:
        """Return how the vote was taken."""
        return rules.Method(self.cleaned_data["method"])


REASON = in_languages(
    _("What was wrong in the first record?"),
    is_long=True,
    help_text=_("It is published beside the first record, which stays on its page, struck."),
)


class NamedCorrectionForm(NamedVoteForm):
    """A vote by name as it was taken, and what was wrong in its first record."""

    texts = {"reason": REASON, **NamedVoteForm.texts}


class CountedCorrectionForm(CountedVoteForm):
    """A counted vote as it was taken, and what was wrong in its first record."""

    texts = {"reason": REASON, **CountedVoteForm.texts}


class StrikeForm(LocalizedForm):
    """Why the record of a vote is struck: no such vote was taken."""

    texts = {"reason": REASON}
