"""Forms of editorial pages: a short name is suggested, and never one that an app owns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from infitah.website import rules

TAKEN = _("This address belongs to a part of the site.")
HOME_DEPTH = 2  # homes stand right below the root


def may_stand_below(parent: Page, slug: str) -> bool:
    """Return whether a page below `parent` may have the short name `slug`."""
    return rules.may_be_slug(slug, is_first_level=parent.depth == HOME_DEPTH)


class StandardPageForm(WagtailAdminPageForm):
    """The form of a page: the short name may be left empty, it is then spelled from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if "slug" in self.fields and not given.get("slug") and "slug" not in self.errors:
            given["slug"] = self.instance.free_slug(self.parent_page, given.get("title") or "")
        cleaned: dict[str, Any] = super().clean()
        if not may_stand_below(self.parent_page, cleaned.get("slug") or ""):
            self.add_error("slug", TAKEN)
        return cleaned


class StandardCopyForm(CopyForm):
    """The form that copies a page: the copy too may not take an address of an app."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if not may_stand_below(parent, cleaned.get("new_slug") or ""):
            self.add_error("new_slug", TAKEN)
        return cleaned
