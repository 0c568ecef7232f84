"""The cookie by which a device stays proved; set only by a POST (decisions D13)."""

from django.conf import settings
from django.http import HttpResponse

from infitah.community.rules.codes import DEVICE_LIFE
from infitah.information.conf import OPTIONS


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
