"""Worlds of the programme that tests share; made once by its acts, then written back as rows."""

import pytest

from infitah.programme.tests.factories import adopted_programme
from infitah.programme.tests.sittings import committee, cycle, session, validated
from tests.worlds import keep

__all__ = ["commitment", "committee", "cycle", "session", "validated"]


@pytest.fixture
def commitment(sefrou):
    """A commitment that the council adopted, with two milestones, the only one of its cycle."""
    _cycle, (made,) = keep("programme.adopted", lambda: adopted_programme(sefrou))
    return made
