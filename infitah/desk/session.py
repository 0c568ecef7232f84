"""What a session of the desk holds beside the user: its community and its language."""

from django.http import HttpRequest
from django.utils import translation

COMMUNITY = "community"
LANGUAGE = "desk_language"
CHOSEN = "desk_language_is_chosen"
LANGUAGES = ("ar", "fr")


def bind_to_community(request: HttpRequest) -> None:
    """Bind the session to the host it was opened on; another community's host refuses it."""
    request.session[COMMUNITY] = request.community.key  # type: ignore[attr-defined]


def choose_language(request: HttpRequest, language: str) -> None:
    """Keep the language that somebody chose before the log-in is complete."""
    request.session[LANGUAGE], request.session[CHOSEN] = language, True


def follow_account(request: HttpRequest, language: str) -> None:
    """Speak the language of the account that logs in, unless another was chosen before."""
    if language in LANGUAGES and not request.session.get(CHOSEN):
        request.session[LANGUAGE] = language


def take_choice(request: HttpRequest) -> str:
    """Return the language chosen before the log-in, once; nothing if none was."""
    is_chosen = request.session.pop(CHOSEN, False)
    return str(request.session[LANGUAGE]) if is_chosen else ""


def speak(request: HttpRequest) -> None:
    """Activate the language of the user, else the one chosen on the log-in page."""
    user = request.user
    chosen = user.language if user.is_authenticated else request.session.get(LANGUAGE)
    if chosen in LANGUAGES:
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
