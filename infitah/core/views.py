"""Doors of the base: stored files, health, figures for machines."""

import hmac
import ipaddress
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse

from infitah.core import clock, files, queries
from infitah.core.http import machine_page, viewer_of
from infitah.core.media_types import PDF, SHOWN
from infitah.core.models import StoredFile

# A stored file never runs anything on our origin (decisions D15). Chromium's own reader of PDFs
# does not start in an empty sandbox; these two words let it, and a PDF has no script of ours.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
SANDBOX_OF_PDF = "sandbox allow-scripts allow-same-origin; default-src 'none'; object-src 'self'"


@machine_page()
def stored_file(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """Hand over a bound file to whoever may see it; 404 otherwise."""
    stored = queries.visible_file(viewer_of(request), str(key))
    if stored is None:
        raise Http404
    if name != stored.name:
        return HttpResponseRedirect(reverse("files:file", args=[stored.key, stored.name]))
    try:
        content = files.path_of(stored).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=_content_type(stored))
    response.headers["Content-Disposition"] = disposition(stored)
    is_pdf = stored.media_type == PDF
    response.headers["Content-Security-Policy"] = SANDBOX_OF_PDF if is_pdf else SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Infitah-Scan"] = stored.scan
    response.headers["ETag"] = f'"{stored.sha256}"'
    keep = "public, max-age=300" if stored.is_public else "private, no-store"
    response.headers["Cache-Control"] = keep
    return response


def _content_type(stored: StoredFile) -> str:
    is_text = stored.media_type.startswith("text/")
    return f"{stored.media_type}; charset=utf-8" if is_text else stored.media_type


def disposition(stored: StoredFile) -> str:
    """Return the Content-Disposition; the name also in ASCII for clients that know no more."""
    kind = "inline" if stored.media_type in SHOWN else "attachment"
    stem, dot, ending = stored.name.rpartition(".")
    plain = "".join(letter for letter in stem if letter.isascii() and letter not in '"\\%')
    plain = f"{plain.strip() or 'file'}{dot}{ending}"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name, safe='')}"


@machine_page()
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return _unkept(JsonResponse({"status": "alive"}))


@machine_page()
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether every part does its work: 200, or 503 with what is wrong."""
    parts = queries.health(clock.real_now())
    is_ready = all(part.is_well for part in parts)
    body = {
        "status": "ready" if is_ready else "not_ready",
        "parts": {part.name: {"well": part.is_well, "detail": part.detail} for part in parts},
    }
    return _unkept(JsonResponse(body, status=200 if is_ready else 503))


@machine_page()
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures to a monitor on this machine, or to one that knows the token."""
    if not _may_read_metrics(request):
        raise Http404
    lines = queries.metrics(clock.real_now())
    return _unkept(HttpResponse("".join(lines), content_type="text/plain; version=0.0.4"))


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.ENVIRONMENT.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(token.encode(), given.encode()):
        return True
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    # A proxy on this machine speaks for others: then only the token counts.
    return address.is_loopback and "HTTP_X_FORWARDED_FOR" not in request.META


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
