"""The emergency strip in the back office: own community only, saved by operations."""

from typing import Any

from django.db.models import QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.website import operations
from infitah.website.forms import StripForm
from infitah.website.models import EmergencyStrip


class _OwnStrips:
    """Views of strips see those of the viewer's community, nothing else."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[EmergencyStrip]:
        return EmergencyStrip.objects.visible_to(viewer_of(self.request))

    def _set(self, form: Any, strip: EmergencyStrip | None) -> EmergencyStrip:
        community: Community = self.request.community  # type: ignore[attr-defined]
        return operations.set_strip(
            community=community,
            text=form.text,
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            by=viewer_of(self.request).actor(),
            now=clock.now(),
            strip=strip,
        )


class StripIndexView(generic.IndexView):
    """The strips that stand, stood or will stand."""

    def get_base_queryset(self) -> QuerySet[EmergencyStrip]:
        return EmergencyStrip.objects.visible_to(viewer_of(self.request))


class StripCreateView(_OwnStrips, generic.CreateView):
    """A new strip; its community is the viewer's."""

    def save_instance(self) -> EmergencyStrip:
        return self._set(self.form, None)


class StripEditView(_OwnStrips, generic.EditView):
    """Other words or times for a strip."""

    def save_instance(self) -> EmergencyStrip:
        return self._set(self.form, self.object)


class StripEndView(_OwnStrips, generic.DeleteView):
    """End a strip now; it stays in the list and in the register."""

    page_title = _("End now")
    success_message = _("The strip has ended.")

    @property
    def confirmation_message(self) -> str:
        return gettext("The strip leaves every page now. It stays in this list and the register.")

    def delete_action(self) -> None:
        operations.end_strip(strip=self.object, by=viewer_of(self.request).actor(), now=clock.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except operations.StripRefused as refused:
            messages.error(self.request, str(refused.message))
            response = self.render_to_response(self.get_context_data(form=form), status=422)
        return response


class StripViewSet(ModelViewSet):
    """شريط التنبيه / bandeau d'alerte."""

    model = EmergencyStrip
    name = "strips"
    icon = "warning"
    menu_label = _("Emergency strip")
    add_to_admin_menu = True
    menu_order = 300
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["__str__", "since", "until"]
    ordering = ["-since"]
    index_view_class = StripIndexView
    add_view_class = StripCreateView
    edit_view_class = StripEditView
    delete_view_class = StripEndView

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(EmergencyStrip, form=StripForm)

    def get_urlpatterns(self) -> list[Any]:
        """Keep the history to the register: Wagtail's would be empty."""
        left_out = {"history", "history_results", "usage"}
        return [url for url in super().get_urlpatterns() if url.name not in left_out]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return given | {"history_url_name": None, "usage_url_name": None}
