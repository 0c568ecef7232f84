"""The door: a request comes in whole, or costs nobody a thread (docs/decisions/0007)."""

import asyncio
import io
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from infitah.config.door import Door, Limits, WholeFile, environ_of, has_body

QUICK = Limits(threads=2, body_bytes=1000, bodies=3, silence_seconds=0.1, whole_seconds=0.4)


class Headers(dict[str, str]):
    """Header fields as Granian gives them."""


def scope(method: str = "GET", path: str = "/", **headers: str) -> Any:
    named = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return SimpleNamespace(
        proto="http",
        method=method,
        path=path,
        query_string="a=1",
        headers=named,
        client="127.0.0.1:5",
        server="127.0.0.1:8000",
        http_version="1.1",
        scheme="http",
    )


class Wire:
    """The other end of one request: sends `blocks`, waits `pause` before each, keeps the answer."""

    def __init__(self, *blocks: bytes, pause: float = 0, is_stalled: bool = False) -> None:
        self.blocks, self.pause, self.is_stalled = blocks, pause, is_stalled
        self.status, self.headers, self.body, self.file = 0, [], b"", ""

    async def _sent(self) -> AsyncIterator[bytes]:
        for block in self.blocks:
            await asyncio.sleep(self.pause)
            yield block
        if self.is_stalled:
            await asyncio.sleep(60)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._sent()

    def response_bytes(self, status: int, headers: list[Any], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def response_file(self, status: int, headers: list[Any], file: str) -> None:
        self.status, self.headers, self.file = status, headers, file

    def response_stream(self, status: int, headers: list[Any]) -> "Wire":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, data: bytes) -> None:
        await asyncio.sleep(self.pause)
        self.body += data


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["REQUEST_METHOD"].encode(), b" ", environ["wsgi.input"].read()]


def served(wire: Wire, asked: Any, application: Any = echo, limits: Limits = QUICK) -> Wire:
    asyncio.run(Door(application, limits).__rsgi__(asked, wire))
    return wire


def test_a_trickle_ends_also_when_each_block_is_there_at_once() -> None:
    class Ticking(Wire):
        async def _sent(self) -> AsyncIterator[bytes]:
            while True:
                time.sleep(0.02)  # the block is there before the loop could look at its clock
                yield b"x"

    wire = served(Ticking(), scope("POST", content_length="20"))
    assert wire.status == 408


def test_a_request_without_body_is_answered() -> None:
    assert served(Wire(), scope()).body == b"GET "


def test_a_body_is_handed_over_whole() -> None:
    wire = served(Wire(b"a=1", b"&b=2"), scope("POST", content_length="7"))
    assert (wire.status, wire.body) == (200, b"POST a=1&b=2")


def test_chunks_get_a_length() -> None:
    def told(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [])
        return [environ["CONTENT_LENGTH"].encode(), environ["wsgi.input"].read()]

    assert served(Wire(b"abc"), scope("POST", transfer_encoding="chunked"), told).body == b"3abc"


@pytest.mark.parametrize(
    ("wire", "length", "status"),
    [
        (Wire(b"x"), "1001", 413),
        (Wire(b"x"), "-1", 413),
        (Wire(b"x" * 600, b"x" * 600), "900", 413),  # more than it announced
        (Wire(b"x", is_stalled=True), "10", 408),  # silence
        (Wire(*[b"x"] * 20, pause=0.05), "20", 408),  # a trickle
    ],
)
def test_what_is_too_large_or_too_slow_is_told_so(wire: Wire, length: str, status: int) -> None:
    served(wire, scope("POST", content_length=length))
    assert wire.status == status
    assert "/ La demande" in wire.body.decode()


