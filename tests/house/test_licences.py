"""Every run-time distribution has a licence that we allow (dependencies.md 2)."""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ALLOWED = re.compile(
    r"BSD|MIT|Apache|ISC|PSF|Python Software Foundation|Unlicense|MPL-2|Mozilla Public License 2",
    re.I,
)
REFUSED = re.compile(r"GPL|Affero|Proprietary", re.I)
# Read by hand in the package itself, where its metadata says nothing useful.
BY_HAND = {
    "qrcode": "BSD-3-Clause; an unrelated classifier says 'Other'; pulled in by allauth, never imported",
    "psycopg": "LGPL-3.0-only, unmodified, optional extra",
    "psycopg-binary": "LGPL-3.0-only, unmodified, optional extra",
}


def locked() -> list[str]:
    lines = (ROOT / "requirements" / "base.txt").read_text().splitlines()
    rows = [re.match(r"([a-z0-9_.-]+)(?:\[[^]]*])?==[^;]*(;.*)?", line) for line in lines]
    return [row.group(1) for row in rows if row and "win32" not in (row.group(2) or "")]


def licence(package: Distribution) -> str:
    data = package.metadata
    classifiers = [text for text in data.get_all("Classifier") or [] if text.startswith("License")]
    return " ".join(
        [data.get("License-Expression") or "", (data.get("License") or "")[:300], *classifiers]
    )


def test_each_runtime_licence_is_allowed() -> None:
    wrong = []
    for name in locked():
        if name in BY_HAND:
            continue
        text = licence(distribution(name))
        if REFUSED.search(text) or not ALLOWED.search(text):
            wrong.append(f"{name}: {text[:80]!r}")
    assert not wrong, wrong


def test_each_direct_dependency_is_named_with_its_reason() -> None:
    named = (ROOT / "docs" / "dependencies.md").read_text().lower()
    rows = (ROOT / "requirements" / "base.in").read_text().splitlines()
    direct = [re.split(r"[\[~=<>]", row)[0].strip().lower() for row in rows if row[:1].isalpha()]
    missing = [name for name in direct if name not in named]
    assert direct and not missing, missing
