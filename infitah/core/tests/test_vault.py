"""Keys and sealed values: decisions F30."""

import stat
from pathlib import Path

import pytest

from infitah.core import keys, sealing, vault
from infitah.core.tests.conftest import NOW

WHERE = {"model": "community.Participant", "field": "email", "row": "7"}


def test_what_is_sealed_opens_in_its_place() -> None:
    sealed = vault.seal("فاطمة@example.ma", **WHERE)
    assert "example" not in sealed
    assert vault.unseal(sealed, **WHERE) == "فاطمة@example.ma"


def test_empty_stays_empty() -> None:
    assert vault.seal("", **WHERE) == ""
    assert vault.unseal("", **WHERE) == ""


@pytest.mark.parametrize("moved", [{"row": "8"}, {"field": "phone"}, {"model": "core.Mail"}])
def test_a_moved_value_does_not_open(moved: dict[str, str]) -> None:
    sealed = vault.seal("secret", **WHERE)
    with pytest.raises(vault.UnsealRefused):
        vault.unseal(sealed, **{**WHERE, **moved})


def test_an_altered_value_does_not_open() -> None:
    sealed = vault.seal("secret", **WHERE)
    altered = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(vault.UnsealRefused):
        vault.unseal(altered, **WHERE)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert vault.seal("secret", **WHERE) != vault.seal("secret", **WHERE)


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key() -> None:
    old = vault.seal("before", **WHERE)
    fresh = keys.rotate("identity")
    new = vault.seal("after", **WHERE)
    assert new.startswith(fresh.key_id)
    assert not old.startswith(fresh.key_id)
    assert vault.unseal(old, **WHERE) == "before"
    assert vault.unseal(new, **WHERE) == "after"


def test_without_its_key_a_value_does_not_open(home: Path) -> None:
    sealed = vault.seal("secret", **WHERE)
    for path in (home / "keys").glob("identity-*.key"):
        path.unlink()
    keys.ring.cache_clear()
    with pytest.raises(vault.UnsealRefused, match="not in the ring"):
        vault.unseal(sealed, **WHERE)


def test_look_up_digests_survive_a_rotation_and_keep_kinds_apart() -> None:
    before = vault.lookup_digest("email", "a@b.ma")
    keys.rotate("lookup")
    assert vault.lookup_digest("email", "a@b.ma") == before
    assert vault.lookup_digest("phone", "a@b.ma") != before
    assert len(before) == 64


def test_keys_are_readable_by_their_owner_alone(home: Path) -> None:
    keys.signing_key()
    (path,) = (home / "keys").glob("signing-*.key")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list((home / "keys").glob("*.part"))


def test_old_signing_keys_are_still_published() -> None:
    first = keys.signing_key()
    keys.rotate("signing")
    second = keys.signing_key()
    assert keys.public_keys() == {first.key_id: first.public, second.key_id: second.public}


def test_a_copy_of_the_keys_is_noted_until_a_key_is_added(home: Path) -> None:
    keys.signing_key()
    assert not keys.is_copied()
    keys.mark_copied(NOW)
    assert keys.is_copied()
    keys.rotate("signing")
    assert not keys.is_copied()


def test_a_passphrase_opens_what_it_sealed_and_no_other_does() -> None:
    sealed = sealing.seal_bytes(b"keys", "a long passphrase")
    assert sealing.open_bytes(sealed, "a long passphrase") == b"keys"
    with pytest.raises(sealing.SealRefused):
        sealing.open_bytes(sealed, "another passphrase")
    with pytest.raises(sealing.SealRefused):
        sealing.open_bytes(b"X" + sealed[1:], "a long passphrase")
    with pytest.raises(sealing.SealRefused, match="at least 12"):
        sealing.seal_bytes(b"keys", "short")
