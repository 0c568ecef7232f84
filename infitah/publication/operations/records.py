"""Publishing an answer in one act, putting it off, taking it back (law 31-13, arts. 6 and 10).

Who asked is compared with every word that becomes public, and not kept.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Community
from infitah.core import files as stored_files
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.publication import rules
from infitah.publication.models import FacetRow, PublishedRecord, RecordGround
from infitah.publication.operations import facets, writing
from infitah.publication.operations.guards import RecordRefused, check_reason, check_record
from infitah.searchindex import operations as searchindex

KIND = "record"
"""The kind under which published answers stand in the search index."""
GENERATION = "publication"
CLOCK = Actor.system("clock")
State = rules.RecordState


@dataclass(frozen=True, slots=True)
class Correction:
    """What a deferred record says instead once it becomes public, compared with who asked."""

    record: rules.RecordText
    identity: rules.Identity


@transaction.atomic
def publish_record(
    *,
    community: Community,
    record: rules.RecordText,
    identity: rules.Identity,
    by: Actor,
    now: datetime,
    replaces: int = 0,
    on: date | None = None,
) -> PublishedRecord:
    """Publish an answer at once, with its files; who asked is found in no word of it.

    `replaces` is the edition that stands, 0 where none does: a case that was opened again gets a
    new edition, and the earlier one stays readable beside it. Files must be staged
    (`stage_public_copy`). `on` is the day of a publication that is entered afterwards.

    Raises IdentityLeft while anything of `identity` is left, with the field; RecordRefused for an
    unfit text, an unknown axis, or where another edition stands than the one replaced.
    """
    standing = _locked(community, record.reference)
    _check_replaces(standing, _waiting(community, record.reference), replaces)
    check_record(community=community, record=record, identity=identity)
    axes = _axes(community, record)
    if standing is not None:
        _step_aside(standing)
    made = writing.write_record(community=community, record=record, edition=replaces + 1, now=now)
    made.state, made.published_at = State.PUBLISHED, _moment(on, now)
    _first_saved(made)
    writing.attach(made, record, is_public=True, now=now)
    _entered(made, "record_published", _facts(made), by, now, on)
    if standing is not None:
        _count_out(standing)
    facets.put_under(made, facets.facets_of(made, record, axes))
    _now_public(made, now)
    return made


@transaction.atomic
def defer_record(
    *,
    community: Community,
    record: rules.RecordText,
    identity: rules.Identity,
    until: date,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
    replaces: int = 0,
    on: date | None = None,
) -> PublishedRecord:
    """Keep an answer ready and list it publicly as put off: number, reason and day, nothing else.

    It becomes public by itself on `until` (`publish_due`), or sooner. `replaces` is the edition
    that stands, as in `publish_record`: what is published stays so until the new edition is public;
    an earlier answer that waits for its own day gives way to the new one at once.

    Raises RecordRefused for a day that is not later than today or beyond a year, without a reason
    of a sentence in Arabic, or
    where another edition stands than the one replaced; else as `publish_record`.
    """
    standing, waiting = _locked(community, record.reference), _waiting(community, record.reference)
    if waiting is None or waiting.edition != replaces:
        _check_replaces(standing, waiting, replaces)
    if not rules.may_defer(until, local_day(now)):
        raise RecordRefused(_("Choose a later day, within a year."), field="until")
    check_reason(reason, identity)
    if len(reason.ar.strip()) < rules.SHORTEST_REASON:
        raise RecordRefused(_("Say in a sentence why it is public later."), field="reason")
    if waiting is not None:
        made = _rewritten(waiting, Correction(record, identity), now)
        made.deferred_until, made.deferral_reason = until, reason
        made.save(update_fields=["deferred_until", "deferral_reason"])
    else:
        check_record(community=community, record=record, identity=identity)
        edition = replaces + 1
        made = writing.write_record(community=community, record=record, edition=edition, now=now)
        made.state, made.deferred_until, made.deferral_reason = State.DEFERRED, until, reason
        _put_beside(standing, made, record, now)
    public: dict[str, JSON] = {"until": until.isoformat(), "reason": reason.as_json()}
    _entered(made, "record_deferred", public, by, now, on)
    _tell(made, "record_deferred", now)
    bump(community.key, GENERATION)
    return made


@transaction.atomic
def publish_deferred(
    *,
    community: Community,
    reference: str,
    by: Actor,
    now: datetime,
    correction: Correction | None = None,
    on: date | None = None,
) -> PublishedRecord:
    """Publish a deferred answer, on its day or sooner, as it was kept or as it is corrected.

    Raises RecordRefused where none waits under this reference; else as `publish_record`.
    """
    standing, made = _locked(community, reference), _waiting(community, reference)
    if made is None:
        raise RecordRefused(_("No answer waits to be published under this number."), code="state")
    if correction is not None:
        made = _rewritten(made, correction, now)
    if standing is not None and standing.pk != made.pk:
        _step_aside(standing)
        _count_out(standing)
    made.state, made.published_at, made.is_current = State.PUBLISHED, _moment(on, now), True
    made.save(update_fields=["state", "published_at", "is_current"])
    for file in made.files.select_related("stored"):
        stored_files.bind(
            key=str(file.stored.key),
            community_key=community.key,
            subject=writing.subject_of_files(reference),
            is_public=True,
            now=now,
        )
    _entered(made, "record_published", _facts(made), by, now, on)
    facets.count_state(community, State.DEFERRED, -1)
    _now_public(made, now)
    return made


@transaction.atomic
def withdraw_record(
    *,
    community: Community,
    reference: str,
    reason: LocalizedText,
    identity: rules.Identity,
    by: Actor,
    now: datetime,
    is_erased: bool = False,
) -> PublishedRecord:
    """Take every edition of an answer back: a notice with the public reason stays at its address.

    One that waits for its day is taken back with them, one taken back before keeps its own reason.
    It leaves the search in this very act. With `is_erased` its words and the bytes of its files
    are erased for good (law 09-08); hash and number stay. Raises RecordRefused without a reason in
    Arabic, or where nothing is published or waits under this reference; IdentityLeft for a reason
    that names who asked.
    """
    standing = _locked(community, reference)
    if standing is None or standing.state == State.WITHDRAWN:
        raise RecordRefused(_("Nothing is published under this number."), code="state")
    check_reason(reason, identity)
    waiting = _waiting(community, reference)
    for one in (standing, waiting if waiting != standing else None):
        if one is not None:
            _count_out(one)
    for edition in PublishedRecord.objects.of(community).filter(reference=reference):
        writing.detach(edition, now=now, is_erased=is_erased)
        if edition.state != State.WITHDRAWN:
            _taken_back(edition, reason, now)
        if is_erased:
            _erase(edition)
    public: dict[str, JSON] = {"reason": reason.as_json(), "erased": is_erased}
    standing.refresh_from_db()
    _entered(standing, "record_withdrawn", public, by, now)
    facets.count_state(community, State.WITHDRAWN, 1)
    searchindex.remove(community_key=community.key, kind=KIND, subject=reference)
    _tell(standing, "record_withdrawn", now)
    bump(community.key, GENERATION)
    return standing


def has_due_records(now: datetime) -> bool:
    """Return whether the day of a deferred answer has come. One look-up."""
    return PublishedRecord.objects.deferred().filter(deferred_until__lte=local_day(now)).exists()


def publish_due(*, now: datetime) -> bool:
    """Publish the deferred answers whose day has come, each by an act of its own; never more."""
    due = PublishedRecord.objects.deferred().filter(deferred_until__lte=local_day(now))
    for one in due.select_related("community").order_by("pk"):
        with suppress(RecordRefused):  # somebody published it, or took it back, this very moment
            publish_deferred(community=one.community, reference=one.reference, by=CLOCK, now=now)
    return False


def _locked(community: Community, reference: str) -> PublishedRecord | None:
    held = PublishedRecord.objects.select_for_update(of=("self",)).select_related("community")
    return held.of(community).current().filter(reference=reference).first()


def _waiting(community: Community, reference: str) -> PublishedRecord | None:
    """Return the edition that waits for its day, beside the one that stands or as the only one."""
    held = PublishedRecord.objects.select_for_update(of=("self",)).select_related("community")
    return held.of(community).deferred().filter(reference=reference).first()


def _step_aside(standing: PublishedRecord) -> None:
    standing.is_current = False
    standing.save(update_fields=["is_current"])


def _count_out(standing: PublishedRecord) -> None:
    """Take a record out of the counts of its state, and of its facets where it was counted."""
    if standing.state == State.PUBLISHED:
        facets.count_out(standing)
    else:
        FacetRow.objects.filter(record=standing).delete()
    facets.count_state(standing.community, State(standing.state), -1)


def _taken_back(edition: PublishedRecord, reason: LocalizedText, now: datetime) -> None:
    edition.state, edition.withdrawn_at, edition.withdrawal_reason = State.WITHDRAWN, now, reason
    edition.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])


def _put_beside(
    standing: PublishedRecord | None, made: PublishedRecord, record: rules.RecordText, now: datetime
) -> None:
    """Keep an edition that waits: beside a published one, in place of one that was taken back."""
    axes = _axes(made.community, record)
    if standing is not None and standing.state == State.PUBLISHED:
        made.is_current = False
    elif standing is not None:
        _step_aside(standing)
        _count_out(standing)
    _first_saved(made)
    writing.attach(made, record, is_public=False, now=now)
    facets.put_under(made, facets.facets_of(made, record, axes))
    facets.count_state(made.community, State.DEFERRED, 1)


def _first_saved(made: PublishedRecord) -> None:
    """Save a new edition; of two at once the second is refused by the number itself."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        raise _published_already() from taken


