"""PDFs that hide a secret, made here, for the tests and the measures of redaction."""

from infitah.core.tests.hostile import (
    document,
    encodings,
    geometry,
    layers,
    nested,
    notes,
    pictures,
    scripts,
    texts,
)
from infitah.core.tests.hostile.sheets import BOX, CASES, KEPT, SECRET, Case

PARTS = (texts, encodings, scripts, nested, notes, layers, geometry, pictures, document)

__all__ = ["BOX", "CASES", "KEPT", "PARTS", "SECRET", "Case"]
