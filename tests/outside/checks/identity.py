"""oidc-provider, certified by its field, against our own log-in of officers: code and PKCE."""

import http.client
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.live import free_port
from tests.outside import toolbox
from tests.outside.check import DRIVERS, Check, Stage
from tests.outside.site import LOG_IN, Answer, Browser, Site, until

SECRET = "shared-with-the-provider-of-the-check"
INVITED = "moderator@sefrou.example"
START = re.compile(r'action="(/desk/account/identity/oidc-[0-9a-f]+/)"')
METHODS = ("client_secret_post", "client_secret_basic")


@contextmanager
def provider(port: int, back: str, *, method: str, is_verified: bool) -> Iterator[None]:
    """Run the provider, which sends its people back to `back`."""
    module = toolbox.NODE / "node_modules" / "oidc-provider" / "lib" / "index.js"
    toolbox.node("oidc-provider")
    env = {
        "PATH": toolbox.SYSTEM_PATH,
        "OUTSIDE_MODULE": str(module),
        "OUTSIDE_PORT": str(port),
        "OUTSIDE_BACK": back,
        "OUTSIDE_EMAIL": INVITED,
        "OUTSIDE_VERIFIED": "1" if is_verified else "0",
        "OUTSIDE_AUTH": method,
    }
    quiet = subprocess.DEVNULL
    node = toolbox.program("node", "nodejs")
    process = subprocess.Popen(
        [node, str(DRIVERS / "provider.mjs")], env=env, stdout=quiet, stderr=quiet
    )
    try:
        until(lambda: _is_there(port))
        yield
    finally:
        process.terminate()
        process.wait(10)


def _is_there(port: int) -> bool:
    try:
        return Browser(port).get("/.well-known/openid-configuration").status == 200
    except (OSError, http.client.HTTPException):
        return False


def walk(site: Site, start: str, port: int) -> tuple[Browser, str]:
    """Log in at the provider as a person would; return the browser, and where it ends up here."""
    own, theirs = site.browser(), Browser(port)
    own.get(LOG_IN)
    away = own.post_at(LOG_IN, start)
    place = away.headers.get("Location", "")
    for _step in range(12):
        parts = urlsplit(place)
        if parts.netloc != f"localhost:{port}" and parts.netloc:
            break
        answer = theirs.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if answer.status == 200:
            answer = _filled(theirs, answer)
        place = answer.headers.get("Location", "")
    back = urlsplit(place)
    return own, f"{back.path}?{back.query}"


def _filled(theirs: Browser, page: Answer) -> Answer:
    """Fill the form that is shown: name and password, or consent."""
    action = re.search(r'action="([^"]+)"', page.text)
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
    if not action or not prompt:
        raise RuntimeError(f"a form that nobody knows: {page.text[:300]}")
    path = urlsplit(action[1]).path
    typed = {"login": "4711", "password": "any"} if prompt[1] == "login" else {}
    return theirs.post(path, prompt=prompt[1], **typed)


def flow(stage: Stage, method: str, *, is_verified: bool) -> list[str]:
    """Return what is wrong when an invited officer comes by the provider."""
    port = free_port()
    issuer = f"http://localhost:{port}"
    env = {
        "INFITAH_OIDC_ISSUER": issuer,
        "INFITAH_OIDC_CLIENT_ID": "infitah",
        "INFITAH_OIDC_CLIENT_SECRET": SECRET,
    }
    with stage.copies.running(**env) as site:
        shown = START.search(site.browser().get(LOG_IN).text)
        if not shown:
            return ["the log-in page does not offer the provider"]
        back = f"{site.url}{shown[1]}back/"
        with provider(port, back, method=method, is_verified=is_verified):
            own, landed = walk(site, shown[1], port)
            wrong = []
            answer = own.get(landed)
            desk = own.get("/desk/").status
            if answer.status != 302 or desk != 200:
                wrong.append(f"{method}: the desk stays closed ({answer.status}, {desk})")
            again = site.browser()
            if again.get(landed).status == 302 and again.get("/desk/").status == 200:
                wrong.append(f"{method}: the same answer opens the desk twice")
    return wrong


CHECKS = (
    Check(
        "oidc",
        "oidc-provider with our own log-in",
        lambda stage: flow(stage, METHODS[0], is_verified=False),
        lambda stage: [fault for one in METHODS for fault in flow(stage, one, is_verified=True)],
        ("the desk stays closed",),
    ),
)
