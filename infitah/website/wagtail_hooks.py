"""Registrations in Wagtail's back office: Arabic mends, and no look into another community."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from infitah.core.http import viewer_of
from infitah.website import admin_views, operations, queries
from infitah.website.viewsets import StripViewSet

LEAKING_REPORTS = frozenset({"page-types-usage"})


@hooks.register("insert_global_admin_css")
def arabic_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("website/admin/arabic.css"))


@hooks.register("insert_global_admin_js")
def arabic_js() -> str:
    return format_html(
        '<script src="{}" data-choose="{}"></script>',
        static("website/admin/arabic.js"),
        gettext("Choose a file"),
    )


@hooks.register("construct_page_chooser_queryset")
def own_pages_only(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Wagtail's chooser lists the titles of every site; an editor sees this community's."""
    return queries.pages_of(pages, viewer_of(request))


@hooks.register("construct_reports_menu")
def hide_leaking_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """The page-types report shows titles of other communities, and fails on many sites."""
    items[:] = [item for item in items if item.name not in LEAKING_REPORTS]


@hooks.register("construct_homepage_summary_items")
def no_sums(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail counts the pages of every community."""
    items.clear()


@hooks.register("construct_help_menu")
def no_guides_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's guides are in English and on other sites; ours stands in `docs`."""
    items.clear()


@hooks.register("construct_admin_api", order=1)
def own_api(router: WagtailAPIRouter) -> None:
    """Wagtail 8 asks for documents on every page of its own, and shows everybody's images."""
    router.register_endpoint("documents", admin_views.NoDocuments)
    router.register_endpoint("images", admin_views.OwnImages)


@hooks.register("register_admin_urls")
def translate_urls() -> list[URLPattern]:
    return [
        path(
            "translate/<int:page_id>/<slug:code>/", admin_views.translate, name="website_translate"
        )
    ]


@hooks.register("register_page_header_buttons")
def translate_buttons(page: Page, user: Any, **_context: Any) -> Any:
    """Offer each missing language at once: parents that are missing are made too (B12)."""
    if page.is_root() or not page.permissions_for_user(user).can_edit():
        return
    for locale in queries.missing_languages(page):
        yield Button(
            gettext("Translate into: %(language)s") % {"language": locale.get_display_name()},
            reverse("website_translate", args=[page.pk, locale.language_code]),
            icon_name="globe",
            priority=60,
        )


@hooks.register("register_admin_viewset")
def strips() -> StripViewSet:
    return StripViewSet()


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
@hooks.register("after_move_page")
def pages_changed(request: HttpRequest, _page: Page, *_more: Any) -> None:
    """Kept pages grow stale; the page itself is Wagtail's affair."""
    operations.refresh(community_key=viewer_of(request).community_key)


@hooks.register("after_bulk_action")
def pages_changed_together(request: HttpRequest, _kind: str, _objects: Any, _action: Any) -> None:
    """The same, where several pages were chosen in the list."""
    operations.refresh(community_key=viewer_of(request).community_key)
