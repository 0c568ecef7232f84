"""Requests for tests, filed by the acts that file them; every person is invented."""

import uuid
from datetime import UTC, date, datetime

from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.operations import Arrival, Asked, Contact

RECEIVED = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OFFICER = Actor("officer", "information_officer", "information_officer")
VISITOR = Actor.visitor()
TEXT = "نسخة من محضر الدورة العادية لشهر يناير 2026 ولائحة الحاضرين"
PERSON = rules.Identity("أمينة", "الصفريوية", "12 زنقة الأمل، صفرو", "CD123456")


def asked(**more):
    values = {"key": uuid.uuid4(), "text": TEXT, "language": "ar", "access": "copy"} | more
    return Asked(**values)


def arrival(channel="web", on=RECEIVED, at=NOW, number=""):
    return Arrival(channel, at, on, number)


def file(sefrou, *, person=PERSON, came=None, by=VISITOR, now=NOW, email="", **more):
    """File a request in the province and return it with its follow code."""
    return operations.file_request(
        community=sefrou.province,
        asked=asked(**more),
        person=person,
        contact=Contact(email=email),
        arrival=came or arrival(),
        by=by,
        now=now,
    )
