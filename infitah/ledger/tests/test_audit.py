"""The audit finds every fault, and says where it is."""

import random

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from infitah.core import keys
from infitah.ledger import operations, queries, rules
from infitah.ledger.rules.audit import Fault, Finding
from infitah.ledger.tests.factories import NOW, drop_triggers, make_entries

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _register():
    make_entries(13)
    operations.sign_head(community_key="SFR", now=NOW, is_daily=True)
    make_entries(6)
    operations.sign_head(community_key="SFR", now=NOW)
    make_entries(2, community_key="FES")
    drop_triggers()


def run(statement, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def faults(pinned=()):
    found = queries.audit(pinned).findings
    return {(item.fault, item.place) for item in found if item.fault != Fault.TRIGGER_MISSING}


def test_an_untouched_register_is_intact():
    assert faults() == set()
    audit = queries.audit()
    assert (audit.communities, audit.entries, audit.heads) == (2, 21, 2)
    assert audit.nodes == 17  # 19 leaves have 16 complete inner nodes, 2 have 1
    assert not audit.is_intact  # its guards are gone


@pytest.mark.parametrize(
    ("change", "fault", "place"),
    [
        (
            "UPDATE ledger_entry SET canonical = replace(canonical, 'digit', 'digot')"
            " WHERE community_key = 'SFR' AND number = 7",
            Fault.LEAF_DIFFERS,
            "7",
        ),
        (
            "UPDATE ledger_entry SET subject = 'SFR-2026-I-9999'"
            " WHERE community_key = 'SFR' AND number = 7",
            Fault.COLUMNS_DIFFER,
            "7",
        ),
        (
            "UPDATE ledger_entry SET occurred_on = '2020-01-01'"
            " WHERE community_key = 'SFR' AND number = 7",
            Fault.COLUMNS_DIFFER,
            "7",
        ),
        (
            "UPDATE ledger_entry SET recorded_at = '2026-01-01 00:00:00.000001+00'"
            " WHERE community_key = 'SFR' AND number = 7",
            Fault.COLUMNS_DIFFER,
            "7",
        ),
        (
            "DELETE FROM ledger_entry WHERE community_key = 'SFR' AND number = 7",
            Fault.ENTRY_MISSING,
            "7",
        ),
        (
            "DELETE FROM ledger_entry WHERE community_key = 'SFR' AND number = 18",
            Fault.HEAD_BEYOND_REGISTER,
            "19",
        ),
        (
            "UPDATE ledger_entry SET number = 99 WHERE community_key = 'SFR' AND number = 18",
            Fault.ENTRY_MISSING,
            "18",
        ),
        (
            "UPDATE ledger_entry SET community_key = 'FES', number = 2"
            " WHERE community_key = 'SFR' AND number = 18",
            Fault.COLUMNS_DIFFER,
            "2",
        ),
        (
            "DELETE FROM ledger_node WHERE community_key = 'SFR' AND level = 2 AND position = 1",
            Fault.NODE_MISSING,
            "2: 1",
        ),
        (
            "UPDATE ledger_node SET position = 77"
            " WHERE community_key = 'SFR' AND level = 2 AND position = 1",
            Fault.NODE_UNEXPECTED,
            "2/77",
        ),
        (
            "UPDATE ledger_headstate SET size = 18 WHERE community_key = 'SFR'",
            Fault.STATE_DIFFERS,
            "19",
        ),
        (
            "DELETE FROM ledger_headstate WHERE community_key = 'SFR'",
            Fault.STATE_DIFFERS,
            "19",
        ),
        (
            "UPDATE ledger_signedhead SET size = 12 WHERE size = 13",
            Fault.HEAD_DIFFERS,
            "12",
        ),
        (
            "UPDATE ledger_signedhead SET size = 1300 WHERE size = 13",
            Fault.HEAD_BEYOND_REGISTER,
            "1300",
        ),
        (
            "UPDATE ledger_signedhead SET key_id = 'other' WHERE size = 13",
            Fault.HEAD_KEY_UNKNOWN,
            "13",
        ),
        (
            "UPDATE ledger_signedhead SET day = '2020-01-01' WHERE size = 13",
            Fault.HEAD_DAY_WRONG,
            "13",
        ),
        (
            "UPDATE ledger_signedhead SET signed_at = '2026-01-01 00:00:00+00' WHERE size = 19",
            Fault.HEAD_UNREADABLE if connection.vendor == "sqlite" else Fault.HEAD_SIGNATURE_WRONG,
            "19",
        ),
        (
            "UPDATE ledger_signedhead SET signed_at = '2026-01-01 00:00:00.5' WHERE size = 19",
            Fault.HEAD_UNREADABLE,
            "19",
        ),
    ],
)
def test_a_change_is_found_where_it_is(change, fault, place):
    run(change)
    assert (fault, place) in faults()


@pytest.mark.parametrize(
    ("table", "column", "fault"),
    [
        ("ledger_entry", "leaf_hash", Fault.LEAF_DIFFERS),
        ("ledger_node", "hash", Fault.NODE_DIFFERS),
        ("ledger_headstate", "peaks", Fault.STATE_DIFFERS),
        ("ledger_signedhead", "root", Fault.HEAD_DIFFERS),
        ("ledger_signedhead", "signature", Fault.HEAD_SIGNATURE_WRONG),
    ],
)
def test_a_flipped_bit_of_each_hash_is_found(table, column, fault):
    chance = random.Random(7)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table}")
        rows = [(row, bytes(value)) for row, value in cursor.fetchall()]
    for row, value in rows:
        bit = chance.randrange(len(value) * 8)
        flipped = (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))
        run(f"UPDATE {table} SET {column} = %s WHERE id = %s", [flipped, row])
        assert fault in {found for found, _place in faults()}
        run(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row])
    assert faults() == set()


