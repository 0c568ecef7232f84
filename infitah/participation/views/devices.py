"""The cookie by which a device stays proved; set and erased only by a POST (decisions D13)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from infitah.community import operations
from infitah.community.rules.codes import DEVICE_LIFE
from infitah.core import clock
from infitah.participation.conf import OPTIONS


def remember_device(response: HttpResponse, cookie: str) -> HttpResponse:
    """Set the cookie of a device that was just proved; an empty one sets nothing."""
    if cookie:
        response.set_cookie(
            OPTIONS.device_cookie,
            cookie,
            max_age=int(DEVICE_LIFE.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=settings.IS_HTTPS,
        )
    return response


def forget_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Make the device of this request prove nothing any more, and erase its cookie."""
    operations.forget_device(
        community=request.community,  # type: ignore[attr-defined]
        cookie=request.COOKIES.get(OPTIONS.device_cookie, ""),
        now=clock.real_now(),
    )
    response.delete_cookie(OPTIONS.device_cookie, samesite="Lax")
    return response