def _published_already() -> RecordRefused:
    return RecordRefused(_("This answer is published already."), code="published")


def _check_replaces(
    standing: PublishedRecord | None, waiting: PublishedRecord | None, replaces: int
) -> None:
    edition = standing.edition if standing is not None else 0
    if waiting is not None:
        raise RecordRefused(_("This answer is put off: publish it as it was kept."), code="state")
    if edition != replaces:
        raise _published_already()


def _axes(community: Community, record: rules.RecordText) -> list[Axis]:
    found = {one.slug: one for one in Axis.objects.of(community).filter(slug__in=record.axes)}
    if set(record.axes) - set(found):
        raise RecordRefused(_("Choose axes of the list."), field="axes")
    return [found[slug] for slug in dict.fromkeys(record.axes)]


def _rewritten(made: PublishedRecord, correction: Correction, now: datetime) -> PublishedRecord:
    """Write a corrected text in place of the one that was kept, under the same number."""
    record = correction.record
    if record.reference != made.reference:
        raise RecordRefused(_("No answer waits to be published under this number."), code="state")
    check_record(community=made.community, record=record, identity=correction.identity)
    axes = _axes(made.community, record)
    writing.detach(made, now=now)
    RecordGround.objects.filter(record=made).delete()
    made.files.all().delete()
    FacetRow.objects.filter(record=made).delete()
    writing.fill(made, record)
    made.save()
    writing.attach(made, record, is_public=False, now=now)
    facets.put_under(made, facets.facets_of(made, record, axes))
    return made


