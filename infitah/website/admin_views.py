"""Our own acts inside Wagtail's back office."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page

from infitah.core.http import viewer_of
from infitah.core.models import StoredFile
from infitah.website import operations, queries


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, page_id: int, code: str) -> HttpResponseBase:
    """Ask, then make a draft of the page in another language, with its missing parents."""
    page = get_object_or_404(queries.pages_of(Page.objects.all(), viewer_of(request)), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    locale = get_object_or_404(Locale, language_code=code)
    if request.method == "POST":
        draft = operations.translate_page(page=page, locale=locale)
        return redirect("wagtailadmin_pages:edit", draft.pk)
    context = {"page": page, "locale": locale}
    response: HttpResponse = render(request, "website/admin/translate.html", context)
    return response


def no_documents(request: HttpRequest) -> HttpResponseBase:
    """Answer that there is nothing: documents are kept by `core`, not by Wagtail."""
    raise Http404


class NoDocuments(BaseAPIViewSet):
    """The place that every page of the back office asks for, without `wagtail.documents`."""

    model = StoredFile

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", no_documents, name="listing")]


class OwnImages(ImagesAdminAPIViewSet):
    """Wagtail's own endpoint lists the images of every community."""

    def get_queryset(self) -> QuerySet[AbstractImage]:
        images: QuerySet[AbstractImage] = super().get_queryset()
        return images.filter(pk__in=queries.images_of(viewer_of(self.request)))


class OwnAccountView(AccountView):
    """Language and looks; name, password and second factor belong to the desk."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        kept = (LocaleSettingsPanel, ThemeSettingsPanel)
        return [panel for panel in super().get_panels() if isinstance(panel, kept)]


account = require_admin_access(OwnAccountView.as_view())
