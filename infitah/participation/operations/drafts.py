"""Keeping what was typed until its code is confirmed."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.community.models import Axis, Community
from infitah.core import vault
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaDraft

MODEL = "participation.IdeaDraft"


class DraftRefused(OperationRefused):
    """The idea cannot be taken as it was typed."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """What a citizen typed on the first page, cleaned; `interface` is the pages' language."""

    axis: Axis
    statement: str
    detail: str = ""
    interface: str = "ar"
    name: str = ""
    commune: Community | None = None
    attachment: StoredFile | None = None
    attachment_alt: str = ""


def check_statement(statement: str) -> None:
    """Refuse a statement that nobody could answer. Raises DraftRefused."""
    fault = rules.fault_of_statement(statement)
    bounds = {"least": rules.STATEMENT_MIN, "most": rules.STATEMENT_MAX, "n": len(statement)}
    if fault == rules.TextFault.SHORT:
        message = (
            ngettext(
                "The sentence has one character: it needs %(least)s at least.",
                "The sentence has %(n)s characters: it needs %(least)s at least.",
                len(statement),
            )
            % bounds
        )
    elif fault == rules.TextFault.LONG:
        message = (
            ngettext(
                "The sentence has one character: %(most)s at most. Put the rest in the detail.",
                "The sentence has %(n)s characters: %(most)s at most. Put the rest in the detail.",
                len(statement),
            )
            % bounds
        )
    elif fault == rules.TextFault.NO_WORDS:
        message = _("Write the idea in words, so that it can be answered.")
    else:
        return
    raise DraftRefused(message, code=fault, field="statement")


def check_opened(
    consultation: Consultation, now: datetime, refused: type[OperationRefused]
) -> None:
    """Refuse what comes before a consultation opens, or though it was cancelled; late is taken."""
    state = consultation.state(now)
    if state is rules.ConsultationState.CANCELLED:
        raise refused(_("This consultation is cancelled."), code="cancelled")
    if state not in {rules.ConsultationState.OPEN, rules.ConsultationState.CLOSED}:
        raise refused(_("This consultation is not open yet."), code="not_open")


def check_takes_ideas(consultation: Consultation) -> None:
    """Refuse an idea where none is asked for. Raises DraftRefused."""
    if not consultation.takes_ideas:
        raise DraftRefused(
            _("This consultation takes no ideas: it asks what you think of its draft texts."),
            code="no_ideas",
        )


def check_detail(detail: str) -> None:
    """Refuse a detail beyond its limit. Raises DraftRefused."""
    if len(detail) > rules.DETAIL_MAX:
        raise DraftRefused(
            ngettext(
                "The detail has one character: %(most)s at most. Shorten it.",
                "The detail has %(n)s characters: %(most)s at most. Shorten it.",
                len(detail),
            )
            % {"n": len(detail), "most": rules.DETAIL_MAX},
            code="long",
            field="detail",
        )


@transaction.atomic
def draft_idea(
    *,
    consultation: Consultation,
    key: uuid.UUID,
    text: DraftText,
    proved_as: int | None,
    now: datetime,
) -> IdeaDraft | None:
    """Keep what was typed under `key` for a day; typing again under it replaces it.

    None where an idea was already given under this key: the form was sent again, from the back
    button or a second tab. Raises DraftRefused for a text, or an axis, that cannot be taken.
    """
    if Idea.objects.filter(submission_key=key).exists():
        return None
    check_opened(consultation, now, DraftRefused)
    check_takes_ideas(consultation)
    check_statement(text.statement)
    check_detail(text.detail)
    if not consultation.topics.filter(axis=text.axis).exists():
        raise DraftRefused(_("Choose one of the axes of this consultation."), field="axis")
    draft, _is_new = IdeaDraft.objects.update_or_create(
        key=key,
        defaults={
            "community_id": consultation.community_id,
            "consultation": consultation,
            "axis": text.axis,
            "commune": text.commune,
            "statement": text.statement,
            "detail": text.detail,
            "language": rules.language_of(f"{text.statement} {text.detail}", text.interface),
            "interface": text.interface,
            "name_sealed": vault.seal(text.name, model=MODEL, field="name_sealed", row=str(key)),
            "attachment": text.attachment,
            "attachment_alt": text.attachment_alt,
            "proved_as_id": proved_as,
            "started_at": now,
            "expires_at": now + rules.DRAFT_LIFE,
        },
    )
    return draft


def name_of(draft: IdeaDraft) -> str:
    """Return the name typed with a draft, to give it back to who typed it."""
    return vault.unseal(draft.name_sealed, model=MODEL, field="name_sealed", row=str(draft.key))


@transaction.atomic
def note_code(*, key: uuid.UUID, code_token: str, now: datetime) -> None:
    """Tie a draft to the code that was sent for it, and keep when consent was given."""
    draft = IdeaDraft.objects.select_for_update().get(key=key)
    draft.code_token, draft.consented_at = code_token, now
    draft.save(update_fields=["code_token", "consented_at"])


def purge_drafts(*, now: datetime) -> int:
    """Erase drafts whose day has passed; return how many. Files unbound are swept by the base."""
    gone, _rows = IdeaDraft.objects.expired(now).delete()
    return gone
