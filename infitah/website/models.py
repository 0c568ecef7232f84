"""Editorial pages: text only; whatever has a legal life is a plain record of its own app."""

from datetime import datetime
from itertools import chain, count
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PagePermissionTester

from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.kernel.slugs import slug_of
from infitah.website.blocks import HomeBlocks, TextBlocks
from infitah.website.forms import TAKEN, StandardCopyForm, StandardPageForm, may_stand_below

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "hr"]


class KeptPage(PagePermissionTester):
    """Rights on a page that a community cannot be without: its words change, it stays."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class HomePage(Page):
    """صفحة الاستقبال / page d'accueil: one a community and language, fed by the apps' records."""

    community = models.ForeignKey(
        "community.Community",
        verbose_name=_("community"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead = models.CharField(_("sentence under the title"), max_length=300, blank=True)
    body = StreamField(HomeBlocks(), verbose_name=_("parts of the page"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["website.StandardPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        CommentPanel(),
    ]
    settings_panels: list[Panel] = []  # a home neither waits nor ends
    template = "website/home.html"
    private_page_options: list[str] = []  # nothing confidential stands in pages

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["lead"] = self.lead
        context["title_language"] = self.title_language
        return context

    @property
    def title_language(self) -> str:
        """The language of the title: another than the page's where its name is not known there."""
        code = str(self.locale.language_code)
        name = self.community.institution
        return name.language_shown(code) if self.title == name.in_language(code) else code

    def says_its_name(self) -> bool:
        """Tell whether the title is in the page's own language, not one that stands in for it."""
        return self.title_language == str(self.locale.language_code)

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> KeptPage:
        return KeptPage(user, self)


class StandardPage(Page):
    """صفحة تحريرية / page éditoriale: text of the administration, in one language."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    intro = RichTextField(_("introduction"), features=RICH_TEXT, blank=True)
    body = StreamField(TextBlocks(), verbose_name=_("text"), blank=True)
    review_by = models.DateField(_("to be reviewed by"), null=True, blank=True)

    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types = ["website.StandardPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("review_by"),
    ]
    template = "website/page.html"
    base_form_class = StandardPageForm
    copy_form_class = StandardCopyForm
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def free_slug(self, parent: Page, title: str) -> str:
        """Return a short name spelled from `title` that no page below `parent` has yet."""
        base = slug_of(title) or "page"
        for slug in chain([base], (f"{base}-{number}" for number in count(2))):
            if may_stand_below(parent, slug) and self._slug_is_available(slug, parent, self):
                break
        return slug

    def clean(self) -> None:
        """Refuse a first-level short name that an app owns: its address would be hidden."""
        super().clean()
        parent = self.get_parent()
        if parent is not None and not may_stand_below(parent, self.slug):
            raise ValidationError({"slug": TAKEN})

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> "MovedWithCare":
        return MovedWithCare(user, self)


class MovedWithCare(PagePermissionTester):
    """Rights on a page that may not be moved to where an app owns its short name."""

    def can_move_to(self, destination: Page) -> bool:
        may_move: bool = super().can_move_to(destination)
        return may_move and may_stand_below(destination, self.page.slug)


class StripQuerySet(models.QuerySet["EmergencyStrip"]):
    """Vocabulary of the emergency strip."""

    def current(self, now: datetime) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now)

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)


class EmergencyStrip(models.Model):
    """شريط تنبيه / bandeau d'alerte: one sentence on top of every page, with its end."""

    community = models.ForeignKey(
        "community.Community", verbose_name=_("community"), on_delete=models.PROTECT
    )
    text = LocalizedTextField(_("text"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = StripQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency strip")
        verbose_name_plural = _("emergency strips")
        constraints = [
            models.CheckConstraint(
                name="website_strip_ends_after",
                condition=Q(until=None) | Q(until__gt=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return str(self.text)
