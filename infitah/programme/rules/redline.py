"""The difference between two versions of a text, word by word; it lives in the kernel, so that
the texts put to the public (participation) and the commitments (programme) show it alike.
"""

from infitah.kernel.redline import Piece, is_changed, redline

__all__ = ["Piece", "is_changed", "redline"]
