"""Reading the style sheets for the tests: every declaration with its selector, tokens per theme."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tinycss2

STATIC = Path(__file__).resolve().parent.parent / "static" / "design"
SHEETS = sorted(STATIC.rglob("*.css"))


class Declaration(NamedTuple):
    """One `name: value` and the rule it stands in."""

    sheet: str
    rule: str
    name: str
    value: str


def declarations(path: Path) -> Iterator[Declaration]:
    """Yield every declaration of a sheet, at any depth of @layer and @media."""
    yield from _of(path.name, "", tinycss2.parse_stylesheet(path.read_text(), True, True))


def _of(sheet: str, rule: str, nodes: list[object]) -> Iterator[Declaration]:
    for node in nodes:
        kind = getattr(node, "type", "")
        assert kind != "error", f"{sheet}: {node.message} at line {node.source_line}"  # type: ignore[attr-defined]
        if kind == "declaration":
            value = tinycss2.serialize(node.value).strip()  # type: ignore[attr-defined]
            yield Declaration(sheet, rule, node.lower_name, value)  # type: ignore[attr-defined]
        elif kind in {"qualified-rule", "at-rule"} and node.content is not None:  # type: ignore[attr-defined]
            head = tinycss2.serialize(node.prelude).strip()  # type: ignore[attr-defined]
            name = f"@{node.lower_at_keyword} {head}" if kind == "at-rule" else head  # type: ignore[attr-defined]
            inner = tinycss2.parse_blocks_contents(node.content, True, True)  # type: ignore[attr-defined]
            yield from _of(sheet, f"{rule} {name}".strip(), inner)


def tokens(theme: str) -> dict[str, str]:
    """Return the colour tokens of `light` or `dark`."""
    found = {}
    for one in declarations(STATIC / "tokens.css"):
        is_dark, is_print = "dark" in one.rule, "print" in one.rule
        if one.name.startswith("--") and not is_print and is_dark == (theme == "dark"):
            found[one.name.removeprefix("--")] = one.value
    return {name: value for name, value in found.items() if value.startswith("#")}
