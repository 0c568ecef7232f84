"""The minutes: text, sending, approval at a later sitting, publication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language, page_language
from infitah.design.entry import DayField, LocalizedForm, in_languages
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import Sitting

MOST = 60_000


class MinutesForm(LocalizedForm):
    """The text of the minutes."""

    texts = {
        "text": in_languages(
            _("Text of the minutes"),
            is_long=True,
            most=MOST,
            rows=14,
            help_text=_(
                "They are published once approved: no telephone, no identity card number, no "
                "address of a person. Leave an empty line between paragraphs."
            ),
        )
    }
    written_on = DayField(label=_("Day of the writing"))


class SendForm(forms.Form):
    """The day on which the members were sent the minutes."""

    sent_on = DayField(label=_("Day of the sending"))


class SittingChoice(forms.ModelChoiceField):
    """A choice among held sittings, by day and session."""

    def label_from_instance(self, obj: Any) -> str:
        title: LocalizedText = obj.session.title
        return f"{format_date(obj.held_on, page_language())} · {in_page_language(title)}"


class ApproveForm(forms.Form):
    """The later sitting that approved the minutes."""

    at = SittingChoice(
        label=_("Approved at the sitting of"),
        queryset=Sitting.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the sitting that approved them.")},
    )

    def __init__(self, *args: Any, sittings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].queryset = sittings  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """The publication of approved minutes."""

    published_on = DayField(label=_("Day of the publication"))
    is_checked = forms.BooleanField(
        label=_("I have read the text again: it holds no personal data of private persons"),
        error_messages={"required": _("Read the text again before it is published.")},
    )
