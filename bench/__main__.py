"""Run the benchmarks named on the command line, or all; print each figure; write JSON."""

import importlib
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

from bench.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("INFITAH_HOME") or ROOT / "var")
NOT_A_BENCH = {"__init__", "__main__", "council_texts", "figure", "index_rows", "site"}


def names() -> list[str]:
    """Return the benchmarks there are, or those asked for."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    return sys.argv[1:] or [name for name in found if name not in NOT_A_BENCH]


def line(figure: Figure) -> str:
    """Return the figure as one line."""
    limit = "" if figure.limit is None else f" limit {figure.limit:g}"
    ratio = "" if figure.ratio is None else f" ratio {figure.ratio:g}"
    note = f"  ({figure.note})" if figure.note else ""
    return f"  {figure.name}: {figure.value:g} {figure.unit}{limit}{ratio} {figure.verdict}{note}"


def main() -> None:
    results: dict[str, list[dict[str, object]]] = {}
    missed = 0
    for name in names():
        began = time.monotonic()
        figures = importlib.import_module(f"bench.{name}").run()
        print(f"{name} ({time.monotonic() - began:.1f} s)", flush=True)
        for figure in figures:
            print(line(figure), flush=True)
            missed += figure.verdict not in {"", "ok"}
        results[name] = [asdict(figure) for figure in figures]
    HOME.mkdir(parents=True, exist_ok=True)
    target = HOME / "bench.json"
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"written to {target.name}; {missed} limits missed")


if __name__ == "__main__":
    main()
