"""The record of an answer before everybody reads it: now, or later with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import (
    DayField,
    LineField,
    LinesField,
    LocalizedForm,
    in_languages,
    needed_if,
)
from infitah.publication.rules import (
    DEFAULT_LICENCE,
    LICENCES,
    MOST_TAGS,
    REASON_MAX,
    SHORTEST_REASON,
    SUMMARY_MAX,
    TITLE_MAX,
    may_defer,
)

NOW: Final = "now"
LATER: Final = "later"
LONG: Final = 20_000


class TakeBackForm(LocalizedForm):
    """Why a published answer is taken back from the log: everybody reads it there."""

    texts = {
        "reason": in_languages(
            _("Reason that everybody reads"),
            is_long=True,
            most=REASON_MAX,
            rows=2,
            help_text=_("Without any name of a person, and without repeating what must go."),
        ),
    }
    is_erased = forms.BooleanField(
        label=_("Erase its words and files in the log for good"),
        help_text=_(
            "Where a name or a private thing became public: nobody can bring them back, neither "
            "the office. The files of the request itself stay."
        ),
        required=False,
    )


class PublishForm(LocalizedForm):
    """Title, two lines, question and answer without names, files, tags; when it becomes public."""

    texts = {
        "title": in_languages(_("Title"), most=TITLE_MAX),
        "summary": in_languages(_("Summary in two lines"), is_long=True, most=SUMMARY_MAX, rows=2),
        "reason": in_languages(
            _("Why later"),
            is_required=False,
            is_long=True,
            most=REASON_MAX,
            rows=2,
            help_text=_("In a sentence; everybody reads it in the log."),
        ),
    }
    question = LinesField(
        label=_("Question, without any name"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question without the name of who asked.")},
    )
    answer = LinesField(
        label=_("Answer, without any name"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the answer that everybody may read.")},
    )
    published = forms.MultipleChoiceField(
        label=_("Files that are published"),
        help_text=_("Look yourself into pictures and scans: no machine reads a name in them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = LineField(
        label=_("Tags"), help_text=_("Separated by commas, eight at most."), required=False
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=[(one.code, one.title) for one in LICENCES.values()],
        initial=DEFAULT_LICENCE,
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Publish now")), (LATER, _("Later, with a public reason"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    until = DayField(
        label=_("Public from"),
        help_text=_("Within a year from today. It can be put off again then, with a new reason."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        files: Sequence[tuple[int, str]],
        language: str,
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["published"].choices = [(str(pk), title) for pk, title in files]  # type: ignore[attr-defined]
        if not files:
            self.fields.pop("published")
        for name in ("until", "reason_ar"):
            needed_if(self.fields[name], _("it is published later"))
        for name in ("question", "answer"):
            self.fields[name].widget.attrs["lang"] = language

    def pairs(self) -> list[list[BoundField]]:
        """Return title and summary, Arabic beside French."""
        return [[self[f"{name}_ar"], self[f"{name}_fr"]] for name in ("title", "summary")]

    def body(self) -> list[BoundField]:
        """Return question, answer and files."""
        return [self[name] for name in ("question", "answer", "published") if name in self.fields]

    def later(self) -> list[BoundField]:
        """Return what is needed where publication is put off."""
        return [self[name] for name in ("until", "reason_ar", "reason_fr")]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("when") != LATER:
            return values
        until = values.get("until")
        if "until" not in self.errors and (until is None or not may_defer(until, self.today)):
            self.add_error("until", _("Choose a later day, within a year."))
        if len(values.get("reason_ar", "").strip()) < SHORTEST_REASON:
            self.add_error("reason_ar", _("Say in a sentence why it is public later."))
        return values

    @property
    def is_later(self) -> bool:
        """Whether publication is put off."""
        return bool(self.cleaned_data.get("when") == LATER)

    def tags_typed(self) -> tuple[str, ...]:
        """Return the tags, as many as were typed; the act says if there are too many."""
        typed = self.cleaned_data["tags"].replace("،", ",").split(",")
        return tuple(tag.strip().removeprefix("#") for tag in typed if tag.strip())[: MOST_TAGS + 1]

    def chosen_files(self) -> set[int]:
        """Return the keys of the files that become public."""
        return {int(one) for one in self.cleaned_data.get("published", ())}

    def field_of(self, name: str | None) -> str | None:
        """Return the field beside which a refusal stands."""
        wanted = "published" if name == "files" else name
        return next((one for one in (wanted, f"{wanted}_ar") if one in self.fields), None)
