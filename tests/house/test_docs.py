"""The documentation keeps up with the code: variables, models, commands, operations."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TEXTS = {".py", ".md", ".txt", ".toml", ".in", ".html", ".css", ".js", ".json"}


def test_generated_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_every_variable_is_documented() -> None:
    source = (ROOT / "infitah/config/environment.py").read_text()
    page = (ROOT / "docs/reference/environment.md").read_text()
    names = set(re.findall(r'"((?:INFITAH_[A-Z_]+)|PORT|DATABASE_URL)"', source))
    assert names and not {name for name in names if f"`{name}`" not in page}


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    missing = []
    for path in (ROOT / "infitah").rglob("models*/**/*.py"):
        missing += _unnamed(path, glossary)
    for path in (ROOT / "infitah").glob("*/models.py"):
        missing += _unnamed(path, glossary)
    assert not missing, missing


def _unnamed(path: Path, glossary: str) -> list[str]:
    bases = {"models.Model", "Page", "AbstractUser"}
    return [
        f"{path.parent.name}.{node.name}"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and bases & {ast.unparse(base) for base in node.bases}
        and f"`{node.name}`" not in glossary
    ]


def test_readme_names_the_two_commands_first() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:40])
    assert "make run" in first_screen and "make test" in first_screen
    assert ".png" in first_screen


def test_no_machine_paths_or_registry_hosts() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    bad = []
    words = re.compile(
        r"/(?:work|farm|root)/(?:main|steering)|https?://[^ \"']+/(?:simple|debian)/"
    )
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        is_text = path.suffix in TEXTS and path.is_file() and path != Path(__file__)
        if is_text and words.search(path.read_text(errors="ignore")):
            bad.append(name)
    assert not bad, bad
