"""Closeness in meaning: what the labelled set finds, how fast 5,000 ideas answer, what it costs."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure, at_least, at_most, stated
from bench.similar import IDEAS, fill, sentences
from bench.site import ROOT, environment, manage, memory

LOOKUPS = 300
LIMIT_MS = 60.0  # decisions H39
LIMIT_MB = 150.0  # decisions H44
FRENCH = (
    "Réparer l'éclairage public du quartier",
    "Publier le budget du conseil en ligne",
    "Un bus scolaire pour les villages éloignés",
    "Aménager des terrains de sport pour les jeunes",
    "Simplifier les permis de construire",
    "Soutenir les coopératives de femmes",
    "Nettoyer le marché hebdomadaire",
    "Équiper les centres de santé ruraux",
)
KINDS = ("ar-fr", "ar-ary", "fr-ary", "ar-ar", "fr-fr")


# --- In processes of their own -----------------------------------------------------


def encoded() -> dict[str, float]:
    """Fill the index of this home with IDEAS ideas and encode them; return ms an idea."""
    from infitah.core import clock
    from infitah.searchindex import encoder, operations

    fill(sentences())
    assert operations.use_encoder()
    assert encoder.load()
    began = time.perf_counter()
    while operations.encode_waiting(now=clock.now(), limit=500):
        pass
    return {"ms": (time.perf_counter() - began) * 1000 / IDEAS}


def asked() -> dict[str, list[float]]:
    """Return the times of look-ups in ms, and for each whether meaning answered in time."""
    from infitah.searchindex import queries
    from infitah.searchindex.meaning import client

    answers = []
    answer = client.closest

    def noted(**question: object) -> dict[int, float]:
        found = answer(**question)  # type: ignore[arg-type]
        answers.append(bool(found))
        return found

    client.closest = noted  # type: ignore[assignment]
    chance, ideas, times = random.Random(11), sentences(), []
    while not client.is_answering():
        time.sleep(0.1)
    for number in range(LOOKUPS + 20):
        text = f"{chance.choice(FRENCH)} {number}" if number % 2 else chance.choice(ideas)
        began = time.perf_counter()
        queries.similar(community_key="SFR", kind="idea", text=text)
        times.append((time.perf_counter() - began) * 1000)
    return {"times": sorted(times[20:]), "answered": [float(one) for one in answers[20:]]}


def labelled() -> dict[str, dict[str, float]]:
    """Return what each way finds of the labelled set."""
    from infitah.searchindex import operations
    from infitah.searchindex.tests.labelled import labelled, look_up, look_up_near

    assert operations.use_encoder()
    figures: dict[str, dict[str, float]] = {}
    for how, found in look_up(labelled()).items():
        figures[how] = {
            "recall@1": found.recall(1),
            "recall@5": found.recall(5),
            "shown among five": found.shown(5),
            "false positives: strangers shown something": found.strangers(),
            "Darija not looked at, recall@5": found.recall(5, kind="ary", part="held"),
        }
        for kind in KINDS:
            figures[how][f"{kind}, recall@5"] = found.recall(5, kind=kind)
    near = look_up_near()
    figures["a few words"] = {
        "shown an idea that speaks of it": near.answered,
        "of the ideas shown, those that speak of it": near.speaking,
        "false positives: strangers shown something": near.strangers,
    }
    return figures


# --- The measure -------------------------------------------------------------------


def child(env: dict[str, str], name: str) -> dict[str, object]:
    """Return what a function of this file says in a fresh process with its own database."""
    command = [sys.executable, "-m", "bench.meaning", name]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


@contextmanager
def worker(env: dict[str, str]) -> Iterator[int]:
    """Yield the process of a running worker, once it has settled."""
    command = [sys.executable, "manage.py", "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    socket = Path(env["INFITAH_HOME"]) / "run" / "meaning.sock"
    try:
        for _ in range(100):
            time.sleep(0.1)
            if env["INFITAH_MEANING"] == "on" and socket.exists():
                break
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def cost_figures(env: dict[str, str]) -> list[Figure]:
    """Return times and memory with IDEAS ideas in the index."""
    each = child(env, "encoded")["ms"]
    with worker(env) as pid:
        told = child(env, "asked")
        with_meaning = memory(pid)
    with worker({**env, "INFITAH_MEANING": "off"}) as pid:
        without = memory(pid)
    times, answered = told["times"], told["answered"]
    assert isinstance(times, list)
    assert isinstance(answered, list)
    note = f"{LOOKUPS} look-ups among {IDEAS} ideas, over the socket"
    more = f"worker {with_meaning:.0f} MB with, {without:.0f} MB without"
    in_time = sum(answered) / len(answered)
    return [
        stated("encoding an idea in the worker", float(str(each)), "ms"),
        stated("similar with meaning, p50", times[LOOKUPS // 2], "ms", note),
        at_most("similar with meaning, p95", times[LOOKUPS * 95 // 100], "ms", LIMIT_MS, note),
        at_least("look-ups that meaning answered within 50 ms", in_time, "", 0.95),
        at_most("memory of meaning (PSS)", with_meaning - without, "MB", LIMIT_MB, more),
    ]


def labelled_figures(env: dict[str, str]) -> list[Figure]:
    """Return recall by each way; both must be no worse than words alone."""
    told = child(env, "labelled")
    figures = []
    for how, found in told.items():
        assert isinstance(found, dict)
        words = told["words"]
        assert isinstance(words, dict)
        for name, value in found.items():
            if how == "both" and name in {"recall@1", "recall@5", "shown among five"}:
                figures.append(at_least(f"{how}: {name}", value, "", words[name]))
            else:
                figures.append(stated(f"{how}: {name}", value, ""))
    return figures


def run() -> list[Figure]:
    """Return every figure of this file."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        env = environment(Path(folder), 1, INFITAH_MEANING="on")
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        manage(env, "migrate", "--verbosity", "0")
        return [*labelled_figures(env), *cost_figures(env)]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()
    print(json.dumps({"encoded": encoded, "asked": asked, "labelled": labelled}[sys.argv[1]]()))
