"""Similar ideas among 5,000: the look-up while a citizen types, on an index of its own."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from bench.figure import Figure, at_least, at_most, stated

IDEAS = 5000
LOOKUPS = 400
LIMIT_MS = 60.0  # decisions H39
LEAST_RECALL = 0.85  # programme.md 7.1
LABELLED = Path(__file__).parent.parent / "infitah/searchindex/tests/data/similar.csv"

ACTS = (
    "إصلاح", "إحداث", "تنظيم", "نشر", "توفير", "دعم", "تهيئة", "رقمنة", "حماية", "مراقبة",
    "توسيع", "صيانة", "تعميم", "تبسيط", "ترميم", "تجهيز", "فتح", "تكوين", "تأهيل", "تزويد",
)  # fmt: skip
THINGS = (
    "الإنارة العمومية", "النقل المدرسي", "ميزانية المجلس", "محاضر الدورات", "الماء الصالح للشرب",
    "الطريق الإقليمية", "المكتبة البلدية", "ملاعب القرب", "المراكز الصحية", "التعاونيات النسائية",
    "الأسواق الأسبوعية", "المساحات الخضراء", "رخص البناء", "دعم الجمعيات", "الصفقات العمومية",
    "المسالك القروية", "دار الشباب", "المدينة العتيقة", "مطرح النفايات", "شبكة التطهير السائل",
)  # fmt: skip
PLACES = (
    "بحي بنصفار", "في مدينة صفرو", "بجماعة البهاليل", "بجماعة المنزل", "في رباط الخير",
    "بإيموزار كندر", "في الدواوير البعيدة", "قرب المدارس", "بالعالم القروي", "على الموقع",
    "لفائدة الشباب", "لفائدة النساء", "للأشخاص في وضعية إعاقة", "بشراكة مع المجتمع المدني",
)  # fmt: skip


def sentences() -> list[str]:
    """Return IDEAS different invented ideas, always the same."""
    whole = [" ".join(parts) for parts in product(ACTS, THINGS, PLACES)]
    return random.Random(7).sample(whole, IDEAS)


def fill(ideas: list[str]) -> None:
    """Put the ideas into the index."""
    from django.db import transaction

    from infitah.searchindex import operations

    with transaction.atomic():
        for number, idea in enumerate(ideas):
            operations.put(
                community_key="SFR",
                kind="idea",
                subject=f"I-{number}",
                language="ar",
                title=idea,
                body="",
                url="/",
                is_public=True,
            )


def measure(ideas: list[str]) -> list[float]:
    """Return the sorted times, in milliseconds, of LOOKUPS look-ups of reworded ideas."""
    from infitah.searchindex import queries

    chance = random.Random(11)
    times = []
    for idea in chance.sample(ideas, LOOKUPS):
        words = idea.split()
        chance.shuffle(words)
        text = " ".join([*words[1:], "المواطنين", "من", "أجل"])
        began = time.perf_counter()
        queries.similar(community_key="SFR", kind="idea", text=text)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def recall() -> float:
    """Return the share of the labelled pairs found among the five best of the whole index."""
    from infitah.searchindex import operations, queries

    with LABELLED.open(encoding="utf-8", newline="") as lines:
        pairs = [row for row in csv.DictReader(lines) if row["idea"]]
    for number, row in enumerate(pairs):
        operations.put(
            community_key="SFR",
            kind="idea",
            subject=f"L-{number}",
            language=row["language"],
            title=row["idea"],
            body="",
            url="/",
            is_public=True,
        )
    found = 0
    for number, row in enumerate(pairs):
        best = queries.similar(community_key="SFR", kind="idea", text=row["near"])
        found += f"L-{number}" in [one.subject for one in best]
    return found / len(pairs)


def measured_here() -> dict[str, list[float]]:
    """Return the sorted times and the recall on the index of this process, which is its own."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "searchindex", verbosity=0)
    ideas = sentences()
    fill(ideas)
    measure(ideas)  # the first round warms the caches of words
    return {"times": measure(ideas), "recall": [recall()]}


def run() -> list[Figure]:
    """Return median, 95th percentile and recall of the look-up, measured in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as home:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "infitah.config.settings",
            "INFITAH_HOME": home,
            "INFITAH_MEANING": "off",  # words alone: bench/meaning.py measures both
            "DATABASE_URL": f"sqlite://{Path(home) / 'similar.sqlite3'}",
        }
        command = [sys.executable, "-m", "bench.similar"]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    figures: dict[str, list[float]] = json.loads(done.stdout)
    times = figures["times"]
    note = f"{LOOKUPS} look-ups among {IDEAS} ideas"
    return [
        stated("similar ideas, p50", times[LOOKUPS // 2], "ms", note),
        at_most("similar ideas, p95", times[LOOKUPS * 95 // 100], "ms", LIMIT_MS, note),
        at_least("similar ideas, recall@5", figures["recall"][0], "", LEAST_RECALL, "labelled set"),
    ]


if __name__ == "__main__":
    print(json.dumps(measured_here()))
