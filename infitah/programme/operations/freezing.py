"""Freezing the text of a commitment as a numbered version, with its hash and what it lacks."""

from datetime import date

from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import VoteEvent
from infitah.programme.models import Commitment, CommitmentVersion
from infitah.programme.operations.commitment import CommitmentRefused, content_of
from infitah.programme.queries.lint import as_json, verdict_of
from infitah.programme.queries.wholeness import needs_of
from infitah.programme.rules import texts

NOTHING = LocalizedText("")
Kind = CommitmentVersion.Kind


def freeze(
    held: Commitment,
    *,
    kind: str,
    on: date,
    by: Actor,
    reason: str = "",
    waiver: LocalizedText = NOTHING,
    vote: VoteEvent | None = None,
) -> CommitmentVersion:
    """Return the text of a locked commitment as its next version: content, hash, score.

    `waiver` is the published reason for going on below the mark; without one, that of the newest
    version stays, and none is kept where the mark is reached. A wording saved while the draft is
    private stays so. Refuses nothing. To be called inside the transaction of an act.
    """
    content, verdict = content_of(held), verdict_of(held, on)
    latest = held.versions.order_by("-number").first()
    if verdict.is_enough:
        waiver = NOTHING
    elif not waiver and latest is not None:
        waiver = latest.waiver
    return CommitmentVersion.objects.create(
        community=held.community,
        commitment=held,
        number=latest.number + 1 if latest else 1,
        content=content,
        sha256=texts.content_digest(content),
        made_on=on,
        kind=kind,
        reason=reason,
        made_by=by.office or by.key,
        lint_score=verdict.score,
        lint=as_json(verdict),
        waiver=waiver,
        is_public=kind != Kind.DRAFT or not held.is_private,
        vote=vote,
    )


def must_be_whole(held: Commitment) -> None:
    """Raise CommitmentRefused unless a text may be published: all its parts written in Arabic,
    weights of 100, and grown from an idea or with a stated reason (programme.md 10 and 12.17).
    """
    needs = needs_of(held)
    if needs:
        words = " ".join(need.sentence for need in needs)
        raise CommitmentRefused(words, code=needs[0].code)
