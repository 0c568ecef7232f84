"""What is said to be done is judged by another person, whatever the account; who is told of it."""

from datetime import date

import pytest

from infitah.community.models import AccessGrant
from infitah.core.letters import read
from infitah.core.models import Mail, Outbox
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.models import CommitmentIdea, Milestone
from infitah.programme.operations import MilestoneRefused
from infitah.programme.tests.claims import NOW, TODAY, claimed, officer, verify
from infitah.programme.tests.factories import BY, idea_of

REASON = LocalizedText(ar="الصورة لا تبين المكان")


def linked_idea(sefrou, commitment):
    """Return an idea of a known author, linked to the commitment."""
    idea = idea_of(sefrou, 7)
    idea.author = sefrou.participant
    idea.save(update_fields=["author"])
    CommitmentIdea.objects.create(
        community=sefrou.province, commitment=commitment, idea=idea, weight="main", linked_on=TODAY
    )
    return idea


@pytest.mark.parametrize("tie", ["case", "mail", "person", "link", "responsible"])
def test_one_person_under_two_names_does_not_confirm(sefrou, commitment, tie):
    claimer = officer("owner", "owner@example.org")
    if tie == "case":
        judge = Actor("officer", "OWNER ", "verifier")
    elif tie == "mail":
        judge = officer("second", "Owner@Example.org")
    elif tie == "person":
        grant = AccessGrant.objects.get(user=sefrou.commitment_owner)
        claimer = Actor("officer", sefrou.commitment_owner.username)
        judge = officer("second", "x@example.org", grant.appointment.person, sefrou.province)
    elif tie == "link":
        commitment = operations.set_owner(
            commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
        )
        judge = officer("second", "me@example.org")
    else:
        grant = AccessGrant.objects.get(user=sefrou.verifier)
        commitment.responsible = grant.appointment.person
        commitment.save(update_fields=["responsible"])
        judge = Actor("officer", sefrou.verifier.username)
    reference = claimed(commitment, claimer)
    with pytest.raises(MilestoneRefused) as refused:
        verify(reference, judge)
    assert refused.value.code == ("owner" if tie in {"link", "responsible"} else "same")
    assert Milestone.objects.get(reference=reference).state == "claimed"


def test_another_person_confirms_and_owner_and_authors_are_told(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="fr", by=BY, now=NOW
    )
    dispatch_events(now=NOW)  # the adoption, before the idea is linked
    idea = linked_idea(sefrou, commitment)
    reference = claimed(commitment, officer("owner", "o@example.org"))
    verify(reference, officer("second", "s@example.org"))
    dispatch_events(now=NOW)
    dispatch_events(now=NOW)
    told = {mail.template: read(mail) for mail in Mail.objects.all()}
    assert told["programme/email/confirmed"].to == "me@example.org"
    assert reference in told["programme/email/confirmed"].subject
    assert idea.reference in told["participation/email/result"].subject
    assert Mail.objects.count() == 2


def test_what_is_sent_back_tells_the_owner_why(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
    )
    reference = claimed(commitment, officer("owner", "o@example.org"))
    operations.return_milestone(
        reference=reference, reason=REASON, on=TODAY, by=officer("second"), now=NOW
    )
    assert REASON.ar in read(Mail.objects.get(template="programme/email/returned")).text


def test_history_entered_afterwards_tells_nobody(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
    )
    reference = claimed(commitment, officer("owner"))
    operations.verify_milestone(
        reference=reference, on=date(2024, 2, 1), by=officer("second"), now=NOW
    )
    assert not Mail.objects.exists()
    assert not Outbox.objects.filter(kind="programme.milestone_verified").exists()


def test_the_last_milestone_tells_of_the_whole_commitment(sefrou, commitment):
    dispatch_events(now=NOW)
    linked_idea(sefrou, commitment)
    Milestone.objects.filter(commitment=commitment, number=2).update(
        state="verified", done_on=TODAY
    )
    verify(claimed(commitment, officer("owner", "o@example.org")), officer("second"))
    event = Outbox.objects.get(kind="programme.milestone_verified")
    assert operations.tell_authors(event=event, now=NOW) == 1
    letter = read(Mail.objects.get(template="participation/email/result"))
    assert commitment.title.ar in letter.text
    Milestone.objects.filter(commitment=commitment).update(state="started")
    assert operations.tell_authors(event=event, now=NOW) == 0
