"""Pages of errors, in the language of the address, each with the name of the request."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from infitah.core.middleware import name_of

log = logging.getLogger("infitah.fault")


def _page(request: HttpRequest, status: int) -> HttpResponse:
    context = {"request_name": name_of(request), "status": status}
    body = render_to_string(f"design/errors/{status}.html", context, request=request)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of a request that cannot be read."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return "not found": who may not know is told nothing."""
    return _page(request, 404)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of an address that leads nowhere."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault; the log holds the same name (Django logged the fault)."""
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page of an officer's form that came without its token."""
    return _page(request, 403)
