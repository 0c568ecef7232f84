"""The menu of the desk: one table of what stands in it, and the right that shows each entry."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.viewer import Viewer
from infitah.desk.queries import READERS_OF_READINGS


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu; shown to who holds one of `rights`, to every officer if empty."""

    label: str | Promise
    name: str
    rights: tuple[str, ...] = ()
    also: str = ""
    """A pattern of the paths of its pages that do not stand below its own address."""

    def is_open_to(self, viewer: Viewer) -> bool:
        return not self.rights or any(viewer.may(right) for right in self.rights)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry as the frame shows it."""

    label: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Entries that belong together, under one word."""

    label: str | Promise
    entries: tuple[MenuEntry, ...]


GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        _("Today"),
        (
            Place(_("Next acts"), "desk:home"),
            Place(_("Queue"), "desk:queue"),
        ),
    ),
    (
        _("Consultation"),
        (
            Place(_("Consultations"), "participation_desk:consultations", ("consultation.edit",)),
            Place(
                _("Workshops"),
                "participation_desk:workshops",
                ("idea.enter", "consultation.edit"),
                also=r"/desk/participation/(consultations/[^/]+/workshops|tables|notes)/",
            ),
            Place(_("Ideas"), "participation_desk:queue", ("idea.read",)),
            Place(_("Moderation cases"), "participation_desk:cases", ("idea.read",)),
            Place(_("Moderation rules"), "participation_desk:rules", ("idea.read",)),
        ),
    ),
    (
        _("Access to information"),
        (
            Place(_("Requests"), "information_desk:queue", ("information.read",)),
            Place(
                _("Enter a request"),
                "information_desk:enter",
                ("information.enter",),
                also=r"/desk/information/entered/",
            ),
            Place(_("Mails"), "information_desk:mails", ("information.enter",)),
            Place(_("Absence and deputy"), "information_desk:absence", ("information.answer",)),
            Place(
                _("Reports and register"),
                "information_desk:reports",
                ("information.read",),
                also=r"/desk/information/(portal|register)/",
            ),
        ),
    ),
    (
        _("Programme"),
        (
            Place(
                pgettext_lazy("menu", "Cycles"),
                "programme_desk:cycles",
                ("programme.edit",),
                also=r"/desk/programme/(reports|principles|before-council)/",
            ),
            Place(_("Draft commitments"), "programme_desk:commitments", ("commitment.edit",)),
            Place(
                _("Carrying out"),
                "programme_desk:overview",
                ("programme.edit",),
                also=r"/desk/programme/findings/",
            ),
            Place(_("Milestones"), "programme_desk:index", ("progress.report",)),
            Place(
                _("Milestones to confirm"),
                "programme_desk:to_confirm",
                ("evidence.confirm",),
                also=r"/desk/programme/milestones/[^/]+/confirm/",
            ),
        ),
    ),
    (
        _("Council and committees"),
        (
            Place(_("Meetings"), "proceedings_desk:index", ("session.edit", "committee.edit")),
            Place(pgettext_lazy("council", "Decisions"), "council_desk:index", ("session.edit",)),
            Place(_("Bodies"), "community_desk:bodies", ("body.edit",)),
            Place(_("Persons"), "community_desk:people", ("appointment.edit",)),
        ),
    ),
    (
        _("Institution"),
        (
            Place(_("Community"), "community_desk:community", ("community.edit",)),
            Place(_("Axes"), "community_desk:axes", ("axis.edit",)),
            Place(_("Units"), "community_desk:units", ("community.edit",)),
            Place(_("Legal numbers"), "community_desk:rule_sets", ("ruleset.edit",)),
            Place(
                _("Wordings of the law"),
                "information_desk:law",
                ("ruleset.edit", "information.read"),
            ),
            Place(_("Days off"), "community_desk:calendar", ("calendar.edit",)),
            Place(_("Pages"), "wagtailadmin_home", ("page.edit",)),
        ),
    ),
    (
        _("Accounts and traces"),
        (
            Place(_("Offices"), "community_desk:appointments", ("appointment.edit",)),
            Place(_("Accounts"), "desk:accounts", ("appointment.edit",)),
            Place(_("My acts"), "desk:acts"),
            Place(_("Readings of identities"), "desk:readings", READERS_OF_READINGS),
        ),
    ),
)
PLACES: tuple[Place, ...] = tuple(place for _label, places in GROUPS for place in places)


def menu_of(viewer: Viewer, path: str) -> list[MenuGroup]:
    """Return what this viewer may open, by group; the entry of `path` is current. No query."""
    urls = {place: reverse(place.name) for place in PLACES if place.is_open_to(viewer)}
    current = _current(urls, path)
    groups = []
    for label, places in GROUPS:
        shown = [place for place in places if place in urls]
        made = [MenuEntry(one.label, urls[one], urls[one] == current) for one in shown]
        if made:
            groups.append(MenuGroup(label, tuple(made)))
    return groups


def _current(urls: dict[Place, str], path: str) -> str:
    """Return the address of the entry to which the page at `path` belongs."""
    for place, url in urls.items():
        if place.also and re.match(place.also, path):
            return url
    return max((url for url in urls.values() if path.startswith(url)), key=len, default="")
