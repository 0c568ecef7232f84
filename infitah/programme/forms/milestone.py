"""Input of the acts on a milestone: what happened, what shows it, what a second person finds."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.models import StoredFile
from infitah.design.direction import in_page_language
from infitah.design.entry import (
    DayField,
    Label,
    LineField,
    LocalizedForm,
    in_languages,
    needed_if,
)
from infitah.kernel.localized import LocalizedText
from infitah.programme.forms.update import COPIES, FILES
from infitah.programme.models import Evidence

REASON_MAX = 600
SHOWN_ALONE = _("Readers of French get the Arabic, marked as such, where the French is empty.")
KINDS: dict[str, Label] = {
    Evidence.Kind.FILE.value: _("a document or photograph"),
    Evidence.Kind.URL.value: _("a page at an address"),
    Evidence.Kind.DELIBERATION.value: _("a deliberation of the council"),
    Evidence.Kind.EVENT.value: _("a meeting or training"),
    Evidence.Kind.DATASET.value: _("published data"),
}
"""The kinds of evidence that an officer adds, as the form offers them."""
NEEDED = {
    Evidence.Kind.FILE: ("file", "alt"),
    Evidence.Kind.URL: ("url", "file", "alt"),
    Evidence.Kind.DELIBERATION: ("record",),
    Evidence.Kind.EVENT: ("record",),
    Evidence.Kind.DATASET: ("url", "file", "alt"),
}


def _reason(help_text: Label, condition: Label) -> dict[str, forms.Field]:
    """Return the fields of a public reason in both languages; the form asks for the Arabic one."""
    fields = in_languages(
        pgettext_lazy("milestone", "Reason"),
        is_required=False,
        is_long=True,
        most=REASON_MAX,
        help_text=format_lazy("{first} {second}", first=help_text, second=SHOWN_ALONE),
    )
    needed_if(fields["ar"], condition)
    return fields


class ReportForm(LocalizedForm):
    """What happened to a milestone that is not done, and on what day."""

    texts = {
        "reason": _reason(
            _("What stands in the way, or why it is put off, in words that a citizen reads."),
            _("work is blocked or put off"),
        )
    }

    STEPS = (
        ("start", _("work began, or goes on")),
        ("block", _("work is blocked")),
        ("put_off", _("it is put off to another day")),
    )

    step = forms.ChoiceField(label=_("What happened"), choices=STEPS, widget=forms.RadioSelect)
    on = DayField(label=_("Day"))
    planned_end = needed_if(
        DayField(
            label=_("New day"),
            required=False,
            help_text=_("The day announced first stays visible, and lateness is counted from it."),
        ),
        _("it is put off"),
    )

    def __init__(self, *args: Any, open_steps: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["step", "on", "planned_end"])
        shown = {*open_steps, self.data.get("step")}  # what was chosen stays, to be refused
        choices = [(step, words) for step, words in self.STEPS if step in shown]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen step needs, each beside its field."""
        data = super().clean() or {}
        if data.get("step") in {"block", "put_off"} and not data.get("reason_ar"):
            self.add_error("reason_ar", _("Say why, in words that a citizen understands."))
        is_put_off = data.get("step") == "put_off" and "planned_end" not in self.errors
        if is_put_off and not data.get("planned_end"):
            self.add_error("planned_end", _("Write the new day."))
        return data


