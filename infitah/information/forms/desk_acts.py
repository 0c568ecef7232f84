"""Forms of the plain acts of the desk: short texts, a day, a choice; the act says their sense."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, Label, LineField, LinesField, needed_if
from infitah.information import rules
from infitah.information.models.request import TITLE_MAX
from infitah.information.queries.desk_words import DELIVERIES, EXTENSION_GROUNDS, RULINGS

WORDS_MAX = 4000
NOTE_MAX = 1000


def words_field(
    label: Label,
    *,
    help_text: Label = "",
    required: Label = "",
    rows: int = 4,
    most: int = WORDS_MAX,
) -> LinesField:
    """Return a field for several lines; `required` is what is said where it is empty."""
    messages = {"required": required or _("Write something here.")}
    return LinesField(
        label=label,
        help_text=help_text,
        max_length=most,
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day_field(label: Label) -> DayField:
    """Return the field of the day on which something happened."""
    return DayField(
        label=label,  # type: ignore[arg-type]
        error_messages={"required": _("Choose the day.")},
    )


NO_PROOF = _("Write the number of the registered letter, or who signed for it.")


class DatedForm(forms.Form):
    """A form whose day `on` has come: `initial` names today, so that it is said with the rest."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        day, today = values.get("on"), self.initial.get("on")
        if day is not None and today is not None and day > today:
            self.add_error("on", _("This day has not come yet."))
        return values


class RegisterForm(forms.Form):
    """Taking a request in hand: the title under which the public may one day read it."""

    title = LineField(
        label=_("Public title"),
        help_text=_("What is asked, without any name of a person. Everybody may read it later."),
        max_length=TITLE_MAX,
        error_messages={"required": _("Give it a title without any name of a person.")},
    )


class UrgencyForm(forms.Form):
    """Why an urgent request is treated as an ordinary one."""

    words = words_field(
        _("Reason for the requester"),
        required=_("Tell the requester why this is not urgent."),
    )


class ClarificationForm(forms.Form):
    """What the requester is asked."""

    words = words_field(
        _("Question to the requester"),
        help_text=_("The period runs on: no text of the law stops it."),
        required=_("Write what you need to know."),
    )


class ClarifiedForm(DatedForm):
    """What the requester said at the counter, by post or by telephone."""

    words = words_field(_("What the requester said"), required=_("Write what was said."))
    on = day_field(_("Day on which it was said"))


class ExtendForm(forms.Form):
    """The one extension: its ground of the law's closed list, and the reason in writing."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(one.value, words) for one, words in EXTENSION_GROUNDS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the ground: the law has a closed list."),
            "invalid_choice": _("Choose the ground: the law has a closed list."),
        },
    )
    words = words_field(
        _("Reason for the requester"),
        required=_("Tell the requester the reason: the law wants it in writing."),
    )


class ThirdPartyForm(forms.Form):
    """Who is consulted about documents that were given in confidence, and what they are asked."""

    party = LineField(
        label=_("Who is consulted"),
        help_text=_("The name of the company, office or person. It stays inside."),
        error_messages={"required": _("Write who is consulted.")},
    )
    words = words_field(_("What they are asked"), required=_("Write what they are asked."))


class ThirdPartyAnswerForm(DatedForm):
    """What the third party answered."""

    words = words_field(_("What they answered"), required=_("Write what they answered."))
    on = day_field(_("Day of their answer"))


class PassOnForm(forms.Form):
    """The community that holds the information, and why the request goes there."""

    to = forms.ChoiceField(
        label=_("Community that holds the information"),
        help_text=_(
            "The communities of this site that have an officer for access to information in office "
            "today: they take it over with its receipt and its days. No other institution can: "
            "decide by ground R1, and name the one that holds it."
        ),
        error_messages={
            "required": _("Choose another community of the list."),
            "invalid_choice": _("Choose another community of the list."),
        },
    )
    words = words_field(
        _("Reason for the requester"), required=_("Tell the requester why it is passed on.")
    )

    def __init__(self, *args: Any, communities: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", _("Choose the community")), *communities]  # type: ignore[attr-defined]


class WithdrawForm(DatedForm):
    """Taking a request back for its requester, at the counter."""

    note = words_field(
        _("How the requester asked for it"),
        help_text=_("A signed paper with its number, a mail with its day. It stays inside."),
        required=_("Write how the requester asked for it."),
        rows=2,
        most=NOTE_MAX,
    )
    on = day_field(_("Day on which it was asked"))


class SendBackForm(forms.Form):
    """What is to be mended in a decision before it leaves."""

    note = words_field(
        _("What is to be mended"), required=_("Write what is to be mended."), most=NOTE_MAX
    )


class DeliverForm(DatedForm):
    """How the answer reached the requester, and what proves it."""

    channel = forms.ChoiceField(
        label=_("Way of delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it was delivered."),
            "invalid_choice": _("Choose how it was delivered."),
        },
    )
    proof = needed_if(
        LineField(
            label=_("Number of the registered letter, or who signed for it"),
            help_text=_("A mail needs none: the server that took it proves it."),
            required=False,
        ),
        _("it was posted, handed over or consulted on the spot"),
    )
    on = day_field(_("Day of delivery"))

    def __init__(self, *args: Any, ways: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        names = {one.value: words for one, words in DELIVERIES.items()}
        self.fields["channel"].choices = [(one, names[one]) for one in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("channel") in rules.PROVED_BY_NUMBER and not values.get("proof"):
            self.add_error("proof", NO_PROOF)
        return values


COMPLAINTS = {
    rules.ActKind.COMPLAINED_HEAD: _("To the head of the institution"),
    rules.ActKind.COMPLAINED_CDAI: _("To the commission"),
    rules.ActKind.COURT_SEIZED: _("To the administrative court"),
}
DECISIONS = {
    rules.ActKind.CDAI_DECIDED: _("The commission"),
    rules.ActKind.COURT_RULED: _("The administrative court"),
}


class ComplaintForm(DatedForm):
    """A complaint that came on paper."""

    words = words_field(
        _("What is complained about"), required=_("Write what is complained about.")
    )
    on = day_field(_("Day on which it came"))


class RulingForm(DatedForm):
    """What was decided on a complaint, and why."""

    ruling = forms.ChoiceField(
        label=_("Decision on the complaint"),
        choices=[(one.value, words) for one, words in RULINGS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what was decided on the complaint."),
            "invalid_choice": _("Choose what was decided on the complaint."),
        },
    )
    words = words_field(_("Reason"), required=_("Write the reason."))
    on = day_field(_("Day of the decision"))


class UnveilForm(forms.Form):
    """Why the identity of a requester must be seen."""

    reason = LineField(
        label=_("Why you need to see it"),
        help_text=_("One sentence; it is kept with your name, and the register records it."),
        max_length=300,
        error_messages={"required": _("Say in a sentence why you need to see this identity.")},
    )
