"""The secret key of the installation, made once and kept in INFITAH_HOME."""

import secrets
from pathlib import Path


def secret_key(home: Path, given: str) -> str:
    """Return the key given by the environment, else the one kept in `home`, made if absent."""
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write a key aside and link it: another process sees a whole key or none; the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
