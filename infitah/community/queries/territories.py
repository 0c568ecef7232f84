"""The tree of communities and what a community is made of."""

from django.db.models import QuerySet

from infitah.community.models import Axis, Community, Principle, Unit


def tree(root: Community) -> list[Community]:
    """Return `root` and everything below it, by HCP code. One query.

    HCP codes are hierarchical: those of children begin with that of their parent.
    """
    below = Community.objects.filter(hcp_code__startswith=f"{root.hcp_code}.")
    return sorted([root, *below], key=lambda community: community.hcp_code)


def communes_of(community: Community) -> QuerySet[Community]:
    """Return the communes directly below `community` that have a site."""
    return Community.objects.with_host().filter(parent_id=community.pk, kind=Community.Kind.COMMUNE)


def axes(community: Community) -> QuerySet[Axis]:
    """Return the axes in use, in their order."""
    return Axis.objects.of(community).filter(closed_on=None)


def principles(community: Community) -> QuerySet[Principle]:
    """Return the principles, in their order."""
    return Principle.objects.of(community)


def units(community: Community) -> QuerySet[Unit]:
    """Return the units of the administration in use, in their order."""
    return Unit.objects.of(community).filter(closed_on=None)
