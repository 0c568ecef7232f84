"""The owner's monthly word: its rules, its link, what it writes and what it refuses."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from infitah.community.tests.factories import CalendarDayFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.operations import stage_file
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.programme import operations, queries
from infitah.programme.models import Commitment, Evidence, Milestone, MonthlyLink, ProgressUpdate
from infitah.programme.operations import LinkRefused, OwnerRefused, UpdateRefused, Word
from infitah.programme.rules import updates
from infitah.programme.rules.updates import LinkState, Standing, WordFault
from infitah.programme.tests.factories import BY, adopted_programme

ADDRESS = "owner@example.org"
SATURDAY = datetime(2026, 8, 1, 9, tzinfo=UTC)
MONDAY = datetime(2026, 8, 3, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=2)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, LinkState.READY),
        ({"opened_by": "mine"}, LinkState.READY),
        ({"opened_by": "other"}, LinkState.FORWARDED),
        ({"opened_by": "other", "device": ""}, LinkState.FORWARDED),
        ({"expires_at": MONDAY}, LinkState.EXPIRED),
        ({"revoked_at": MONDAY, "expires_at": MONDAY}, LinkState.REVOKED),
        ({"used_at": MONDAY, "revoked_at": MONDAY}, LinkState.USED),
    ],
)
def test_what_a_link_is_worth(more, state):
    values = {
        "used_at": None,
        "revoked_at": None,
        "expires_at": LATER,
        "opened_by": "",
        "device": "mine",
        "now": MONDAY,
    }
    assert updates.state_of_link(**(values | more)) == state


@pytest.mark.parametrize(
    ("standing", "note", "milestone", "evidence", "fault"),
    [
        (Standing.ON_TIME, "", False, False, None),
        (Standing.LATE, "", False, False, None),
        (Standing.BLOCKED, "", False, False, WordFault.NOTE_MISSING),
        (Standing.BLOCKED, "لا عروض", False, False, None),
        (Standing.DONE, "", False, True, WordFault.MILESTONE_MISSING),
        (Standing.DONE, "", True, False, WordFault.EVIDENCE_MISSING),
        (Standing.DONE, "", True, True, None),
        (Standing.LATE, "x" * 601, False, False, WordFault.NOTE_LONG),
    ],
)
def test_what_a_word_needs(standing, note, milestone, evidence, fault):
    found = updates.fault_of_word(
        standing, note=note, has_milestone=milestone, has_evidence=evidence
    )
    assert found == fault


@pytest.fixture
def owned(commitment):
    """A commitment in execution whose owner has an address."""
    return operations.set_owner(
        commitment=commitment, address=ADDRESS, language="ar", by=BY, now=MONDAY
    )


def sent_token(commitment, now=MONDAY, index=-1):
    """Return the token in a monthly mail of the commitment."""
    mails = Mail.objects.filter(template="programme/email/monthly").order_by("pk")
    letter = read(list(mails)[index])
    return letter.text.partition("/mine/update/")[2].partition("/")[0]


def tell(sefrou, token, *, device="phone", now=LATER, standing="on_time", **more):
    return operations.tell_by_link(
        community=sefrou.province,
        token=token,
        device=device,
        word=Word(standing=standing, **more),
        now=now,
    )


@pytest.mark.database
def test_owners_are_asked_from_the_first_working_day_on_once_a_month(sefrou, owned):
    assert operations.has_links_to_send(SATURDAY)
    assert not operations.send_monthly_links(now=SATURDAY)
    assert not MonthlyLink.objects.exists()
    operations.send_monthly_links(now=MONDAY)
    operations.send_monthly_links(now=LATER)
    assert MonthlyLink.objects.get().month == date(2026, 8, 1)
    assert Mail.objects.count() == 1 and not operations.has_links_to_send(LATER)
    # A worker that slept through the first days asks when it wakes, not never.
    operations.send_monthly_links(now=datetime(2026, 9, 17, 9, tzinfo=UTC))
    first, second = MonthlyLink.objects.order_by("month")
    assert first.revoked_at is not None and second.month == date(2026, 9, 1)


def test_a_day_off_moves_the_first_day_of_asking(sefrou, owned):
    CalendarDayFactory(community=sefrou.province, date=date(2026, 8, 3))
    operations.send_monthly_links(now=MONDAY)
    assert not MonthlyLink.objects.exists()
    operations.send_monthly_links(now=MONDAY + timedelta(days=1))
    assert MonthlyLink.objects.count() == 1


def test_what_is_done_or_not_begun_is_not_asked(sefrou, owned):
    for state in ("verified", "withdrawn", "validated"):
        Commitment.objects.filter(pk=owned.pk).update(state=state)
        assert not operations.has_links_to_send(MONDAY)
    Commitment.objects.filter(pk=owned.pk).update(
        state="adopted", starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1)
    )
    assert not operations.has_links_to_send(MONDAY)


def test_the_address_is_sealed_and_stands_in_no_entry(sefrou, owned):
    assert ADDRESS not in owned.owner_mail_sealed
    assert queries.owner_address(owned) == ADDRESS
    entry = Entry.objects.filter(act="programme.owner_set").get()
    assert ADDRESS not in entry.canonical
    with pytest.raises(OwnerRefused) as refused:
        operations.set_owner(commitment=owned, address="x", language="ar", by=BY, now=MONDAY)
    assert refused.value.field == "address"
    operations.set_owner(commitment=owned, address=ADDRESS, language="fr", by=BY, now=MONDAY)
    assert Entry.objects.filter(act="programme.owner_set").count() == 1


def test_a_word_by_the_link_stands_in_the_register_and_changes_no_lateness(sefrou, owned):
    operations.send_monthly_links(now=MONDAY)
    before = queries.cards(queries.commitments(viewer(sefrou)), date(2026, 8, 3))[0].late
    update = tell(sefrou, sent_token(owned), standing="late", note="تأخر التعاقد")
    entry = Entry.objects.get(number=update.register_number, act="programme.progress_told")
    assert (entry.subject, entry.facts.by.office) == (owned.reference, "commitment_owner")
    assert "تأخر التعاقد" not in entry.canonical
    assert (update.month, update.office) == (date(2026, 8, 1), "commitment_owner")
    assert ADDRESS not in update.given_by
    after = queries.cards(queries.commitments(viewer(sefrou)), date(2026, 8, 3))[0].late
    assert before == after > 0


def viewer(sefrou):
    return sefrou.viewer()


@pytest.mark.database
def test_a_link_works_once_and_on_one_device(sefrou, owned):
    operations.send_monthly_links(now=MONDAY)
    token = sent_token(owned)
    values = {"community": sefrou.province, "token": token, "now": LATER}
    assert operations.take_up_link(device="phone", **values) == LinkState.READY
    assert operations.take_up_link(device="colleague", **values) == LinkState.FORWARDED
    with pytest.raises(LinkRefused) as forwarded:
        tell(sefrou, token, device="colleague")
    assert forwarded.value.state == LinkState.FORWARDED
    tell(sefrou, token)
    with pytest.raises(LinkRefused) as used:
        tell(sefrou, token)
    assert used.value.state == LinkState.USED
    assert ProgressUpdate.objects.count() == 1


@pytest.mark.parametrize("spoil", ["forged", "elsewhere", "expired", "owner"])
def test_a_dead_link_takes_no_word(sefrou, owned, spoil):
    operations.send_monthly_links(now=MONDAY)
    token, community, now = sent_token(owned), sefrou.province, LATER
    if spoil == "forged":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    if spoil == "elsewhere":
        community = sefrou.other
    if spoil == "expired":
        now = MONDAY + updates.LINK_LIFE
    if spoil == "owner":
        operations.set_owner(
            commitment=owned, address="next@example.org", language="ar", by=BY, now=LATER
        )
    with pytest.raises(LinkRefused) as refused:
        operations.tell_by_link(
            community=community, token=token, device="phone", word=Word("late"), now=now
        )
    expected = {"forged": "forged", "elsewhere": "forged", "owner": "revoked"}
    assert refused.value.state == expected.get(spoil, spoil)
    assert not ProgressUpdate.objects.exists()


def test_only_the_digest_of_a_link_is_kept(sefrou, owned):
    operations.send_monthly_links(now=MONDAY)
    bits = sent_token(owned).partition(".")[0]
    kept = MonthlyLink.objects.get()
    assert len(bits) == 22 and bits not in kept.token_digest


@pytest.mark.database
def test_a_new_link_goes_to_the_stored_address_and_ends_the_others(sefrou, owned):
    ask = {"community": sefrou.province, "network": "198.51.100.7", "now": LATER}
    operations.send_monthly_links(now=MONDAY)
    operations.send_new_link(reference=owned.reference, **ask)
    operations.send_new_link(reference="SFR-2023-C-0099", **ask)
    old, new = MonthlyLink.objects.order_by("number")
    assert (old.revoked_at, new.number) == (LATER, 2)
    assert {read(mail).to for mail in Mail.objects.all()} == {ADDRESS}
    for _n in range(5):
        operations.send_new_link(reference=owned.reference, **ask)
    assert MonthlyLink.objects.count() == 4  # three an hour, whoever asks


@pytest.mark.database
def test_done_claims_the_milestone_with_evidence_that_waits(sefrou, owned):
    operations.send_monthly_links(now=MONDAY)
    photo = stage_file(
        BytesIO(b"minutes of the meeting"), community_key="SFR", name="m.txt", now=LATER
    )
    given = operations.EvidenceGiven(
        kind="file",
        title=LocalizedText(ar="محضر التسلم"),
        sha256=photo.sha256,
        captured_on=date(2026, 8, 3),
        file=photo,
    )
    reference = f"{owned.reference}-M1"
    tell(sefrou, sent_token(owned), standing="done", milestone=reference, evidence=given)
    milestone = Milestone.objects.get(reference=reference)
    evidence = Evidence.objects.get(milestone=milestone)
    assert (milestone.state, milestone.done_on) == ("claimed", date(2026, 8, 3))
    assert evidence.sha256 == photo.sha256 and evidence.claimed_by.startswith("owner:")
    assert [one.after for one in milestone.changes.all()] == ["started", "claimed"]
    with pytest.raises(UpdateRefused) as again:
        word = Word("done", milestone=reference, evidence=given)
        operations.tell_progress(commitment=owned, word=word, by=BY, now=LATER)
    assert again.value.code == "done"


@pytest.mark.parametrize(
    ("word", "field"),
    [
        (Word("blocked"), "note"),
        (Word("done"), "milestone"),
        (Word("late", milestone="SFR-2023-C-0099-M1"), "milestone"),
        (Word("late", note="x" * 601), "note"),
    ],
)
def test_a_word_that_lacks_something_is_refused_beside_its_field(owned, word, field):
    with pytest.raises(UpdateRefused) as refused:
        operations.tell_progress(commitment=owned, word=word, by=BY, now=LATER)
    assert refused.value.field == field


def test_nothing_is_said_of_what_is_not_carried_out(owned):
    Commitment.objects.filter(pk=owned.pk).update(state="withdrawn")
    with pytest.raises(UpdateRefused) as refused:
        operations.tell_progress(commitment=owned, word=Word("late"), by=BY, now=LATER)
    assert refused.value.code == "not_running"


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_is_read_in_the_same_queries(sefrou, count, django_assert_max_num_queries):
    _cycle, made = adopted_programme(sefrou, count=count)
    for one in made:
        operations.tell_progress(commitment=one, word=Word("late"), by=BY, now=LATER)
    eyes = sefrou.viewer("programme.edit")
    with django_assert_max_num_queries(6):
        rows = queries.carrying_out(eyes, date(2026, 8, 3))
        assert [row.last.standing for row in rows] == ["late"] * count
    assert queries.carrying_out(sefrou.viewer("progress.report"), date(2026, 8, 3)) == []


def test_an_owner_is_removed_and_asked_no_more(sefrou, owned):
    operations.send_monthly_links(now=MONDAY)
    with pytest.raises(OwnerRefused) as strange:
        operations.set_owner(commitment=owned, address=ADDRESS, language="en", by=BY, now=MONDAY)
    assert strange.value.field == "language"
    gone = operations.set_owner(commitment=owned, address=" ", language="ar", by=BY, now=LATER)
    assert gone.owner_mail_sealed == "" and Entry.objects.filter(act="programme.owner_removed")
    operations.send_new_link(
        community=sefrou.province, reference=owned.reference, network="198.51.100.9", now=LATER
    )
    assert MonthlyLink.objects.get().revoked_at == LATER
