"""A verifier that others wrote (pymerkle) over our leaves and proofs; first seen to refuse."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from infitah.ledger import queries, rules
from infitah.ledger.models import Entry
from infitah.ledger.tests.factories import make_entries

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DRIVER = Path(__file__).parent / "outside" / "verify_by_pymerkle.py"
SIZE = 37
ODD = [(1, 2), (1, 37), (3, 4), (3, 7), (5, 29), (15, 16), (17, 37), (31, 32), (33, 37), (35, 36)]
EVERY = [(first, second) for second in range(1, SIZE + 1) for first in range(1, second)]


def asked_of_pymerkle(question):
    done = subprocess.run(
        [sys.executable, str(DRIVER)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def inclusion_case(number):
    receipt = queries.receipt("SFR", number)
    leaf = rules.tree.leaf_hash(receipt["entry"].encode())
    return {
        "index": receipt["index"],
        "size": receipt["head"]["size"],
        "leaf": rules.base64_text(leaf),
        "root": receipt["head"]["root"],
        "path": receipt["path"],
    }


def consistency_case(first, second):
    proof = queries.consistency("SFR", first, second).as_json()
    return {
        "first": first,
        "second": second,
        "first_root": proof["first"]["root"],
        "second_root": proof["second"]["root"],
        "path": proof["path"],
    }


@pytest.fixture
def question(db):
    make_entries(SIZE)
    texts = Entry.objects.order_by("number").values_list("canonical", flat=True)
    return {
        "entries": [rules.base64_text(text.encode()) for text in texts],
        "inclusion": [inclusion_case(number) for number in range(SIZE)],
        "consistency": [consistency_case(*pair) for pair in ODD],
        "heads": [consistency_case(*pair) for pair in EVERY[::7]],
    }


def test_an_outside_verifier_agrees_with_every_proof(question):
    answer = asked_of_pymerkle(question)
    assert answer["root"] == queries.receipt("SFR", 0)["head"]["root"]
    assert answer["inclusion"] == [True] * SIZE
    assert answer["consistency"] == [True] * len(ODD)
    assert answer["heads"] == [True] * len(EVERY[::7])


def test_the_outside_verifier_refuses_planted_faults(question):
    for case in question["inclusion"]:
        case["leaf"] = rules.base64_text(bytes(32))
    for case in question["consistency"] + question["heads"]:
        case["first_root"] = rules.base64_text(bytes(32))
    answer = asked_of_pymerkle(question)
    assert answer["inclusion"] == [False] * SIZE
    assert answer["consistency"] == [False] * len(ODD)
    assert answer["heads"] == [False] * len(EVERY[::7])
