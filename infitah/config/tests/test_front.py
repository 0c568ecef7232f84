"""What stands in front of Django: images, the true scheme, the environment (decisions C7, D15)."""

import socket
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from infitah.config import environment
from infitah.config.environment import EnvironmentRefused
from infitah.config.supervisor import Child, port_fault, supervise
from infitah.config.wsgi import Renditions, TrueScheme


def behind(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("404 Not Found", [])
    return [environ.get("wsgi.url_scheme", "").encode()]


def ask(
    application: Any, path: str, method: str = "GET", **more: str
) -> tuple[int, dict[str, str]]:
    answer: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        answer.update(status=int(status[:3]), headers=dict(headers))

    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "wsgi.url_scheme": "http", **more}
    body = application(environ, start)
    answer["headers"]["body"] = b"".join(body).decode("latin-1")
    if hasattr(body, "close"):
        body.close()
    return answer["status"], answer["headers"]


@pytest.fixture
def images(tmp_path: Path) -> Renditions:
    (tmp_path / "images").mkdir()
    (tmp_path / "original_images").mkdir()
    for name in ("images/a.png", "images/a.svg", "images/.hidden.png", "original_images/o.png"):
        (tmp_path / name).write_bytes(b"image")
    return Renditions(behind, tmp_path)


def test_a_rendition_is_served_and_kept(images: Renditions) -> None:
    status, headers = ask(images, "/media/images/a.png")
    assert status == 200
    assert headers["Content-Type"] == "image/png"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["body"] == "image"
    assert ask(images, "/media/images/a.png", "HEAD")[1]["body"] == ""


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/a.svg",
        "/media/images/.hidden.png",
        "/media/images/b.png",
        "/media/images/../original_images/o.png",
        "/media/original_images/o.png",
        "/media/images/",
        "/media/images/a.png\0",
    ],
)
def test_nothing_else_of_media_is_served(images: Renditions, path: str) -> None:
    assert ask(images, path)[0] == 404


@pytest.mark.parametrize(
    ("address", "told", "scheme"),
    [
        ("10.0.0.7", "https", "https"),
        ("10.0.0.7", "gopher", "http"),
        ("192.168.1.1", "https", "http"),
        ("nobody", "https", "http"),
    ],
)
def test_the_scheme_is_believed_from_trusted_proxies_alone(
    address: str, told: str, scheme: str
) -> None:
    front = TrueScheme(behind, ["10.0.0.0/8"])
    _status, headers = ask(front, "/", REMOTE_ADDR=address, HTTP_X_FORWARDED_PROTO=told)
    assert headers["body"] == scheme


# --- The environment ---------------------------------------------------------


def test_defaults_are_those_of_one_small_machine(tmp_path: Path) -> None:
    read = environment.read({"INFITAH_HOME": str(tmp_path)})
    assert (read.port, read.workers, read.url) == (8000, 2, "http://localhost:8000")
    assert (read.keys_dir, read.smtp) == (tmp_path / "keys", None)
    assert (read.mail_from, read.mail_domain) == ("no-reply@localhost", "localhost")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("INFITAH_WORKERS", "0"),
        ("INFITAH_NOW", "yesterday"),
        ("INFITAH_SMTP_URL", "http://mail"),
        ("INFITAH_MAIL_FROM", "Sefrou <a@b.ma>"),
        ("INFITAH_MAIL_FROM", "a@b.ma\nBcc: c@d.ma"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(EnvironmentRefused, match=name):
        environment.read({name: value})


def test_a_mail_server_is_read_from_its_address() -> None:
    smtp = environment.read_smtp("smtps://user%40b.ma:p%3Ass@mail.ma")
    assert smtp is not None
    assert (smtp.username, smtp.password, smtp.port, smtp.is_tls) == (
        "user@b.ma",
        "p:ss",
        465,
        True,
    )
    assert environment.read_smtp("smtp://mail.ma:587?starttls=1").is_starttls  # type: ignore[union-attr]


# --- The supervisor ----------------------------------------------------------


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "Set PORT" in port_fault("127.0.0.1", port)
    assert port_fault("127.0.0.1", port) == ""


def test_a_crashing_child_is_started_again_after_a_growing_wait(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Stop(threading.Event):
        turns = 0

        def is_set(self) -> bool:
            return self.turns > 12

        def wait(self, timeout: float | None = None) -> bool:
            self.turns += 1
            return super().wait(0.15)

    child = Child("worker", [sys.executable, "-c", "raise SystemExit(3)"], wait=0.1)
    supervise([child], Stop())
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "infitah: worker ended with 3; again in 0.1 s"
    assert "again in 0.2 s" in told[1]
    assert child.process is None or child.process.poll() is not None


def test_the_environment_names_a_mailbox() -> None:
    read_imap = environment.read_imap
    one = read_imap("imaps://talab%40sefrou.ma:p%3Ass@mail.ma/Boite%20A?community=SFR&plus=1")
    assert one is not None
    assert (one.host, one.port, one.username, one.password) == (
        "mail.ma", 993, "talab@sefrou.ma", "p:ss",
    )  # fmt: skip
    assert (one.folder, one.is_tls, one.community, one.has_plus) == ("Boite A", True, "SFR", True)
    assert one.address == "talab@sefrou.ma"
    assert "p:ss" not in repr(one)
    plain = read_imap("imap://talab:x@mail.ma?starttls=1&address=talab@sefrou.ma")
    assert plain is not None
    assert (plain.port, plain.is_starttls, plain.folder) == (143, True, "INBOX")
    assert (plain.address, plain.has_plus) == ("talab@sefrou.ma", False)
    assert read_imap("") is None


@pytest.mark.parametrize(
    "wrong",
    [
        "mail.ma", "imaps://mail.ma", "imaps://a:b@", "smtp://a:b@mail.ma", "imaps://a:b@m.ma:x/",
        "imaps://a:b@mail.ma/%D8%A7", "imaps://a:b@mail.ma/x%0Ay", "imaps://a:b@m.ma?address=<a@b>",
    ],
)  # fmt: skip
def test_an_address_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(environment.EnvironmentRefused, match="INFITAH_IMAP_URL"):
        environment.read_imap(wrong)
