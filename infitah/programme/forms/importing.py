"""Input of an import: the deliberation of before this site, the file, what is carried over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.council.models import CouncilSession, Deliberation
from infitah.council.operations import AdoptedText
from infitah.council.rules import CalledBy, SessionKind
from infitah.design.direction import in_page_language
from infitah.design.entry import DayField, LineField, LinesField, needed_if
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Idea
from infitah.proceedings.rules import Counts
from infitah.programme.forms.parts import IdeaChoices, both
from infitah.programme.models import Cycle
from infitah.programme.operations import PastSession
from infitah.programme.operations.importing import NOT_COPIED

SESSION_TITLES = {
    SessionKind.ORDINARY: LocalizedText(ar="الدورة العادية", fr="Session ordinaire"),
    SessionKind.EXTRAORDINARY: LocalizedText(ar="الدورة الاستثنائية", fr="Session extraordinaire"),
}
PLACE = LocalizedText(ar="مقر المجلس", fr="Siège du conseil")


class PastDeliberationForm(forms.Form):
    """The deliberation that adopted a programme before this site, as its papers tell it."""

    number = forms.IntegerField(
        label=_("Number that the council gave it"), min_value=1, max_value=99_999
    )
    title_ar = LineField(label=_("Title in Arabic"), max_length=300)
    title_fr = LineField(label=_("Title in French"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("Session"), choices=CouncilSession.Kind.choices, widget=forms.RadioSelect
    )
    called_by = forms.ChoiceField(
        label=_("Held on the initiative"), choices=CouncilSession.CalledBy.choices
    )
    held_on = DayField(label=_("Day of the sitting"))
    convened_on = DayField(
        label=_("The council was convened on"), help_text=_("It stands on the convocation.")
    )
    in_favour = needed_if(
        forms.IntegerField(label=_("Votes for"), min_value=0, max_value=500, required=False),
        _("other votes are given"),
    )
    against = forms.IntegerField(
        label=_("Votes against"), min_value=0, max_value=500, required=False
    )
    abstained = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=500, required=False
    )
    text_ar = LinesField(
        label=_("Text of the deliberation, in Arabic"),
        max_length=20_000,
        required=False,
        help_text=_("Left empty, the page says that the text is not entered here."),
    )
    is_visa_required = forms.BooleanField(label=_("It needs a visa"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the votes for where others are given; of those, none is 0."""
        values = self.cleaned_data
        names = ("in_favour", "against", "abstained")
        if any(name in self.errors for name in names):
            return values
        given = [name for name in names if values.get(name) is not None]
        if given and "in_favour" not in given:
            self.add_error("in_favour", _("Give the votes for too, or leave all three empty."))
        return values

    def session(self) -> PastSession:
        """Return the session as its papers tell it."""
        values = self.cleaned_data
        kind = SessionKind(values["kind"])
        return PastSession(
            kind=kind,
            called_by=CalledBy(values["called_by"]),
            title=SESSION_TITLES[kind],
            convened_on=values["convened_on"],
            held_on=values["held_on"],
            place=PLACE,
        )

    def adopted(self) -> AdoptedText:
        """Return the deliberation; where its text is not given, that is what it says."""
        values = self.cleaned_data
        text = LocalizedText(ar=values["text_ar"]) if values["text_ar"] else NOT_COPIED
        return AdoptedText(
            values["number"], both(values, "title"), text, values["is_visa_required"]
        )

    def counts(self) -> Counts | None:
        """Return the votes, or None where the papers do not give them."""
        values = self.cleaned_data
        if values["in_favour"] is None:
            return None
        return Counts(values["in_favour"], values["against"] or 0, values["abstained"] or 0)


class FileForm(forms.Form):
    """The table of a running programme."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A table saved as CSV, with the columns below; one row a milestone. Best in UTF-8; the "
            "Arabic encoding of Windows is read too. Excel, PDF and Word files are not."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("The file is empty."),
        },
    )


class _DeliberationChoice(forms.ModelChoiceField):
    """A choice among deliberations, by number, day and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.reference} · {in_page_language(obj.title)}"


class ConfirmImportForm(forms.Form):
    """Which deliberation adopted what the file holds."""

    deliberation = _DeliberationChoice(
        label=_("The deliberation that adopted it"),
        queryset=Deliberation.objects.none(),
        error_messages={"required": _("Choose the deliberation, or enter it first.")},
    )

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        super().__init__(*args, **options)
        bound = Cycle.objects.of(community).exclude(deliberation=None).values("deliberation")
        free = Deliberation.objects.of(community).exclude(pk__in=bound).newest_first()
        self.fields["deliberation"].queryset = free  # type: ignore[attr-defined]


class CarryIdeasForm(forms.Form):
    """The ideas that a cycle takes up."""

    ideas = IdeaChoices(
        label=_("Ideas left for the next cycle"),
        queryset=Idea.objects.none(),
        error_messages={"required": _("Choose at least one idea.")},
    )

    def __init__(self, *args: Any, left: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ideas"].queryset = left  # type: ignore[attr-defined]
        self.initial.setdefault("ideas", [one.pk for one in left])
