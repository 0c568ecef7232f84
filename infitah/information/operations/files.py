"""Files of a case: kept, named, their findings accepted, removed, chosen to leave with the answer.

Law 31-13, art. 8: what may be given is given; nothing leaves that was not looked into.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import files as stored_files
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import CaseFile, InformationRequest, ServiceTask
from infitah.information.operations.casework import KIND, RequestRefused, locked_request
from infitah.information.queries.desk_files import (
    FILE_PREFIX,
    file_rows,
    files_in_place,
    givable_roles,
)
from infitah.information.queries.findings import has_blocking
from infitah.kernel.text import has_letters

ENDED = frozenset({rules.Phase.WITHDRAWN, rules.Phase.TRANSFERRED})
SHORTEST_REASON = 10


def keep_file(
    *,
    request: InformationRequest,
    key: str,
    role: str,
    by: Actor,
    now: datetime,
    title: str = "",
    task: ServiceTask | None = None,
    original: CaseFile | None = None,
    pages: int | None = None,
    is_checked: bool = False,
) -> CaseFile:
    """Bind a staged file to a case held by its act; return its row. Three statements.

    `is_checked` is said of what the product itself made. Call inside the act's transaction.
    Raises FileRefused for a file that is gone, infected or another's.
    """
    stored = stored_files.bind(
        key=key,
        community_key=request.community.key,
        subject=f"{FILE_PREFIX}{key.replace('-', '')}",
        is_public=False,
        now=now,
    )
    return CaseFile.objects.create(
        community=request.community,
        request=request,
        file=stored,
        original=original,
        task=task,
        role=role,
        title=title,
        pages=pages,
        checked_at=now if is_checked else None,
        added_at=now,
        added_by=by.key,
    )


@transaction.atomic
def add_files(
    *,
    community: Community,
    reference: str,
    keys: Sequence[str],
    title: str,
    by: Actor,
    now: datetime,
) -> list[CaseFile]:
    """Keep staged files in the case; the worker looks into each. One title is the first one's.

    Raises RequestRefused without a file, for one that is in the case already, and where the case
    has ended.
    """
    request = locked_request(community, reference)
    if rules.Phase(request.phase) in ENDED:
        raise RequestRefused(_("This request has ended: no file is added to it."))
    if not keys:
        raise RequestRefused(_("Choose a file."), field="file")
    made = [
        keep_file(
            request=request,
            key=key,
            role=CaseFile.Role.SOURCE,
            title=title if place == 0 else "",
            by=by,
            now=now,
        )
        for place, key in enumerate(dict.fromkeys(keys))
    ]
    _check_new(request, made)
    bump(community.key, KIND)
    return made


def _check_new(request: InformationRequest, made: Sequence[CaseFile]) -> None:
    """Refuse bytes that stand in the case already, or twice in what is added."""
    known = request.files.in_place().exclude(pk__in=[one.pk for one in made])
    held = set(known.values_list("file__sha256", flat=True))
    for one in made:
        if one.file.sha256 in held:
            raise RequestRefused(
                _("The file %(name)s is in this case already.") % {"name": one.file.name},
                field="file",
                code="twice",
            )
        held.add(one.file.sha256)


def held_file(community: Community, reference: str, pk: int) -> CaseFile:
    """Return a file of a case, both held. Raises CaseFile.DoesNotExist for one of another case."""
    request = locked_request(community, reference)
    held = CaseFile.objects.select_for_update(of=("self",)).select_related("file", "request")
    return held.in_place().get(request=request, pk=pk)


@transaction.atomic
def name_file(
    *, community: Community, reference: str, pk: int, title: str, by: Actor, now: datetime
) -> CaseFile:
    """Give a file the title under which the requester and the public read it."""
    if not has_letters(title):
        raise RequestRefused(_("Write a title."), field="title")
    file = held_file(community, reference, pk)
    file.title = title
    file.save(update_fields=["title"])
    bump(community.key, KIND)
    return file


@transaction.atomic
def accept_findings(
    *, community: Community, reference: str, pk: int, reason: str, by: Actor, now: datetime
) -> CaseFile:
    """Let a file leave with what was found in it, by name and with a reason.

    Raises RequestRefused without a sentence, and where nothing waits to be accepted.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise RequestRefused(_("Say in a sentence why this may leave as it is."), field="reason")
    file = held_file(community, reference, pk)
    if not has_blocking(file.findings) or file.accepted_by or file.checked_at is None:
        raise RequestRefused(_("Nothing waits to be accepted in this file."), code="not_now")
    file.accepted_by, file.accepted_reason = by.key, reason
    file.save(update_fields=["accepted_by", "accepted_reason"])
    bump(community.key, KIND)
    return file


@transaction.atomic
def remove_file(
    *, community: Community, reference: str, pk: int, by: Actor, now: datetime
) -> CaseFile:
    """Take a file out of the case; its row and hash stay, nobody opens it any more.

    Raises RequestRefused for a file that was given, or that a letter or a copy rests on.
    """
    file = held_file(community, reference, pk)
    if file.is_given:
        raise RequestRefused(_("This file is part of the decision: it stays."), code="given")
    if file.copies.in_place().exists():
        raise RequestRefused(
            _("A redacted copy was made of this file: remove the copy first."), code="copied"
        )
    file.removed_at, file.removed_by = now, by.key
    file.save(update_fields=["removed_at", "removed_by"])
    stored_files.withdraw(key=str(file.file.key), now=now)
    bump(community.key, KIND)
    return file


def choose_given(request: InformationRequest, chosen: Collection[int]) -> list[CaseFile]:
    """Mark the files that leave with a decision, and no others; return them. Four queries.

    Call inside the act that holds the request. Raises RequestRefused for a file that may not leave:
    unknown here, not looked into, with findings nobody accepted, or with a redacted copy.
    """
    rows = {one.file.pk: one for one in file_rows(files_in_place(request))}
    for pk in chosen:
        row = rows.get(pk)
        if row is None or not row.is_givable or row.file.role not in givable_roles():
            raise RequestRefused(
                _("One of the files may not leave yet: see what stands beside it."),
                field="files",
                code="not_givable",
            )
    request.files.filter(is_given=True).exclude(pk__in=chosen).update(is_given=False)
    request.files.filter(pk__in=chosen).update(is_given=True)
    return [rows[pk].file for pk in chosen]
