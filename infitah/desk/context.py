"""What every page of the desk has around it: who, as what, in which language, where to go."""

from collections.abc import Iterator
from functools import cached_property

from django.contrib.messages import WARNING, get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from infitah.community.models import Appointment
from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.core.viewer import Viewer
from infitah.desk import queries
from infitah.desk.menu import MenuGroup, menu_of
from infitah.kernel.localized import LocalizedText

LANGUAGES = (("ar", "العربية"), ("fr", "Français"))


class Frame:
    """The frame of a desk page; everything is worked out when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def home(self) -> str:
        return reverse("desk:home")

    @property
    def site_url(self) -> str:
        return f"/{get_language() or 'ar'}/"

    @property
    def person(self) -> str | LocalizedText:
        user = self._request.user
        if not user.is_authenticated:
            return ""
        held = self._appointment
        return user.get_full_name() or (held.person.name if held else user.get_username())

    @cached_property
    def _appointment(self) -> Appointment | None:
        viewer = self._viewer()
        return queries.appointment_of(viewer, clock.today()) if viewer else None

    @property
    def host(self) -> str:
        """The host alone: what a passkey is bound to."""
        return self._request.get_host().partition(":")[0]

    @property
    def office(self) -> str:
        """The office that the viewer exercises, as its holder bears it."""
        viewer, held = self._viewer(), self._appointment
        if viewer and held and held.office == viewer.office:
            return held.office_words
        offices = dict(Appointment.Office.choices)
        return str(offices.get(viewer.office, "")) if viewer else ""

    @property
    def menu(self) -> list[MenuGroup]:
        viewer = self._viewer()
        return menu_of(viewer, self._request.path_info) if viewer and viewer.is_officer else []

    @property
    def languages(self) -> list[dict[str, object]]:
        current = get_language()
        return [
            {"code": code, "name": name, "is_current": code == current} for code, name in LANGUAGES
        ]

    @property
    def language_url(self) -> str:
        back = urlencode({"next": self._request.get_full_path()})
        return f"{reverse('account_language')}?{back}"

    @property
    def account_url(self) -> str:
        return reverse("account_home") if self._request.user.is_authenticated else ""

    @property
    def logout_url(self) -> str:
        return reverse("account_logout") if self._request.user.is_authenticated else ""

    @property
    def notes(self) -> Iterator[dict[str, str]]:
        for message in get_messages(self._request):
            kind = "attention" if message.level >= WARNING else "done"
            yield {"kind": kind, "words": message.message}

    def _viewer(self) -> Viewer | None:
        return viewer_of(self._request) if hasattr(self._request, "viewer") else None


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return the frame under /desk/, and nothing elsewhere: public pages know no user."""
    return {"desk": Frame(request)} if request.path_info.startswith("/desk/") else {}
