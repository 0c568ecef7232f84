"""A programme whose deliberation was annulled: before the council again, the same or amended."""

from datetime import date
from hashlib import sha256

import pytest
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.council import operations as council
from infitah.council.models import Deliberation
from infitah.council.rules import Examination
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings.queries import present_at
from infitah.proceedings.rules import Choice
from infitah.programme import operations, queries
from infitah.programme.models import Adoption, CommitmentVersion
from infitah.programme.operations import CommitmentRefused, CycleRefused
from infitah.programme.tests.factories import STEP, WORDS, adopted_programme, viewer_of
from infitah.programme.tests.sittings import AFTER, WHY, moved, vote_at

DAY = date(2023, 11, 13)
HOST = {"host": "localhost"}


@pytest.fixture
def programme(sefrou):
    """An adopted programme of two commitments."""
    return adopted_programme(sefrou, count=2)


@pytest.fixture
def sitting(programme):
    """The sitting of the council that adopted it, and who was there."""
    held = programme[0].deliberation.vote.item.sitting
    return held, [one.mandate for one in present_at(held)]


@pytest.fixture
def annulled(programme, sitting):
    """The programme, its deliberation given up by the council after an objection."""
    cycle, made = programme
    reference = cycle.deliberation.reference
    council.record_sending(reference=reference, sent_on=DAY, **STEP)
    letter = council.ObjectionLetter("2023/114", DAY, WHY)
    council.record_objection(reference=reference, letter=letter, **STEP)
    council.record_examination(
        reference=reference, vote=vote_at(*sitting), outcome=Examination.GIVEN_UP, **STEP
    )
    return cycle, made


@pytest.fixture
def returned(annulled):
    cycle, made = annulled
    cycle = operations.return_to_council(cycle=cycle, **STEP)
    for one in made:
        one.refresh_from_db()
    return cycle, made


def adopted_again(sefrou, cycle, sitting, number=2):
    text = LocalizedText(ar=f"بصمة البرنامج {queries.adoption_desk(cycle).digest}")
    deliberation = adopted(sefrou.council, number=number, text=text, vote=vote_at(*sitting))
    return operations.adopt_programme(cycle=cycle, deliberation=deliberation, **STEP)


def test_only_an_annulled_programme_goes_before_the_council_again(programme):
    cycle, (one, _other) = programme
    with pytest.raises(CycleRefused):
        operations.return_to_council(cycle=cycle, **STEP)
    cycle.refresh_from_db()
    one.refresh_from_db()
    assert (cycle.state, one.state) == ("adopted", "adopted")


def test_its_texts_stand_before_the_council_and_the_annulled_adoption_stays(returned):
    cycle, made = returned
    assert (cycle.state, cycle.deliberation, cycle.sha256) == ("preparing", None, "")
    assert {one.state for one in made} == {"validated"}
    assert Adoption.objects.filter(deliberation__state="annulled").count() == len(made)
    newest = [one.versions.order_by("number").last() for one in made]
    assert {one.kind for one in newest} == {CommitmentVersion.Kind.RETURNED}
    assert queries.adoption_desk(cycle).faults == ()
    entry = Entry.objects.get(act="programme.returned_to_council")
    assert all(one.reference in entry.canonical for one in made)
    with pytest.raises(CommitmentRefused):  # the committee has validated them before
        operations.validate_commitment(commitment=made[0], on=DAY, **STEP)


def test_the_annulled_deliberation_adopts_it_no_more(returned, sefrou):
    cycle, _made = returned
    first = Deliberation.objects.get()
    assert first not in queries.free_deliberations(viewer_of(sefrou.province))
    with pytest.raises(CycleRefused):
        operations.adopt_programme(cycle=cycle, deliberation=first, **STEP)


