"""A figure as it is told: counted now, or frozen in a report with the words of its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from infitah.information.queries.figures.names import law_code, name_of
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText

Frozen = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its name, its definition and what it comes to."""

    code: str
    name: LocalizedText
    definition: LocalizedText
    value: figures.Value
    of: str
    list_code: str
    law_code: str = ""

    @property
    def number(self) -> int:
        """The number, 0 where none is told."""
        return self.value.number or 0

    def as_json(self) -> dict[str, object]:
        """Return it as a report keeps it."""
        return {
            "code": self.code,
            "name": self.name.as_json(),
            "definition": self.definition.as_json(),
            "number": self.value.number,
            "of_figure": self.of,
            "of": self.value.of,
            "percent": self.value.percent,
            "list": self.list_code,
            "law_code": self.law_code,
        }


All = Mapping[str, Told]
"""Figures by their code, in the order in which they are told."""


def told_of(counted: figures.Tally) -> dict[str, Told]:
    """Return every figure as these counts tell it. No query."""
    return {
        one.code: Told(
            code=one.code,
            name=name_of(one),
            definition=one.definition,
            value=figures.value_of(one, counted),
            of=one.of,
            list_code=one.list_code,
            law_code=law_code(one),
        )
        for one in figures.FIGURES.values()
    }


def told_in(rows: list[Frozen]) -> dict[str, Told]:
    """Return the figures of a report, word for word as they were frozen. No query."""
    return {
        row["code"]: Told(
            code=row["code"],
            name=LocalizedText.from_json(row["name"]),
            definition=LocalizedText.from_json(row["definition"]),
            value=figures.Value(row["number"], row["of"], row["percent"]),
            of=row["of_figure"],
            list_code=row["list"],
            law_code=row["law_code"],
        )
        for row in rows
    }


NOTHING: Final = Told("", LocalizedText(), LocalizedText(), figures.Value(0), "", "")


def number_of(told: All, code: str) -> int:
    """Return the number of a figure, 0 where a report does not tell it."""
    return told.get(code, NOTHING).number
