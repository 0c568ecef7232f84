"""Where the programme goes on from a consultation of a round, for the desk of participation."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language
from infitah.participation.models import Consultation, Theme
from infitah.participation.queries import DeskWay
from infitah.programme.models import Cycle, Round


def ways_on(viewer: Viewer, consultation: Consultation, theme: Theme | None) -> Sequence[DeskWay]:
    """Return the pages of the cycle of a consultation on which its work goes on. One query."""
    if not (viewer.may("programme.edit") or viewer.may("commitment.edit")):
        return []
    found = Round.objects.filter(
        consultation=consultation, cycle__in=Cycle.objects.visible_to(viewer)
    )
    held = found.select_related("cycle").first()
    if held is None:
        return []
    ways = []
    if viewer.may("commitment.edit") and held.cycle.state == Cycle.State.PREPARING:
        ways.append(_to_drafts(held, consultation, theme))
    if viewer.may("programme.edit"):
        title = in_page_language(held.cycle.title)
        at = reverse("programme_desk:cycle", args=[held.cycle.slug])
        ways.append(DeskWay(_("The cycle: %(title)s") % {"title": title}, at))
    return ways


def _to_drafts(held: Round, consultation: Consultation, theme: Theme | None) -> DeskWay:
    slug = held.cycle.slug
    if held.number > 1:
        at = reverse("programme_desk:put", args=[slug, consultation.slug])
        return DeskWay(_("Put the drafts to the public"), at)
    start = reverse("programme_desk:start", args=[slug])
    if theme is not None:
        return DeskWay(_("Draft a commitment from this theme"), f"{start}?theme={theme.pk}")
    return DeskWay(_("Draft commitments from its ideas"), start)