def test_text_that_is_no_text_is_a_finding_and_not_a_crash():
    if connection.vendor == "postgresql":  # it stores no text that is not UTF-8
        with pytest.raises(DatabaseError), transaction.atomic():
            run("UPDATE ledger_entry SET act = convert_from('\\x53ff52'::bytea, 'UTF8')")
        return
    for column in ("canonical", "act", "subject", "community_key", "occurred_on", "recorded_at"):
        with transaction.atomic():
            point = transaction.savepoint()
            run(f"UPDATE ledger_entry SET {column} = CAST(x'53ff52' AS TEXT) WHERE number = 3")
            assert faults(), column
            transaction.savepoint_rollback(point)
    run("UPDATE ledger_signedhead SET key_id = CAST(x'ff' AS TEXT), signed_at = 'x'")
    assert (Fault.HEAD_UNREADABLE, "13") in faults()


def test_heads_kept_outside_are_compared():
    kept = queries.head_at("SFR", 9)
    assert faults([kept]) == set()
    head = kept.head
    forged = rules.TreeHead(head.community, 9, bytes(32), head.time, head.key_id)
    beyond = rules.TreeHead(head.community, 900, head.root, head.time, head.key_id)
    unknown = rules.TreeHead("RABAT", 9, head.root, head.time, head.key_id)
    private = keys.signing_key().private
    found = faults([item.signed(private) for item in (forged, beyond, unknown)])
    assert found == {
        (Fault.PINNED_HEAD_DIFFERS, "9"),
        (Fault.HEAD_BEYOND_REGISTER, "900"),
        (Fault.PINNED_HEAD_DIFFERS, "-"),
    }


def test_a_finding_names_its_community():
    run("DELETE FROM ledger_node WHERE community_key = 'FES'")
    found = [item for item in queries.audit().findings if item.fault != Fault.TRIGGER_MISSING]
    assert found == [Finding(Fault.NODE_MISSING, "FES", "1: 1")]


def test_the_database_itself_refuses_doubles():
    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE ledger_entry SET number = 0 WHERE community_key = 'SFR' AND number = 1")


def test_an_audit_reads_each_table_once(django_assert_num_queries):
    # triggers, communities, and four reads a community
    with django_assert_num_queries(2 + 2 * 4):
        queries.audit()
