"""The door of a web process: takes a request in whole before a thread is spent on it.

Granian hands a WSGI application a body that is still on the wire; reading it blocks the thread
for as long as the phone stalls, and nothing can end that read. So Granian speaks RSGI to this
door: bodies arrive in the event loop, where waiting costs nothing and can be ended, and Django
runs as plain WSGI in a few threads, each request complete (docs/decisions/0007-slow-clients.md).
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, Protocol

logger = logging.getLogger("infitah.door")

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]

TOO_LARGE = "الطلب أكبر مما تقبله هذه الخدمة. / La demande dépasse la taille acceptée."
TOO_SLOW = "لم يصل الطلب كاملا في الوقت. / La demande n'est pas arrivée à temps."
BUSY = "الخدمة مشغولة، أعد المحاولة بعد لحظات. / Le service est occupé, réessayez dans un instant."
FAULT = "وقع خطأ في الخدمة. / Une erreur est survenue."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the door takes in, how long it waits, how many threads work behind it."""

    threads: int = 8
    body_bytes: int = 12 * 1024 * 1024
    bodies: int = 512
    silence_seconds: float = 20.0
    whole_seconds: float = 900.0
    memory_bytes: int = 256 * 1024
    send_seconds: float = 30.0


class Refused(Exception):
    """The request is not let in; status and sentence go back at once."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        self.sentence = sentence
        super().__init__(sentence)


class Wire(Protocol):
    """What Granian gives for one request."""

    def __aiter__(self) -> Any: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Any: ...


class WholeFile:
    """`wsgi.file_wrapper`: a file on disk that the server may send without a thread."""

    def __init__(self, content: IO[bytes], block: int = 65536) -> None:
        self.content = content
        self.block = block

    def __iter__(self) -> Iterable[bytes]:
        while data := self.content.read(self.block):
            yield data

    def path(self) -> str:
        """Return the path if the whole of one file on disk is meant, else nothing."""
        is_plain = isinstance(self.content, io.BufferedReader) and isinstance(
            self.content.name, str
        )
        return str(self.content.name) if is_plain and self.content.tell() == 0 else ""

    def close(self) -> None:
        self.content.close()


class Door:
    """An RSGI application around a WSGI application."""

    def __init__(self, application: Application, limits: Limits = Limits()) -> None:
        self.application = application
        self.limits = limits
        self.threads = ThreadPoolExecutor(limits.threads, thread_name_prefix="web")
        self.bodies = 0

    async def __rsgi__(self, scope: Any, wire: Wire) -> None:
        """Take the body in, then answer from a thread."""
        body: IO[bytes] = io.BytesIO()
        if scope.proto != "http":
            return
        try:
            if has_body(scope):
                body = await self._take_in(scope, wire)
        except Refused as refused:
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            if refused.status == 503:
                headers.append(("retry-after", "5"))
            wire.response_bytes(refused.status, headers, refused.sentence.encode())
            return
        except (ConnectionError, RuntimeError):
            return  # the client went away while it was sending
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.threads.submit(self._answer, scope, wire, body, loop, done)
        await done

    async def _take_in(self, scope: Any, wire: Wire) -> IO[bytes]:
        announced = scope.headers.get("content-length") or "0"
        if not announced.isdecimal() or int(announced) > self.limits.body_bytes:
            raise Refused(413, TOO_LARGE)
        if self.bodies >= self.limits.bodies:
            raise Refused(503, BUSY)
        body = tempfile.SpooledTemporaryFile(self.limits.memory_bytes)  # noqa: SIM115
        self.bodies += 1
        try:
            await self._copy(wire, body)
        except TimeoutError:
            body.close()
            raise Refused(408, TOO_SLOW) from None
        except BaseException:
            body.close()
            raise
        finally:
            self.bodies -= 1
        body.seek(0)
        return body

    async def _copy(self, wire: Wire, body: IO[bytes]) -> None:
        blocks = wire.__aiter__()
        size = 0
        clock = asyncio.get_running_loop().time
        end = clock() + self.limits.whole_seconds
        while True:
            if clock() >= end:
                raise TimeoutError
            try:
                # Not `wait_for`: in Python 3.11 it swallows a time-out that meets the block.
                async with asyncio.timeout(min(self.limits.silence_seconds, end - clock())):
                    block = await anext(blocks)
            except StopAsyncIteration:
                return
            size += len(block)
            if size > self.limits.body_bytes:
                raise Refused(413, TOO_LARGE)
            body.write(block)

    def _answer(
        self,
        scope: Any,
        wire: Wire,
        body: IO[bytes],
        loop: asyncio.AbstractEventLoop,
        done: "asyncio.Future[None]",
    ) -> None:
        try:
            with body:
                self._send(environ_of(scope, body), wire, loop)
        except Exception:
            logger.exception("A request could not be answered.")
            try:
                wire.response_bytes(
                    500, [("content-type", "text/plain; charset=utf-8")], FAULT.encode()
                )
            except Exception:  # noqa: BLE001 (the answer had begun: nothing more can be said)
                logger.debug("The answer had begun.")
        finally:
            loop.call_soon_threadsafe(_settle, done)

    def _send(self, environ: Environ, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        status, headers = 500, []

        def start(line: str, fields: Headers, _error: object = None) -> None:
            nonlocal status, headers
            status, headers = int(line[:3]), fields

        answer = self.application(environ, start)
        try:
            path = answer.path() if isinstance(answer, WholeFile) and status == 200 else ""
            if path:
                wire.response_file(status, headers, path)
            elif getattr(answer, "streaming", False) or isinstance(answer, WholeFile):
                self._stream(status, headers, answer, wire, loop)
            else:
                wire.response_bytes(status, headers, b"".join(answer))
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()

    def _stream(
        self,
        status: int,
        headers: Headers,
        answer: Iterable[bytes],
        wire: Wire,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        # One thread for the whole of it, because a cursor of the database belongs to its thread;
        # a reader who takes nothing for `send_seconds` loses the line.
        transport = wire.response_stream(status, headers)
        for block in answer:
            if block:
                sending = asyncio.run_coroutine_threadsafe(_send_block(transport, block), loop)
                try:
                    sending.result(self.limits.send_seconds)
                except TimeoutError:
                    sending.cancel()
                    logger.info("A reader stopped taking its answer and was left.")
                    return


async def _send_block(transport: Any, block: bytes) -> None:
    await transport.send_bytes(block)


def _settle(done: "asyncio.Future[None]") -> None:
    if not done.done():
        done.set_result(None)


def has_body(scope: Any) -> bool:
    """Return whether a body follows: a length above nothing, or chunks."""
    headers = scope.headers
    return (headers.get("content-length") or "0") != "0" or "transfer-encoding" in headers


def environ_of(scope: Any, body: IO[bytes]) -> Environ:
    """Return the WSGI environment (PEP 3333) of a request whose body is at hand."""
    client, _colon, _port = scope.client.rpartition(":")
    server, _colon, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": client.strip("[]"),
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": WholeFile,
    }
    for name, value in scope.headers.items():
        _add_header(environ, name, value)
    if "transfer-encoding" in scope.headers:  # the body is whole now: its length is known
        environ["CONTENT_LENGTH"] = str(body.seek(0, io.SEEK_END))
        body.seek(0)
    return environ


def _add_header(environ: Environ, name: str, value: str) -> None:
    if "_" in name:
        return  # a_b and a-b would become one name: a way past a proxy's checks
    if name in {"content-length", "content-type"}:
        environ[name.upper().replace("-", "_")] = value
        return
    field = f"HTTP_{name.upper().replace('-', '_')}"
    between = "; " if name == "cookie" else ","
    environ[field] = f"{environ[field]}{between}{value}" if field in environ else value
