"""Short names for addresses: spelled from any writing, free, within their length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.slugs import MAX_SLUG, free_slug


@pytest.mark.parametrize(
    ("titles", "taken", "slug"),
    [
        (("Atelier des jeunes", "ورشة الشباب"), (), "atelier-des-jeunes"),
        (("", "ورشة الشباب"), (), "waracha-al-chabab"),
        (("؟", ""), (), "workshop"),
        (("Atelier",), ("atelier", "atelier-2"), "atelier-3"),
        (("a" * 80,), ("a" * 60,), f"{'a' * 58}-2"),
    ],
)
def test_a_short_name_is_spelled_from_the_first_title_that_has_one(titles, taken, slug):
    assert free_slug(*titles, taken=taken, otherwise="workshop") == slug


@given(st.text(max_size=90), st.integers(0, 12))
def test_a_free_short_name_is_free_and_fits(title, times):
    taken: set[str] = set()
    for _time in range(times + 1):
        slug = free_slug(title, taken=taken, otherwise="record")
        assert slug not in taken and 0 < len(slug) <= MAX_SLUG
        assert "--" not in slug and not slug.startswith("-") and not slug.endswith("-")
        taken.add(slug)
