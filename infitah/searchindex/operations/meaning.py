"""What texts mean, as vectors: encoding for the worker and for the apps' work in it.

No process but the worker, or a command that says `use_encoder`, holds the encoder.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from infitah.searchindex import encoder

if TYPE_CHECKING:
    import numpy


def use_encoder() -> bool:
    """This process may load the encoder from now on; false where meaning is off.

    Said by the worker at its start, and by a command that encodes; never by a web process. It
    loads at the first `encode`.
    """
    encoder.permit(allowed=settings.ENVIRONMENT.meaning)
    return bool(settings.ENVIRONMENT.meaning)


def encode(texts: Sequence[str]) -> "numpy.ndarray[Any, Any] | None":
    """Return the vectors of `texts`: float32, one row of 512 a text, each of length one.

    The product of two rows is the cosine of their texts. None where meaning is off, where the
    encoder is absent or broken, and in a process that never said `use_encoder`: then words alone
    must do. The first call loads it (about a second); then 1 to 2 ms a text. No query.
    """
    return encoder.encode(texts)
