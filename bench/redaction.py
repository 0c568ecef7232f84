"""Redaction: what can be got back of an adversarial set, what is kept, how long scans take."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

from bench.figure import Figure, at_least, at_most, stated
from bench.site import ROOT

PAGES = 20
SECONDS = 10.0
KEPT_PERCENT = 99.0
FEWEST = 100
DPI = 300
LINES = 40
ARABIC = (
    "تطبيقا لأحكام القانون رقم 31.13 المتعلق بالحق في الحصول على المعلومات يتشرف رئيس المجلس "
    "بإخباركم أن الوثائق المطلوبة في ملف الصفقة العمومية لسنة 2026 قد وضعت رهن إشارتكم بالجماعة "
    "وأن كلفة النسخ تتحملها مصالح الجماعة في حدود خمسين صفحة من الحجم العادي"
)
FRENCH = (
    "En application de la loi relative au droit d’accès à l’information le président du conseil a "
    "l’honneur de vous informer que les pièces demandées du marché de l’année 2026 sont à votre "
    "disposition au siège de la commune et que les frais de copie sont à la charge du service"
)


def run() -> list[Figure]:
    """Return what is left of the set, the words kept, and the seconds of scanned pages."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "infitah.config.testing"}
    env |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.redaction", "inside"],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
    )
    got = json.loads(done.stdout.splitlines()[-1])
    return [
        at_least("redaction: PDFs of the set", got["cases"], "PDFs", FEWEST),
        stated("redaction: secrets readable before", got["before"], "of them", got["readers"]),
        at_most("redaction: characters recoverable after", got["left"], "characters", 0),
        at_least("redaction: words outside boxes kept, set", got["kept"], "%", KEPT_PERCENT),
        at_least("redaction: words kept, full pages", got["dense"], "%", KEPT_PERCENT),
        at_most(f"redaction: {PAGES} scans in grey, one core", got["grey"], "s", SECONDS),
        at_most(f"redaction: {PAGES} scans in colour, one core", got["colour"], "s", SECONDS),
        at_most(f"redaction: {PAGES} scans with their text, one core", got["read"], "s", SECONDS),
        stated(
            "redaction: the grey ones by the clock", got["clock"], "s", "with all that runs beside"
        ),
        stated("redaction: a full page of text, one core", got["page"], "s"),
    ]


# --- In a process of its own ----------------------------------------------------


def the_set() -> dict[str, object]:
    """Redact every PDF of the set and read it back by all programs there are."""
    from infitah.core import redaction
    from infitah.core.tests.hostile import CASES
    from infitah.core.tests.hostile.recovery import folded, readings, recovered

    left = before = wanted = kept = 0
    readers: set[str] = set()
    for case in CASES:
        original = case.build()
        before += any(way for one in case.secrets for way in recovered(original, one))
        content = redaction.burn(original, case.boxes).content
        read = list(readings(content))
        readers |= {program for program, _text in read}
        left += sum(len(one) for one in case.secrets if list(recovered(content, one, read)))
        words = " ".join(text for program, text in read if program == "pdfium").split()
        missing = Counter(map(folded, case.kept)) - Counter(map(folded, words))
        wanted += len(case.kept)
        kept += len(case.kept) - sum(missing.values())
    return {
        "cases": len(CASES),
        "before": before,
        "left": left,
        "kept": 100 * kept / wanted,
        "readers": "read by " + ", ".join(sorted(readers)) + " and from the bytes",
    }


def dense_pages() -> dict[str, float]:
    """Redact full pages in both scripts; count the words outside the boxes that PDFium reads."""
    from infitah.core import redaction
    from infitah.core.redaction.engine import opened, page_of
    from infitah.core.redaction.letters import words_of
    from infitah.core.tests.hostile.recovery import folded, readings
    from infitah.core.tests.hostile.scripts import RTL, compiled

    chance, wanted, kept, seconds, pages = random.Random(31), 0, 0, 0.0, 0
    for language, text in (("ar", ARABIC), ("fr", FRENCH)):
        setting = "#set page(width: 595pt, height: 842pt, margin: 50pt)\n#set text(size: 11pt)\n"
        body = "\n\n".join([text] * (9 if language == "fr" else 8))
        pdf = compiled(setting + (RTL if language == "ar" else "") + body)
        for _turn in range(4):
            boxes = [_somewhere(chance) for _box in range(4)]
            began = time.process_time()
            content = redaction.burn(pdf, boxes).content
            seconds, pages = seconds + time.process_time() - began, pages + 1
            with opened(pdf) as document, page_of(document, 1) as page:
                rects = [box.rect for box in boxes]
                outside = Counter(
                    folded(word.text) for word in words_of(page) if not word.touches(rects)
                )
            read = " ".join(text for name, text in readings(content) if name == "pdfium")
            missing = outside - Counter(map(folded, read.split()))
            wanted += sum(outside.values())
            kept += sum(outside.values()) - sum(missing.values())
    return {"dense": 100 * kept / wanted, "page": seconds / pages}


