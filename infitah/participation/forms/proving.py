"""The page on which the author of a small act proves an address: where the code goes."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class ProvingForm(forms.Form):
    """Where the code goes, and consent; a proved device is asked for neither."""

    proved_without: ClassVar[tuple[str, ...]] = ("email", "consent")
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("A code of six digits is sent to it. It is never published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Write the address to which we send the code."),
            "invalid": _("This is not an e-mail address: check it for a missing letter."),
        },
    )
    consent = forms.BooleanField(
        label=_("I agree that my address is kept as said below"),
        error_messages={"required": _("Tick this box to go on: we may not keep it otherwise.")},
    )

    def __init__(self, *args: Any, is_proved: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.proved_without if is_proved else ():
            del self.fields[name]
