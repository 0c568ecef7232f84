"""Short names for addresses: spelled from any writing, free, within their length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.slugs import MAX_SLUG, free_slug, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("ميزانية الجماعة", "mizania-al-jamaa"),
        ("المجلس الإقليمي", "al-majlis-al-iqalimi"),
        ("مقرر رقم ١٢", "mouqarrar-raqm-12"),
        ("Évènements de l’été", "evenements-de-l-ete"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ", "tamazight"),
        ("خَدَمَات عن بُعد", "khadamat-an-bad"),
        ("؟!", ""),
        ("a" * 90, "a" * 60),
    ],
)
def test_a_title_is_spelled_in_latin_letters(title, slug):
    assert slug_of(title) == slug


@given(st.text(max_size=120))
def test_any_title_gives_a_fitting_short_name(title):
    slug = slug_of(title)
    assert len(slug) <= MAX_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-") and not slug.endswith("-") and "--" not in slug


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
