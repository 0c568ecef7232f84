"""The pages on which a citizen gives an idea: what, proof of the address, the code."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from infitah.community.models import Axis, Community
from infitah.community.queries import communes_of
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.design.direction import in_page_language
from infitah.kernel.text import western_digits
from infitah.participation import rules
from infitah.participation.forms.fields import WrittenField
from infitah.participation.forms.proving import ProvingForm
from infitah.participation.forms.warning import WarningForm
from infitah.participation.models import Consultation
from infitah.participation.operations.drafts import DraftText, check_detail, check_statement


class NamedChoice(forms.ModelChoiceField):
    """A choice among records that have a name in several languages."""

    def label_from_instance(self, obj: Any) -> str:
        return in_page_language(obj.name)


def offer(field: forms.Field, records: QuerySet[Any]) -> None:
    """Let a field choose among `records`."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = records


class GiveForm(WarningForm):
    """The idea itself; nothing about the person is asked here but what they wish to say."""

    published = ("statement", "detail", "attachment_alt")

    axis = NamedChoice(
        queryset=Axis.objects.none(),
        to_field_name="slug",
        empty_label=None,
        label=_("Axis"),
        help_text=_(
            "If none fits exactly, choose the nearest: ideas are read axis by axis, and none is "
            "hidden because of its axis."
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an axis."),
            "invalid_choice": _("Choose one of the axes of this consultation."),
        },
    )
    statement = WrittenField(
        label=_("Your idea in one sentence"),
        help_text=_("20 to 140 characters: what should be done, and where."),
        least=rules.STATEMENT_MIN,
        most=rules.STATEMENT_MAX,
        is_line=True,
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": ""}),
        error_messages={"required": _("Write your idea in one sentence.")},
    )
    detail = WrittenField(
        label=_("Detail"),
        help_text=_("Why, for whom, an example: 1 500 characters at most."),
        most=rules.DETAIL_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-counter": ""}),
    )
    commune = NamedChoice(
        queryset=Community.objects.none(),
        required=False,
        label=_("Commune concerned"),
        empty_label=_("The whole province, or none in particular"),
        error_messages={"invalid_choice": _("Choose a commune of the list.")},
    )
    name = WrittenField(
        label=_("Your name"),
        help_text=_("Never published: it is sealed, and only helps the service to answer you."),
        most=rules.NAME_MAX,
        is_line=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    attachment = forms.FileField(
        label=_("A picture or a PDF"),
        help_text=_("One file, 5 MB at most. It is published with the idea."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"}),
    )
    attachment_alt = WrittenField(
        label=_("What the picture shows"),
        help_text=_("In one sentence, for who cannot see it. Needed with a picture."),
        most=rules.ALT_MAX,
        is_line=True,
        required=False,
        widget=forms.TextInput,
    )

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        attachment: StoredFile | None = None,
        attachment_refusal: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kept = attachment
        self.attachment_refusal = attachment_refusal
        axes = Axis.objects.filter(topics__consultation=consultation)
        offer(self.fields["axis"], axes.order_by("topics__position", "pk"))
        communes = communes_of(consultation.community).order_by("hcp_code")
        offer(self.fields["commune"], communes)
        if not communes.exists():
            del self.fields["commune"]
        self.fields["statement"].widget.attrs |= {
            "data-similar-url": reverse("participation:similar", args=[consultation.slug]),
            "data-similar-target": "similar",
        }

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this sending: the one that came with the form, else a fresh one."""
        return read_key(self.data.get("key", "")) or self.initial.get("key") or uuid.uuid4()

    @property
    def has_more(self) -> bool:
        """Whether the optional part holds something typed, kept or wrong: then it stands open."""
        names = ("attachment", "attachment_alt", "name")
        typed = any(self[name].value() for name in names)
        return typed or self.kept is not None or any(name in self.errors for name in names)

    def clean_statement(self) -> str:
        return _checked(check_statement, self.cleaned_data["statement"])

    def clean_detail(self) -> str:
        return _checked(check_detail, self.cleaned_data["detail"])

    def clean_name(self) -> str:
        return _within(self.cleaned_data["name"], rules.NAME_MAX)

    def clean_attachment_alt(self) -> str:
        return _within(self.cleaned_data["attachment_alt"], rules.ALT_MAX)

    def clean(self) -> dict[str, Any]:
        if self.attachment_refusal:
            self.add_error("attachment", self.attachment_refusal)
        is_picture = self.kept is not None and self.kept.media_type.startswith("image/")
        has_alt = self.cleaned_data.get("attachment_alt") or "attachment_alt" in self.errors
        if is_picture and not has_alt:
            self.add_error("attachment_alt", _("Say in one sentence what the picture shows."))
        return self.cleaned_data

    def text(self, interface: str) -> DraftText:
        """Return what was typed, for the act."""
        values = self.cleaned_data
        return DraftText(
            axis=values["axis"],
            statement=values["statement"],
            detail=values["detail"],
            interface=interface,
            name=values["name"],
            commune=values.get("commune"),
            attachment=self.kept,
            attachment_alt=values["attachment_alt"] if self.kept else "",
        )


def _checked(check: Any, value: str) -> str:
    try:
        check(value)
    except OperationRefused as refused:
        raise ValidationError(refused.message, code=refused.code) from refused
    return value


def _within(value: str, most: int) -> str:
    if len(value) > most:
        raise ValidationError(
            ngettext(
                "This has one character: %(most)s at most.",
                "This has %(n)s characters: %(most)s at most.",
                len(value),
            ),
            code="long",
            params={"n": len(value), "most": most},
        )
    return value


def read_key(text: str) -> uuid.UUID | None:
    """Return the key of a sending, None for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class AddressForm(ProvingForm):
    """The same before an idea, which is published: the consent is asked on a proved device too."""

    proved_without = ("email",)
    consent = forms.BooleanField(
        label=_("I agree that my idea is published, and that my address is kept as said below"),
        error_messages={"required": _("Tick this box to go on: we may not keep it otherwise.")},
    )


class CodeForm(forms.Form):
    """The six digits; spaces and eastern digits are forgiven."""

    code = forms.CharField(
        label=_("The code of six digits"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
        ),
        error_messages={"required": _("Write the code that you received.")},
    )

    def clean_code(self) -> str:
        typed = western_digits(self.cleaned_data["code"])
        digits = "".join(one for one in typed if one.isdecimal())
        if len(digits) != 6:
            raise ValidationError(_("The code has six digits."), code="digits")
        return digits


class LinksForm(forms.Form):
    """Asking for the links to one's own ideas: the address is enough."""

    email = forms.EmailField(
        label=_("The e-mail address from which they were given"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Write the address from which they were given."),
            "invalid": _("This is not an e-mail address: check it for a missing letter."),
        },
    )
