"""How alike texts are: in their letters, and in their meaning where sentence vectors are given.

Letters: character 3-grams of the word families of the kernel, weighed by how rare they are
(TF-IDF). Meaning: the cosine of vectors, which joins Arabic, French and Darija. Pure numpy.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from infitah.kernel import arabic

Matrix = NDArray[np.float32]

COLUMNS: Final = 4_096
"""Columns that the 3-grams are folded into where there are more: the memory stays bounded."""
BLOCK: Final = 512


def grams(text: str) -> Counter[str]:
    """Return the character 3-grams of the word families of a text, each word padded."""
    words = arabic.tokens(text)
    telling = [arabic.root(word) for word in words if word not in arabic.STOP_WORDS] or words
    return Counter(
        padded[place : place + 3]
        for padded in (f" {word} " for word in telling)
        for place in range(len(padded) - 2)
    )


def letter_vectors(texts: Sequence[str]) -> Matrix:
    """Return a row of length 1 a text (of zeros for one without words): TF-IDF of its 3-grams."""
    counts = [grams(text) for text in texts]
    spread = Counter(gram for count in counts for gram in count)
    known = sorted(spread, key=lambda gram: (-spread[gram], gram))
    place = {gram: number % COLUMNS for number, gram in enumerate(known)}
    rarity = {gram: 0.05 + np.log((1 + len(texts)) / (1 + spread[gram])) for gram in known}
    vectors = np.zeros((len(texts), min(len(known), COLUMNS) or 1), dtype=np.float32)
    for row, count in enumerate(counts):
        for gram, times in count.items():
            vectors[row, place[gram]] += (1 + np.log(times)) * rarity[gram]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    return vectors


def distances_of(
    letters: Matrix, meaning: Matrix | None, *, floor: float, letters_weight: float
) -> Matrix:
    """Return how far texts lie apart, 0 to 1, as a symmetric matrix.

    Two texts are alike if their meaning is, or their letters are: 1 - (1 - m)(1 - w l). Below
    `floor` a cosine of meaning says nothing. Without meaning the letters alone count, in full.
    """
    count = len(letters)
    found = np.empty((count, count), dtype=np.float32)
    for start in range(0, count, BLOCK):
        rows, rest = slice(start, start + BLOCK), slice(start, count)
        apart = 1 - np.clip(letters[rows] @ letters[rest].T, 0, 1)
        if meaning is not None:
            close = np.clip((meaning[rows] @ meaning[rest].T - floor) / (1 - floor), 0, 1)
            apart = (1 - close) * (1 - letters_weight * (1 - apart))
        found[rows, rest] = np.round(apart, 5)
        found[rest, rows] = found[rows, rest].T
        square = found[rows, rows]
        found[rows, rows] = np.triu(square) + np.triu(square, 1).T
    return found
