"""Running copies of the seeded demonstration, each with its own home, port and environment."""

import http.client
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench import site as bench
from tests.live import stop

PASSWORD = "demonstration-only"
GIVE = "/ar/consultations/next-programme/give/"
LOG_IN = "/desk/account/login/"
HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Site:
    """A running copy."""

    url: str
    port: int
    home: Path

    def browser(self) -> "Browser":
        """Return a browser with nothing in its store."""
        return Browser(self.port)


@dataclass(frozen=True)
class Answer:
    """What came back; redirects are answers of their own."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        """Whether this is HTML."""
        return self.headers.get("Content-Type", "").startswith("text/html")


@dataclass
class Browser:
    """One person's browser, as far as checks need it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes | None = None, media: str = "", host: str = ""
    ) -> Answer:
        """Send one request; keep the cookies that come back."""
        headers = {"Host": host or f"localhost:{self.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if media:
            headers["Content-Type"] = media
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, headers)
            got = line.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            line.close()
        for row in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = row.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return answer

    def get(self, path: str) -> Answer:
        """Read an address."""
        return self.ask("GET", path)

    def post(self, path: str, **values: str) -> Answer:
        """Send a form, with the token of an officer's form where its page holds one."""
        return self.post_at(path, path, **values)

    def post_at(self, page: str, path: str, **values: str) -> Answer:
        """Send a form of `page` that goes to `path`, with the page's token."""
        token = HIDDEN.search(self.get(page).text)
        if token:
            values["csrfmiddlewaretoken"] = token.group(1)
        form = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(values).encode(), form)

    def log_in(self, username: str = "administrator") -> None:
        """Log in as a demonstration account. Raises RuntimeError if the desk stays closed."""
        self.post(LOG_IN, login=username, password=PASSWORD)
        if (seen := self.get("/desk/")).status != 200:
            raise RuntimeError(f"{username} cannot log in: /desk/ answers {seen.status}")

    def give_idea(self, words: str, attachment: tuple[str, str, bytes] | None = None) -> Answer:
        """Send the first page of giving an idea, with a file (name, type, content) or without."""
        values = {"key": str(uuid.uuid4()), "axis": "digital", "statement": words}
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in values.items()
        ]
        if attachment:
            name, media, content = attachment
            parts.append(
                f'--{mark}\r\nContent-Disposition: form-data; name="attachment"; '
                f'filename="{name}"\r\nContent-Type: {media}\r\n\r\n'.encode()
                + content
                + b"\r\n"
            )
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self.ask("POST", GIVE, body, f"multipart/form-data; boundary={mark}")


def until(found: object, seconds: float = 30) -> object:
    """Return what the function `found` gives as soon as it is not empty. Raises TimeoutError."""
    assert callable(found)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := found():
            return seen
        time.sleep(0.2)
    raise TimeoutError("nothing came in time")


@dataclass
class Copies:
    """The prepared demonstration, from which running copies are made."""

    folder: Path

    @property
    def template(self) -> Path:
        """The home that is copied; prepared at its first use."""
        home = self.folder / "template"
        if not home.exists():
            home.mkdir(parents=True)
            bench.prepare(bench.environment(home, 1))
        return home

    @contextmanager
    def running(self, **more: str) -> Iterator[Site]:
        """Yield a running copy with more environment, stopped and removed afterwards."""
        home = Path(tempfile.mkdtemp(prefix="copy-", dir=self.template.parent))
        shutil.copytree(self.template, home, dirs_exist_ok=True)
        env = {**bench.environment(home, 1), **more}
        process, _seconds = bench.start(env)
        try:
            yield Site(env["INFITAH_URL"], int(env["PORT"]), home)
        finally:
            stop(process)
            shutil.rmtree(home, ignore_errors=True)
