"""Who handles requests today, to be written to."""

from datetime import date
from typing import Final

from infitah.community.models import AccessGrant, Community, User
from infitah.community.rules.offices import OFFICE_RIGHTS

HANDLES: Final = "information.answer"


def handlers_of(community: Community, today: date) -> list[User]:
    """Return the users who may answer requests today and have a mail address. One query."""
    offices = [office for office, rights in OFFICE_RIGHTS.items() if HANDLES in rights]
    grants = AccessGrant.objects.of(community).in_force(today)
    held = grants.filter(appointment__office__in=offices).exclude(user__email="")
    by_name = {grant.user.username: grant.user for grant in held.select_related("user")}
    return [by_name[name] for name in sorted(by_name)]
