"""Settings, read top to bottom; the environment is read in `environment.py` only."""

import os

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from infitah.config import accounts, databases, environment, languages, secret

# One thread for numpy's arithmetic, said before anything imports it: more of them spin for
# processors that others need (docs/decisions/0009), and the same sums come out the same.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ENVIRONMENT = environment.read()
HOME = ENVIRONMENT.home

# --- Django -----------------------------------------------------------------
DEBUG = False
SECRET_KEY = secret.secret_key(HOME, ENVIRONMENT.secret_key)
ALLOWED_HOSTS = ["*"]  # the community middleware knows the hosts (decisions C7)
ROOT_URLCONF = "infitah.config.urls"
WSGI_APPLICATION = "infitah.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "community.User"
ATOMIC_REQUESTS = False
DATABASES = {"default": databases.from_address(ENVIRONMENT.database_url, HOME)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Counts of failed log-ins live here: at Django's 300 entries they could be pushed out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
INSTALLED_APPS = [
    "infitah.core",
    "infitah.design",
    "infitah.ledger",
    "infitah.searchindex",
    "infitah.community",
    "infitah.proceedings",
    "infitah.council",
    "infitah.publication",
    "infitah.participation",
    "infitah.information",
    "infitah.programme",
    "infitah.website",
    "infitah.desk",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "infitah.core.middleware.RequestName",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "infitah.core.middleware.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "infitah.community.middleware.CommunityByHost",
    "infitah.core.middleware.LanguageByPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "infitah.community.middleware.ViewerOfRequest",
    "infitah.website.middleware.BackOffice",
    "infitah.website.middleware.BackFromButtons",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "infitah.core.middleware.AdminContentPolicy",
    "infitah.core.middleware.WriteGate",
]
TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": "infitah.design.engine.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "infitah.website.context.chrome",
                "infitah.desk.context.frame",
            ],
        },
    }
]

# --- Languages and time -----------------------------------------------------
LANGUAGE_CODE = "ar"
LANGUAGES = languages.LANGUAGES
FORMAT_MODULE_PATH = ["infitah.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
USE_THOUSAND_SEPARATOR = False  # attributes hold numbers too; `|number` groups what is read
LOCALE_PATHS = languages.locale_paths()

# --- Files, mail, work ------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORED_FILES_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
EMAIL_BACKEND = "infitah.core.mailbox.InfitahBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Safety -----------------------------------------------------------------
IS_HTTPS = ENVIRONMENT.url.startswith("https://")
SESSION_COOKIE_NAME = "officer"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "infitah.website.errors.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview frames its own pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "infitah.desk.adapters.OfficerAdapter"
SOCIALACCOUNT_ADAPTER = "infitah.desk.adapters.OfficerSocialAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Infitah"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock is half a minute off (RFC 6238, section 6)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = False  # computers of an administration are shared
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes us write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "infitah.desk.forms.LogInForm",
    "reauthenticate": "infitah.desk.forms.ReauthenticateForm",
    "change_password": "infitah.desk.forms.ChangePasswordForm",
    "set_password": "infitah.desk.forms.SetPasswordForm",
    "reset_password": "infitah.desk.forms.ResetPasswordForm",
    "reset_password_from_key": "infitah.desk.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "infitah.desk.adapters.OfficerFactorAdapter"
MFA_FORMS = {
    "authenticate": "infitah.desk.forms.CodeForm",
    "reauthenticate": "infitah.desk.forms.CodeAgainForm",
    "activate_totp": "infitah.desk.forms.ActivateTotpForm",
    "add_webauthn": "infitah.desk.forms.AddPasskeyForm",
    "edit_webauthn": "infitah.desk.forms.RenamePasskeyForm",
}
SOCIALACCOUNT_PROVIDERS = accounts.providers(ENVIRONMENT)

# --- Wagtail ----------------------------------------------------------------
WAGTAIL_SITE_NAME = "انفتاح"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ar", _("Arabic")), ("fr", _("French"))]
WAGTAILADMIN_BASE_URL = ENVIRONMENT.url
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # an e-mail hash would leave the country
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_WORKFLOW_ENABLED = False  # an editor publishes; the history of the page names who
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS
