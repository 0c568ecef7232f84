"""What a web process of Granian loads: the door, and Django behind it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from infitah.config import cores
from infitah.config.door import Door
from infitah.config.wsgi import application
from infitah.core import lifeline
from infitah.core.checks import pretended_time_fault


def refusing(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer nothing else while the supervisor is about to stop: the worker said why."""
    start("503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8")])
    return [fault.encode()]


lifeline.follow_parent()
cores.keep_to_one(settings.ENVIRONMENT.home / "run", settings.ENVIRONMENT.workers)
fault = pretended_time_fault()
door = Door(refusing if fault else application)
