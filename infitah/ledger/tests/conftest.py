from collections.abc import Iterator

import pytest
import time_machine

from infitah.ledger.tests.factories import NOW


@pytest.fixture(autouse=True)
def _day_of_the_acts() -> Iterator[None]:
    """Let every act be recorded on its own day, whenever the tests run."""
    with time_machine.travel(NOW):
        yield
