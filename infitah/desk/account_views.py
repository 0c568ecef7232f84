"""allauth's views behind one door: language, status of what failed, nothing stored.

allauth answers 200 to a wrong password; here a mistake is 422 and a locked door 429, so that
programs, tests and the browser's history see what happened.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from infitah.community.models import User
from infitah.core.http import Audience, viewer_of
from infitah.desk import operations, queries, session
from infitah.desk.forms import LanguageForm

AnyView = Callable[..., HttpResponseBase]
LOCKED = frozenset({"too_many_login_attempts", "rate_limited"})
WAIT_SECONDS = "300"


def entrance(view: AnyView) -> AnyView:
    """Declare a page for a person who is not logged in, or not yet completely."""
    return _account_page(view, Audience("citizen"))


def proving(view: AnyView) -> AnyView:
    """Declare a page on which somebody who is logged in shows once more that it is them."""
    return _account_page(login_required(view), Audience("officer"))


def own_account(view: AnyView) -> AnyView:
    """Declare a page of a person's own account; others are sent to the log-in.

    Where the account has a second factor, this session must have shown it: a session opened
    by password alone, before the factor was added, may neither change nor read anything here.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if lacks_factor(request):
            return to_factor(request)
        return view(request, *args, **kwargs)

    return proving(guarded)


def lacks_factor(request: HttpRequest) -> bool:
    """Return whether the account has a second factor that this session has not shown."""
    shown = any(
        record.get("method") == "mfa"
        for record in get_authentication_records(request, request.user)
    )
    return not shown and is_mfa_enabled(request.user)


def to_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, then come back."""
    back = get_next_redirect_url(request) or request.get_full_path()
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")


def _account_page(view: AnyView, audience: Audience) -> AnyView:
    @wraps(view)
    def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session.speak(request)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            _say_what_failed(response)
        if response.status_code == 429:
            response.headers["Retry-After"] = WAIT_SECONDS
        response.headers["Cache-Control"] = "private, no-store"
        if has_oidc():  # a form may lead to the identity provider, and nowhere else
            response._csp_update = {"form-action": issuer_origins()}  # type: ignore[attr-defined]
        return response

    answer.audience = audience  # type: ignore[attr-defined]
    return answer


def _say_what_failed(response: TemplateResponse) -> None:
    forms = [one for one in (response.context_data or {}).values() if isinstance(one, BaseForm)]
    errors = [
        error
        for form in forms
        if form.is_bound
        for found in form.errors.as_data().values()
        for error in found
    ]
    if errors and response.status_code == 200:
        response.status_code = 429 if any(one.code in LOCKED for one in errors) else 422


def home(request: HttpRequest) -> HttpResponse:
    """Show what one can do with one's own account."""
    user = cast(User, request.user)  # own_account lets nobody else in
    context = {
        "factors": queries.second_factors(user),
        "has_oidc": has_oidc(),
        "may_be_away": viewer_of(request).may("information.answer"),
    }
    return render(request, "account/home.html", context)


def has_oidc() -> bool:
    """Return whether an identity provider is set (INFITAH_OIDC_ISSUER)."""
    return bool(providers())


def providers() -> list[dict[str, Any]]:
    """Return the identity providers that are set: one or none."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps


def issuer_origins() -> list[str]:
    """Return where the browser goes to log in at the provider, for the content policy."""
    parts = [urlsplit(app["settings"]["server_url"]) for app in providers()]
    return [f"{one.scheme}://{one.netloc}" for one in parts]


class LogInView(account.LoginView):  # type: ignore[misc]
    """The log-in, which knows whether an identity provider is set."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and lacks_factor(request):
            return to_factor(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["providers"] = providers()
        return context


def log_in(request: HttpRequest) -> HttpResponseBase:
    """Show the log-in, or take its form."""
    return LogInView.as_view()(request)


def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session by POST; Wagtail's own button comes here too."""
    return account.logout(request)  # type: ignore[no-any-return]


class AddApplicationView(totp.ActivateTOTPView):  # type: ignore[misc]
    """Adding an application; its first code is the second factor of this session."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return answer


class AddPasskeyView(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Adding a passkey; the device that made it is the second factor of this session."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return answer


class RemovePasskeyView(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Removing a passkey, unless it is the last second factor of a real account."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        adapter = get_factor_adapter()
        if adapter.can_delete_authenticator(self.object):
            return super().form_valid(form)  # type: ignore[no-any-return]
        refused: ValidationError = adapter.validation_error("cannot_delete_authenticator")
        context = self.get_context_data(refused=refused.messages[0])
        return self.render_to_response(context, status=422)  # type: ignore[no-any-return]


def provider_start(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the identity provider, by POST only: a link elsewhere starts no log-in."""
    _need_oidc()
    if request.method != "POST":
        return redirect("account_login")
    return oidc.login(request, provider_id)  # type: ignore[no-any-return]


def provider_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the identity provider."""
    _need_oidc()
    return oidc.callback(request, provider_id)  # type: ignore[no-any-return]


def _need_oidc() -> None:
    if not has_oidc():
        raise Http404


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Lead Wagtail's log-in address to ours (decisions B6)."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{reverse('account_login')}{'?' if query else ''}{query}")


def admin_log_out(request: HttpRequest) -> HttpResponseBase:
    """Log out by Wagtail's button; a plain visit is asked first."""
    return log_out(request) if request.method == "POST" else redirect("account_logout")


def to_password_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Lead Wagtail's addresses of password reset to ours."""
    return redirect("account_reset_password")


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the desk: with the account, or in the session until the log-in."""
    form = LanguageForm(request.POST)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.pk is not None:
            operations.choose_language(user_id=request.user.pk, language=language)
        else:
            session.choose_language(request, language)
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours and back.startswith("/desk/") else "desk:home")
