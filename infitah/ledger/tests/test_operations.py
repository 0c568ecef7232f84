import hashlib
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction

from infitah.core import keys
from infitah.core.models import Generation
from infitah.core.registry import AFTER_RESTORE, JOBS
from infitah.core.viewer import Actor
from infitah.ledger import operations, queries, rules
from infitah.ledger.models import Entry, HeadState, Node, Opening, SignedHead
from infitah.ledger.tests.factories import CITIZEN, NOW, OFFICER, make_entries, make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REAL = datetime(2026, 11, 23, 20, 41, 10, 987654, tzinfo=UTC)


def fields(entry):
    return json.loads(Entry.objects.get(pk=entry.pk).canonical)


@time_machine.travel(REAL, tick=False)
def test_an_act_is_written_as_the_specification_says():
    entry = make_entry(by=OFFICER, public={"title": "رقمنة", "count": 3})
    opening = queries.openings("SFR", 0)["by"]
    assert Entry.objects.get().canonical == (
        '{"act":"participation.idea_submitted",'
        '"by":{"key":"","kind":"officer","office":"moderator"},'
        '"community":"SFR","number":0,"occurred_on":"2026-11-23",'
        f'"private":{{"by":"{rules.base64_text(opening.commitment)}"}},'
        '"public":{"count":3,"title":"رقمنة"},'
        '"recorded_at":"2026-11-23T20:41:10Z","stated_at":"2026-11-23T09:30:00Z",'
        '"subject":"SFR-2026-I-0001","version":1}'
    )
    canonical = Entry.objects.get().canonical.encode()
    assert bytes(entry.leaf_hash) == hashlib.sha256(b"\x00" + canonical).digest()
    assert entry.facts.recorded_at == entry.recorded_at == REAL.replace(microsecond=0)


def test_numbers_have_no_gap_within_a_community():
    assert [entry.number for entry in make_entries(5)] == [0, 1, 2, 3, 4]
    assert [entry.number for entry in make_entries(2, community_key="FES")] == [0, 1]
    with pytest.raises(ValueError), transaction.atomic():
        make_entry()
        raise ValueError
    assert make_entry().number == 5
    assert HeadState.objects.get(community_key="SFR").size == 6


def test_the_tree_stands_in_nodes_and_peaks():
    leaves = [bytes(entry.leaf_hash) for entry in make_entries(11)]
    places = rules.tree.places_of(leaves)
    stored = {
        rules.Place(node.level, node.position): bytes(node.hash) for node in Node.objects.all()
    }
    assert stored == {place: value for place, value in places.items() if place.level}
    state = HeadState.objects.get()
    assert rules.tree.root_of(state.peak_hashes) == queries.root_at("SFR", 11)


def test_a_person_stands_as_a_commitment_only():
    entry = make_entry(private={"name": "فاطمة الزهراء"})
    text = Entry.objects.get().canonical
    assert "فاطمة" not in text
    assert "77" not in json.dumps(fields(entry)["by"])
    assert set(entry.salts) == {"name", "by"}
    openings = queries.openings("SFR", 0)
    assert openings["name"].value == "فاطمة الزهراء"
    assert openings["by"].value == "participant:77"
    assert openings["name"].salt == entry.salts["name"]
    assert entry.facts.private == {name: item.commitment for name, item in openings.items()}
    assert "فاطمة" not in Opening.objects.get(name="name").sealed


def test_the_same_value_is_never_committed_alike():
    first, second = make_entry(private={"name": "x"}), make_entry(private={"name": "x"})
    assert first.facts.private["name"] != second.facts.private["name"]


def test_the_system_stands_in_clear_and_a_visitor_without_key():
    assert fields(make_entry(by=Actor.system("seed")))["by"]["key"] == "seed"
    assert fields(make_entry(by=Actor.visitor()))["private"] == {}
    assert Opening.objects.count() == 0


def test_erasing_leaves_the_entry_valid():
    make_entry(private={"name": "فاطمة"}, subject="SFR-2026-I-0007")
    make_entry(private={"name": "خديجة"}, subject="SFR-2026-I-0008")
    erased = operations.erase_openings(
        community_key="SFR", subject="SFR-2026-I-0007", by=OFFICER, now=NOW
    )
    assert erased == 2
    assert queries.openings("SFR", 0) == {}
    assert queries.openings("SFR", 1)["name"].value == "خديجة"
    assert queries.audit().is_intact
    last = queries.entry("SFR", 2)
    assert (last.act, last.facts.public) == ("register.openings_erased", {"erased": 2})
    assert not operations.erase_openings(
        community_key="SFR", subject="SFR-2026-I-0007", by=Actor.system("purge"), now=NOW
    )
    assert queries.size("SFR") == 3


def test_all_that_a_person_did_can_be_forgotten():
    make_entry(subject="SFR-2026-I-0007")
    make_entry(subject="SFR-2026-I-0008")
    make_entry(subject="SFR-2026-I-0009", by=Actor("participant", "78"))
    erased = operations.erase_person(
        community_key="SFR", person=CITIZEN, by=Actor.system("purge"), now=NOW
    )
    assert erased == 2
    assert queries.openings("SFR", 2)["by"].value == "participant:78"
    assert queries.entry("SFR", 3).subject == ""
    assert queries.audit().is_intact


