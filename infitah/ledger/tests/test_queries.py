import json
from datetime import UTC, date, datetime

import pytest
import time_machine

from infitah.core import keys
from infitah.core.viewer import Actor
from infitah.ledger import operations, queries, rules
from infitah.ledger.models import Entry, HeadState, Node, Opening
from infitah.ledger.rules import Outcome, Pinned, Reason
from infitah.ledger.tests.factories import CITIZEN, NOW, OFFICER, make_entries, make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def judged(document, pinned=None):
    content = json.dumps(document).encode()
    return rules.verdict(rules.read_document(content), pinned or Pinned(keys.public_keys()))


def numbers(page):
    return [row.number for row in page.rows]


def test_entries_are_read_by_pages_both_ways():
    make_entries(7)
    first = queries.entries("SFR", limit=3)
    assert (numbers(first), first.older, first.newer) == ([6, 5, 4], 4, None)
    second = queries.entries("SFR", before=first.older, limit=3)
    assert (numbers(second), second.older, second.newer) == ([3, 2, 1], 1, 3)
    last = queries.entries("SFR", before=second.older, limit=3)
    assert (numbers(last), last.older, last.newer) == ([0], None, 0)
    back = queries.entries("SFR", after=last.newer, limit=3)
    assert (numbers(back), back.older, back.newer) == ([3, 2, 1], 1, 3)
    top = queries.entries("SFR", after=back.newer, limit=3)
    assert (numbers(top), top.older, top.newer) == ([6, 5, 4], 4, None)
    assert numbers(queries.entries("FES")) == []
    assert Entry.objects.of("SFR").count() == 7
    assert queries.entries("SFR", before=0) == queries.EntryPage((), None, None)
    assert queries.entries("SFR", after=6) == queries.EntryPage((), None, None)


def test_entries_are_filtered_by_family():
    make_entry()
    make_entry(act="programme.commitment_adopted")
    make_entry(act="participation.idea_withdrawn")
    assert numbers(queries.entries("SFR", family="participation")) == [2, 0]
    assert numbers(queries.entries("SFR", family="particip")) == []


def test_entries_cost_one_query_whatever_the_size(django_assert_num_queries):
    for count in (2, 60):
        make_entries(count)
        with django_assert_num_queries(1):
            queries.entries("SFR", family="participation", before=50)
        with django_assert_num_queries(1):
            queries.of_subject("SFR", "SFR-2026-I-0001")


def test_acts_of_a_subject_are_told_in_order():
    make_entry(subject="SFR-2026-I-0001")
    make_entry(subject="SFR-2026-I-0002")
    make_entry(subject="SFR-2026-I-0001", act="participation.idea_hidden")
    make_entry(subject="SFR-2026-I-0001", community_key="FES")
    make_entry(subject="")
    acts = [row.act for row in queries.of_subject("SFR", "SFR-2026-I-0001")]
    assert acts == ["participation.idea_submitted", "participation.idea_hidden"]
    assert queries.of_subject("SFR", "") == []


def test_a_receipt_is_there_at_once_and_verifies():
    make_entries(9)
    for number in range(9):
        verdict = judged(queries.receipt("SFR", number))
        assert verdict.outcome is Outcome.INTACT_KNOWN_KEY
        assert verdict.facts.number == number


def test_a_receipt_is_the_same_whenever_it_is_asked_for():
    make_entries(3)
    before = queries.receipt("SFR", 1)
    assert queries.receipt("SFR", 1) == before
    operations.sign_head(community_key="SFR", now=NOW)
    kept = queries.receipt("SFR", 1)
    make_entries(4)
    assert queries.receipt("SFR", 1) == kept
    assert kept["head"]["size"] == 3


def test_a_receipt_opens_private_values_only_when_asked():
    make_entry(private={"name": "فاطمة"})
    assert "openings" not in queries.receipt("SFR", 0)
    own = queries.receipt("SFR", 0, with_openings=True)
    assert own["openings"]["name"]["value"] == "فاطمة"
    assert judged(own).outcome is Outcome.INTACT_KNOWN_KEY
    own["openings"]["name"]["value"] = "خديجة"
    assert judged(own).reasons == (Reason.OPENING_DIFFERS,)


def test_a_path_is_short(django_assert_max_num_queries):
    make_entries(40)
    with django_assert_max_num_queries(8):
        receipt = queries.receipt("SFR", 17)
    assert len(receipt["path"]) <= 6


def test_any_two_sizes_are_consistent(django_assert_max_num_queries):
    make_entries(12)
    operations.sign_head(community_key="SFR", now=NOW)
    for first in range(1, 13):
        for second in range(first, 13):
            verdict = judged(queries.consistency("SFR", first, second).as_json())
            assert verdict.outcome is Outcome.INTACT_KNOWN_KEY, (first, second)
    with django_assert_max_num_queries(10):
        queries.consistency("SFR", 5, 11)


@pytest.mark.parametrize(("first", "second"), [(0, 2), (3, 2), (1, 5), (-1, 2)])
def test_sizes_that_never_were_have_no_proof(first, second):
    make_entries(4)
    with pytest.raises(queries.NotInRegister):
        queries.consistency("SFR", first, second)


