"""What a reader says of a published answer: counted once, without anybody's name.

No entry of the register and no generation: pages tell the counts of whole days (decisions F26).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import vault
from infitah.core.clock import local_day
from infitah.core.operations import within_limit
from infitah.publication import rules
from infitah.publication.conf import OPTIONS
from infitah.publication.models import PublishedRecord, RecordCount, VerdictMark
from infitah.publication.operations.guards import RecordRefused


@transaction.atomic
def count_verdict(
    *,
    community: Community,
    reference: str,
    verdict: rules.Verdict,
    key: str,
    network: str,
    now: datetime,
) -> bool:
    """Count what a reader says of an answer today; return whether it changed anything.

    `key` tells one reader of the day from another and is kept as a keyed digest of this answer and
    day alone: pressed twice it counts once, and another verdict takes the place of the first.
    `network` is limited. Raises RecordRefused beyond the limit, or where no answer is published.
    """
    most, seconds = OPTIONS.verdicts_per_network
    name = "publication.verdict"
    if not within_limit(name=name, key=network, limit=most, seconds=seconds, now=now):
        raise RecordRefused(
            _("Too much came from here within an hour. Try again later."), code="crowded"
        )
    held = PublishedRecord.objects.select_for_update(of=("self",)).of(community).published()
    record = held.current().filter(reference=reference).first()
    if record is None:
        raise RecordRefused(_("Nothing is published under this number."), code="state")
    day = local_day(now)
    digest = vault.lookup_digest("publication.verdict", f"{reference}|{day}|{key}")
    mark, is_new = VerdictMark.objects.get_or_create(
        record=record, digest=digest, defaults={"day": day, "verdict": verdict.value}
    )
    if not is_new and mark.verdict == verdict.value:
        return False
    count, _made = RecordCount.objects.get_or_create(record=record, day=day)
    steps = {verdict.value: F(verdict.value) + 1}
    if not is_new:
        steps[mark.verdict] = F(mark.verdict) - 1
        mark.verdict = verdict.value
        mark.save(update_fields=["verdict"])
    RecordCount.objects.filter(pk=count.pk).update(**steps)
    return True


def has_old_marks(now: datetime) -> bool:
    """Return whether a mark of an earlier day waits to be swept. One look-up."""
    return VerdictMark.objects.filter(day__lt=local_day(now)).exists()


def sweep_marks(*, now: datetime) -> bool:
    """Delete the marks against doubles of earlier days; never more to do."""
    VerdictMark.objects.filter(day__lt=local_day(now)).delete()
    return False
