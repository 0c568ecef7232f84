"""The WSGI application: Django, in front of it static files, public images and the true scheme.

`application` runs under any WSGI server; the product's own server enters by `rsgi.py`.
"""

import mimetypes
import os
import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
RASTER = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})
RENDITIONS = "/media/images/"


def with_static_files(application: Application) -> WhiteNoise:
    """Serve gathered static files, precompressed; where nothing is gathered, the apps' own."""
    root = Path(settings.STATIC_ROOT)
    front = WhiteNoise(
        application,
        max_age=3600,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: HASHED.search(url) is not None,
        add_headers_function=lambda headers, _path, _url: headers.add_header(
            "X-Content-Type-Options", "nosniff"
        ),
    )
    if (root / "staticfiles.json").exists():
        front.add_files(str(root), prefix="static/")
    else:
        for finder in finders.get_finders():
            for path, storage in finder.list([]):
                front.add_file_to_dictionary(f"/static/{path}", storage.path(path))
    return front


class Renditions:
    """Serves the public renditions of images under /media/images/, and nothing else of media."""

    def __init__(self, application: Application, root: Path) -> None:
        self.application = application
        self.root = root

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(RENDITIONS):
            return self.application(environ, start)
        name = path.removeprefix(RENDITIONS).encode("latin-1").decode("utf-8", "replace")
        found = self.root / "images" / name
        is_plain = "/" not in name and not name.startswith(".") and "\0" not in name
        if not is_plain or found.suffix.lower() not in RASTER or not found.is_file():
            return self.application(environ, start)  # Django answers 404 in its own words
        headers = [
            ("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream"),
            ("Content-Length", str(found.stat().st_size)),
            ("Cache-Control", "public, max-age=86400"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ]
        start("200 OK", headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        wrapper = environ.get("wsgi.file_wrapper", FileWrapper)
        return wrapper(found.open("rb"))  # type: ignore[no-any-return]


class TrueScheme:
    """Believes `X-Forwarded-Proto` from the proxies of the operator, and from nobody else."""

    def __init__(self, application: Application, proxies: Iterable[str]) -> None:
        self.application = application
        self.networks = [ip_network(proxy, strict=False) for proxy in proxies]

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        if scheme in {"http", "https"} and self._is_trusted(environ.get("REMOTE_ADDR", "")):
            environ["wsgi.url_scheme"] = scheme
        return self.application(environ, start)

    def _is_trusted(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self.networks)


def make_application() -> Application:
    """Return Django with everything that stands in front of it."""
    renditions = Renditions(get_wsgi_application(), Path(settings.MEDIA_ROOT))
    return TrueScheme(with_static_files(renditions), settings.ENVIRONMENT.trusted_proxies)


application = make_application()
