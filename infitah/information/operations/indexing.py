"""Keeping requests in the officers' word index, after the acts that change how they read."""

from datetime import datetime
from typing import Final

from infitah.core.models import Outbox
from infitah.information import rules
from infitah.information.queries.desk_words import KIND
from infitah.searchindex import operations as searchindex

CHANGES: Final = (rules.ActKind.SUBMITTED, rules.ActKind.REGISTERED, rules.ActKind.WITHDRAWN)
"""The acts after which a request reads otherwise."""


def index_request(*, event: Outbox, now: datetime) -> None:
    """Have the worker index a request anew; called after the commit of an act."""
    searchindex.mark_dirty(community_key=event.community_key, kind=KIND, subject=event.subject)
