"""Erasing who asked on schedule (law 09-08, art. 3): the case and the register stay valid.

The period is the community's, counted from the last act; a case that is still owed an answer or
lies before a body is never purged.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import CaseFile, InformationRequest, RequestAct, Requester
from infitah.information.operations.bundles import erase_bundles_of
from infitah.information.operations.casework import KIND
from infitah.information.operations.mail_erasing import erase_mails_of
from infitah.ledger import operations as ledger

AT_ONCE = 50
OPEN_REMEDIES = frozenset({rules.Remedy.HEAD_OPEN, rules.Remedy.CDAI_OPEN, rules.Remedy.COURT_OPEN})
WORDS_OF_REQUESTER = frozenset(
    {
        rules.ActKind.CLARIFIED,
        rules.ActKind.COMPLAINED_HEAD,
        rules.ActKind.COMPLAINED_CDAI,
        rules.ActKind.COURT_SEIZED,
    }
)


def _due(now: datetime) -> QuerySet[Requester]:
    due = Requester.objects.filter(purged_at=None, purge_on__lte=local_day(now))
    waits = due.exclude(request__phase__in=sorted(rules.UNANSWERED))
    return waits.exclude(request__remedy__in=sorted(OPEN_REMEDIES))


def has_requesters_to_purge(now: datetime) -> bool:
    """Return whether an identity has reached its day. One look-up."""
    return _due(now).exists()


def purge_requesters(*, now: datetime) -> bool:
    """Erase identities whose day has come, AT_ONCE at most; return whether more may wait.

    Each in its own transaction: a killed worker leaves nothing half erased.
    """
    waiting = list(_due(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in waiting:
        _purge(pk, now)
    return len(waiting) == AT_ONCE


@transaction.atomic
def _purge(pk: int, now: datetime) -> None:
    held = Requester.objects.select_for_update(of=("self",)).select_related("request__community")
    person = held.filter(pk=pk, purged_at=None).first()
    if person is None:
        return
    request = person.request
    person.identity_sealed = person.contact_sealed = person.repeat_digest = ""
    person.has_email, person.participant, person.purged_at = False, None, now
    person.save()
    _forget_words(request)
    _withdraw_files(request, now)
    erase_bundles_of(request, now=now)
    erase_mails_of(request, now=now)
    ledger.erase_openings(
        community_key=request.community.key,
        subject=request.reference,
        by=Actor.system("purge"),
        now=now,
    )
    bump(request.community.key, KIND)


def _forget_words(request: InformationRequest) -> None:
    """Leave of the words only what an officer made fit for the public; the follow code dies."""
    request.text = request.public_title
    request.period = request.place = request.code_digest = ""
    request.save(update_fields=["text", "period", "place", "code_digest"])
    own = RequestAct.objects.filter(request=request, kind__in=sorted(WORDS_OF_REQUESTER))
    own.update(words="")


def _withdraw_files(request: InformationRequest, now: datetime) -> None:
    """Take away for good what the requester joined and the letters that went to them."""
    roles = [CaseFile.Role.REQUESTER, CaseFile.Role.LETTER, CaseFile.Role.PROOF]
    theirs = request.files.filter(role__in=roles).select_related("file")
    for one in theirs:
        files.withdraw(key=str(one.file.key), now=now, is_erased=True)
    theirs.update(removed_at=now, is_given=False)
