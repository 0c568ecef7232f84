"""The other communities of the instance that may take a request."""

from datetime import date

from infitah.community.models import Appointment, Community


def communities_for(community: Community, today: date) -> list[Community]:
    """Return the communities with a site and an officer for access to information. One query."""
    officers = Appointment.objects.in_force(today).filter(
        office=Appointment.Office.INFORMATION_OFFICER
    )
    others = Community.objects.with_host().exclude(pk=community.pk)
    return list(others.filter(pk__in=officers.values("community_id")).order_by("hcp_code"))
