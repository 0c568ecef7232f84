"""Doubles against the real server: many threads, one idea."""

import http.client
import re
import threading
import time
import uuid
from urllib.parse import urlencode

import pytest

from tests.live import LiveSite

pytestmark = pytest.mark.processes
GIVE = "/ar/consultations/next-programme/give/"


class Browser:
    """One citizen's browser, as far as these tests need it."""

    def __init__(self, site: LiveSite) -> None:
        self.port = site.port
        self.cookie = ""

    def ask(self, method: str, path: str, values: dict[str, str] | None = None):
        headers = {"Host": "localhost", "Sec-Fetch-Site": "same-origin", "Cookie": self.cookie}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, path, urlencode(values or {}), headers)
        answer = line.getresponse()
        body = answer.read().decode()
        line.close()
        return answer.status, answer.headers, body

    def draft(self, words: str) -> str:
        form = {"key": str(uuid.uuid4()), "axis": "digital", "statement": words}
        status, headers, _body = self.ask("POST", GIVE, form)
        assert status == 302
        return headers["Location"]

    def code(self, draft: str) -> str:
        """Ask for the code and read it in the mailbox of the demonstration."""
        address = f"{uuid.uuid4()}@example.org"
        status, _headers, _body = self.ask("POST", draft, {"email": address, "consent": "on"})
        assert status == 302
        for _try in range(50):
            _status, _headers, page = self.ask("GET", "/ar/demonstration/mailbox/")
            shown = re.findall(r"(?<![\w-])\d{6}(?![\w-])", re.sub(r"<[^>]+>", " ", page))
            if draft in page and shown:
                return shown[0]
            time.sleep(0.2)
        raise AssertionError("the code did not arrive")


def at_once(count: int, act) -> list:
    """Run `act` in `count` threads that start together; return what each saw."""
    barrier, seen = threading.Barrier(count), []

    def run(number: int) -> None:
        barrier.wait()
        seen.append(act(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def numbers(site: LiveSite, words: str) -> set[str]:
    browser = Browser(site)
    _status, _headers, page = browser.ask("GET", "/ar/consultations/next-programme/ideas.csv")
    return {line.split(",")[0] for line in page.splitlines() if words in line}


def test_a_button_pressed_eight_times_at_once_gives_one_idea(live_site):
    words = "تمكين السكان من تتبع طلباتهم برقم واحد (ضغطات متزامنة)"
    browser = Browser(live_site)
    draft = browser.draft(words)
    code = browser.code(draft)
    seen = at_once(8, lambda _n: browser.ask("POST", f"{draft}code/", {"code": code}))
    assert {status for status, _headers, _body in seen} == {302}
    assert {headers["Location"] for _status, headers, _body in seen} == {f"{draft}received/"}
    assert len(numbers(live_site, words)) == 1
    cookies = [headers["Set-Cookie"] for _s, headers, _b in seen if headers["Set-Cookie"]]
    assert len(cookies) == 1
    browser.cookie = cookies[0].partition(";")[0]
    same = "نشر برنامج القوافل الصحية في كل دوار (لسانان متزامنان)"
    drafts = [browser.draft(same) for _tab in range(6)]
    seen = at_once(6, lambda n: browser.ask("POST", drafts[n], {"consent": "on"}))
    assert {status for status, _headers, _body in seen} == {302}
    assert len({headers["Location"].partition("?")[0] for _s, headers, _b in seen}) == 1
    assert len(numbers(live_site, same)) == 1
