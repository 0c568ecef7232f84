"""A refusal lacks nothing, and what a decision comes to is computed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.information import rules
from infitah.information.rules import EXCEPTIONS, Lack, Outcome, RefusalGround, Withholding

WHOLE = Withholding(
    RefusalGround.EXCEPTION, "E03", "7-1", "يتضمن معطيات شخصية", "مس بالحياة الخاصة", "لا مصلحة"
)
words = st.text(max_size=3)
withholdings = st.builds(
    Withholding,
    ground=st.sampled_from(RefusalGround),
    exception=st.sampled_from(["", "E99", *EXCEPTIONS]),
    limb=words,
    reason=words,
    harm=words,
    interest=words,
    place=words,
)


@given(withholdings)
def test_no_refusal_without_reason_and_no_exception_without_its_limb(one):
    found = rules.lacks(one)
    if not found:
        assert one.reason.strip()
        if one.ground is RefusalGround.EXCEPTION:
            assert one.exception in EXCEPTIONS
            assert one.limb.strip() and one.harm.strip() and one.interest.strip()
        if one.ground in {RefusalGround.ALREADY_PUBLIC, RefusalGround.ARCHIVES}:
            assert one.place.strip()


def test_a_whole_withholding_lacks_nothing():
    assert rules.lacks(WHOLE) == ()
    assert rules.lacks(Withholding(RefusalGround.EXCEPTION)) == (Lack.EXCEPTION, Lack.REASON)


def test_the_list_of_exceptions_is_that_of_article_7_and_names_no_council():
    assert list(EXCEPTIONS) == [f"E{number:02}" for number in range(1, 15)]


@given(st.booleans(), st.lists(withholdings, max_size=4))
def test_the_outcome_follows_from_what_is_given(gives, withheld):
    if not gives and not withheld:
        with pytest.raises(ValueError, match="gives something"):
            rules.outcome_of(gives, withheld)
        return
    outcome = rules.outcome_of(gives, withheld)
    assert (outcome is Outcome.FULL) == (gives and not withheld)
    assert (outcome is Outcome.PARTIAL) == (gives and bool(withheld))
    only = {one.ground for one in withheld}
    assert (outcome is Outcome.NOT_HELD) == (not gives and only == {RefusalGround.NOT_HELD})