class ClaimForm(LocalizedForm):
    """That a milestone is done, since when, and what shows it; only the fields of its kind show.

    What was typed for another kind goes along unseen, so that changing the kind loses nothing.
    """

    texts = {"title": in_languages(_("What the evidence is"))}

    kind = forms.ChoiceField(
        label=_("Kind of evidence"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Done on"))
    url = forms.URLField(
        label=_("Link of the page"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=_("A page of this site is captured by itself within minutes."),
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    record = forms.CharField(label=_("Record"), required=False, max_length=40)
    file = forms.FileField(
        label=_("Document or photograph"),
        required=False,
        help_text=_(
            "PDF, picture (PNG, JPEG, WebP), DOCX, ODT, XLSX, ODS, CSV or plain text, 10 MB at "
            "most. A photograph is published without its place and device."
        ),
        widget=forms.FileInput(attrs={"accept": FILES}),
    )
    alt = LineField(
        label=_("What the picture shows"),
        required=False,
        help_text=_("In one sentence, for who cannot see it."),
    )

    def __init__(
        self,
        *args: Any,
        kind: Evidence.Kind,
        meetings: list[tuple[str, LocalizedText]],
        kept: StoredFile | None = None,
        refusal: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.chosen, self.kept, self.refusal = kind, kept, refusal
        self.initial.setdefault("kind", kind.value)
        for name in ("url", "record", "alt"):
            if name not in NEEDED[kind]:
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        if "file" not in NEEDED[kind]:
            del self.fields["file"]
        if "file" in self.fields:
            self._ask_for_file(kind)
        if kind == Evidence.Kind.DELIBERATION:
            self.fields["record"] = _deliberation_field()
        if kind == Evidence.Kind.EVENT:
            self.fields["record"] = forms.ChoiceField(
                label=_("Meeting"),
                choices=[(name, in_page_language(words)) for name, words in meetings],
            )

    def _ask_for_file(self, kind: Evidence.Kind) -> None:
        """Say when the file is needed; a page on another site needs its capture too."""
        needed_if(self.fields["alt"], _("it is a picture"))
        if kind == Evidence.Kind.FILE:
            needed_if(self.fields["file"], _("none is kept yet"))
            return
        self.fields["file"].label = _("Capture of the page, as PDF or picture")
        self.fields["file"].help_text = _("10 MB at most.")
        self.fields["file"].widget.attrs["accept"] = COPIES
        needed_if(self.fields["file"], _("the page is on another site"))
        self.fields["url"].required = True
        self.fields["url"].error_messages["required"] = _("Write the link of the page.")

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields of the kind, in order; the kind itself stands above them."""
        return [one for one in self.visible_fields() if one.name != "kind"]

    def clean(self) -> dict[str, Any]:
        """Show why a file was not taken in; what evidence lacks is said by the operation."""
        data = super().clean() or {}
        if self.refusal and "file" in self.fields:
            self.add_error("file", self.refusal)
        return data


def _deliberation_field() -> LineField:
    return LineField(
        label=_("Number of the deliberation"),
        max_length=40,
        help_text=_("As on its page: SFR-2023-D-0001."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class CaptureForm(forms.Form):
    """An officer's own capture of an address that could not be captured."""

    file = needed_if(
        forms.FileField(
            label=_("Capture of the page, as PDF or picture"),
            required=False,
            widget=forms.FileInput(attrs={"accept": COPIES}),
        ),
        _("none is kept yet"),
    )
    alt = needed_if(
        LineField(
            label=_("What the picture shows"),
            required=False,
            help_text=_("In one sentence, for who cannot see it."),
        ),
        _("it is a picture"),
    )

    def __init__(
        self, *args: Any, kept: StoredFile | None = None, refusal: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kept, self.refusal = kept, refusal

    def clean(self) -> dict[str, Any]:
        """Ask for the file, or say why it was not taken in."""
        data = super().clean() or {}
        if self.refusal or self.kept is None:
            self.add_error("file", self.refusal or _("Choose the capture."))
        return data


class ConfirmForm(LocalizedForm):
    """What the second person finds."""

    texts = {"reason": _reason(_("What is missing."), _("it is sent back"))}

    FINDINGS = (
        ("verify", _("the evidence shows that it is done")),
        ("return", _("the evidence does not show it")),
    )

    finding = forms.ChoiceField(label=_("Finding"), choices=FINDINGS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["finding"])

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, in Arabic, where the claim goes back: everybody reads it."""
        data = super().clean() or {}
        if data.get("finding") == "return" and not data.get("reason_ar"):
            self.add_error("reason_ar", _("Say why, in words that a citizen understands."))
        return data
