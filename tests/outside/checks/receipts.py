"""zxing-cpp, poppler and pdfua on the receipt that a citizen gets as a sheet."""

import json
import re
import time
from functools import cache
from pathlib import Path

from tests.outside import toolbox
from tests.outside.check import DRIVERS, Check, Stage
from tests.outside.site import Site, until

WORDS = "تمكين السكان من تتبع ملفاتهم برقم واحد"
MAIL = "citizen@sefrou.test"
ARABIC = ("وصل تقديم فكرة", WORDS, "المجلس الإقليمي لصفرو")
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])


@cache
def given(site: Site, words: str = WORDS, mail: str = MAIL) -> str:
    """Give an idea as a citizen does, with the code from the demonstration's mailbox."""
    browser = site.browser()
    draft = browser.give_idea(words).headers["Location"]
    browser.post(draft, email=mail, consent="on")

    def code() -> str:
        page = browser.get("/ar/demonstration/mailbox/").text
        shown = re.findall(r"(?<![\w-])\d{6}(?![\w-])", re.sub(r"<[^>]+>", " ", page))
        return shown[0] if draft in page and shown else ""

    sent = browser.post(f"{draft}code/", code=str(until(code)))
    if sent.status != 302:
        raise RuntimeError(f"the code was answered with {sent.status}")
    return str(draft)


def sheet(stage: Stage) -> Path:
    """Return the receipt as a file."""
    path = stage.scratch("receipt") / "receipt.pdf"
    if not path.exists():
        path.write_bytes(stage.site.browser().get(f"{given(stage.site)}receipt.pdf").body)
    return path


def untagged(stage: Stage) -> Path:
    """Return the sheet with planted faults, made when it is needed."""
    path = stage.scratch("receipt") / "untagged.pdf"
    python = str(toolbox.python("pdf") / "python")
    done = toolbox.run([python, str(DRIVERS / "untagged.py"), str(path)])
    if done.returncode:
        raise RuntimeError(done.stderr[-300:])
    return path


def codes(path: Path) -> list[str]:
    """Return what a reader of QR codes reads on the first page."""
    picture = path.with_suffix("")
    program = toolbox.program("pdftoppm", "poppler-utils")
    toolbox.run([program, "-r", "150", "-png", "-singlefile", str(path), str(picture)])
    python = str(toolbox.python("pdf") / "python")
    done = toolbox.run([python, str(DRIVERS / "qr.py"), f"{picture}.png"])
    found: list[str] = json.loads(done.stdout or "[]")
    return found


def qr(path: Path, stage: Stage) -> list[str]:
    """Return what is wrong with the code: absent, of elsewhere, or leading nowhere."""
    wrong, seen = [], codes(path)
    for address in seen:
        if not address.startswith(f"{stage.site.url}/"):
            wrong.append(f"the code leads elsewhere: {address}")
            continue
        answer = stage.site.browser().get(address.removeprefix(stage.site.url))
        if answer.status not in {200, 302} or (answer.status == 200 and WORDS not in answer.text):
            wrong.append(f"{address} answers {answer.status}")
    return wrong if seen else ["no code can be read"]


def text(path: Path) -> list[str]:
    """Return which words poppler does not find in order, and what is not attached."""
    program = toolbox.program("pdftotext", "poppler-utils")
    shown = toolbox.run([program, str(path), "-"]).stdout.translate(DIRECTION_MARKS)
    plain = re.sub(r"\s+", " ", shown)
    wrong = [f"the text lacks: {words}" for words in ARABIC if words not in plain]
    folder = path.with_suffix(".attached")
    folder.mkdir(exist_ok=True)
    saved = toolbox.program("pdfdetach", "poppler-utils")
    toolbox.run([saved, "-saveall", "-o", str(folder), str(path)])
    proofs = [json.loads(one.read_text()) for one in folder.glob("*.json")]
    if [one.get("format") for one in proofs] != ["infitah-receipt/1"]:
        wrong.append("the proof is not attached")
    return wrong


def accessible(path: Path) -> list[str]:
    """Return the rules of PDF/UA that pdfua finds broken (16 of the 106)."""
    done = toolbox.run([str(toolbox.python("pdf") / "pdfua"), "check", "-f", "json", str(path)])
    if not done.stdout.strip():
        return [f"pdfua did not run: {done.stderr[-300:]}"]
    return [
        f"{one['rule_id']}: {one['message']}"
        for one in _findings(json.loads(done.stdout))
        if one["severity"].lower() in {"error", "warning"}
    ]


def _findings(told: object) -> list[dict[str, str]]:
    if isinstance(told, dict):
        if "rule_id" in told and "severity" in told:
            return [told]
        told = list(told.values())
    if isinstance(told, list):
        return [found for one in told for found in _findings(one)]
    return []


def timely(stage: Stage) -> None:
    """Note how long a sheet takes when nothing is kept."""
    began = time.monotonic()
    stage.site.browser().get(f"{given(stage.site)}receipt.pdf")
    stage.note(f"the sheet came in {(time.monotonic() - began) * 1000:.0f} ms")


def text_good(stage: Stage) -> list[str]:
    timely(stage)
    return text(sheet(stage))


CHECKS = (
    Check(
        "zxing",
        "the receipt's QR code",
        lambda stage: qr(untagged(stage), stage),
        lambda stage: qr(sheet(stage), stage),
        ("leads elsewhere",),
    ),
    Check(
        "pdftotext",
        "the receipt's text and attachment",
        lambda stage: text(untagged(stage)),
        text_good,
        ("the text lacks", "not attached"),
    ),
    Check(
        "pdfua",
        "tags of the receipt",
        lambda stage: accessible(untagged(stage)),
        lambda stage: accessible(sheet(stage)),
        ("UA-",),
    ),
)
