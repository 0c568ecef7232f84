"""Findings on a commitment: by the council, its follow-up committee, an independent reviewer."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language
from infitah.design.entry import DayField, LineField, LocalizedForm, in_languages
from infitah.proceedings.models import Session
from infitah.programme.models import Assessment

LONG = 3000
LEFT_OUT = {
    Assessment.Kind.SELF: ("session", "reviewer", "interests_ar", "interests_fr"),
    Assessment.Kind.COMMITTEE: ("reviewer", "interests_ar", "interests_fr"),
    Assessment.Kind.INDEPENDENT: ("session", "lessons_ar", "lessons_fr"),
}
"""What a kind of finding does not ask."""


class MeetingField(forms.ModelChoiceField):
    """A choice among the meetings of the committee."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.reference} · {in_page_language(obj.title)}"


class AssessmentForm(LocalizedForm):
    """A finding in the five levels, with its reasons; only the fields of its kind."""

    texts = {
        "text": in_languages(_("Reasons"), is_long=True, most=LONG, rows=5),
        "lessons": in_languages(_("Lessons"), is_long=True, is_required=False, most=LONG),
        "interests": in_languages(
            _("Declaration of interests"),
            is_long=True,
            most=LONG,
            help_text=_("Ties to the council or to who carries it out; or that there are none."),
        ),
    }

    level = forms.ChoiceField(
        label=_("Completion"), choices=Assessment.Level.choices, widget=forms.RadioSelect
    )
    assessed_on = DayField(label=_("Found on"))
    session = MeetingField(
        queryset=Session.objects.none(),
        label=_("Meeting of the committee"),
        empty_label=_("Choose a meeting"),
        help_text=_("A meeting that was held, whose minutes tell of it."),
    )
    reviewer = LineField(
        label=_("Name of the reviewer"), help_text=_("A person or an association; published.")
    )

    def __init__(
        self, *args: Any, kind: Assessment.Kind, meetings: QuerySet[Session], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        for name in LEFT_OUT[kind]:
            del self.fields[name]
        if "session" in self.fields:
            self.fields["session"].queryset = meetings  # type: ignore[attr-defined]
        self.order_fields(["reviewer", "level", "assessed_on", "session"])


class ReplyForm(LocalizedForm):
    """The council's reply to an independent finding."""

    texts = {"reply": in_languages(_("Reply of the council"), is_long=True, most=LONG, rows=6)}
