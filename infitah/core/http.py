"""What a view declares about itself: its audience, how long its page may be kept, its right.

Every route carries an `Audience`; a route without one fails the build (decisions B4).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from infitah.core import clock
from infitah.core.responses import plain_error
from infitah.core.viewer import Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Until = Callable[[HttpRequest], datetime | None]
Kind = Literal["public", "citizen", "officer", "machine"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a route is for, and what its page depends on."""

    kind: Kind
    right: str = ""
    kinds: tuple[str, ...] = ()
    until: Until | None = field(default=None, compare=False)


def midnight(request: HttpRequest) -> datetime:
    """Return the end of the day in Morocco: when a page that counts days changes by itself."""
    tomorrow = clock.today() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=clock.CASABLANCA)


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer that the middleware built."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _declare(view: Any, audience: Audience) -> Any:
    view.audience = audience
    return view


def public_page(
    *, kinds: tuple[str, ...], until: Until | None = None
) -> Callable[[View[P]], View[P]]:
    """Declare a page that anybody may read and an edge may keep.

    It depends on the generations of `kinds` and changes by the clock at `until(request)`.
    """

    def declare(view: View[P]) -> View[P]:
        return _declare(require_safe(view), Audience("public", kinds=kinds, until=until))  # type: ignore[no-any-return]

    return declare


def machine_page(*, kinds: tuple[str, ...] = ()) -> Callable[[View[P]], View[P]]:
    """Declare a public answer for programs: JSON, feeds, health."""

    def declare(view: View[P]) -> View[P]:
        return _declare(require_safe(view), Audience("machine", kinds=kinds))  # type: ignore[no-any-return]

    return declare


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether the browser says that the form stood on this very site (decisions D13)."""
    # META, not headers: every vote passes here, and the mapping of all headers is dear to build.
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def gathers_writes(view: View[P]) -> View[P]:
    """Declare that a view writes by a `core.gathering.Gathering` alone: it needs no gate."""
    view.gathers_writes = True  # type: ignore[attr-defined]
    return view


def same_origin_required(view: View[P]) -> View[P]:
    """Declare a citizen's page: no account, no token; a POST must come from this site."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not is_same_origin(request):
            return plain_error(403, "other_origin")
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    guard = csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    return _declare(guard, Audience("citizen"))  # type: ignore[no-any-return]


def mail_link_page(view: View[P]) -> View[P]:
    """Declare the page of a link in a mail: the secret in its address is what gives the right.

    A POST needs no origin: a mail program sends the one click of RFC 8058 by itself, without
    cookies. Nothing but that secret may decide what such a page shows or does.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    guard = csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    return _declare(guard, Audience("citizen"))  # type: ignore[no-any-return]


def desk_page(right: str | None, *others: str) -> Callable[[View[P]], View[P]]:
    """Declare an officer's page; without the right it does not exist (404). None: any officer.

    With `others`, one of the rights is enough; what the page shows may then depend on which.
    """
    rights = () if right is None else (right, *others)

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = viewer_of(request)
            if not viewer.is_officer or (rights and not any(map(viewer.may, rights))):
                raise Http404
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            return response

        guard = require_http_methods(["GET", "HEAD", "POST"])(guarded)
        return _declare(guard, Audience("officer", right=" / ".join(rights)))  # type: ignore[no-any-return]

    return declare
