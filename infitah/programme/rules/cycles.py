"""How long a cycle runs: the national method has programmes of two years."""

from datetime import date, timedelta

YEARS = 2  # PACTO: two years of execution, from January


def is_usual_length(first: date, last: date) -> bool:
    """Return whether the days, the last one included, make two years exactly."""
    after = last + timedelta(days=1)
    return (after.year - YEARS, after.month, after.day) == (first.year, first.month, first.day)
