"""Log-in, log-out, password and second factor, and Wagtail's addresses that lead here.

allauth's own names are kept, because it reverses them; what it offers and we do not (sign-up by
mail, e-mail addresses of one's own, trusted browsers) has no address.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import URLPattern, URLResolver, include, path, re_path

from infitah.desk import account_views as views
from infitah.desk.account_views import entrance, own_account, proving

Addresses = list[URLPattern | URLResolver]

PASSWORD: Addresses = [
    path("change/", own_account(account.password_change), name="account_change_password"),
    path("set/", own_account(account.password_set), name="account_set_password"),
    path("reset/", entrance(account.password_reset), name="account_reset_password"),
    path("reset/sent/", entrance(account.password_reset_done), name="account_reset_password_done"),
    path(
        "reset/done/",
        entrance(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
FACTOR: Addresses = [
    path("", own_account(factor.index), name="mfa_index"),
    path("enter/", entrance(factor.authenticate), name="mfa_authenticate"),
    path("again/", proving(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "application/add/",
        own_account(views.AddApplicationView.as_view()),
        name="mfa_activate_totp",
    ),
    path("application/remove/", own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", own_account(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        own_account(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "codes/file/",
        own_account(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
PASSKEYS: Addresses = [
    path("", own_account(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("add/", own_account(views.AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path("login/", entrance(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("again/", proving(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/rename/", own_account(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "<int:pk>/remove/",
        own_account(views.RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
]
IDENTITY: Addresses = [
    path("", own_account(social.connections), name="socialaccount_connections"),
    path("cancelled/", entrance(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("error/", entrance(social.login_error), name="socialaccount_login_error"),
    path("closed/", entrance(social.signup), name="socialaccount_signup"),
    path("<str:provider_id>/", entrance(views.provider_start), name="openid_connect_login"),
    path("<str:provider_id>/back/", entrance(views.provider_back), name="openid_connect_callback"),
]
ACCOUNT: Addresses = [
    path("", own_account(views.home), name="account_home"),
    path("login/", entrance(views.log_in), name="account_login"),
    path("logout/", entrance(views.log_out), name="account_logout"),
    path("language/", entrance(views.choose_language), name="account_language"),
    path("closed/", entrance(account.account_inactive), name="account_inactive"),
    path("signup/", entrance(account.signup), name="account_signup"),
    path("again/", proving(account.reauthenticate), name="account_reauthenticate"),
    path("password/", include(PASSWORD)),
    path("second-factor/", include(FACTOR)),
    path("passkeys/", include(PASSKEYS)),
    path("identity/", include(IDENTITY)),
]
urlpatterns: Addresses = [
    path("desk/account/", include(ACCOUNT)),
    path("admin/login/", entrance(views.to_log_in), name="account_admin_login"),
    path("admin/logout/", entrance(views.admin_log_out), name="account_admin_logout"),
    path("admin/password_reset/", entrance(views.to_password_reset), name="account_admin_reset"),
    path(
        "admin/password_reset/<path:rest>",
        entrance(views.to_password_reset),
        name="account_admin_reset_rest",
    ),
]
