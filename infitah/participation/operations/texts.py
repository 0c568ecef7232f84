"""Putting a draft text to the public by paragraphs; a change is a new version with its hash.

Who votes on a paragraph votes on its words. So a paragraph whose words stay keeps its votes and
comments in the new version; one whose words change begins anew, and what was said of the earlier
words stays with them (docs/how-to/second-round.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.design.direction import page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.participation import rules
from infitah.participation.models import Consultation, DocumentText, Paragraph
from infitah.participation.rules.texts import ParagraphWords, digest_of


class TextRefused(OperationRefused):
    """The text cannot be put to the public so."""


@dataclass(frozen=True, slots=True)
class TextGiven:
    """A text to be put to the public: what it drafts, its title, its paragraphs in order."""

    subject: str
    title: LocalizedText
    paragraphs: Sequence[ParagraphWords]
    position: int = 0


@transaction.atomic
def publish_text(
    *,
    consultation: Consultation,
    given: TextGiven,
    by: Actor,
    now: datetime,
    reason: str = "",
    occurred_on: date | None = None,
) -> DocumentText:
    """Put a text to the public, or its next version; the same words again change nothing.

    Before the consultation opens a new version needs no reason; while it is open it is an
    announced correction and says why. Paragraphs whose words stay keep their votes and comments.
    `occurred_on` is the day of history that is entered afterwards. Raises TextRefused once the
    consultation is closed, without a reason while it is open, for no paragraph, or for two of one
    name. The register tells the version, its hash and the reason.
    """
    held = _locked(consultation, is_history=occurred_on is not None, now=now)
    _check(given)
    digest = digest_of(given.title, given.paragraphs)
    texts = DocumentText.objects.filter(consultation=held, subject=given.subject)
    before = texts.current().first()
    if before is not None and before.sha256 == digest:
        return before
    is_correction = before is not None and held.state(now) == rules.ConsultationState.OPEN
    if is_correction and not reason:
        raise TextRefused(
            _("It is open: say why the text is corrected. Readers see the reason."), field="reason"
        )
    made = _written(held, given, before, digest, reason=reason, now=now)
    _tell(made, is_correction=is_correction, by=by, now=now, on=occurred_on or local_day(now))
    bump(held.community.key, "participation")
    return made


def _locked(consultation: Consultation, *, is_history: bool, now: datetime) -> Consultation:
    held = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=consultation.pk)
    )
    if held.state(now) == rules.ConsultationState.CLOSED and not is_history:
        raise TextRefused(
            _("This consultation closed on %(day)s: its texts stay as they were.")
            % {"day": format_date(rules.last_day(held.closes_at), page_language())},
            code="closed",
        )
    return held


def _check(given: TextGiven) -> None:
    keys = [one.key for one in given.paragraphs]
    if not keys:
        raise TextRefused(_("A text without paragraphs cannot be put to the public."))
    if len(set(keys)) != len(keys):
        raise TextRefused(_("Two paragraphs of this text have one name."))


def _written(
    consultation: Consultation,
    given: TextGiven,
    before: DocumentText | None,
    digest: str,
    *,
    reason: str,
    now: datetime,
) -> DocumentText:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    made = DocumentText.objects.create(
        community=consultation.community,
        consultation=consultation,
        subject=given.subject,
        number=before.number + 1 if before else 1,
        position=given.position,
        title=given.title,
        sha256=digest,
        reason=reason,
        published_at=now,
    )
    _place(made, given.paragraphs, before)
    return made


def _place(
    made: DocumentText, paragraphs: Sequence[ParagraphWords], before: DocumentText | None
) -> None:
    """Give a version its paragraphs; those whose words stay move on with their votes.

    The row of a kept paragraph goes to the new version, so that its votes, comments and address
    stay what they are; the earlier version gets a copy of its words.
    """
    earlier = {one.key: one for one in before.paragraphs.all()} if before else {}
    copies, fresh, moved = [], [], []
    for position, words in enumerate(paragraphs):
        known = earlier.get(words.key)
        if known is not None and (known.heading, known.body) == (words.heading, words.body):
            copies.append(_row(known.text_id, known.position, words))
            known.text, known.position = made, position
            moved.append(known)
        else:
            fresh.append(_row(made.pk, position, words))
    Paragraph.objects.bulk_update(moved, ["text", "position"])
    Paragraph.objects.bulk_create([*copies, *fresh])


def _row(text_id: int, position: int, words: ParagraphWords) -> Paragraph:
    return Paragraph(
        text_id=text_id,
        key=words.key,
        position=position,
        heading=words.heading,
        body=words.body,
    )


def _tell(text: DocumentText, *, is_correction: bool, by: Actor, now: datetime, on: date) -> None:
    public: dict[str, JSON] = {
        "consultation": text.consultation.slug,
        "version": text.number,
        "sha256": text.sha256,
    }
    if text.reason:
        public["reason"] = text.reason
    ledger.record(
        community_key=text.consultation.community.key,
        act=f"participation.text_{'corrected' if is_correction else 'published'}",
        subject=text.subject,
        by=by,
        public=public,
        occurred_on=on,
        now=now,
    )
