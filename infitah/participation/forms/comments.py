"""Forms of readers: a comment, a flag, an appeal."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core.errors import OperationRefused
from infitah.participation import rules
from infitah.participation.forms.desk import RuleChoice
from infitah.participation.forms.fields import WrittenField
from infitah.participation.forms.giving import offer
from infitah.participation.forms.warning import WarningForm
from infitah.participation.models import Comment, ModerationRule
from infitah.participation.operations import check_words

STANCES = [
    (Comment.Stance.NONE, _("neither for nor against")),
    (Comment.Stance.FOR, _("in favour")),
    (Comment.Stance.AGAINST, _("against")),
]


class CommentForm(WarningForm):
    """What somebody says of an idea or a paragraph; a reply states no stance."""

    published = ("text",)

    text = WrittenField(
        label=_("Your comment"),
        help_text=_("5 to 1,000 characters. Everybody reads it; your name is not shown."),
        least=rules.COMMENT_MIN,
        most=rules.COMMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "data-counter": ""}),
        error_messages={"required": _("Write your comment.")},
    )
    stance = forms.ChoiceField(
        label=_("You are"),
        help_text=_(
            "It stands beside your comment, so that readers see from where you speak. It is no "
            "vote and no support, and is not counted with them."
        ),
        choices=STANCES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )

    def __init__(self, *args: Any, is_reply: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_reply:
            del self.fields["stance"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            check_words(text)
        except OperationRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return text


class FlagForm(forms.Form):
    """Why a text is flagged: which rule, and a note if one wishes."""

    rule = RuleChoice(
        queryset=ModerationRule.objects.none(),
        empty_label=None,
        label=_("Which rule does it break?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the rule that it breaks."),
            "invalid_choice": _("Choose one of the rules in force."),
        },
    )
    note = WrittenField(
        label=_("What should the moderator look at?"),
        help_text=_("Only moderators read it."),
        most=rules.NOTE_MAX,
        validators=[MaxLengthValidator(rules.NOTE_MAX)],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-counter": ""}),
    )

    def __init__(self, *args: Any, community: Community, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rules_in_force = ModerationRule.objects.of(community).in_force_on(today)
        offer(self.fields["rule"], self.rules_in_force)

    @property
    def has_rules(self) -> bool:
        """Whether there is a rule that a text could break today. One query."""
        return self.rules_in_force.exists()


class AppealForm(forms.Form):
    """Why an author thinks that a text should be shown again."""

    words = WrittenField(
        label=_("Why should it be shown?"),
        help_text=_("10 to 600 characters. Another officer reads it, within 24 hours."),
        least=rules.APPEAL_MIN,
        most=rules.APPEAL_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "data-counter": ""}),
        error_messages={"required": _("Write in a sentence why it should be shown.")},
    )
