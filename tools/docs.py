"""Reference pages made from the code: operations, addresses with their audience, commands, and the
glossary's rows of models.

`python tools/docs.py` writes them; `python tools/docs.py check` fails if one is out of date.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.testing")
REFERENCE = ROOT / "docs" / "reference"
GLOSSARY = ROOT / "docs" / "glossary.md"
APPS = (
    "core", "design", "ledger", "searchindex", "community", "proceedings", "council",
    "publication", "participation", "information", "programme", "website", "desk",
)  # fmt: skip
DO_NOT_EDIT = "<!-- Made by tools/docs.py from the code: edit the docstrings instead. -->"


def _sources(app: str, room: str) -> Iterator[Path]:
    folder = ROOT / "infitah" / app
    yield from sorted(folder.glob(f"{room}.py"))
    yield from sorted((folder / room).glob("*.py"))


def _first_line(node: ast.FunctionDef | ast.ClassDef) -> str:
    return (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")


def operations() -> str:
    """Return the page of operations: one row an act."""
    lines = [
        "# Operations",
        "",
        DO_NOT_EDIT,
        "",
        "One function an act; each in one transaction.",
        "",
    ]
    for app in APPS:
        rows = []
        for path in _sources(app, "operations"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    rows.append(f"| `{node.name}` | {_first_line(node)} |")
        if rows:
            lines += [f"## {app}", "", "| operation | what becomes true |", "|---|---|", *rows, ""]
    return "\n".join(lines)


RECORD_BASES = {"models.Model", "Page", "AbstractUser"}
START = "<!-- records: made by tools/docs.py from the docstrings of the models -->"
END = "<!-- end of records -->"


def _record(node: ast.ClassDef, app: str) -> str:
    """Return the row of a model whose docstring begins "Arabic / French: meaning"."""
    terms, _colon, meaning = _first_line(node).partition(":")
    arabic, _slash, french = terms.partition(" / ")
    return f"| `{node.name}` | {app} | {arabic.strip()} | {french.strip()} | {meaning.strip()} |"


def glossary() -> str:
    """Return the glossary: its written terms, then one row a model."""
    page = GLOSSARY.read_text(encoding="utf-8")
    rows = [
        "",
        "| identifier | app | العربية | Français | article and meaning |",
        "|---|---|---|---|---|",
    ]
    for app in APPS:
        for path in _sources(app, "models"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and RECORD_BASES & {
                    ast.unparse(base) for base in node.bases
                }:
                    rows.append(_record(node, app))
    before, after = page.split(START)[0], page.split(END)[1]
    return "\n".join([before + START, *rows, "", END]) + after


def commands() -> str:
    """Return the page of the commands of `infitah`."""
    lines = ["# Commands", "", DO_NOT_EDIT, "", "| command | what it does |", "|---|---|"]
    for path in sorted((ROOT / "infitah").glob("*/management/commands/*.py")):
        if path.stem != "__init__":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            text = (ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ")
            lines.append(f"| `infitah {path.stem}` | {text} |")
    return "\n".join([*lines, ""])


def routes() -> str:
    """Return the table of addresses with their audience."""
    import django

    django.setup()
    from infitah.config.audiences import routes as all_routes

    lines = ["# Addresses", "", DO_NOT_EDIT, "", "| address | audience | right |", "|---|---|---|"]
    for route in all_routes():
        address = re.sub(r"\\Z|\^|\$", "", route.address)
        lines.append(f"| `{address}` | {route.audience.kind} | {route.audience.right} |")
    return "\n".join([*lines, ""])


def figures() -> str:
    """Return the table of the figures of access to information with their definitions."""
    from infitah.information.rules.figures import FIGURES, SMALL, TWELVE

    lines = [
        "# Figures of access to information",
        "",
        DO_NOT_EDIT,
        "",
        "Each code names a figure in `figures.csv`, `figures.json` and the yearly report, and its "
        "list at `/<language>/information/figures/<year>/<code>/`. Grounds, exceptions, extensions "
        f"and channels are named by the law and the forms. Under {SMALL} there is no percentage. "
        "★: one of the twelve that are looked at before a report is signed.",
        "",
        "| address after `/<language>/information/figures/` | what |",
        "|---|---|",
        "| `figures.csv`, `figures.json` | every figure of every year, with its definition |",
        "| `requests.csv`, `requests.json` | every request: number, channel, days, extension with "
        "its ground, state (`answered`, `silent`, `waiting`, `withdrawn`, `transferred`), working "
        "days, in time, outcome, grounds, the highest complaint and what was decided, permanent "
        "address of the published answer; no text, nobody's name; written while it is sent |",
        "| `<year>/report/<version>/report.json`, `report.csv`, `proof.json` | a signed report |",
        "",
        "| code | share of | العربية | Français |",
        "|---|---|---|---|",
    ]
    for one in FIGURES.values():
        mark = " ★" if one.code in TWELVE else ""
        told = [f"**{text[0]}** {text[1]}" if text[0] else text[1] for text in (
            (one.name.ar, one.definition.ar), (one.name.fr, one.definition.fr)
        )]  # fmt: skip
        lines.append(f"| `{one.code}`{mark} | {one.of and f'`{one.of}`'} | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


PAGES = {
    REFERENCE / "operations.md": operations,
    REFERENCE / "commands.md": commands,
    REFERENCE / "addresses.md": routes,
    REFERENCE / "figures.md": figures,
    GLOSSARY: glossary,
}


def main() -> None:
    stale = []
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, make in PAGES.items():
        text = make()
        if sys.argv[1:] != ["check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT).as_posix())
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run: python tools/docs.py")


if __name__ == "__main__":
    main()
