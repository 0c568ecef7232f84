"""Input of the committee's and the council's decisions on commitments."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Mandate
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText
from infitah.design.direction import in_page_language, page_language
from infitah.design.entry import DayField, LocalizedForm, in_languages
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import AgendaItem, VoteEvent
from infitah.proceedings.queries import vote_words
from infitah.programme.queries.amendments import sort_of
from infitah.programme.rules.amending import Sort, weights_of, weights_text

MOST_WORDS = 4000
MOST_TEXT = 60_000
CENTIMES = 100


class VoteChoice(forms.ModelChoiceField):
    """A choice among votes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=VoteEvent.objects.none(),
            empty_label=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return vote_words(obj)


class MeantForm(LocalizedForm):
    """A decision that is asked about once more where a consultation of the cycle still runs."""

    is_meant = forms.BooleanField(
        label=_("Yes, decided while its consultation is still open"), required=False
    )

    def __init__(self, *args: Any, is_asked_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asked_again = is_asked_again
        if not is_asked_again:
            del self.fields["is_meant"]

    def clean(self) -> dict[str, Any]:
        """Ask for the tick, once everything else is whole."""
        values = super().clean() or {}
        if self.is_asked_again and not self.errors and not values.get("is_meant"):
            words = _("A consultation of this cycle is still open: tick the box if it is meant.")
            self.add_error("is_meant", words)
        return values


class ValidationForm(MeantForm):
    """Which drafts the committee validated by which vote; each with the hash that was shown."""

    texts = {
        "waiver": in_languages(
            _("Reason for going on below the mark of quality"),
            is_required=False,
            is_long=True,
            help_text=_("Needed for no draft; published with those whose score is below the mark."),
        )
    }
    vote = VoteChoice(
        label=_("Vote of the committee (for / against / abstained)"),
        error_messages={"required": _("Choose the vote by which the committee validated them.")},
    )
    commitments = forms.MultipleChoiceField(
        label=_("Drafts that this vote validates"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one draft.")},
    )

    def __init__(
        self, *args: Any, votes: Any, drafts: Iterable[tuple[str, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
        drafts = list(drafts)
        choices = [(reference, f"{title} ({reference})") for reference, title, _sha in drafts]
        self.fields["commitments"].choices = choices  # type: ignore[attr-defined]
        for reference, _title, sha256 in drafts:
            self.fields[f"seen_{reference}"] = forms.CharField(
                widget=forms.HiddenInput, initial=sha256, required=False, max_length=64
            )
        self.order_fields(["vote", "commitments", "waiver_ar", "waiver_fr"])

    def seen(self) -> dict[str, str]:
        """Return the chosen drafts, each with the hash of the text that was on the page."""
        return {one: self.cleaned_data[f"seen_{one}"] for one in self.cleaned_data["commitments"]}


class RejectForm(LocalizedForm):
    """Why a commitment was not kept, and by which vote."""

    texts = {"reason": in_languages(_("Why it was not kept"), is_long=True)}
    vote = VoteChoice(
        label=_("Vote that was lost (for / against / abstained)"),
        error_messages={"required": _("Choose the vote by which it was not kept.")},
    )

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]


class DeliberationChoice(forms.ModelChoiceField):
    """A choice among deliberations, by number and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}/{obj.year} · {in_page_language(obj.title)}"


class WithdrawForm(LocalizedForm):
    """By which deliberation the council took a commitment back, and why."""

    texts = {"reason": in_languages(_("Why it is withdrawn"), is_long=True)}
    deliberation = DeliberationChoice(
        label=_("Deliberation that withdraws it"), queryset=Deliberation.objects.none()
    )

    def __init__(self, *args: Any, deliberations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deliberation"].queryset = deliberations  # type: ignore[attr-defined]


class BindForm(MeantForm):
    """A deliberation that was recorded before, and quotes the hash."""

    deliberation = DeliberationChoice(
        label=_("Deliberation already recorded"), queryset=Deliberation.objects.none()
    )
    adds_hash = forms.BooleanField(
        label=_("If its text does not quote the fingerprint, add the sentence that quotes it"),
        help_text=_("As a second version of the text, with that reason; the first one stays."),
        required=False,
    )

    def __init__(self, *args: Any, deliberations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deliberation"].queryset = deliberations  # type: ignore[attr-defined]


class AdoptForm(MeantForm):
    """The deliberation that adopts the programme: vote, number, title, text with the hash."""

    texts = {
        "title": in_languages(_("Title of the deliberation"), most=300),
        "text": in_languages(
            _("Text of the deliberation"),
            is_long=True,
            most=MOST_TEXT,
            rows=18,
            help_text=_("Complete it freely; the hash must stay in each language."),
        ),
    }
    vote = VoteChoice(
        label=_("Vote that adopts the programme (for / against / abstained)"),
        error_messages={"required": _("Choose the vote by which the council adopted it.")},
    )
    number = forms.IntegerField(
        label=_("Number of the council in this year"), min_value=1, max_value=9999
    )
    is_visa_required = forms.BooleanField(
        label=_("It is in force only with the governor's visa"), required=False
    )

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
        self.order_fields(["vote", "number", "title_ar", "title_fr", "text_ar", "text_fr"])

    def adopted(self) -> AdoptedText:
        """Return the text for the act."""
        return AdoptedText(
            number=self.cleaned_data["number"],
            title=self.text_of("title"),
            text=self.text_of("text"),
            is_visa_required=self.cleaned_data["is_visa_required"],
        )


class ItemChoice(forms.ModelChoiceField):
    """A choice among agenda items of held sittings of the council."""

    def label_from_instance(self, obj: Any) -> str:
        day = format_date(obj.sitting.held_on, page_language())
        return f"{day} · {in_page_language(obj.title)}"


class MoverChoice(forms.ModelChoiceField):
    """A choice among the members present."""

    def label_from_instance(self, obj: Any) -> str:
        return in_page_language(obj.person.name)


class AmountField(forms.CharField):
    """An amount in dirhams, kept in centimes."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").replace(" ", "").replace(",", ".")
        if not text:
            return ""
        try:
            centimes = Decimal(text) * CENTIMES
        except InvalidOperation as error:
            raise forms.ValidationError(_("Write the amount as a number.")) from error
        if not 0 <= centimes < 10**15 or centimes != centimes.to_integral_value():
            raise forms.ValidationError(_("Write the amount as a number."))
        return str(int(centimes))


class AmendForm(LocalizedForm):
    """An amendment of one part: who moved it at which item, what it shall say, why."""

    item = ItemChoice(
        label=_("Agenda item at which it was moved"),
        queryset=AgendaItem.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    mover = MoverChoice(
        label=_("Member who moved it"),
        queryset=Mandate.objects.none(),
        help_text=_("A member present at the roll call of this sitting."),
    )

    def __init__(
        self,
        *args: Any,
        part: str,
        standing: LocalizedText,
        items: Any,
        movers: Any,
        weighed: Sequence[LocalizedText] = (),
        **more: Any,
    ) -> None:
        self.sort = sort_of(part)
        self.weights = [f"weight_{number}" for number, _title in enumerate(weighed, start=1)]
        self.texts = {"reason": in_languages(_("Reason given"), is_required=False, is_long=True)}
        if self.sort == Sort.WORDS:
            after = in_languages(_("New text"), is_long=True, most=MOST_WORDS, rows=6)
            self.texts = {"after": after} | self.texts
        super().__init__(*args, initial=self._initial(standing), **more)
        if self.sort == Sort.DAY:
            self.fields["after"] = DayField(label=_("New day"))
        elif self.sort == Sort.AMOUNT:
            self.fields["after"] = AmountField(label=_("New amount, in dirhams"), required=False)
        for number, title in enumerate(weighed, start=1):
            self.fields[f"weight_{number}"] = _weight_field(number, title)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["mover"].queryset = movers  # type: ignore[attr-defined]
        said = ("after", "after_ar", "after_fr", *self.weights)
        self.order_fields(("item", "mover", *said, "reason_ar", "reason_fr"))

    def _initial(self, standing: LocalizedText) -> dict[str, object]:
        """Return what the part says now, by the fields of its sort."""
        if self.sort == Sort.WORDS:
            return {f"after_{code}": standing.text_of(code) for code in ("ar", "fr")}
        if self.sort == Sort.WEIGHTS:
            return dict(zip(self.weights, weights_of(standing), strict=True))
        return {"after": _shown(self.sort, standing)}

    def after(self) -> LocalizedText:
        """Return what the part shall say: words, a day as 2025-12-31, an amount in centimes, the
        weights of all milestones.
        """
        if self.sort == Sort.WORDS:
            return self.text_of("after")
        if self.sort == Sort.WEIGHTS:
            return weights_text(self.cleaned_data[name] for name in self.weights)
        said = self.cleaned_data["after"]
        return LocalizedText(said.isoformat() if isinstance(said, date) else said)

    def field_of(self, name: str | None) -> str | None:
        if name == "after" and self.weights:
            return self.weights[-1]  # their sum is known once the last one stands
        return super().field_of("item" if name == "body" else name)


def _weight_field(number: int, title: LocalizedText) -> forms.IntegerField:
    words = _("Milestone %(number)s (%(title)s): new weight, of 100")
    named = words % {"number": number, "title": in_page_language(title)}
    return forms.IntegerField(label=named, min_value=1, max_value=100)


def _shown(sort: Sort, standing: LocalizedText) -> str:
    if sort == Sort.AMOUNT and standing.ar:
        return format(Decimal(standing.ar) / CENTIMES, "f")
    return standing.ar


class DecideForm(forms.Form):
    """By which vote an amendment was decided."""

    vote = VoteChoice(
        label=_("Vote on this amendment (for / against / abstained)"),
        error_messages={"required": _("Choose the vote on this amendment.")},
    )

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