def test_the_same_text_is_adopted_by_a_new_deliberation(returned, sefrou, sitting):
    before = {one.version.sha256 for one in Adoption.objects.select_related("version")}
    cycle, made = returned
    cycle = adopted_again(sefrou, cycle, sitting)
    assert cycle.state == "adopted" and cycle.deliberation.number == 2
    bound = Adoption.objects.filter(deliberation=cycle.deliberation).select_related("version")
    assert {one.version.sha256 for one in bound} == before and bound.count() == len(made)
    assert all(one.is_same_text for one in bound)
    lines = queries.hash_lines(cycle)
    assert sha256(lines.encode()).hexdigest() == cycle.sha256
    assert lines.count("\n") == len(made)
    operations.start_milestone(reference=f"{made[0].reference}-M1", on=DAY, **STEP)


def test_an_amended_text_is_adopted_and_what_was_put_off_stays_so(
    programme, sefrou, sitting, request
):
    _cycle, (one, other) = programme
    for reference in (f"{one.reference}-M1", f"{one.reference}-M2"):
        operations.start_milestone(reference=reference, on=DAY, **STEP)
    later = date(2025, 6, 30)
    operations.reschedule_milestone(
        reference=f"{one.reference}-M2", planned_end=later, reason=WHY, on=DAY, **STEP
    )
    cycle, _made = request.getfixturevalue("returned")
    amendment = moved(one, sitting)
    vote = vote_at(*sitting, item=amendment.item)
    operations.decide_amendment(amendment=amendment, vote=vote, **STEP)
    cycle = adopted_again(sefrou, cycle, sitting)
    for record in (one, other):
        record.refresh_from_db()
    assert (one.title, one.state, other.state) == (AFTER, "running", "adopted")
    bound = Adoption.objects.get(deliberation=cycle.deliberation, version__commitment=one)
    assert not bound.is_same_text and bound.difference
    put_off = one.milestones.get(number=2)
    assert put_off.planned_end == later != put_off.announced_end


def test_a_commitment_may_fall_at_the_new_session(returned, sefrou, sitting):
    cycle, (one, other) = returned
    lost = vote_at(*sitting, Choice.AGAINST)
    operations.reject_commitment(commitment=one, vote=lost, reason=WORDS, **STEP)
    cycle = adopted_again(sefrou, cycle, sitting)
    one.refresh_from_db()
    assert one.state == "rejected"
    bound = Adoption.objects.get(deliberation=cycle.deliberation)
    assert bound.version.commitment == other


def test_citizens_read_both_deliberations(annulled, sefrou, sitting, client):
    cycle, (one, _other) = annulled
    first = cycle.deliberation
    pages = (f"/ar/programme/{cycle.slug}/", f"/ar/council/decisions/{first.reference}/")
    cycle = operations.return_to_council(cycle=cycle, **STEP)
    home, decision = (client.get(page, headers=HOST).content.decode() for page in pages)
    assert f"/decisions/{first.reference}/" in home and 'id="annulled"' in home
    assert f'href="/ar/programme/{cycle.slug}/"' in decision and one.reference in decision
    cycle = adopted_again(sefrou, cycle, sitting)
    for page in (pages[0], f"{pages[0]}commitments/{one.reference}/"):
        body = client.get(page, headers=HOST).content.decode()
        assert f"/decisions/{first.reference}/" in body
        assert f"/decisions/{cycle.deliberation.reference}/" in body


def test_the_secretary_takes_it_to_a_new_session_at_the_desk(annulled, sefrou):
    cycle, _made = annulled
    secretary = log_in(Client(headers=HOST), sefrou.secretary, sefrou.province)
    page = f"/desk/programme/cycles/{cycle.slug}/adopted/"
    assert f'action="{page}return/"' in secretary.get(page).content.decode()
    assert secretary.get(f"{page}return/").status_code == 405
    answer = secretary.post(f"{page}return/")
    assert answer.headers["Location"] == f"/desk/programme/cycles/{cycle.slug}/adoption/"
    assert secretary.get(answer.headers["Location"]).status_code == 200
    assert secretary.get(page).url.endswith("/adoption/")
    moderator = log_in(Client(headers=HOST), sefrou.moderator, sefrou.province)
    assert moderator.post(f"{page}return/").status_code == 404
