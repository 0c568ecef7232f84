"""The demonstration of Sefrou: real dates and projects, invented persons; idempotent."""

from infitah.programme.seeds.people import seed_people
from infitah.programme.seeds.story import seed_programme
from infitah.programme.seeds.vocabulary import seed_vocabulary

__all__ = ["seed_people", "seed_programme", "seed_vocabulary"]
