"""Forms of moderators: one case, many cases, an appeal, a reply under the office's name."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core.errors import OperationRefused
from infitah.design.entry import needed_if
from infitah.participation import rules
from infitah.participation.forms.desk import RuleChoice, reason_field
from infitah.participation.forms.fields import WrittenField
from infitah.participation.forms.giving import offer
from infitah.participation.models import ModerationRule
from infitah.participation.operations import Ruling, check_words

KEEP, HIDE = "keep", "hide"
MOST_DIGITS = 18


class RulingForm(forms.Form):
    """Leave a text as it is, or hide it: then under which rule, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(KEEP, _("Leave the text as it is")), (HIDE, _("Hide the text under a rule"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a decision."),
            "invalid_choice": _("Choose a decision."),
        },
    )
    rule = RuleChoice(
        queryset=ModerationRule.objects.none(),
        empty_label=None,
        required=False,
        label=_("Rule"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the rules in force.")},
    )
    reason = reason_field(is_required=False)

    def __init__(self, *args: Any, community: Community, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["rule"], ModerationRule.objects.of(community).in_force_on(today))
        for name in ("rule", "reason"):
            needed_if(self.fields[name], _("you hide it"))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("decision") == HIDE:
            if not values.get("rule") and "rule" not in self.errors:
                self.add_error("rule", _("Choose the rule under which it is hidden."))
            if len(values.get("reason", "")) < rules.REASON_MIN and "reason" not in self.errors:
                self.add_error("reason", _("Write the reason in a sentence, for the author."))
        return values

    def ruling(self) -> Ruling:
        """Return what was decided, for the act."""
        values = self.cleaned_data
        is_hiding = values["decision"] == HIDE
        return Ruling(values["rule"] if is_hiding else None, values.get("reason", ""))


class BulkForm(RulingForm):
    """The same for the cases that are ticked, or for all that wait."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        given = self.data.getlist("cases") if hasattr(self.data, "getlist") else []
        self.chosen = [int(pk) for pk in given if pk.isdecimal() and len(pk) < MOST_DIGITS]
        self.is_every = "every" in self.data

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.chosen and not self.is_every:
            self.add_error(None, _("Tick at least one case."))
        return values


class AppealDecisionForm(forms.Form):
    """How an appeal ends, and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("granted", _("Grant it: the text is shown again")),
            ("refused", _("Refuse it: the text stays hidden")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a decision."),
            "invalid_choice": _("Choose a decision."),
        },
    )
    reason = reason_field()


class OfficeReplyForm(forms.Form):
    """A reply to a comment under the name of the office."""

    text = WrittenField(
        label=_("Reply under the name of your office"),
        help_text=_(
            "Everybody reads it; it is mailed to the author of the comment, where there is an "
            "address."
        ),
        least=rules.COMMENT_MIN,
        most=rules.COMMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "data-counter": ""}),
        error_messages={"required": _("Write the reply.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            check_words(text)
        except OperationRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return text
