"""Marks and passages over the original text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.searchindex import rules
from infitah.searchindex.rules import Candidate

texts = st.text("ابت ةالمجلس.ـَﻻ éa\n", max_size=400)


def joined(pieces: tuple[rules.Fragment, ...]) -> str:
    return "".join(piece.text for piece in pieces)


@given(texts, texts)
def test_marking_loses_nothing(text: str, asked: str) -> None:
    wanted = {form for forms in rules.asked(asked) for form in forms}
    assert joined(rules.marked(text, wanted)) == text


@given(texts, texts)
def test_a_passage_is_a_stretch_of_the_text(text: str, asked: str) -> None:
    wanted = {form for forms in rules.asked(asked) for form in forms}
    passage = joined(rules.passage(text, wanted, width=60))
    assert passage.removeprefix("… ").removesuffix(" …") in text
    assert len(passage) <= 64


def test_the_passage_with_most_answers_is_shown() -> None:
    text = "ماء " + "كلام " * 50 + "ماء وطريق وماء " + "كلام " * 50
    passage = rules.passage(text, {"ماء", "طريق"}, width=60)
    assert [piece.text for piece in passage if piece.is_marked] == ["ماء", "وطريق", "وماء"]


def test_the_rarest_known_words_are_kept() -> None:
    words = [("a",), ("b", "bb"), ("c",), ("d",)]
    assert rules.rarest(words, {"a": 9, "b": 1, "bb": 3, "c": 2}) == [("c",), ("b", "bb"), ("a",)]
    many = [(str(number),) for number in range(20)]
    counts = {str(number): 20 - number for number in range(20)}
    assert rules.rarest(many, counts) == [(str(number),) for number in range(19, 13, -1)]


def test_frequent_words_are_left_out_once_enough_is_asked() -> None:
    words = [(name,) for name in "abcde"]
    counts = {"a": 10, "b": 20, "c": 900, "d": 1400, "e": 1500}
    assert rules.rarest(words, counts) == [("a",), ("b",), ("c",)]
    assert rules.rarest(words[2:], counts) == [("c",), ("d",), ("e",)]


def test_a_subject_in_two_languages_counts_by_its_better_text() -> None:
    candidates = [
        Candidate("1", "الماء", "الماء"),
        Candidate("1", "الماء الصالح", "الماء الصالح للشرب"),
        Candidate("2", "بعيد", "بعيد"),
    ]
    found = rules.most_similar("الماء", candidates, limit=5)
    assert [(one.subject, one.title, one.score) for one in found] == [("1", "الماء", 1.0)]


def test_meaning_shows_from_its_threshold_and_says_so() -> None:
    candidates = [
        Candidate("close", "Transport scolaire", "transport scolaire", rules.MEANING_FROM),
        Candidate("far", "Budget", "budget", rules.MEANING_FROM - 0.01),
        Candidate("alike", "النقل المدرسي", "النقل المدرسي", 0.9),
        Candidate("unknown", "النقل المدرسي بعيد", "النقل المدرسي بعيد"),
    ]
    found = rules.most_similar("النقل المدرسي", candidates, limit=5)
    assert {one.subject: one.found_by for one in found} == {
        "alike": "words",
        "unknown": "words",
        "close": "meaning",
    }
    assert found[0].subject == "alike"


def test_what_is_only_near_stays_out_beside_what_is_close() -> None:
    near = rules.MEANING_FROM + 0.01
    close = near + rules.MEANING_WITHIN + 0.01
    assert rules.shown_by([(0.1, near), (0.1, None)]) == ["meaning", None]
    assert rules.shown_by([(0.1, near), (0.1, close)]) == [None, "meaning"]
    # The same words, however close, push out no twin in another language.
    assert rules.shown_by([(0.1, near), (1.0, 1.0)]) == ["meaning", "words"]
    assert rules.shown_by([]) == []


@pytest.mark.parametrize(
    ("likeness", "cosine", "score"),
    [
        (0.4, None, 0.4),  # no meaning: the likeness itself
        (1.0, 1.0, 1.0),
        (0.3, 0.5, 0.35 / 1.7),  # words below chance count nothing
        (0.1, 0.5, 0.35 / 1.7),
        (0.65, 0.5, 0.85 / 1.7),
        (1.0, -0.2, 1 / 1.7),  # a negative cosine takes nothing away
    ],
)
def test_one_score_of_words_and_meaning(
    likeness: float, cosine: float | None, score: float
) -> None:
    assert rules.joined_score(likeness, cosine) == pytest.approx(score)


def test_sentences_begin_with_the_title_and_are_bounded() -> None:
    body = (
        "جملة أولى طويلة بما يكفي. لا! هل هذه جملة ثانية كافية؟\nUne troisième phrase, assez longue"
    )
    assert rules.sentences(" العنوان ", body) == [
        "العنوان",
        "جملة أولى طويلة بما يكفي",
        "هل هذه جملة ثانية كافية",
        "Une troisième phrase, assez longue",
    ]
    assert rules.sentences("", "") == [""]
    many = rules.sentences("ع" * 5000, "كلمة وأخرى وثالثة. " * 500)
    assert len(many) == rules.MAX_SENTENCES
    assert max(map(len, many)) == rules.MAX_SENTENCE
