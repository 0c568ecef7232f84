"""Reference pages made from the code: operations, addresses with their audience, models, commands.

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
APPS = (
    "core", "design", "ledger", "searchindex", "community", "proceedings", "council",
    "participation", "programme", "website", "desk",
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


def models() -> str:
    """Return the page of models: identifier, Arabic and French term, meaning."""
    lines = [
        "# Models",
        "",
        DO_NOT_EDIT,
        "",
        "| identifier | app | term (Arabic / French) and meaning |",
        "|---|---|---|",
    ]
    for app in APPS:
        for path in _sources(app, "models"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                bases = {ast.unparse(base) for base in getattr(node, "bases", [])}
                if isinstance(node, ast.ClassDef) and bases & {
                    "models.Model",
                    "Page",
                    "AbstractUser",
                }:
                    lines.append(f"| `{node.name}` | {app} | {_first_line(node)} |")
    return "\n".join([*lines, ""])


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


PAGES = {
    "operations.md": operations,
    "models.md": models,
    "commands.md": commands,
    "addresses.md": routes,
}


def main() -> None:
    stale = []
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path, text = REFERENCE / name, make()
        if sys.argv[1:] != ["check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(f"docs/reference/{name}")
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run: python tools/docs.py")


if __name__ == "__main__":
    main()
