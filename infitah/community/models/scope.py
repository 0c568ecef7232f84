"""The two questions that every record of a community answers: whose is it, who may see it."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

from infitah.core.viewer import Viewer

Record_co = TypeVar("Record_co", bound=models.Model, covariant=True)


class OfCommunity(models.QuerySet[Record_co]):
    """Scope by community, always named by the caller (decisions B2)."""

    def of(self, community: models.Model) -> Self:
        return self.filter(community=community)


class PublicRecords(OfCommunity[Record_co]):
    """Records that anybody may see on their community's host."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)


class HeldRecords(PublicRecords[Record_co]):
    """Public records held for a time: from `starts_on` until before `ends_on`."""

    def in_force(self, today: date) -> Self:
        return self.filter(
            models.Q(ends_on=None) | models.Q(ends_on__gt=today), starts_on__lte=today
        )
