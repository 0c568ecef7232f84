"""Middleware of the base: a name for each request, body limits, language, one write at a time."""

import secrets
from collections.abc import Callable

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from infitah.core.conf import MAX_BODY
from infitah.core.gathering import GATE
from infitah.core.responses import plain_error

Next = Callable[[HttpRequest], HttpResponseBase]
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HELD = "holds_the_write_gate"


class RequestName:
    """Give each request a name that a fault page shows and the log holds."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.name = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("X-Request-Id", request.name)  # type: ignore[attr-defined]
        return response


class BodyLimit:
    """Refuse a body beyond the limit before anything reads it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A NUL says nothing to anybody, and PostgreSQL refuses it in a text.
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MAX_BODY:
            return plain_error(413, "too_large")
        return self.get_response(request)


class LanguageByPath:
    """Activate the language of the path; the desk's follows the officer's preference."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.codes = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        first = request.path_info.split("/", 2)[1] if "/" in request.path_info else ""
        code = first if first in self.codes else settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or code)
        return response


class AdminContentPolicy:
    """Widen the content policy for Wagtail's back office, and for it alone (decisions D16)."""

    WIDER = {
        "script-src": [SELF, "'unsafe-inline'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "worker-src": [SELF, "blob:"],
    }

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_update = self.WIDER  # type: ignore[attr-defined]
        return response


class WriteGate:
    """Let one writing view run at a time in a worker (decisions E18).

    SQLite has one writer anyway: waiting here costs nothing, waiting inside costs a busy loop.
    The body is read before the gate, so that a stalled phone holds nobody. Views that gather
    their writes (`core.http.gathers_writes`) take the gate themselves, for the writing alone.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in WRITING:
            return self.get_response(request)
        _ = request.POST  # reads a form's body and its files now
        try:
            return self.get_response(request)
        finally:
            if request.__dict__.pop(HELD, False):
                GATE.release()

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> None:
        """Wait at the gate just before the view; the last middleware is asked last."""
        if request.method in WRITING and not getattr(view, "gathers_writes", False):
            GATE.acquire()
            request.__dict__[HELD] = True


def name_of(request: HttpRequest) -> str:
    """Return the name that the request was given."""
    return str(getattr(request, "name", ""))