def _erase(edition: PublishedRecord) -> None:
    edition.title = edition.summary = LocalizedText()
    edition.question = edition.answer = ""
    edition.save(update_fields=["title", "summary", "question", "answer"])
    for file in edition.files.select_related("stored"):
        file.stored.extracted_text = ""
        file.stored.save(update_fields=["extracted_text"])


def _facts(made: PublishedRecord) -> dict[str, JSON]:
    """Return what the register tells of a published answer in clear: hashes, codes, no words."""
    return {
        "edition": made.edition,
        "outcome": made.outcome,
        "grounds": _codes(made.grounds.values_list("code", flat=True)),
        "files": list(made.files.order_by("position").values_list("sha256", flat=True)),
        "licence": made.licence,
        "sha256": made.sha256,
    }


def _codes(codes: Iterable[str]) -> list[str]:
    return sorted(set(codes))


def _moment(on: date | None, now: datetime) -> datetime:
    """Return when something became public: now, or at noon of an earlier day."""
    if on is None or on == local_day(now):
        return now
    return datetime.combine(on, time(12), tzinfo=CASABLANCA)


def _entered(
    made: PublishedRecord,
    act: str,
    public: dict[str, JSON],
    by: Actor,
    now: datetime,
    on: date | None = None,
) -> None:
    entry = ledger.record(
        community_key=made.community.key,
        act=f"publication.{act}",
        subject=made.reference,
        by=by,
        public=public,
        occurred_on=on or local_day(now),
        now=now,
    )
    made.register_number = entry.number
    made.save(update_fields=["register_number"])


def _now_public(made: PublishedRecord, now: datetime) -> None:
    """Count a record that is public from now on, tell it, have it indexed; pages are stale."""
    community = made.community
    facets.count_in(made)
    facets.count_state(community, State.PUBLISHED, 1)
    searchindex.mark_dirty(community_key=community.key, kind=KIND, subject=made.reference)
    _tell(made, "record_published", now)
    bump(community.key, GENERATION)


def _tell(made: PublishedRecord, event: str, now: datetime) -> None:
    post_event(
        kind=f"publication.{event}",
        community_key=made.community.key,
        subject=made.reference,
        payload={"edition": made.edition, "register_number": made.register_number or 0},
        dedupe_key=f"publication.{event}:{made.reference}:{made.edition}",
        now=now,
    )
