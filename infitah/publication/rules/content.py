"""The one way in which a published answer is written down before it is hashed.

What the hash binds: the words, the dates, what is withheld and the hashes of the files. Tags are
not part of it: sorting an answer elsewhere does not change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from infitah.kernel.localized import LocalizedText

Value = Mapping[str, "Value"] | Sequence["Value"] | str | int | bool | None


@dataclass(frozen=True, slots=True)
class WithheldFact:
    """One thing withheld; `file` is the position of its file, 0 for the answer as a whole."""

    code: str
    article: str
    sentence: LocalizedText
    times: int
    place: str
    file: int = 0

    def as_json(self) -> dict[str, Value]:
        """Return it as the data give it."""
        return {
            "code": self.code,
            "article": self.article,
            "sentence": self.sentence.as_json(),
            "times": self.times,
            "place": self.place,
            "file": self.file,
        }


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file by its position from 1, its title, its hash, and its pages if it has any."""

    position: int
    title: LocalizedText
    sha256: str
    pages: int | None

    def as_json(self) -> dict[str, Value]:
        """Return it as the data give it."""
        return {
            "position": self.position,
            "title": self.title.as_json(),
            "sha256": self.sha256,
            "pages": self.pages,
        }


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the hash of a published answer binds."""

    reference: str
    edition: int
    language: str
    answer_language: str
    title: LocalizedText
    summary: LocalizedText
    question: str
    answer: str
    outcome: str
    asked_on: str
    answered_on: str
    working_days: int
    licence: str
    withheld: Sequence[WithheldFact] = field(default_factory=tuple)
    files: Sequence[FileFact] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Value]:
        """Return it as the data give it, and as it is hashed in its canonical form."""
        return {
            "reference": self.reference,
            "edition": self.edition,
            "language": self.language,
            "answer_language": self.answer_language,
            "title": self.title.as_json(),
            "summary": self.summary.as_json(),
            "question": self.question,
            "answer": self.answer,
            "outcome": self.outcome,
            "asked_on": self.asked_on,
            "answered_on": self.answered_on,
            "working_days": self.working_days,
            "licence": self.licence,
            "withheld": [one.as_json() for one in self.withheld],
            "files": [one.as_json() for one in self.files],
        }
