"""A folder in which drawn pages wait until their document is done."""

import os
import re
from pathlib import Path
from typing import Final

_KEY: Final = re.compile(r"[0-9a-f]{64}")


class FolderStore:
    """Keeps pages as files of a folder; whoever made the folder takes it away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(path)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self._folder / key
