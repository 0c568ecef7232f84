"""The door of Wagtail's back office, and the way back from the address of a button."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import is_valid_path
from wagtail.models import Page

from infitah.community.models import User
from infitah.community.rules.entrance import is_account_view
from infitah.core.http import viewer_of
from infitah.core.viewer import Viewer
from infitah.website import operations, queries

Next = Callable[[HttpRequest], HttpResponseBase]
DOOR = "/admin/"
RIGHT = "page.edit"
BULK = "wagtail_bulk_action"
ACCOUNT = "wagtailadmin_account"
# What belongs to the house or shows other communities' words: users, sites, languages, tags...
CLOSED = (
    "wagtailusers_",
    "wagtailsites:",
    "wagtaillocales:",
    "wagtailsnippets",
    "wagtailadmin_workflows:",
    "wagtailadmin_collections:",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_tag_",
    "wagtailadmin_error_test",
    "wagtailimages_chooser:chosen_multiple",
    "simple_translation:",
)
HTML = "text/html"
NONE: frozenset[str] = frozenset()
PK = frozenset({"pk"})
PAGES = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})
IMAGES = frozenset({"image_id", "pk"})
# Routes whose "pk" is a page or an image.
PAGE_PK = ("wagtailadmin_pages:",)
IMAGE_PK = ("wagtailimages",)


class BackOffice:
    """Let in only whom an office gives "page.edit" here, and no further than this community.

    Wagtail's own permissions come second; they are brought in step first, so that an appointment
    that ended, or another host, takes effect with the next click.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        is_account = match is not None and match.view_name == ACCOUNT
        if is_account and request.method == "POST" and response.status_code == 302:
            _follow_profile(request)
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Raise Http404 for everybody else, and for what is not this community's."""
        match = request.resolver_match
        if not request.path_info.startswith(DOOR) or match is None:
            return
        name = match.view_name
        if is_account_view(name):
            return
        viewer = viewer_of(request)
        if not viewer.may(RIGHT) or name.startswith(CLOSED) or not isinstance(request.user, User):
            raise Http404
        _only_own(name, kwargs, viewer)
        if name == BULK:
            _only_own_chosen(request, kwargs["model_name"], viewer)
        operations.sync_editor(
            user=request.user,
            community=request.community,  # type: ignore[attr-defined]
            may_edit=True,
        )
        operations.keep_language(user=request.user, language=request.user.language)


class BackFromButtons:
    """Lead a person who opens the address of a button to the page on which the button stands.

    It happens by reloading, by a bookmark, or by changing the language after a refused form.
    Programs are still told 405.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_reader = request.method == "GET" and HTML in request.headers.get("Accept", "")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_reader:
            return response
        return HttpResponseRedirect(_page_above(request.path_info))


def _page_above(path: str) -> str:
    """Return the nearest address above `path` that leads somewhere; "/" at the end."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return above if above == "/" or is_valid_path(above) else _page_above(above)


def _follow_profile(request: HttpRequest) -> None:
    """Let the desk speak the language that was chosen in the back office."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    if isinstance(request.user, User) and profile is not None:
        profile.refresh_from_db(fields=["preferred_language"])
        operations.keep_language(user=request.user, language=profile.preferred_language)


def _numbers(kwargs: dict[str, Any], names: frozenset[str]) -> set[int]:
    return {int(value) for name, value in kwargs.items() if name in names and str(value).isdigit()}


def _only_own(name: str, kwargs: dict[str, Any], viewer: Viewer) -> None:
    """Raise Http404 where the address names a page or an image of another community."""
    _own_pages(_numbers(kwargs, PAGES | (PK if name.startswith(PAGE_PK) else NONE)), viewer)
    _own_images(_numbers(kwargs, IMAGES if name.startswith(IMAGE_PK) else NONE), viewer)


def _only_own_chosen(request: HttpRequest, model: str, viewer: Viewer) -> None:
    """Raise Http404 where a page or an image of another community is among those chosen.

    Wagtail would refuse the act, but name what it refused.
    """
    chosen = {int(value) for value in request.GET.getlist("id") if value.isdigit()}
    if model == "page":
        above = request.GET.get("childOf", "")
        _own_pages(chosen | ({int(above)} if above.isdigit() else set()), viewer)
    else:
        _own_images(chosen, viewer)


def _own_pages(pages: set[int], viewer: Viewer) -> None:
    if not pages:
        return
    own = queries.pages_of(Page.objects.filter(pk__in=pages), viewer)
    # The root shows the homes that the editor may see, and nothing of its own.
    roots = Page.objects.filter(pk__in=pages, depth=1)
    if own.count() + roots.count() != len(pages):
        raise Http404


def _own_images(images: set[int], viewer: Viewer) -> None:
    if images and queries.images_of(viewer).filter(pk__in=images).count() != len(images):
        raise Http404
