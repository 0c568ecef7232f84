"""A tiny server full of planted faults: what every tool must complain about, on the loopback."""

import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).resolve().parent
FILES = {
    "/": ("page.html", "text/html"),
    "/feed.atom": ("feed.atom", "application/atom+xml"),
    "/sitemap.xml": ("sitemap.xml", "application/xml"),
}


class Door(BaseHTTPRequestHandler):
    """Answers with no protective header, echoes what it is sent, asks the database in plain."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path in FILES:
            name, media = FILES[parts.path]
            text = (HERE / name).read_text().replace("HOST", self.headers["Host"])
            self._say(200, text, media)
        elif parts.path == "/robots.txt":
            self._say(200, f"Sitemap: http://{self.headers['Host']}/sitemap.xml\n", "text/plain")
        elif parts.path == "/search":
            self._say(200, f"<html><title>s</title><p>{asked.get('q', '')}</p></html>")
        elif parts.path == "/item":
            self._item(asked.get("id", "1"))
        else:
            self._say(500 if parts.path == "/fail" else 404, "<html><title>no</title></html>")

    do_HEAD = do_GET

    def _item(self, number: str) -> None:
        base = sqlite3.connect(":memory:")
        base.execute("CREATE TABLE item (id INTEGER, name TEXT)")
        base.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two')")
        try:
            rows = base.execute(f"SELECT name FROM item WHERE id = {number}").fetchall()
        except sqlite3.Error as error:
            self._say(500, f"<html><title>sqlite3.OperationalError: {error}</title></html>")
        else:
            self._say(200, f"<html><title>item</title><p>{rows}</p></html>")
        finally:
            base.close()

    def _say(self, status: int, text: str, media: str = "text/html") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "session=1")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class BadServer:
    """The server, running until `close`."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.port = self.server.server_port
        self.url = f"http://localhost:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()