def test_an_act_of_another_day_is_entered_afterwards():
    entry = make_entry(occurred_on=date(2023, 6, 12))
    assert entry.facts.is_entered_afterwards
    assert queries.entries("SFR").rows[0].is_entered_afterwards


def test_an_act_of_a_day_to_come_is_refused_in_words():
    with pytest.raises(operations.StillToCome) as refused:
        make_entry(occurred_on=date(2026, 11, 24))
    assert (refused.value.field, Entry.objects.count()) == ("on", 0)
    assert make_entry(occurred_on=date(2026, 11, 23)).number == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "submitted"},
        {"subject": "two\nlines"},
        {"public": {"share": 0.5}},
        {"public": {"é": 1}},
        {"private": {"by": "x"}},
        {"private": {"two words": "x"}},
        {"community_key": "sefrou"},
    ],
)
def test_what_cannot_be_written_is_refused_whole(changes):
    with pytest.raises(ValueError):
        make_entry(**changes)
    assert not Entry.objects.exists()
    assert not Opening.objects.exists()


def test_recording_makes_kept_pages_of_the_register_stale():
    make_entry()
    first = Generation.objects.get(community_key="SFR", kind="register").number
    make_entry()
    assert Generation.objects.get(community_key="SFR", kind="register").number == first + 1


def test_an_act_costs_few_statements(django_assert_max_num_queries):
    make_entries(3)
    with transaction.atomic(), django_assert_max_num_queries(7):
        operations.record(
            community_key="SFR",
            act="participation.idea_submitted",
            subject="SFR-2026-I-0004",
            by=CITIZEN,
            public={},
            private={"name": "x"},
            occurred_on=date(2026, 11, 23),
            now=NOW,
        )


@time_machine.travel(REAL, tick=False)
def test_a_head_is_signed_once_for_a_size():
    make_entries(3)
    head = operations.sign_head(community_key="SFR", now=NOW)
    assert operations.sign_head(community_key="SFR", now=NOW) == head
    assert (head.size, head.day, head.signed_at) == (3, None, REAL.replace(microsecond=0))
    assert head.signed.is_signed_by(keys.public_keys()[head.key_id])
    assert bytes(head.root) == queries.root_at("SFR", 3)
    make_entry()
    assert operations.sign_head(community_key="SFR", now=NOW).size == 4


def test_a_register_without_entry_has_no_head():
    with pytest.raises(HeadState.DoesNotExist):
        operations.sign_head(community_key="SFR", now=NOW)


def test_every_register_gets_one_anchor_a_day():
    make_entries(2)
    make_entries(1, community_key="FES")
    job = JOBS["ledger.daily_heads"]
    with time_machine.travel(datetime(2026, 11, 23, 22, 59, tzinfo=UTC), tick=False):
        assert job.has_work(NOW)
        assert operations.sign_daily_heads(now=NOW) == 2
        assert operations.sign_daily_heads(now=NOW) == 0
        assert not job.has_work(NOW)
    with time_machine.travel(datetime(2026, 11, 23, 23, 1, tzinfo=UTC), tick=False):
        assert operations.sign_daily_heads(now=NOW) == 2  # already the 24th in Morocco
    days = SignedHead.objects.filter(community_key="SFR").values_list("day", flat=True)
    assert set(days) == {date(2026, 11, 23), date(2026, 11, 24)}
    assert queries.audit().is_intact


def test_a_restore_is_recorded_in_every_register():
    make_entries(1)
    make_entries(1, community_key="FES")
    assert operations.record_restore in AFTER_RESTORE
    operations.record_restore(archive_sha256="ab" * 32, made_at=NOW, now=NOW)
    for community_key in ("FES", "SFR"):
        last = queries.entry(community_key, 1)
        assert last.act == "register.restored"
        assert last.facts.public["archive_sha256"] == "ab" * 32


@pytest.mark.django_db(transaction=True)
def test_an_act_belongs_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        operations.record(
            community_key="SFR",
            act="a.b",
            subject="",
            by=CITIZEN,
            public={},
            occurred_on=date(2026, 11, 23),
            now=NOW,
        )
    with pytest.raises(RuntimeError, match="transaction"):
        operations.record_many(
            community_key="SFR",
            act="a.b",
            acts=[],
            by=CITIZEN,
            occurred_on=date(2026, 11, 23),
            now=NOW,
        )


def test_many_acts_grow_the_same_tree_as_one_after_the_other():
    make_entries(3)
    acts = [
        operations.ActOn(f"SFR-2026-I-000{n}", {"rule": n}, {"reason": f"سبب {n}"})
        for n in range(1, 9)
    ]
    with transaction.atomic():
        numbers = operations.record_many(
            community_key="SFR",
            act="participation.comment_hidden",
            acts=acts,
            by=OFFICER,
            occurred_on=date(2026, 11, 23),
            now=NOW,
        )
    assert numbers == list(range(3, 11)) and make_entry().number == 11
    entries = list(Entry.objects.order_by("number"))
    places = rules.tree.places_of([bytes(entry.leaf_hash) for entry in entries])
    stored = {
        rules.Place(node.level, node.position): bytes(node.hash) for node in Node.objects.all()
    }
    assert stored == {place: value for place, value in places.items() if place.level}
    assert queries.openings("SFR", 5)["reason"].value == "سبب 3"
    assert fields(entries[5])["public"] == {"rule": 3}
