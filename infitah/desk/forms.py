"""allauth's forms in our words: our labels, no placeholder as label, codes left to right."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context as current
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import User
from infitah.kernel.text import clean_line, western_digits

Words = dict[str, str | Promise]
LEFT_TO_RIGHT = frozenset(
    {"login", "email", "code", "password", "oldpassword", "password1", "password2"}
)
CODE = {"inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
RECOVERY_USED = _(
    "You entered with a recovery code. Codes left: %(left)d. If your telephone is lost, remove it"
    " in your account and add the new one."
)
CODE_SECONDS = 120
"""Longer than the three steps of 30 seconds during which an application's code is accepted."""
PASSWORD_RULE = _(
    "At least 12 characters, not only digits, and no well-known word. A sentence is best."
)


class OwnWords(forms.Form):
    """Labels and hints of ours over the fields of another package's form."""

    labels: Words = {}
    hints: Words = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)  # type: ignore[assignment]
            field.help_text = self.hints.get(name, "")  # type: ignore[assignment]
            if name in LEFT_TO_RIGHT:
                field.widget.attrs["dir"] = "ltr"


class LogInForm(OwnWords, account.LoginForm):  # type: ignore[misc]
    labels = {"login": _("User name or e-mail"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(OwnWords, account.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Password")}


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    hints = {"password1": PASSWORD_RULE}


class SetPasswordForm(OwnWords, account.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": PASSWORD_RULE}


class ResetPasswordForm(OwnWords, account.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("E-mail of your account")}


class ResetPasswordKeyForm(OwnWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": PASSWORD_RULE}


class OnceOnly(OwnWords):
    """A code that is taken once, as long as any clock may show it (RFC 6238, section 5.2)."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE)

    def clean_code(self) -> str:
        self.cleaned_data["code"] = western_digits("".join(self.cleaned_data["code"].split()))
        code: str = super().clean_code()  # type: ignore[misc]
        if cache.add(f"second-factor:{self.user.pk}:{code}", 1, timeout=CODE_SECONDS):
            return code
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(OnceOnly, factor.AuthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Code of the application, or a recovery code")}

    def save(self) -> None:
        """Enter; who used a recovery code is told how many are left."""
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()
            left = len(self.authenticator.wrap().get_unused_codes())
            messages.warning(current.request, RECOVERY_USED % {"left": left})


class CodeAgainForm(OnceOnly, factor.ReauthenticateForm):  # type: ignore[misc]
    labels = {"code": _("Code of the application, or a recovery code")}


class ActivateTotpForm(OnceOnly, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": _("The six digits that the application shows")}


class AddPasskeyForm(OwnWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    labels = {
        "name": _("Name of the passkey"),
        "passwordless": _("Log in with this passkey alone, without password"),
    }
    hints = {
        "name": _("For example: my telephone, the key in the drawer."),
        "passwordless": _("The device will then ask for your finger, your face or its own code."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        return clean_line(super().clean_name())[:60]


class RenamePasskeyForm(OwnWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("Name of the passkey")}

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])[:60]


class LanguageForm(forms.Form):
    """The language of the desk: Arabic or French."""

    language = forms.ChoiceField(choices=[("ar", "ar"), ("fr", "fr")])


class ResetAccessForm(forms.Form):
    """Why an account is opened anew, and how its owner was seen."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why, and how you saw that it is this person. Kept sealed in the register."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
