"""Committing votes and supports to the register: once a day, and as a whole after closing.

The register holds how many there are and the SHA-256 of the set, never a row: a row a vote would
serialise voting and make people linkable (decisions F26). In the set a person is a keyed digest,
different in each consultation.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from infitah.core.operations import bump
from infitah.core.vault import lookup_digest
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, StatementVote, Support
from infitah.participation.operations.consultations import LETTERLESS

CLOCK = Actor.system("clock")
PIECE = 2_000


@dataclass(frozen=True, slots=True)
class VoiceSet:
    """The votes and supports of a consultation up to an instant, and the hash of their set."""

    votes: int
    supports: int
    people: int
    sha256: str


def _open_or_closing(now: datetime) -> QuerySet[Consultation]:
    """Consultations whose voices wait to be committed: those of a day that ended, or all."""
    day = rules.day_before(now)
    begun = Q(opens_at__lt=rules.closing_instant(day), closes_at__gt=rules.closing_instant(day))
    stale = Q(voice_committed_on=None) | Q(voice_committed_on__lt=day)
    over = Q(closes_at__lte=now - rules.SETTLING)
    return Consultation.objects.held().filter((begun & stale) | over, voice_hash="")


def has_voices_to_commit(now: datetime) -> bool:
    """Return whether a day of voting ended, or a consultation closed, since the last look."""
    return _open_or_closing(now).exists()


def commit_voices(*, now: datetime) -> bool:
    """Commit the voices of days that ended and of consultations that closed; never more to do."""
    for pk, closes_at in _open_or_closing(now).values_list("pk", "closes_at"):
        if closes_at <= now - rules.SETTLING:
            close_voices(consultation_id=pk, by=CLOCK, now=now)
        else:
            commit_day(consultation_id=pk, day=rules.day_before(now), by=CLOCK, now=now)
    return False


def commit_day(*, consultation_id: int, day: date, by: Actor, now: datetime) -> bool:
    """Write the set of voices that stood at the end of `day`, once; return whether it was written.

    Nothing is written for a day on which nobody voted, supported or changed a vote. While a
    consultation is open only the number of rows is told, votes and supports together. The set is
    read before the transaction, which stays short: people vote meanwhile.
    """
    consultation = _consultation(consultation_id)
    known = consultation.voice_committed_on
    since = rules.opening_instant(known + timedelta(days=1)) if known else consultation.opens_at
    until = rules.closing_instant(day)
    found = None
    if _has_voices(consultation, since, until):
        found = voice_set(consultation, before=until)
    with transaction.atomic():
        held = _locked(consultation_id)
        if held.voice_hash or held.voice_committed_on != known or (known and known >= day):
            return False  # another worker was faster
        held.voice_committed_on = day
        held.save(update_fields=["voice_committed_on"])
        if found is None:
            return False
        counts = {"rows": found.votes + found.supports}
        _record(held, "voices_committed", counts, found.sha256, day=day, by=by, now=now)
        bump(held.community.key, "participation")
    return True


def close_voices(*, consultation_id: int, by: Actor, now: datetime) -> bool:
    """Write the set of all voices of a closed consultation, once; return whether it was written.

    Not before the last acts in time have ended (`rules.SETTLING` after closing). The hash is kept
    with the consultation; without any voice no entry is written.
    """
    consultation = _consultation(consultation_id)
    if consultation.voice_hash or now < consultation.closes_at + rules.SETTLING:
        return False
    found = voice_set(consultation, before=consultation.closes_at)
    day = rules.last_day(consultation.closes_at)
    with transaction.atomic():
        held = _locked(consultation_id)
        if held.voice_hash:
            return False  # another worker was faster
        held.voice_hash, held.voice_committed_on = found.sha256, day
        held.save(update_fields=["voice_hash", "voice_committed_on"])
        if not found.votes and not found.supports:
            return False
        counts = {"people": found.people, "votes": found.votes, "supports": found.supports}
        _record(held, "voices_closed", counts, found.sha256, day=day, by=by, now=now)
        bump(held.community.key, "participation")
    return True


def voice_set(consultation: Consultation, *, before: datetime) -> VoiceSet:
    """Return the voices given before an instant and the SHA-256 of their set; read in pieces.

    A line a voice, sorted: `["vote", statement, choice, person]` or `["support", idea, person]`,
    where a statement is a reference, or `<subject>/<version>#<paragraph>`.
    """
    counts = {"vote": 0, "support": 0}
    people: set[str] = set()
    lines: list[str] = []
    digests: dict[str, str] = {}
    for kind, token, *rest in _voices(consultation, before):
        if token not in digests:
            digests[token] = _person(consultation, token)
        counts[kind] += 1
        people.add(token)
        row = [kind, *rest, digests[token]]
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return VoiceSet(counts["vote"], counts["support"], len(people), rules.set_digest(lines))


def _voices(consultation: Consultation, before: datetime) -> Iterator[tuple[str, ...]]:
    votes = StatementVote.objects.filter(consultation=consultation, voted_at__lt=before)
    of_ideas = votes.filter(idea__isnull=False).values_list(
        "participant__token", "idea__reference", "choice"
    )
    for token, reference, choice in of_ideas.iterator(chunk_size=PIECE):
        yield "vote", token, reference, str(choice)
    of_paragraphs = votes.filter(paragraph__isnull=False).values_list(
        "participant__token",
        "paragraph__text__subject",
        "paragraph__text__number",
        "paragraph__key",
        "choice",
    )
    for token, subject, number, key, choice in of_paragraphs.iterator(chunk_size=PIECE):
        yield "vote", token, f"{subject}/{number}#{key}", str(choice)
    supports = Support.objects.filter(idea__consultation=consultation, given_at__lt=before)
    rows = supports.values_list("participant__token", "idea__reference")
    for token, reference in rows.iterator(chunk_size=PIECE):
        yield "support", token, reference


def _person(consultation: Consultation, token: str) -> str:
    """Return what stands for a person in the set: a keyed digest of this consultation alone."""
    return lookup_digest(f"voice/{consultation.community.key}/{consultation.pk}", token)


def _has_voices(consultation: Consultation, since: datetime, until: datetime) -> bool:
    votes = StatementVote.objects.filter(
        consultation=consultation, voted_at__gte=since, voted_at__lt=until
    )
    supports = Support.objects.filter(
        idea__consultation=consultation, given_at__gte=since, given_at__lt=until
    )
    return votes.exists() or supports.exists()


def _record(
    consultation: Consultation,
    act: str,
    counts: Mapping[str, int],
    sha256: str,
    *,
    day: date,
    by: Actor,
    now: datetime,
) -> None:
    ledger.record(
        community_key=consultation.community.key,
        act=f"participation.{act}",
        subject=LETTERLESS.format(slug=consultation.slug),
        by=by,
        public={
            "consultation": consultation.slug,
            "day": day.isoformat(),
            **counts,
            "set_sha256": sha256,
        },
        occurred_on=day,
        now=now,
    )


def _consultation(consultation_id: int) -> Consultation:
    return Consultation.objects.select_related("community").get(pk=consultation_id)


def _locked(consultation_id: int) -> Consultation:
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=consultation_id)
    )
