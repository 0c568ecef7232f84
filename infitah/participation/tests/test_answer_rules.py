"""What an answer needs, how long it took, where a merging leads: pure rules, by tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.participation import rules
from infitah.participation.models import IdeaAnswer
from infitah.participation.rules import AnswerCode, AnswerFault, AnswerPart, StatedAnswer

REASON = "احتفظ بها المجلس لأنها تدخل في محور الشفافية"


def faults(code, **stated):
    return rules.faults_of_answer(code, StatedAnswer(**{"text": REASON, **stated}))


def test_the_closed_list_is_that_of_the_records_and_each_has_its_star():
    assert set(AnswerCode) == set(IdeaAnswer.Code.values)
    stars = {rules.star_of_answer(code) for code in AnswerCode}
    assert stars == {"done", "under_way", "refused", "to_come"}


@pytest.mark.parametrize("code", [one for one in AnswerCode if one not in rules.NEEDS])
def test_most_codes_need_a_reason_alone(code):
    assert faults(code) == {}


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        ("merged", {"merged_into": "SFR-2023-I-0001"}),
        ("other_body", {"other_body": "وزارة التجهيز والماء"}),
        ("not_lawful", {"article": "112-14:79"}),
        ("existing", {"link": "SFR-2024-C-0001"}),
        ("existing", {"link": "/information/ask/"}),
        ("kept", {"link": "https://www.chafafiya.ma/"}),
        ("kept", {"text_fr": "Le conseil retient cette idée.", "personal": "شكرا لكم"}),
    ],
)
def test_a_code_with_what_it_needs_stands(code, stated):
    assert faults(code, **stated) == {}


@pytest.mark.parametrize(
    ("code", "stated", "part", "fault"),
    [
        ("maybe", {}, "code", AnswerFault.UNKNOWN),
        ("", {}, "code", AnswerFault.UNKNOWN),
        ("kept", {"text": ""}, AnswerPart.TEXT, AnswerFault.MISSING),
        ("kept", {"text": "لا"}, AnswerPart.TEXT, AnswerFault.SHORT),
        ("kept", {"text": "كلام" * 10}, AnswerPart.TEXT, AnswerFault.SHORT),
        ("kept", {"text": "........ ........ ........"}, AnswerPart.TEXT, AnswerFault.SHORT),
        ("kept", {"text": "كلمة " * 500}, AnswerPart.TEXT, AnswerFault.LONG),
        ("kept", {"text_fr": "Oui."}, AnswerPart.TEXT_FR, AnswerFault.SHORT),
        ("kept", {"personal": "م" * 501}, AnswerPart.PERSONAL, AnswerFault.LONG),
        ("merged", {}, AnswerPart.MERGED_INTO, AnswerFault.MISSING),
        ("other_body", {}, AnswerPart.OTHER_BODY, AnswerFault.MISSING),
        ("other_body", {"other_body": "م" * 161}, AnswerPart.OTHER_BODY, AnswerFault.LONG),
        ("not_lawful", {}, AnswerPart.ARTICLE, AnswerFault.MISSING),
        ("kept", {"article": "79"}, AnswerPart.ARTICLE, AnswerFault.UNEXPECTED),
        ("kept", {"merged_into": "x"}, AnswerPart.MERGED_INTO, AnswerFault.UNEXPECTED),
        ("no_budget", {"other_body": "x"}, AnswerPart.OTHER_BODY, AnswerFault.UNEXPECTED),
        ("no_budget", {"link": "/x/"}, AnswerPart.LINK, AnswerFault.UNEXPECTED),
        ("existing", {"link": "javascript:alert(1)"}, AnswerPart.LINK, AnswerFault.NO_ADDRESS),
        ("existing", {"link": "//elsewhere.example"}, AnswerPart.LINK, AnswerFault.NO_ADDRESS),
        ("existing", {"link": "https://x"}, AnswerPart.LINK, AnswerFault.NO_ADDRESS),
        ("existing", {"link": "/" + "x" * 300}, AnswerPart.LINK, AnswerFault.LONG),
    ],
)
def test_what_an_answer_lacks_is_named_by_its_part(code, stated, part, fault):
    assert faults(code, **stated)[part] == fault


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("visible", True),
        ("refused", True),
        ("late", False),
        ("received", False),
        ("held", False),
        ("withdrawn", False),
    ],
)
def test_what_is_shown_and_decided_may_be_answered(state, may):
    assert rules.may_be_answered(state) is may


@pytest.mark.parametrize(
    ("given_on", "answered_on", "days"),
    [
        (date(2023, 6, 14), date(2023, 6, 20), 0),
        (date(2023, 6, 14), date(2023, 7, 20), 30),
        (date(2023, 7, 1), date(2023, 7, 20), 19),
        (date(2023, 7, 21), date(2023, 7, 20), 0),
    ],
)
def test_days_count_from_the_last_day_or_from_a_late_idea_s_own(given_on, answered_on, days):
    counted = rules.days_to_answer(
        last_day=date(2023, 6, 20), given_on=given_on, answered_on=answered_on
    )
    assert counted == days


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_quantiles_are_values_that_really_occur(days):
    counts = {day: days.count(day) for day in set(days)}
    ordered = sorted(days)
    assert rules.quantile(counts, 0.5) == ordered[(len(days) - 1) // 2]
    assert rules.quantile(counts, 1) == ordered[-1]
    assert rules.quantile(counts, 0.9) in days
    assert rules.share_within(counts, 400) == len(days)


def test_nothing_has_no_median():
    assert rules.quantile({}, 0.5) is None and rules.share_within({}, 30) == 0


def test_a_chain_of_merged_ideas_never_loops():
    assert rules.is_loop(1, target=1, chain=())
    assert rules.is_loop(1, target=2, chain={3, 1})
    assert not rules.is_loop(1, target=2, chain={3})


@pytest.mark.parametrize(
    "path", ["/ar/programme/x/", "fr/programme/x/", "/programme/x/", "programme/x/"]
)
def test_a_path_loses_its_language(path):
    assert rules.path_without_language(path) == "programme/x/"
