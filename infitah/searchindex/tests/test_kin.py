"""A search that found few is widened by broken plurals and the words of Darija."""

import csv

import pytest

from infitah.kernel import arabic
from infitah.searchindex import kin, operations, queries

IDEAS = {
    "water": "تزويد مدرسة الدوار بالماء الصالح للشرب طيلة السنة",
    "roads": "توضيح ما صرف على الطرق القروية",
    "health": "توفير طبيب قار في المستوصف",
    "percent": "تخصيص خمسة في المائة لفائدة الشباب",
}


def test_each_word_stands_once_and_is_one_word() -> None:
    with kin.LIST.open(encoding="utf-8", newline="") as lines:
        words = [word for row in csv.DictReader(lines) for word in row["words"].split()]
    forms = [arabic.normalise(word) for word in words]
    assert len(set(forms)) == len(forms) and all(arabic.tokens(one) == [one] for one in forms)


def test_only_a_word_of_the_list_is_widened() -> None:
    (road,) = kin.widened(arabic.query_forms("الطريق"))
    assert road[0] == "الطريق" and "طرق" in road
    assert kin.widened(arabic.query_forms("المجلس الإقليمي")) == arabic.query_forms(
        "المجلس الإقليمي"
    )


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("الما", ["water"]),
        ("lma", ["water"]),
        ("فلوس الطريق", ["roads"]),
        ("سبيطار", ["health"]),
        ("مستشفى", ["health"]),
        ("صحة", ["health"]),
    ],
)
def test_what_is_near_a_few_words_is_found_without_the_worker(asked: str, found: list[str]) -> None:
    for subject, title in IDEAS.items():
        operations.put(
            community_key="SFR",
            kind="idea",
            subject=subject,
            language="ar",
            title=title,
            body="",
            url=f"/{subject}/",
            is_public=True,
        )
    near = queries.near(community_key="SFR", kind="idea", text=asked)
    assert (near.subjects, near.is_by_meaning) == (found, True)