def _somewhere(chance: random.Random) -> object:
    from infitah.core.redaction import Box, Rect

    left, top = chance.uniform(0.05, 0.7), chance.uniform(0.05, 0.9)
    width, height = chance.uniform(0.05, 0.25), chance.uniform(0.015, 0.05)
    return Box(1, Rect(left, top, left + width, top + height), f"E{chance.randint(1, 14):02d}")


def scans(mode: str, *, is_read: bool = False) -> bytes:
    """Return scanned A4 pages as a copier makes them: grainy JPEG at 300 dots an inch.

    With `is_read` each line lies over its picture as invisible text, too.
    """
    import numpy
    from pikepdf import Dictionary, Name
    from PIL import Image, ImageDraw, ImageFont

    from infitah.core.tests.hostile.pictures import jpeg, picture
    from infitah.core.tests.hostile.sheets import Sheet

    width, height = round(8.27 * DPI), round(11.69 * DPI)
    grain = numpy.random.default_rng(3).normal(0, 6, (height, width)).astype(numpy.int16)
    font = ImageFont.load_default(DPI // 6)
    sheet = Sheet()
    for number in range(1, PAGES + 1):
        image = Image.new("L", (width, height), 245)
        pen = ImageDraw.Draw(image)
        for line in range(LINES):
            place = (DPI * 0.8, DPI * (0.7 + line * 0.24))
            pen.text(place, _line(number, line), 20, font=font)
        dots = numpy.clip(numpy.array(image).astype(numpy.int16) + grain, 0, 255)
        grey = Image.fromarray(dots.astype(numpy.uint8))
        scan = grey if mode == "L" else Image.merge(mode, [grey] * 3)
        made = picture(sheet, scan, data=jpeg(scan), Filter=Name.DCTDecode)
        text = " ".join(
            f"1 0 0 1 57.6 {781 - 17.28 * line:.2f} Tm ({_line(number, line)}) Tj"
            for line in range(LINES)
        )
        sheet.page(
            "q 595 0 0 842 0 0 cm /I Do Q" + (f" BT 3 Tr /F 12 Tf {text} ET" if is_read else ""),
            plain=False,
            MediaBox=[0, 0, 595, 842],
            Resources=Dictionary(XObject=Dictionary(I=made)),
        )
    return sheet.saved()


def _line(number: int, line: int) -> str:
    return f"Page {number} ligne {line} du registre AB{line:06d}"


def scanned_pages() -> dict[str, float]:
    """Redact twenty scanned pages, three boxes on each; return the seconds of one core."""
    from infitah.core import redaction
    from infitah.core.redaction import Box, Rect

    boxes = [
        Box(number, Rect(0.6, 0.1 + row * 0.2, 0.9, 0.13 + row * 0.2), "E03")
        for number in range(1, PAGES + 1)
        for row in range(3)
    ]
    took: dict[str, float] = {"clock": 0.0}
    for name, mode in (("grey", "L"), ("colour", "RGB"), ("read", "L")):
        pdf = scans(mode, is_read=name == "read")
        began, clock = time.process_time(), time.monotonic()
        redaction.burn(pdf, boxes)
        took[name] = time.process_time() - began
        took["clock"] = took["clock"] or time.monotonic() - clock
    return took


def main() -> None:
    """Print all that was measured as one line of JSON."""
    import warnings

    import django

    warnings.simplefilter("ignore")
    django.setup()
    print(json.dumps({**the_set(), **dense_pages(), **scanned_pages()}))


if __name__ == "__main__":
    main()
