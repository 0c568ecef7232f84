"""How allauth behaves here: no sign-up, sessions of one host, mails by our queue, sealed secrets.

Rights never come from here: they come from offices held (decisions B3).
"""

import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infitah.community.models import User
from infitah.core import clock, vault
from infitah.core.client import client_address
from infitah.core.operations import queue_mail
from infitah.design import qr
from infitah.desk import operations, queries
from infitah.desk.session import bind_to_community, follow_account, take_choice
from infitah.kernel.localized import LocalizedText

WRONG_LOGIN = _(
    "The name or the password is not right. Check the keyboard's language and capitals."
)
LOCKED_OUT = _(
    "Too many attempts. Wait five minutes, then try again. If it was not you, tell the"
    " administrator of the platform."
)
WRONG_CODE = _(
    "This code or passkey was not accepted. Each code works once: take the next one of the"
    " application, or another recovery code."
)
MAILS = {
    "account/email/password_reset_key": "desk/password_reset",
}


class OfficerAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of officers: opened by an administrator only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_LOGIN,
        "email_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "too_many_login_attempts": LOCKED_OUT,
        "rate_limited": LOCKED_OUT,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # One count for all hosts: 24 communities must not give 24 times the guesses.
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only when the last proof is older than ten minutes; a log-in is a proof."""
        request = current.request
        times = [one["at"] for one in get_authentication_records(request, request.user)]
        is_fresh = (
            bool(times) and time.time() - times[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        follow_account(request, user.language)
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in; a language chosen on the way is the latest word of its owner, and is kept."""
        chosen = take_choice(request)
        super().login(request, user)
        bind_to_community(request)
        if chosen and chosen != user.language:
            operations.choose_language(user_id=user.pk, language=chosen)
            user.language = chosen

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing on log-in and log-out: the page that follows says it."""
        template = args[0] if args else kwargs.get("message_template") or ""
        if not str(template).endswith(("logged_in.txt", "logged_out.txt")):
            super().add_message(request, level, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail of an act on the account, in the language of its owner."""
        request = current.request
        user: User = context.get("user") or request.user
        queue_mail(
            community_key=request.community.key,
            to=email,
            template=MAILS.get(template_prefix, "desk/account_changed"),
            context={
                "kind": template_prefix.rpartition("/")[2],
                "name": user.get_full_name() or user.get_username(),
                "username": user.get_username(),
                "url": str(context.get("password_reset_url", "")),
                "account_url": request.build_absolute_uri(reverse("account_home")),
                "host": request.get_host(),
                "sender_name": request.community.institution.in_language(user.language),
            },
            language=user.language,
            dedupe_key=f"account:{secrets.token_hex(12)}",
            priority="code",
            now=clock.real_now(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of an account, at the address the administrator gave, what changed."""
        address = email or user.email
        if address:
            self.send_mail(template_prefix, address, {**(context or {}), "user": user})


class OfficerSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Log-in through the administration's own identity provider (OpenID Connect)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link by (issuer, subject), or once by a verified address that was invited."""
        if not _is_one_person(sociallogin.account.extra_data):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))
        if sociallogin.is_existing:
            return
        invited = queries.invited_by_address(_verified_addresses(sociallogin))
        if invited is not None:
            sociallogin.connect(request, invited)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Take nothing over: names, addresses and rights are those the administrator gave."""
        return sociallogin.user

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        session.headers["Accept"] = "application/json"
        return session


def _is_one_person(claims: dict[str, Any]) -> bool:
    """Return whether the token and the user-info answer name one subject (OIDC core 5.3.2)."""
    token, info = claims.get("id_token") or {}, claims.get("userinfo") or {}
    return bool(token.get("sub")) and (not info or info.get("sub") == token["sub"])


def _verified_addresses(sociallogin: SocialLogin) -> list[str]:
    return [one.email for one in sociallogin.email_addresses if one.verified is True]


class OfficerFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets sealed at rest, the last one of a real account stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "This is your only second factor. Add another one first, then remove this one."
        ),
    }

    def get_totp_issuer(self) -> str:
        return f"{settings.MFA_TOTP_ISSUER} {current.request.community.key}"

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        return str(qr.svg(url, gettext("QR code for the authenticator application")))

    def encrypt(self, text: str) -> str:
        return vault.seal(text, model="mfa.Authenticator", field="secret", row="")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text, model="mfa.Authenticator", field="secret", row="")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user: User = authenticator.user
        return user.is_demonstration or queries.second_factors(user) > 1

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what a passkey is bound to: this host, under the community's name."""
        name: LocalizedText = current.request.community.institution
        host = current.request.get_host().partition(":")[0]
        return {"id": host, "name": name.in_language("ar") or host}
