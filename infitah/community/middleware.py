"""Which community a request is for, and who looks: built once, read by everything after."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from infitah.community import queries
from infitah.community.conf import OPTIONS
from infitah.community.models import Community, User
from infitah.community.rules.entrance import is_account_view
from infitah.core import clock
from infitah.core.viewer import Viewer

Next = Callable[[HttpRequest], HttpResponseBase]
SESSION_KEY = "community"
WITHOUT_COMMUNITY = ("/health/", "/static/", "/metrics")
NOT_SET_UP = (
    "لا توجد بعد أية جماعة. / Aucune collectivité n'existe encore: infitah community create"
)


def host_of(request: HttpRequest) -> str:
    """Return the host that was asked for, without port, as it was sent; never trusted."""
    host = request.META.get("HTTP_HOST", "") or request.META.get("SERVER_NAME", "")
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


class CommunityByHost:
    """Give the request its community; an unknown host is sent to the default one's home."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        community = queries.by_host(host_of(request))
        request.community = community  # type: ignore[attr-defined]
        if community is not None or request.path_info.startswith(WITHOUT_COMMUNITY):
            return self.get_response(request)
        return self._elsewhere()

    def _elsewhere(self) -> HttpResponse:
        default = queries.default_community()
        if default is None:
            answer = HttpResponse(NOT_SET_UP, status=503, content_type="text/plain; charset=utf-8")
        else:
            answer = HttpResponseRedirect(queries.url_of(default))
        answer.headers["Cache-Control"] = "no-store"
        return answer


def is_officer_path(path: str) -> bool:
    """Tell whether the session is read on this path; nowhere else is it (decisions D12)."""
    return path.startswith(OPTIONS.officer_paths)


def is_citizen_request(request: HttpRequest) -> bool:
    """Tell whether the device cookie is read: on POST targets and under /<lang>/mine/ (D13)."""
    parts = request.path_info.split("/", 3)
    is_mine = len(parts) > 2 and parts[2] == OPTIONS.citizen_path
    return request.method == "POST" or is_mine


def _officer(request: HttpRequest, community: Community) -> Viewer:
    user = _user_of(request, community)
    if user is None:
        return Viewer(community.key, community.pk, language=_language(request))
    standing = queries.standing_of(user.pk, community, clock.today())
    records = get_authentication_records(request, user)
    return Viewer(
        community_key=community.key,
        community_id=community.pk,
        user_id=user.pk,
        username=user.get_username(),
        office=standing.office,
        rights=standing.rights,
        is_second_factor=any(record.get("method") == "mfa" for record in records),
        language=user.language,
    )


def _citizen(request: HttpRequest, community: Community) -> Viewer:
    cookie = request.COOKIES.get(OPTIONS.device_cookie, "")
    return Viewer(
        community_key=community.key,
        community_id=community.pk,
        participant_id=queries.person_of_device(community, cookie, clock.real_now()),
        language=_language(request),
    )


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "") or "ar"


def build_viewer(request: HttpRequest, community: Community | None) -> Viewer:
    """Return who looks. Officers' paths read the session, citizens' the device, others nothing."""
    if community is None:
        return Viewer("")
    if is_officer_path(request.path_info):
        return _officer(request, community)
    if is_citizen_request(request):
        return _citizen(request, community)
    return Viewer(community.key, community.pk, language=_language(request))


def _user_of(request: HttpRequest, community: Community) -> User | None:
    """Return the user whose session stands on this host; a session of another host is none."""
    if not isinstance(request.user, User):
        return None
    bound = request.session.get(SESSION_KEY)
    if bound is None:
        request.session[SESSION_KEY] = community.key
        return request.user
    return request.user if bound == community.key else None


class ViewerOfRequest:
    """Give the request its viewer, bind an officer's session to the host, ask the second factor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        community: Community | None = request.community  # type: ignore[attr-defined]
        lazy = SimpleLazyObject(lambda: build_viewer(request, community))
        request.viewer = lazy  # type: ignore[attr-defined]
        if community is not None and request.path_info.startswith(OPTIONS.guarded_paths):
            self._enter_desk(request, community)
        return self.get_response(request)

    def _enter_desk(self, request: HttpRequest, community: Community) -> None:
        user = _user_of(request, community)
        if user is None:
            request.user = AnonymousUser()
            return
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Send an officer without second factor to the enrolment (decisions B6)."""
        match = request.resolver_match
        if not request.path_info.startswith(OPTIONS.guarded_paths) or match is None:
            return None
        if is_account_view(match.view_name):
            return None
        if not isinstance(request.user, User):
            return _to(request, "account_login")
        if request.user.is_demonstration or request.viewer.is_second_factor:  # type: ignore[attr-defined]
            return None
        return _to(request, _factor_view(request.user))


def _factor_view(user: User) -> str:
    """Return where this session gets its second factor: by using one, or by adding the first."""
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return "mfa_reauthenticate"
    if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
        return "mfa_reauthenticate_webauthn"
    return OPTIONS.enrolment_view


def _to(request: HttpRequest, view_name: str) -> HttpResponse:
    here = urlencode({"next": request.get_full_path()})
    answer = HttpResponseRedirect(f"{reverse(view_name)}?{here}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
