"""The programme of the community above: what a commune without its own can show its citizens."""

from dataclasses import dataclass

from django.urls import reverse

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Cycle


@dataclass(frozen=True, slots=True)
class ProgrammeAbove:
    """The programme of the province, at its own host."""

    institution: LocalizedText
    title: LocalizedText
    url: str
    consultations_url: str


def programme_above(community: Community) -> ProgrammeAbove | None:
    """Return the current programme of the nearest community above, or None. One query.

    A cycle is public from its first day; the addresses are absolute, in the language of the page.
    """
    above = _above(community)
    found = Cycle.objects.filter(community__in=above).select_related("community")
    in_order = sorted(found, key=lambda one: (one.state != Cycle.State.PREPARING, one.starts_on))
    current = {one.community_id: one for one in in_order}  # the last stays: adopted, then newest
    for one in above:
        cycle = current.get(one.pk)
        if cycle is not None:
            return ProgrammeAbove(
                institution=one.institution,
                title=cycle.title,
                url=url_of(one, reverse("programme:index")),
                consultations_url=url_of(one, reverse("participation:index")),
            )
    return None


def _above(community: Community) -> list[Community]:
    """Return the communities with a site above this one, nearest first."""
    chain = []
    parent = community.parent
    while parent is not None:
        if parent.host:
            chain.append(parent)
        parent = parent.parent
    return chain
