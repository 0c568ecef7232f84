"""Receipts, consistency proofs and roots: written, read back, flipped, judged."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from infitah.ledger import rules
from infitah.ledger.rules import Outcome, Pinned, Reason, documents, tree
from infitah.ledger.rules.entries import MAX_ACT, check

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEY = rules.PublicKey("signing-0001-aa", PRIVATE.public_key().public_bytes_raw())
RECORDED = datetime(2026, 11, 23, 20, 41, 10, tzinfo=UTC)
SALT = bytes(32)


def facts(number, /, **changes):
    entry = rules.EntryFacts(
        community="SFR",
        number=number,
        act="participation.idea_submitted",
        subject=f"SFR-2026-I-{number:04}",
        by=rules.Author("participant"),
        occurred_on=date(2026, 11, 23),
        stated_at=RECORDED,
        recorded_at=RECORDED,
        public={"axis": "digitisation", "title": "رقمنة الخدمات"},
        private={"name": rules.commit(SALT, "فاطمة")},
    )
    return replace(entry, **changes)


ENTRIES = [facts(number).canonical() for number in range(11)]
NODES = tree.places_of([tree.leaf_hash(entry) for entry in ENTRIES])


def head(size, *, private=PRIVATE, root=None, **changes):
    text = rules.TreeHead(
        community="SFR",
        size=size,
        root=root or tree.range_hash(tree.Range(0, size), NODES),
        time=RECORDED + timedelta(minutes=size),
        key_id=KEY.key_id,
    )
    return replace(text, **changes).signed(private)


def receipt(number=4, size=11, /, **changes):
    whole = rules.Receipt(
        entry=ENTRIES[number],
        index=number,
        path=tuple(tree.path(tree.inclusion_ranges(number, size), NODES)),
        head=head(size),
        key=KEY,
        openings={},
    )
    return replace(whole, **changes)


def consistency(first, second, /, **changes):
    path = tree.path(tree.consistency_ranges(first, second), NODES)
    return replace(rules.Consistency(head(first), head(second), tuple(path), (KEY,)), **changes)


def as_file(document):
    return json.dumps(document.as_json(), ensure_ascii=False).encode()


def judged(document, pinned=None):
    return rules.verdict(rules.read_document(as_file(document)), pinned or KNOWN)


KNOWN = Pinned({KEY.key_id: KEY.raw})


def test_a_receipt_under_a_pinned_key_is_intact():
    verdict = judged(receipt())
    assert verdict.outcome is Outcome.INTACT_KNOWN_KEY
    assert verdict.reasons == ()
    assert verdict.facts == facts(4)
    assert verdict.is_intact


def test_a_receipt_under_its_own_key_only_is_intact_with_unknown_key():
    verdict = judged(receipt(), Pinned())
    assert verdict.outcome is Outcome.INTACT_UNKNOWN_KEY
    assert verdict.reasons == (Reason.KEY_NOT_PINNED,)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"entry": ENTRIES[5]}, Reason.PATH_LEADS_ELSEWHERE),
        ({"index": 5}, Reason.WRONG_PLACE),
        ({"path": ()}, Reason.PATH_LEADS_ELSEWHERE),
        ({"head": head(11, private=OTHER)}, Reason.WRONG_SIGNATURE),
        ({"head": head(11, community="FES")}, Reason.WRONG_COMMUNITY),
        ({"head": head(11, key_id="signing-0002")}, Reason.KEY_MISSING),
        ({"key": replace(KEY, raw=OTHER.public_key().public_bytes_raw())}, Reason.KEY_DIFFERS),
        ({"openings": {"name": rules.Opening(SALT, "خديجة")}}, Reason.OPENING_DIFFERS),
        ({"openings": {"address": rules.Opening(SALT, "فاطمة")}}, Reason.OPENING_DIFFERS),
        ({"entry": ENTRIES[4] + b" "}, Reason.ENTRY_NOT_CANONICAL),
    ],
)
def test_a_receipt_that_was_touched_is_not_intact(changes, reason):
    verdict = judged(receipt(**changes))
    assert verdict.outcome is Outcome.NOT_INTACT
    assert reason in verdict.reasons
    assert not verdict.is_intact


def test_an_opening_that_fits_is_accepted():
    verdict = judged(receipt(openings={"name": rules.Opening(SALT, "فاطمة")}))
    assert verdict.outcome is Outcome.INTACT_KNOWN_KEY


def test_an_act_entered_afterwards_says_so():
    entry = facts(0, occurred_on=date(2023, 6, 12)).canonical()
    root = tree.leaf_hash(entry)
    late = receipt(0, entry=entry, path=(), head=head(1, root=root))
    assert judged(late).reasons == (Reason.ENTERED_AFTERWARDS,)
    assert judged(late).outcome is Outcome.INTACT_KNOWN_KEY


def test_the_day_of_an_entry_is_that_of_morocco():
    # 23:30 in Greenwich is already the next day in Sefrou
    midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert not facts(0, recorded_at=midnight, occurred_on=date(2026, 11, 24)).is_entered_afterwards
    assert facts(0, recorded_at=midnight).is_entered_afterwards


@settings(max_examples=400)
@given(st.data())
def test_any_flipped_bit_of_a_receipt_is_seen(data):
    """Whatever bit of the file flips: not intact, or the very same document."""
    whole = receipt(openings={"name": rules.Opening(SALT, "فاطمة")})
    content = bytearray(as_file(whole))
    place = data.draw(st.integers(0, len(content) * 8 - 1))
    content[place // 8] ^= 1 << place % 8
    try:
        document = rules.read_document(bytes(content))
    except rules.Unreadable:
        return
    assert document == whole or not rules.verdict(document, KNOWN).is_intact


@given(st.data())
def test_two_heads_of_any_sizes_are_consistent(data):
    second = data.draw(st.integers(1, 11))
    first = data.draw(st.integers(0, second))
    assert judged(consistency(first, second)).outcome is Outcome.INTACT_KNOWN_KEY


def test_a_rewritten_register_is_not_consistent():
    rewritten = tree.places_of([tree.leaf_hash(entry) for entry in [ENTRIES[1], *ENTRIES[1:]]])
    root = tree.range_hash(tree.Range(0, 11), rewritten)
    verdict = judged(consistency(6, 11, second=head(11, root=root)))
    assert verdict.reasons == (Reason.PATH_LEADS_ELSEWHERE,)
    assert verdict.outcome is Outcome.NOT_INTACT


def test_heads_of_two_communities_prove_nothing():
    verdict = judged(consistency(6, 11, first=head(6, community="FES")))
    assert Reason.WRONG_COMMUNITY in verdict.reasons


def test_a_pinned_head_agrees_or_contradicts():
    agreeing = Pinned(KNOWN.keys, (head(11),))
    assert judged(receipt(), agreeing).reasons == (Reason.MATCHES_PINNED_HEAD,)
    assert judged(receipt(), agreeing).outcome is Outcome.INTACT_KNOWN_KEY
    forked = Pinned(KNOWN.keys, (head(11, root=bytes(32)),))
    assert judged(receipt(), forked).reasons == (Reason.CONTRADICTS_PINNED_HEAD,)
    assert judged(receipt(), forked).outcome is Outcome.NOT_INTACT
    elsewhere = Pinned(KNOWN.keys, (head(3),))
    assert judged(receipt(), elsewhere).reasons == (Reason.NOT_COMPARED,)
    assert judged(receipt(), elsewhere).outcome is Outcome.INTACT_KNOWN_KEY


def test_roots_are_judged_together():
    good = rules.Roots((head(3), head(7), head(11)), (KEY,))
    assert judged(good).outcome is Outcome.INTACT_KNOWN_KEY
    assert judged(good, Pinned()).outcome is Outcome.INTACT_UNKNOWN_KEY
    assert judged(rules.Roots((), (KEY,))).reasons == (Reason.NO_HEADS,)
    shrunk = rules.Roots((head(7), head(3, time=RECORDED + timedelta(days=1))), (KEY,))
    assert judged(shrunk).reasons == (Reason.HEADS_CONTRADICT,)
    forked = rules.Roots((head(7), head(7, root=bytes(32))), (KEY,))
    assert judged(forked).reasons == (Reason.HEADS_CONTRADICT,)


def test_documents_are_read_back_as_they_were_written():
    for document in (receipt(), consistency(3, 9), rules.Roots((head(3),), (KEY,))):
        assert rules.read_document(as_file(document)) == document


def test_keys_and_heads_are_read_from_a_saved_file():
    roots = as_file(rules.Roots((head(3), head(7)), (KEY,)))
    assert rules.read_keys(roots) == {KEY.key_id: KEY.raw}
    assert rules.read_heads(roots) == (head(3), head(7))
    assert rules.read_heads(as_file(consistency(3, 7))) == (head(3), head(7))
    assert rules.read_heads(as_file(receipt())) == (head(11),)
    with pytest.raises(rules.Unreadable):
        rules.read_keys(b"{}")


def changed(document, **changes):
    return json.dumps({**document.as_json(), **changes}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 200_000,
        changed(receipt(), format="other"),
        changed(receipt(), format=1),
        changed(receipt(), index="4"),
        changed(receipt(), index=True),
        changed(receipt(), entry=1),
        changed(receipt(), path="x"),
        changed(receipt(), path=["x"]),
        changed(receipt(), path=[1]),
        changed(receipt(), path=["A" * 43 + "="] * 200),
        changed(receipt(), head=1),
        changed(receipt(), head={**head(11).as_json(), "size": -1}),
        changed(receipt(), head={**head(11).as_json(), "size": 1.0}),
        changed(receipt(), head={**head(11).as_json(), "community": "sfr\n"}),
        changed(receipt(), head={**head(11).as_json(), "key": "a\nb"}),
        changed(receipt(), head={**head(11).as_json(), "time": 1}),
        changed(receipt(), head={**head(11).as_json(), "time": "2026-11-23T20:41:10+00:00"}),
        changed(receipt(), head={**head(11).as_json(), "signature": "AA=="}),
        changed(receipt(), key={**KEY.as_json(), "algorithm": "RSA"}),
        changed(receipt(), key={**KEY.as_json(), "id": 1}),
        changed(receipt(), openings=[]),
        changed(receipt(), openings={"name": {"salt": "AA=="}}),
        changed(receipt(), more=1),
        changed(rules.Roots((), ()), communities=[{"community": "FES", "heads": []}, {}]),
        changed(
            rules.Roots((), ()), communities=[{"community": "FES", "heads": [head(3).as_json()]}]
        ),
        as_file(receipt()).replace(b'{"format"', b'{"format": "", "format"'),
        changed(rules.Roots((), ()), communities={}),
        changed(rules.Roots((), ()), keys=1),
    ],
)
def test_what_is_no_document_is_unreadable(content):
    with pytest.raises(rules.Unreadable):
        rules.read_document(content)


def test_a_list_of_too_many_heads_is_unreadable(monkeypatch):
    monkeypatch.setattr(documents, "MAX_HEADS", 1)
    with pytest.raises(rules.Unreadable):
        rules.read_document(as_file(rules.Roots((head(3), head(7)), (KEY,))))


def test_a_key_of_another_length_signs_nothing():
    assert not head(3).is_signed_by(b"short")


@pytest.mark.parametrize(
    "changes",
    [
        {"community": "sfr"},
        {"number": -1},
        {"number": True},
        {"act": "submitted"},
        {"act": "Participation.submitted"},
        {"act": "a." + "b" * MAX_ACT},
        {"subject": "x" * 61},
        {"subject": "a\nb"},
        {"public": []},
        {"by": rules.Author("citizen")},
        {"by": rules.Author("officer", key="f.alaoui")},
    ],
)
def test_an_entry_of_another_form_is_refused(changes):
    with pytest.raises(ValueError):
        check(facts(0, **changes))


def entry(**changes):
    document = json.loads(ENTRIES[0])
    document.update(changes)
    return rules.canonical({name: value for name, value in document.items() if value != "-"})


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        entry(subject="-"),
        entry(version=2),
        entry(more=1),
        entry(private=[]),
        entry(private={"name": "x"}),
        entry(by="-"),
        entry(by={"kind": "officer", "office": "", "key": "", "more": ""}),
        entry(occurred_on="23/11/2026"),
        entry(recorded_at="2026-11-23"),
        entry(recorded_at="2026-11-23T9:30:00Z"),
        entry(number="0"),
        entry(public=1),
    ],
)
def test_bytes_that_are_no_entry_are_refused(content):
    with pytest.raises(rules.NotCanonical):
        rules.EntryFacts.read(content)


def test_a_salt_has_its_length():
    with pytest.raises(ValueError, match="32"):
        rules.commit(b"short", "x")


def test_a_commitment_is_to_composed_text():
    assert rules.commit(SALT, "e\u0301") == rules.commit(SALT, "\u00e9")


def test_acts_have_names_or_plain_words():
    assert rules.act_label("nobody.said_so") == "nobody: said so"
    rules.register_act("nobody.said_this", "Nobody said this")
    rules.register_family("nobody", "Nobody")
    assert rules.act_label("nobody.said_this") == "Nobody said this"
    assert rules.families()["nobody"] == "Nobody"
    assert rules.family_of("nobody.said_this") == "nobody"
