"""The locks install everywhere, also on the day after one of the packages has a newer release."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parent.parent.parent / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
ROW = re.compile(r"^[a-z0-9][^\\]*==[^\\]*", re.M)


def rows(lock: Path) -> list[Requirement]:
    return [Requirement(row.strip()) for row in ROW.findall(lock.read_text())]


def wishes(name: str, extras: set[str]) -> list[Requirement]:
    """What the installed distribution `name` asks for with these extras; nothing if not here."""
    try:
        texts = requires(name) or []
    except PackageNotFoundError:
        return []
    environments = [{"extra": extra} for extra in {"", *extras}]
    found = map(Requirement, texts)
    return [
        wish
        for wish in found
        if not wish.marker or any(wish.marker.evaluate(where) for where in environments)
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_the_extras_that_its_packages_ask_for(lock: Path) -> None:
    """Else pip looks for the newest `name[extra]` first, finds no hash for it and stops."""
    locked = {canonicalize_name(row.name): row.extras for row in rows(lock)}
    assert len(locked) > 1
    missing = [
        f"{name} asks for {wish}"
        for name, extras in locked.items()
        for wish in wishes(name, extras)
        if wish.extras - locked.get(canonicalize_name(wish.name), set())
    ]
    assert not missing, missing


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert not re.search(r"https?://|--index|--find-links|file:", lock.read_text())
