"""The canonical form: one text, one form."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.ledger.rules.canonical import MAX_INTEGER, NotCanonical, canonical, parsed

keys = st.from_regex(r"[A-Za-z0-9_.:-]{1,12}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def test_the_form_is_sorted_tight_and_utf8():
    assert canonical({"b": 1, "a": ["ح", None, True], "A": "é"}) == (
        '{"A":"é","a":["ح",null,true],"b":1}'.encode()
    )


def test_text_is_composed():
    assert canonical("e\u0301") == canonical("\u00e9") == b'"\xc3\xa9"'


def test_control_characters_are_escaped_as_rfc_8785_says():
    assert canonical('\u0000\t\n"\\\u001f\u007f') == b'"\\u0000\\t\\n\\"\\\\\\u001f\x7f"'


@given(st.dictionaries(keys, values, max_size=4))
def test_canonical_bytes_are_read_back_and_written_alike(value):
    entry = canonical(value)
    assert canonical(parsed(entry)) == entry
    assert json.loads(entry) == parsed(entry)


@given(st.dictionaries(keys, values, min_size=2, max_size=4))
def test_the_order_of_members_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        {"é": 1},
        {"": 1},
        {1: 1},
        {"a b": 1},
        b"bytes",
        object(),
        "\ud800",
        [[[[[[[[[[]]]]]]]]]],
    ],
)
def test_what_has_no_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    "entry",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":"\\u0041"}',
        b'{"a":"e\xcc\x81"}',
        b"[1]",
        b"\xff",
        b"",
        b"[" * 100_000,
    ],
)
def test_bytes_in_another_form_are_refused(entry):
    with pytest.raises(NotCanonical):
        parsed(entry)
