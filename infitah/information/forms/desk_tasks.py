"""Forms of tasks to services and of files: at the desk, and on the service's own page."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.core.models import StoredFile
from infitah.design.entry import LineField, needed_if, one_way
from infitah.information.forms.desk_acts import day_field, words_field
from infitah.information.models import ServiceTask
from infitah.information.models.task import WORDS_MAX
from infitah.kernel.text import western_digits

FILES_HELP: Final = _(
    "PDF, picture, table or text, 10 MB each at most. Add more, one sending after the other."
)


class ManyFiles(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files: they are taken in before the form is judged, so nothing is judged here."""

    widget = ManyFiles

    def clean(self, _data: Any, _initial: Any = None) -> Any:
        return None


class KeepsFiles(forms.Form):
    """A form that shows the files taken in so far, those of earlier tries too."""

    kept: Sequence[StoredFile] = ()

    def keep(self, files: Sequence[StoredFile], refusals: Sequence[str]) -> None:
        """Show these files as taken in; say beside the control why others were not."""
        self.kept = files
        if self.is_bound:
            for refusal in refusals:
                self.add_error("file", refusal)


class GiveTaskForm(forms.Form):
    """What a service is asked, and by when."""

    unit = forms.ChoiceField(
        label=_("Service"),
        error_messages={
            "required": _("Choose a service of the list."),
            "invalid_choice": _("Choose a service of the list."),
        },
    )
    words = words_field(
        _("What the service is asked"),
        help_text=_("Without who asks: the service need not know."),
        required=_("Write what the service is asked."),
        most=WORDS_MAX,
    )
    due_on = day_field(_("Last day for the service"))

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", _("Choose the service")), *units]  # type: ignore[attr-defined]


class ServiceAnswerForm(KeepsFiles):
    """What a service gives, in words, with its documents."""

    result = forms.ChoiceField(
        label=_("What the service gives"),
        choices=ServiceTask.Result.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the service gives."),
            "invalid_choice": _("Choose what the service gives."),
        },
    )
    words = words_field(_("Answer of the service"), rows=4, most=WORDS_MAX)
    file = needed_if(
        FilesField(label=_("Documents"), required=False, help_text=FILES_HELP),
        _("they are given, and no answer is written"),
    )
    by_whom = LineField(
        label=_("Name and function of who answers"),
        max_length=150,
        error_messages={"required": _("Write the name and the function of who answers.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = False


class CodeForm(forms.Form):
    """The code that the officer told by telephone."""

    code = forms.CharField(
        label=_("Code of six digits"),
        help_text=_("The officer told it to you by telephone. It is in no mail."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Write the code of six digits.")},
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        return "".join(western_digits(typed).split())


class AddFilesForm(KeepsFiles):
    """Files that the officer joins to the case."""

    title = LineField(
        label=_("Title"),
        help_text=_("As the requester and the public read it."),
        max_length=160,
        required=False,
    )
    file = one_way(FilesField(label=_("Files"), required=False, help_text=FILES_HELP))


class FileTitleForm(forms.Form):
    """The title of one file."""

    title = LineField(
        label=_("Title"), max_length=160, error_messages={"required": _("Write a title.")}
    )


class AcceptFindingsForm(forms.Form):
    """Why a file may leave with what was found in it."""

    reason = LineField(
        label=_("Why it may leave as it is"),
        max_length=300,
        error_messages={"required": _("Say in a sentence why this may leave as it is.")},
    )
