"""The people of a whole cycle with their browsers, and the worker that they never see."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import time_machine
from django.test import Client

from infitah.community.models import Unit, User
from infitah.community.tests.factories import BodyFactory, UnitFactory, log_in
from infitah.community.tests.world import SefrouWorld
from infitah.core import clock
from infitah.core.letters import Letter, read
from infitah.core.models import Mail
from infitah.core.registry import JOBS
from infitah.proceedings.tests.factories import seats_of
from tests.filled import Page, Reader

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "localhost"}
SLUG, FIRST, SECOND = "2027-2028", "ideas-2026", "drafts-2026"
PUBLIC = f"/ar/programme/{SLUG}/"
CYCLE = f"/desk/programme/cycles/{SLUG}/"
ROUND = f"/ar/consultations/{FIRST}/"
DESK_ROUND = f"/desk/participation/consultations/{FIRST}/"
WORK = (
    *("participation.clock", "participation.voices", "participation.receipts", "events"),
    *("programme.captures", "programme.monthly", "programme.reports", "website.news", "digests"),
)
AMINA, DRISS, HIND, OWNER = (f"{name}@example.org" for name in ("amina", "driss", "hind", "owner"))


@dataclass
class World:
    """The people with their browsers, and the numbers that the pages gave."""

    sefrou: SefrouWorld
    unit: Unit
    people: dict[str, Reader] = field(default_factory=dict)
    commitment: str = ""
    decision: str = ""

    def officer(self, user: User) -> Reader:
        """Somebody at the desk, logged in that day; their browser sends the token of each form."""
        key = f"{user.username} {clock.today()}"
        if key not in self.people:
            client = Client(enforce_csrf_checks=True)
            self.people[key] = Reader(log_in(client, user, self.sefrou.province))
        return self.people[key]

    @property
    def focal(self) -> Reader:
        return self.officer(self.sefrou.officer)

    @property
    def secretary(self) -> Reader:
        return self.officer(self.sefrou.secretary)

    def citizen(self, address: str = "") -> Reader:
        """Somebody with a telephone."""
        return self.people.setdefault(address, Reader(Client(**SAME)))

    @property
    def draft(self) -> str:
        return f"/desk/programme/commitments/{self.commitment}/"


def world_of(sefrou: SefrouWorld) -> World:
    """Return Sefrou with a service, and with seats in its council and its committee."""
    unit = UnitFactory(community=sefrou.province, slug="communication")
    seats_of(sefrou.council, 3)
    kind = "follow_up_committee"
    seats_of(BodyFactory(community=sefrou.province, slug="follow-up", kind=kind), 4)
    return World(sefrou, unit)


def at(moment: str) -> Any:
    """Stand at a moment of Morocco's usual time."""
    return time_machine.travel(datetime.fromisoformat(f"{moment}+01:00"), tick=False)


def work() -> None:
    """Let the worker do what is due now."""
    for _round in range(100):
        jobs = [JOBS[name] for name in WORK]
        waiting = [one for one in jobs if one.has_work and one.has_work(clock.now())]
        if not waiting:
            return
        for one in waiting:
            one.run(now=clock.now())
    raise AssertionError("The worker never rests.")


def letters_to(address: str) -> list[Letter]:
    found = (read(one) for one in Mail.objects.order_by("pk"))
    return [one for one in found if one.to == address]


def proved(reader: Reader, page: Page, address: str) -> Page:
    """Give an address, and the code that came to it."""
    asked = reader.send(page, {"email": address, "consent": "on"})
    code = re.search(r"\b\d{6}\b", letters_to(address)[-1].text)
    assert code is not None
    return reader.send(asked, {"code": code[0]})


def link(page: Page, part: str) -> str:
    """Return where the first link leads whose address has this part."""
    found = sorted(one for one in page.links() if re.search(part, one))
    assert found, f"no link to {part} at {page.address}"
    return found[0]
