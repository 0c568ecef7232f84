"""What the word index is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Words with their stems, all or any of them, within a community.

    `kinds` empty means every kind; `is_prefix` asks for words that begin with the last one.
    """

    words: Sequence[Forms]
    joined: Literal["all", "any"]
    community_key: str
    kinds: tuple[str, ...] = ()
    exclude: str = ""
    is_prefix: bool = False
    public_only: bool = True


@dataclass(frozen=True, slots=True)
class Probe:
    """Texts that hold every one of `words`, whichever forms of them; at most `limit`.

    `beginnings` are asked beside the last word: letters that a word of the text begins with.
    """

    words: tuple[Forms, ...]
    limit: int
    is_in_title: bool = False
    beginnings: Forms = ()


class Engine(Protocol):
    """A word index. Each method is one database query."""

    def counts(self, forms: Sequence[str]) -> dict[str, int]:
        """Return how many texts hold each of `forms`."""
        ...

    def best(self, question: Question, limit: int) -> list[tuple[int, float]]:
        """Return the ids of the best texts with their scores, the best first."""
        ...

    def newest(self, probes: Sequence[Probe], where: Question) -> list[int]:
        """Return the ids of the newest texts that answer each probe, probe after probe.

        `where` names the community and the kinds. Nothing is ranked, so that the work is bounded
        by the limits, whatever the index holds.
        """
        ...

    def vocabulary(self) -> Iterable[tuple[str, int]]:
        """Yield each word and stem that the index holds with the number of its texts."""
        ...


def scope(question: Question) -> tuple[str, list[str]]:
    """Return the condition on the table of texts, as SQL over `text` and its parameters."""
    sql = "text.community_key = %s"
    parameters: list[str] = [question.community_key]
    if question.kinds:
        sql += f" AND text.kind IN ({', '.join(['%s'] * len(question.kinds))})"
        parameters += question.kinds
    if question.exclude:
        sql += " AND text.subject <> %s"
        parameters.append(question.exclude)
    if question.public_only:
        sql += " AND text.is_public"
    return sql, parameters