def test_stalled_bodies_hold_no_thread_and_their_number_is_bounded() -> None:
    async def several() -> tuple[Wire, Wire, int]:
        door = Door(echo, replace(QUICK, silence_seconds=2.0, whole_seconds=2.0))
        stalled = [Wire(is_stalled=True) for _ in range(3)]
        waiting = [
            asyncio.create_task(door.__rsgi__(scope("POST", content_length="9"), one))
            for one in stalled
        ]
        await asyncio.sleep(0.01)
        reader, fourth = Wire(), Wire(b"x")
        await door.__rsgi__(scope(), reader)
        still = sum(not one.done() for one in waiting)
        await door.__rsgi__(scope("POST", content_length="1"), fourth)
        await asyncio.gather(*waiting)
        assert door.bodies == 0
        return reader, fourth, still

    reader, fourth, still = asyncio.run(several())
    assert reader.status == 200
    assert still == 3  # the reader had not to wait for one of them
    assert fourth.status == 503
    assert ("retry-after", "5") in fourth.headers


def test_a_fault_of_the_application_is_told_without_detail() -> None:
    def broken(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise ZeroDivisionError("secret")

    wire = served(Wire(), scope(), broken)
    assert wire.status == 500
    assert b"secret" not in wire.body


def test_a_client_that_leaves_is_forgotten() -> None:
    class Gone(Wire):
        async def _sent(self) -> AsyncIterator[bytes]:
            raise ConnectionResetError
            yield b""

    assert served(Gone(), scope("POST", content_length="5")).status == 0


def test_a_file_on_disk_needs_no_thread() -> None:
    closed = []
    with tempfile.NamedTemporaryFile() as made:

        def send(environ: dict[str, Any], start: Any) -> Any:
            start("200 OK", [])
            content = Path(made.name).open("rb")  # noqa: SIM115
            closed.append(content)
            return environ["wsgi.file_wrapper"](content)

        wire = served(Wire(), scope(), send)
        assert wire.file == made.name
        assert closed[0].closed


def test_a_part_of_a_file_and_a_file_in_memory_are_streamed() -> None:
    for content in (io.BytesIO(b"hello"),):
        wire = served(
            Wire(),
            scope(),
            lambda environ, start, content=content: (start("200 OK", []), WholeFile(content))[1],
        )
        assert (wire.file, wire.body) == ("", b"hello")
    with tempfile.NamedTemporaryFile() as made, Path(made.name).open("rb") as part:
        made.write(b"hello")
        made.flush()
        part.seek(2)
        assert WholeFile(part).path() == ""
        part.seek(0)
        assert WholeFile(part).path() == made.name


class Stream:
    """An answer that Django would stream."""

    streaming = True

    def __iter__(self) -> Any:
        yield from (b"a", b"", b"b")


def test_a_stream_goes_block_by_block_and_a_reader_who_stops_loses_the_line() -> None:
    def stream(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return Stream()

    assert served(Wire(), scope(), stream).body == b"ab"
    begun = time.monotonic()
    limits = Limits(threads=1, send_seconds=0.1)
    assert served(Wire(pause=1.0), scope(), stream, limits).body == b""
    assert time.monotonic() - begun < 0.9


def test_the_environment_of_a_request() -> None:
    asked = scope("GET", "/ar/م", host="sefrou.ma", cookie="a=1", content_type="text/plain")
    asked.client = "[::1]:7"
    environ = environ_of(asked, io.BytesIO())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ar/م"
    assert environ["REMOTE_ADDR"] == "::1"
    assert (environ["HTTP_HOST"], environ["CONTENT_TYPE"]) == ("sefrou.ma", "text/plain")
    assert environ["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert not has_body(asked)


def test_doubled_fields_are_joined_and_underscores_are_dropped() -> None:
    asked = scope()
    fields = [("cookie", "a=1"), ("cookie", "b=2"), ("x-a", "1"), ("x-a", "2"), ("x_a", "evil")]
    asked.headers = type("H", (), {"items": lambda _s: fields, "__contains__": lambda *_: False})()
    environ = environ_of(asked, io.BytesIO())
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_A"] == "1,2"
