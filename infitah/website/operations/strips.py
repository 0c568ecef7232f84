"""The emergency strip: set, changed, ended, each an act in the register."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.operations import record
from infitah.website.models import EmergencyStrip


class StripRefused(OperationRefused):
    """A strip cannot be set or ended so."""


@transaction.atomic
def set_strip(
    *,
    community: Community,
    text: LocalizedText,
    since: datetime,
    until: datetime | None,
    by: Actor,
    now: datetime,
    strip: EmergencyStrip | None = None,
) -> EmergencyStrip:
    """Return the strip with its new words and times: `strip` changed, or a new one.

    Raises StripRefused without Arabic words, or if it would end before it begins.
    """
    Community.objects.select_for_update().get(pk=community.pk)
    if not text.ar.strip():
        raise StripRefused(_("The Arabic text is required."), field="text")
    if until is not None and until <= since:
        raise StripRefused(_("The end comes after the beginning."), field="until")
    held = EmergencyStrip(community=community)
    if strip is not None:
        held = EmergencyStrip.objects.select_for_update().get(pk=strip.pk, community=community)
    held.text, held.since, held.until = text, since, until
    held.save()
    _tell(held, "strip_set", by=by, now=now)
    return held


@transaction.atomic
def end_strip(*, strip: EmergencyStrip, by: Actor, now: datetime) -> EmergencyStrip:
    """Return the strip, ended now; one that had not begun is never shown.

    Raises StripRefused if it has ended already.
    """
    Community.objects.select_for_update().get(pk=strip.community_id)
    held = EmergencyStrip.objects.select_for_update().get(pk=strip.pk)
    if held.until is not None and held.until <= now:
        raise StripRefused(_("This strip has ended already."))
    # A strip ends after it begins, also one that never began.
    held.since, held.until = min(held.since, now - timedelta(microseconds=1)), now
    held.save(update_fields=["since", "until"])
    _tell(held, "strip_ended", by=by, now=now)
    return held


def _tell(strip: EmergencyStrip, act: str, *, by: Actor, now: datetime) -> None:
    key = strip.community.key
    record(
        community_key=key,
        act=f"website.{act}",
        subject=f"{key}/strip/{strip.pk}",
        by=by,
        public={
            "text": strip.text.as_json(),
            "since": strip.since.isoformat(),
            "until": strip.until.isoformat() if strip.until else "",
        },
        occurred_on=local_day(now),
        now=now,
    )
    bump(key, "site")
