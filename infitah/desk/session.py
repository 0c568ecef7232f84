"""What a session of the desk holds beside the user: its community and its language."""

from django.http import HttpRequest
from django.utils import translation

COMMUNITY = "community"
LANGUAGE = "desk_language"
LANGUAGES = ("ar", "fr")


def bind_to_community(request: HttpRequest) -> None:
    """Bind the session to the host it was opened on; another community's host refuses it."""
    request.session[COMMUNITY] = request.community.key  # type: ignore[attr-defined]


def remember_language(request: HttpRequest, language: str) -> None:
    """Keep the language for the pages before the log-in is complete."""
    if language in LANGUAGES and request.session.get(LANGUAGE) != language:
        request.session[LANGUAGE] = language


def speak(request: HttpRequest) -> None:
    """Activate the language of the user, else the one chosen on the log-in page."""
    user = request.user
    chosen = user.language if user.is_authenticated else request.session.get(LANGUAGE)
    if chosen in LANGUAGES:
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
