"""Deliberations for tests, made by the acts that make them."""

from infitah.council import operations
from infitah.council.models import CouncilSession
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.operations import record_named_vote
from infitah.proceedings.rules import Choice, Majority
from infitah.proceedings.tests.factories import BY, NOW, held_sitting

TITLE = LocalizedText(ar="مقرر", fr="Délibération")
TEXT = LocalizedText(ar="المادة الأولى\n\nالمادة الثانية", fr="Article 1\n\nArticle 2")


def voted(body, choice=Choice.FOR):
    """Return a vote of `body` in which everybody present said `choice`."""
    sitting, present = held_sitting(body)
    CouncilSession.objects.create(
        community=sitting.community,
        session=sitting.session,
        kind="extraordinary",
        called_by="president",
    )
    return record_named_vote(
        item=sitting.items.get(),
        question=TITLE,
        choices={seat.pk: choice for seat in present},
        majority=Majority.OF_MEMBERS,
        by=BY,
        now=NOW,
    )


def voted_again(vote):
    """Return another vote on the same item, of the same people."""
    return record_named_vote(
        item=vote.item,
        question=TITLE,
        choices={one.mandate_id: Choice.FOR for one in vote.named.all()},
        majority=Majority.OF_MEMBERS,
        by=BY,
        now=NOW,
    )


def adopted(body, *, number=1, text=TEXT, is_visa_required=True, vote=None):
    """Return a deliberation that `body` adopted."""
    vote = vote or voted(body)
    return operations.record_deliberation(
        items=[vote.item],
        vote=vote,
        adopted=operations.AdoptedText(number, TITLE, text, is_visa_required),
        by=BY,
        now=NOW,
    )