def test_what_is_not_in_the_register_has_no_receipt():
    with pytest.raises(queries.NotInRegister):
        queries.receipt("SFR", 0)
    with pytest.raises(Entry.DoesNotExist):
        queries.entry("SFR", 0)
    assert queries.latest_head("SFR") is None
    assert queries.size("SFR") == 0


def test_roots_hold_every_community(django_assert_num_queries):
    make_entries(2)
    make_entries(3, community_key="FES")
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        operations.sign_daily_heads(now=NOW)
    make_entries(1)
    roots = queries.roots().as_json()
    assert judged(roots).outcome is Outcome.INTACT_KNOWN_KEY
    sizes = {
        item["community"]: [head["size"] for head in item["heads"]] for item in roots["communities"]
    }
    assert sizes == {"FES": [3], "SFR": [2, 3]}
    year = queries.roots_of_year("SFR", 2026)
    assert [head.head.size for head in year.heads] == [2]
    assert queries.roots_of_year("SFR", 2025).heads == ()


def test_older_anchors_leave_the_list_but_not_the_register():
    make_entries(1)
    for day in range(1, 11):
        with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=UTC), tick=False):
            operations.sign_daily_heads(now=NOW)
    assert len(queries.anchors("SFR", limit=4)) == 4
    assert queries.anchors("SFR", limit=4)[0].head.time.date() == date(2026, 11, 10)
    assert len(queries.roots_of_year("SFR", 2026).heads) == 10


def test_this_installation_knows_its_own_roots():
    make_entries(5)
    document = queries.receipt_document("SFR", 2)
    assert rules.verdict(document, queries.known(document)).reasons == (Reason.MATCHES_PINNED_HEAD,)
    proof = queries.consistency("SFR", 2, 5)
    assert rules.verdict(proof, queries.known(proof)).outcome is Outcome.INTACT_KNOWN_KEY
    roots = queries.roots()
    assert rules.verdict(roots, queries.known(roots)).outcome is Outcome.INTACT_KNOWN_KEY


def test_a_receipt_of_another_installation_is_not_compared():
    make_entries(2)
    foreign = queries.receipt_document("SFR", 0)
    head = foreign.head.head
    pair = keys.signing_key()
    other = rules.TreeHead("RABAT", head.size, head.root, head.time, pair.key_id)
    moved = rules.Consistency(other.signed(pair.private), other.signed(pair.private), (), ())
    assert queries.known(moved).heads == ()


def test_a_key_that_was_rotated_still_verifies(tmp_path, settings):
    make_entries(2)
    operations.sign_head(community_key="SFR", now=NOW)
    old = keys.signing_key().key_id
    try:
        keys.rotate("signing")
        make_entries(1)
        assert queries.receipt("SFR", 0)["key"]["id"] == old
        assert queries.receipt("SFR", 2)["key"]["id"] != old
        for number in (0, 2):
            assert judged(queries.receipt("SFR", number)).is_intact
        assert judged(queries.consistency("SFR", 2, 3).as_json()).is_intact
        assert queries.audit().is_intact
    finally:
        keys.ring.cache_clear()


def test_the_citizen_is_not_in_the_receipt():
    make_entry(by=CITIZEN, private={"address": "fatima@example.org"})
    text = json.dumps(queries.receipt("SFR", 0))
    assert "fatima" not in text
    assert "participant:77" not in text


def test_the_acts_of_a_person_are_found_until_they_are_erased():
    make_entry(by=CITIZEN)
    make_entry(by=OFFICER)
    make_entry(by=CITIZEN)
    make_entry(by=CITIZEN, community_key="FES")
    assert numbers(queries.acts_of("SFR", CITIZEN)) == [2, 0]
    assert numbers(queries.acts_of("SFR", CITIZEN, before=2)) == [0]
    assert numbers(queries.acts_of("SFR", Actor.system("seed"))) == []
    operations.erase_person(community_key="SFR", person=CITIZEN, by=Actor.system("purge"), now=NOW)
    assert numbers(queries.acts_of("SFR", CITIZEN)) == []
    assert numbers(queries.acts_of("SFR", OFFICER)) == [1]


def test_an_act_is_found_by_number_reference_or_hash():
    entries = make_entries(3)
    leaf = bytes(entries[1].leaf_hash)
    for sought in ("1", "SFR-2026-I-0002", leaf.hex(), leaf.hex()[:8], rules.base64_text(leaf)):
        assert [row.number for row in queries.find("SFR", sought)] == [1], sought
    for sought in ("", "7", "0" * 64, "SFR-2026-I-0009", leaf.hex()[:6], "ff" * 33):
        assert queries.find("SFR", sought) == [], sought
    assert queries.find("FES", leaf.hex()) == []


def test_rows_name_themselves():
    make_entries(2)
    head = operations.sign_head(community_key="SFR", now=NOW)
    named = [str(model.objects.earliest("id")) for model in (Entry, Node, HeadState, Opening)]
    assert named == [
        "SFR 0 participation.idea_submitted",
        "SFR 1/0",
        "SFR: 2",
        "SFR 0 by",
    ]
    assert str(head) == "SFR 2"
