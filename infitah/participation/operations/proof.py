"""Asking for the code of a draft, and giving the idea when the code is right, in one act."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community import operations as community
from infitah.community.operations.code_proof import proof_of_code
from infitah.community.operations.proofs import CodeRequest
from infitah.core.viewer import Actor
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaDraft
from infitah.participation.operations.drafts import note_code
from infitah.participation.operations.ideas import submit_idea

PURPOSE = "idea"


@dataclass(frozen=True, slots=True)
class Given:
    """What a typed code led to: the idea and the new device cookie, or why not."""

    idea: Idea | None = None
    device: str = ""
    refusal: str = ""
    needs_new_code: bool = False


@transaction.atomic
def ask_code(
    *,
    draft: IdeaDraft,
    address: str,
    path: str,
    device: str,
    network: str,
    now: datetime,
    real_now: datetime,
) -> None:
    """Send the code of a draft to `address` and keep the consent; the draft waits for it.

    A code runs out by real time, whatever a demonstration pretends. Raises CodeRefused beyond
    the limits, MailRefused for an address that is none.
    """
    sent = community.request_code(
        community=draft.community,
        asked=CodeRequest(
            address=address,
            purpose=PURPOSE,
            subject=str(draft.key),
            language=draft.interface,
            path=path,
            device=device,
            network=network,
            about=_named(draft),
        ),
        now=real_now,
    )
    note_code(key=draft.key, code_token=sent.token, now=now)


def _named(draft: IdeaDraft) -> str:
    with override(draft.interface):
        return _("your idea “%(words)s”") % {"words": rules.first_words(draft.statement)}


@transaction.atomic
def confirm_and_submit(
    *, draft_key: uuid.UUID, code: str, network: str, now: datetime, real_now: datetime
) -> Given:
    """Check the code and give the idea its number, both or neither; return what happened.

    A wrong code is counted, so it is told in what comes back and not raised. A code that was
    used for this very draft gives the same idea again: a double click makes no second one.
    """
    draft = IdeaDraft.objects.select_related("community").filter(key=draft_key).first()
    if draft is None:
        return _given_already(draft_key)
    proof = proof_of_code(
        community=draft.community,
        token=draft.code_token,
        code=code,
        network=network,
        real_now=real_now,
    )
    person = proof.participant
    if person is None:
        return Given(refusal=proof.refusal, needs_new_code=proof.needs_new_code)
    idea = submit_idea(
        draft_key=draft_key,
        author_id=person.pk,
        by=Actor("participant", str(person.pk)),
        now=now,
    )
    return Given(idea, proof.device)


def _given_already(draft_key: uuid.UUID) -> Given:
    idea = Idea.objects.filter(submission_key=draft_key).first()
    if idea is not None:
        return Given(idea)
    return Given(
        refusal=_("What you typed was kept for a day and is erased now. Please write it again.")
    )
