"""Receiving a visitor at the desk: the same number, the same register, a receipt on paper."""

from datetime import datetime

from django.db import transaction

from infitah.community import operations as community
from infitah.community.models import Participant
from infitah.core import vault
from infitah.core.viewer import Actor
from infitah.participation.models import Consultation, Idea
from infitah.participation.operations.ideas import MODEL, IdeaText, enter_idea_at_desk


@transaction.atomic
def receive_visitor(
    *, consultation: Consultation, text: IdeaText, address: str, by: Actor, now: datetime
) -> Idea:
    """Give a visitor's idea its number; who leaves an address gets the receipt by mail too.

    With a name the person is kept as seen at the desk (level L1), without one nobody is. Raises
    IdeaRefused before opening, DraftRefused for a text that cannot be taken.
    """
    author = None
    if text.name:
        author = community.prove_at_desk(
            community=consultation.community,
            name=text.name,
            address=address,
            address_kind=Participant.AddressKind.MAIL,
            language=text.interface,
            by=by,
            now=now,
        )
    return enter_idea_at_desk(consultation=consultation, text=text, author=author, by=by, now=now)


def name_of_author(idea: Idea) -> str:
    """Return the name given with an idea; only for who reads the identity by a logged act."""
    return vault.unseal(
        idea.author_name_sealed,
        model=MODEL,
        field="author_name_sealed",
        row=str(idea.submission_key),
    )
