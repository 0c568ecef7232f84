"""pymerkle over roots.json, the receipts and the consistency proofs, as they come by HTTP.

The product's own verifier is not asked: leaves are hashed by pymerkle from the entries' bytes.
"""

import base64
import hashlib
import json
from typing import Any

from tests.outside import toolbox
from tests.outside.check import Check, Stage
from tests.outside.site import Browser

DRIVER = toolbox.ROOT / "infitah" / "ledger" / "tests" / "outside" / "verify_by_pymerkle.py"
COMMUNITY = "SFR"


def _json(browser: Browser, path: str) -> dict[str, Any]:
    answer = browser.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
    found: dict[str, Any] = json.loads(answer.body)
    return found


def _leaf(entry: str) -> str:
    return base64.b64encode(hashlib.sha256(b"\0" + entry.encode()).digest()).decode()


def _question(browser: Browser) -> dict[str, Any]:
    """Return entries, proofs and heads as the public addresses give them."""
    heads = _json(browser, "/register/roots.json")["communities"]
    size = next(one["heads"][-1] for one in heads if one["community"] == COMMUNITY)["size"]
    receipts = [_json(browser, f"/register/{COMMUNITY}/{number}.json") for number in range(size)]
    pairs = [(first, size) for first in range(1, size, 30)]
    grown = [_json(browser, f"/register/{COMMUNITY}/consistency/{a}/{b}.json") for a, b in pairs]
    states = [
        {
            "first": one["first"]["size"],
            "second": one["second"]["size"],
            "first_root": one["first"]["root"],
            "second_root": one["second"]["root"],
            "path": one["path"],
        }
        for one in grown
    ]
    return {
        "stated": next(one["heads"][-1] for one in heads if one["community"] == COMMUNITY)["root"],
        "entries": [base64.b64encode(one["entry"].encode()).decode() for one in receipts],
        "inclusion": [
            {
                "index": one["index"],
                "size": one["head"]["size"],
                "leaf": _leaf(one["entry"]),
                "root": one["head"]["root"],
                "path": one["path"],
            }
            for one in receipts
        ],
        "consistency": [one for one in states if one["first"] % 2],
        "heads": states,
    }


def judge(question: dict[str, Any]) -> list[str]:
    """Return what pymerkle refuses."""
    python = toolbox.python("proofs") / "python"
    done = toolbox.run([str(python), str(DRIVER)], given=json.dumps(question), seconds=300)
    if done.returncode:
        return [f"pymerkle ended: {done.stderr[-300:]}"]
    answer = json.loads(done.stdout)
    wrong = [] if answer["root"] == question["stated"] else ["the root is another"]
    for kind in ("inclusion", "consistency", "heads"):
        bad = [number for number, holds in enumerate(answer[kind]) if not holds]
        wrong += [f"{kind}: refused {bad[:10]}"] if bad else []
    return wrong


def bad(stage: Stage) -> list[str]:
    """Return what pymerkle says after one letter of one entry and two proofs were changed."""
    question = _question(stage.site.browser())
    nothing = base64.b64encode(bytes(32)).decode()
    entry = base64.b64decode(question["entries"][7]).replace(b'"act"', b'"atc"')
    question["entries"][7] = base64.b64encode(entry).decode()
    question["inclusion"][7]["leaf"] = nothing
    question["consistency"][1]["path"][0] = nothing
    return judge(question)


def good(stage: Stage) -> list[str]:
    question = _question(stage.site.browser())
    counts = f"{len(question['entries'])} entries, {len(question['heads'])} pairs of heads"
    stage.note(counts)
    return judge(question) if question["entries"] and question["heads"] else [f"only {counts}"]


EXPECTED = ("the root is another", "inclusion: refused [7]", "consistency: refused [1]", "heads:")
CHECKS = (Check("pymerkle", "register, receipts and roots by HTTP", bad, good, EXPECTED),)
