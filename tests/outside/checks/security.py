"""wapiti, sqlmap and the HTTP observatory; each ends with 0 whatever it finds: its words count."""

import json
from pathlib import Path

from tests.outside import pages, toolbox
from tests.outside.check import Check, Stage, objects
from tests.outside.site import GIVE

MODULES = "sql,xss,exec,file,csp,http_headers,cookieflags,redirect"
SECONDS_TO_WALK, SECONDS_A_MODULE = 60, 45
# A query parameter of each kind that the public pages know.
PARAMETERS = (
    "/ar/register/?family=programme",
    "/ar/register/?before=30",
    "/ar/verify/?sought=SFR-2026-I-0001",
    "/ar/information/deadline/?date=2026-03-02",
    "/ar/consultations/next-programme/?axis=digital",
    "/ar/consultations/next-programme/?before=5",
    "/ar/consultations/next-programme/similar/?q=الرقمنة",
    "/ar/council/decisions/?before=1",
    f"{GIVE}?axis=digital",
    "/language/fr/?next=/fr/",
)
# What only https brings; the demonstration runs without (docs/how-to/run-in-production.md).
NEEDS_HTTPS = {"strict-transport-security", "redirection"}
BEST = 90


def wapiti(stage: Stage, url: str) -> list[str]:
    """Return what wapiti lists as vulnerabilities; it posts forms: give it a copy of its own."""
    out = stage.scratch("wapiti") / "found.json"
    out.unlink(missing_ok=True)
    program = str(toolbox.python("security") / "wapiti")
    command = [program, "-u", url, "-m", MODULES, "--flush-session", "-f", "json", "-o", str(out)]
    limits = ["--max-scan-time", str(SECONDS_TO_WALK), "--max-links-per-page", "20"]
    limits += ["--max-attack-time", str(SECONDS_A_MODULE), "--no-bugreport"]
    stores = ["--store-session", str(stage.scratch("wapiti-session")), "-v", "0", "--depth", "2"]
    done = toolbox.run([*command, *limits, *stores], seconds=900)
    if not out.exists():
        return [f"wapiti did not run: {(done.stdout + done.stderr)[-300:]}"]
    told = json.loads(out.read_text())
    stage.note(f"{url}: {told['infos'].get('crawled_pages_nbr')} pages walked")
    return [
        f"{kind}: {one['method']} {one['path']}: {one['info']}"
        for kind, found in told["vulnerabilities"].items()
        for one in found
    ]


def wapiti_good(stage: Stage) -> list[str]:
    with stage.copies.running() as site:
        return wapiti(stage, f"{site.url}/ar/")


def sqlmap(stage: Stage, addresses: list[str]) -> list[str]:
    """Return where sqlmap can put words of its own into a query."""
    program, wrong = toolbox.program("sqlmap", "sqlmap"), []
    for address in addresses:
        command = [program, "-u", address, "--batch", "--level", "2", "--risk", "1"]
        more = ["--flush-session", "--output-dir", str(stage.scratch("sqlmap")), "--threads", "4"]
        done = toolbox.run([*command, *more], seconds=400)
        said = done.stdout + done.stderr
        if "injection point" in said and "identified the following" in said:
            wrong.append(f"{address}: injectable")
        elif "do not appear to be injectable" not in said and "not exploitable" not in said:
            wrong.append(f"{address}: sqlmap did not end: {said[-300:]}")
    return wrong


def sqlmap_good(stage: Stage) -> list[str]:
    with stage.copies.running() as site:
        return sqlmap(stage, [site.url + path for path in PARAMETERS])


def observatory(stage: Stage, port: int) -> list[str]:
    """Return the tests of the observatory that fail, apart from those that need https."""
    scan = toolbox.node("mdn-http-observatory-scan")
    done = toolbox.run([scan, f"localhost:{port}"])
    told = objects(done.stdout)
    if told.get("error"):
        return [f"the observatory did not run: {told['error']}"]
    tests = {name: one for name, one in told["tests"].items() if name not in NEEDS_HTTPS}
    lost = sum(min(0, one["scoreModifier"] or 0) for one in tests.values())
    stage.note(f"port {port}: score {100 + lost} without what needs https")
    failed = [f"{name}: {one['result']}" for name, one in tests.items() if not one["pass"]]
    return failed + ([f"score {100 + lost} is under {BEST}"] if 100 + lost < BEST else [])


def lighthouse(stage: Stage, address: str) -> dict[str, float]:
    """Return the scores of a page (0 to 1) with its bytes and requests."""
    out: Path = stage.scratch("lighthouse") / "page.json"
    out.unlink(missing_ok=True)
    categories = "accessibility,best-practices,seo,performance"
    command = [toolbox.node("lighthouse"), address, "--quiet", "--no-enable-error-reporting"]
    flags = f"--chrome-flags={' '.join(toolbox.CHROMIUM_FLAGS)}"
    asked = ["--output=json", f"--output-path={out}", f"--only-categories={categories}", flags]
    toolbox.run([*command, *asked], seconds=180, env={"CHROME_PATH": toolbox.chromium()})
    told = json.loads(out.read_text())
    if told.get("runtimeError"):
        raise RuntimeError(told["runtimeError"]["message"])
    scores = {name: one["score"] or 0 for name, one in told["categories"].items()}
    return scores | {"kB": told["audits"]["total-byte-weight"]["numericValue"] / 1000}


def _under(stage: Stage, address: str) -> list[str]:
    scores = lighthouse(stage, address)
    told = ", ".join(f"{name} {value:.2f}" for name, value in scores.items())
    stage.note(f"{address}: {told}")
    return [
        f"{address}: {name} {scores[name]:.2f} is under {least}"
        for name, least in LEAST.items()
        if scores[name] < least
    ]


# Speed varies with what else the machine does: only a fall is a fault here (bench measures it).
LEAST = {"accessibility": 1, "best-practices": 0.95, "seo": 0.95, "performance": 0.8}


def lighthouse_good(stage: Stage) -> list[str]:
    wanted = [address for address in pages.kinds(stage.site) if address.endswith(SPEEDY)]
    return [fault for address in wanted for fault in _under(stage, address)]


SPEEDY = ("/ar/", "/consultations/next-programme/", "/register/")
CHECKS = (
    Check(
        "observatory",
        "MDN HTTP Observatory: the headers",
        lambda stage: observatory(stage, stage.bad.port),
        lambda stage: observatory(stage, stage.site.port),
        ("content-security-policy", "is under 90"),
    ),
    Check(
        "lighthouse",
        "scores and bytes of 3 pages",
        lambda stage: _under(stage, f"{stage.bad.url}/"),
        lighthouse_good,
        ("accessibility", "seo"),
    ),
    Check(
        "wapiti",
        "scanner, on a copy of its own",
        lambda stage: wapiti(stage, f"{stage.bad.url}/"),
        wapiti_good,
        ("SQL Injection", "Cross Site Scripting", "Content Security Policy"),
    ),
    Check(
        "sqlmap",
        "each query parameter, on a copy of its own",
        lambda stage: sqlmap(stage, [f"{stage.bad.url}/item?id=1"]),
        sqlmap_good,
        ("injectable",),
    ),
)
