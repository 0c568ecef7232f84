"""vnu, axe and pa11y: the markup of every page, and what assistive technology makes of it."""

import json
import re
from pathlib import Path

from tests.outside import pages, toolbox
from tests.outside.check import BAD, Check, Stage, objects


def _written(stage: Stage, found: dict[str, str], name: str) -> list[Path]:
    folder, files = stage.scratch(name), []
    for number, (path, text) in enumerate(found.items()):
        shape = re.sub(r"[^\w-]+", "_", path)[:90]
        files.append(folder / f"{number:04}{shape}.html")
        files[-1].write_text(text)
    return files


def vnu(files: list[Path]) -> list[str]:
    """Return what the Nu validator calls errors, one line each."""
    toolbox.program("java", "default-jre-headless")
    command = [toolbox.node("vnu"), "--errors-only", "--format", "gnu", *map(str, files)]
    done = toolbox.run(command, seconds=600)
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode and not said:
        return [f"vnu ended with {done.returncode} and no word"]
    return [re.sub(r'^"?file:[^"]*/', "", line) for line in said]


def vnu_bad(_stage: Stage) -> list[str]:
    return vnu([BAD / "page.html"])


def vnu_good(stage: Stage) -> list[str]:
    wrong = []
    found = {"desk": pages.desk(stage.site)}
    found |= {language: pages.public(stage.site, language) for language in pages.LANGUAGES}
    for name, some in found.items():
        stage.note(f"{name}: {len(some)} pages")
        wrong += vnu(_written(stage, some, f"vnu-{name}"))
    return wrong


def axe(addresses: list[str]) -> list[str]:
    """Return the rules of axe that the pages break, with the address."""
    driver = toolbox.program("chromedriver", "chromium-driver")
    options = ",".join(flag.removeprefix("--") for flag in toolbox.CHROMIUM_FLAGS)
    paths = ["--chromedriver-path", driver, "--chrome-path", toolbox.chromium()]
    command = [toolbox.node("axe"), *addresses, "--stdout", *paths, "--chrome-options", options]
    done = toolbox.run(command, seconds=60 + 20 * len(addresses))
    try:
        pages_seen = objects(done.stdout)
    except ValueError:
        return [f"axe did not run: {(done.stdout + done.stderr)[-300:]}"]
    wrong = [
        f"{one['url']}: {rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for one in pages_seen
        for rule in one["violations"]
    ]
    if len(pages_seen) != len(addresses):
        wrong.append(f"axe saw {len(pages_seen)} of {len(addresses)} pages")
    return wrong


def axe_bad(stage: Stage) -> list[str]:
    return axe([stage.bad.url + "/"])


def axe_good(stage: Stage) -> list[str]:
    addresses = pages.kinds(stage.site) + pages.kinds(stage.site, "fr")[:4]
    stage.note(f"{len(addresses)} pages")
    return axe(addresses)


def pa11y(stage: Stage, addresses: list[str]) -> list[str]:
    """Return what pa11y's HTML CodeSniffer calls errors (axe has its own check)."""
    options = {
        "standard": "WCAG2AA",
        "runners": ["htmlcs"],
        "timeout": 60000,
        "chromeLaunchConfig": {
            "executablePath": toolbox.chromium(),
            "args": list(toolbox.CHROMIUM_FLAGS),
        },
    }
    asked = stage.scratch("pa11y") / "pa11y.json"
    asked.write_text(json.dumps(options))
    wrong = []
    for address in addresses:
        command = [toolbox.node("pa11y"), "-c", str(asked), "-r", "json", address]
        done = toolbox.run(command)
        try:
            found = objects(done.stdout)
        except ValueError:
            wrong.append(f"{address}: pa11y did not run: {(done.stdout + done.stderr)[-200:]}")
        else:
            wrong += [f"{address}: {one['code']}: {one['context'][:120]}" for one in found]
    return wrong


def pa11y_bad(stage: Stage) -> list[str]:
    return pa11y(stage, [stage.bad.url + "/"])


def pa11y_good(stage: Stage) -> list[str]:
    return pa11y(stage, pages.kinds(stage.site))


CHECKS = (
    Check("vnu", "the Nu validator over every page", vnu_bad, vnu_good, ("alt", "Duplicate ID")),
    Check("axe", "axe CLI on 12 kinds of page", axe_bad, axe_good, ("image-alt", "color-contrast")),
    Check("pa11y", "HTML CodeSniffer, WCAG 2 AA", pa11y_bad, pa11y_good, ("1_1_1", "3_1_1")),
)
