"""The secret key of the installation, made once and kept in INFITAH_HOME."""

import secrets
from pathlib import Path


def secret_key(home: Path, given: str) -> str:
    """Return the key given by the environment, else the one kept in `home`, made if absent."""
    if given:
        return given
    path = home / "secret-key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as fresh:
            path.chmod(0o600)
            fresh.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
