"""Blocks of editorial pages; those of the home page ask an app for what they show."""

from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from infitah.community import queries as community
from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.participation import queries as participation
from infitah.programme import queries as programme

RICH_TEXT = ["h3", "bold", "ol", "ul", "link"]


class _FedBlock(blocks.StaticBlock):
    """A block without fields of its own: `fed` says what its app gives."""

    def fed(self, request: Any) -> dict[str, object]:
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        request = (parent_context or {}).get("request")
        if request is not None:
            context.update(self.fed(request))
        return context


class ProgrammeBlock(_FedBlock):
    """The openness programme at a glance: what was promised, what is done, what is late."""

    def fed(self, request: Any) -> dict[str, object]:
        summary = SimpleLazyObject(
            lambda: programme.home_summary(
                community=request.community, viewer=viewer_of(request), today=clock.today()
            )
        )
        above = SimpleLazyObject(lambda: programme.programme_above(request.community))
        return {"summary": summary, "above": above}

    class Meta:
        label = _("Openness programme")
        icon = "list-ul"
        template = "website/blocks/programme.html"


class ConsultationsBlock(_FedBlock):
    """The consultations that are open now, with the days left."""

    def fed(self, request: Any) -> dict[str, object]:
        return {
            "consultations": participation.open_consultations(
                viewer=viewer_of(request), now=clock.now()
            )
        }

    class Meta:
        label = _("Open consultations")
        icon = "comment"
        template = "website/blocks/consultations.html"


class CommunesBlock(_FedBlock):
    """The communes of the province, each a link to its own site."""

    def fed(self, request: Any) -> dict[str, object]:
        return {"communes": community.communes_of(request.community)}

    class Meta:
        label = _("Communes")
        icon = "site"
        template = "website/blocks/communes.html"


class TextBlock(blocks.StructBlock):
    """A title and some paragraphs."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        label = _("Text")
        icon = "doc-full"
        template = "website/blocks/text.html"


class HomeBlocks(blocks.StreamBlock):
    """Parts of a home page, in the order that the editor chooses."""

    programme = ProgrammeBlock()
    consultations = ConsultationsBlock()
    communes = CommunesBlock()
    text = TextBlock()


class TextBlocks(blocks.StreamBlock):
    """Parts of an editorial page."""

    text = TextBlock()
