"""The shared world of tests stands."""

import pytest

from infitah.community.tests.world import make_sefrou


@pytest.mark.django_db
def test_the_world_of_sefrou_stands():
    world = make_sefrou()
    assert world.commune.parent == world.province
    assert world.other_officer != world.officer
