"""Editorial pages: text only; whatever has a legal life is a plain record of its own app."""

from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.website import rules
from infitah.website.blocks import HomeBlocks, TextBlocks

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "hr"]


class HomePage(Page):
    """صفحة الاستقبال / page d'accueil: one a community and language, fed by the apps' records."""

    community = models.ForeignKey(
        "community.Community",
        verbose_name=_("community"),
        on_delete=models.PROTECT,
        related_name="homes",
    )
    lead = models.CharField(_("sentence under the title"), max_length=300, blank=True)
    body = StreamField(HomeBlocks(), verbose_name=_("parts of the page"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["website.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "website/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["lead"] = self.lead
        return context


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

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self) -> None:
        """Refuse a first-level short name that an app owns: its address would be hidden."""
        super().clean()
        parent = self.get_parent() if self.path else None
        is_first_level = parent is None or isinstance(parent.specific, HomePage)
        if not rules.may_be_slug(self.slug or "", is_first_level=is_first_level):
            raise ValidationError({"slug": _("This address belongs to a part of the site.")})


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
