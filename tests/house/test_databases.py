"""The tests that the CI leaves out on PostgreSQL cannot touch a database at all."""

import pytest

from infitah.community.models import Community


def is_marked(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("asks_database") is not None


def test_a_test_that_asks_for_none_is_not_marked_and_gets_none(
    request: pytest.FixtureRequest,
) -> None:
    assert not is_marked(request)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Community.objects.count()


@pytest.mark.django_db
def test_the_mark_of_django_asks_for_it(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)


def test_a_fixture_of_a_fixture_asks_for_it(request: pytest.FixtureRequest, sefrou: object) -> None:
    assert is_marked(request)


@pytest.mark.parametrize("name", ["db", "transactional_db"])
def test_none_is_handed_out_while_a_test_runs(request: pytest.FixtureRequest, name: str) -> None:
    """What is asked for while a test runs was not seen when the tests were collected."""
    with pytest.raises(pytest.fail.Exception, match="asks for the database while it runs"):
        request.getfixturevalue(name)
