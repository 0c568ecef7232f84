"""Suggestions on a labelled set of our own: of 305 records of a council, is the right one shown?

`data/council_records.csv` and `data/council_questions.csv` are invented and were labelled before
anything was tuned. Part "dev" was looked at while tuning, "held" never; "late" was written after
the words that stand for each other (`searchindex/data/council_words.csv`) were closed, because one
hand wrote that list and the questions; "long" holds whole sentences with words of asking, labelled
before those words were listed and looked at while they were. What the figures
mean: docs/explanation/one-box.md.
"""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure, at_least, stated

DATA = Path(__file__).parent / "data"
KINDS = ("record", "deliberation", "document", "dataset")
LEAST = 0.85  # information.md 9
WITHIN = 5
Row = dict[str, str]
Find = Callable[[str, str], list[str]]


def rows(name: str) -> list[Row]:
    """Return the rows of a file of the set."""
    with (DATA / f"council_{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def language_of(question: Row) -> str:
    """Return the language of the page on which a question is asked."""
    return "fr" if question["language"] == "fr" else "ar"


def fill() -> None:
    """Put the records into the index of this process, with their meaning and the vocabulary."""
    from infitah.core import clock
    from infitah.searchindex import operations

    for row in rows("records"):
        operations.put(
            community_key="SFR",
            kind=row["kind"],
            subject=row["subject"],
            language=row["language"],
            title=row["title"],
            body=row["body"],
            url="/",
            is_public=True,
        )
    operations.renew_vocabulary(now=clock.now())
    assert operations.use_encoder()
    while operations.encode_waiting(now=clock.now(), limit=500):
        pass


def as_it_comes() -> Find:
    """Return the look-up of FTS5 without any normalising of ours."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE told USING fts5(subject UNINDEXED, title, body)")
    base.executemany(
        "INSERT INTO told VALUES (?, ?, ?)",
        [(row["subject"], row["title"], row["body"]) for row in rows("records")],
    )

    def find(text: str, _language: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        sql = "SELECT subject FROM told WHERE told MATCH ? ORDER BY rank LIMIT 20"
        found = [subject for (subject,) in base.execute(sql, [asked])] if asked else []
        return list(dict.fromkeys(found))[:WITHIN]

    return find


def normalised(text: str, language: str) -> list[str]:
    """Return what the words and stems find, without a list of synonyms and without meaning."""
    from infitah.searchindex import queries

    answer = queries.search(
        community_key="SFR", text=text, kinds=KINDS, language=language, limit=WITHIN
    )
    return [hit.subject for hit in answer.hits]


def suggested(text: str, language: str) -> list[str]:
    """Return what the page suggests."""
    from infitah.searchindex import queries

    found = queries.suggest(community_key="SFR", text=text, kinds=KINDS, language=language)
    return [hit.subject for hit in found]


def measured_here() -> dict[str, dict[str, list[float]]]:
    """Return for each way the share found and the number asked, by group of questions."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "searchindex", verbosity=0)
    fill()
    ways = {
        "FTS5 as it comes, no normalisation": as_it_comes(),
        "normalised words and stems": normalised,
        "suggestions, words alone": suggested,
    }
    told = {name: measured(find) for name, find in ways.items()}
    with answering():
        told["suggestions, words and meaning"] = measured(suggested)
    return told


@contextmanager
def answering() -> Iterator[None]:
    """Let questions on meaning be answered in this process, through the frames of the socket."""
    from infitah.searchindex.meaning import client, service

    shelves, ask = service.Shelves(), client._ask

    def answer(asked: object, _patience: float) -> dict[str, object]:
        told = service.answer(json.loads(json.dumps(asked)), shelves)
        heard: dict[str, object] = json.loads(json.dumps(told))
        return heard

    client._ask = answer  # type: ignore[assignment]
    client.forget_silence()
    yield
    client._ask = ask


def groups_of(question: Row) -> list[str]:
    """Return under which names a question counts."""
    part = question["part"]
    if not question["answers"]:
        return [f"{part}: strangers shown something"]
    return [
        part,
        f"{part}: {question['language']}",
        *(
            [f"{part}: answer only in the other language"]
            if question["other_language"] == "yes"
            else []
        ),
        *([f"{part}: {question['style']}"] if question["style"] in {"noise", "darija"} else []),
    ]


def measured(find: Find) -> dict[str, list[float]]:
    """Return the share of each group that is answered among WITHIN, and how many it holds."""
    counted: dict[str, list[bool]] = {}
    for question in rows("questions"):
        found = find(question["asked"], language_of(question))
        wanted = question["answers"].split()
        is_good = any(one in found for one in wanted) if wanted else bool(found)
        for group in groups_of(question):
            counted.setdefault(group, []).append(is_good)
    return {name: [sum(each) / len(each), len(each)] for name, each in sorted(counted.items())}


def run() -> list[Figure]:
    """Return recall@5 by part and by way; what was not tuned on must reach LEAST."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as home:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "infitah.config.settings",
            "INFITAH_HOME": home,
            "INFITAH_MEANING": "on",
            "DATABASE_URL": f"sqlite://{Path(home) / 'recall.sqlite3'}",
        }
        command = [sys.executable, "-m", "bench.recall"]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    told: dict[str, dict[str, list[float]]] = json.loads(done.stdout)
    figures = []
    for way, groups in told.items():
        for name, (share, count) in groups.items():
            words = f"{way}; {name}"
            is_judged = way == "suggestions, words and meaning" and name in {"held", "late"}
            note = f"{count:.0f} questions"
            figures.append(
                at_least(words, share, "", LEAST, note)
                if is_judged
                else stated(words, share, "", note)
            )
    return figures


if __name__ == "__main__":
    print(json.dumps(measured_here()))
