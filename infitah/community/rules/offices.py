"""Which office gives which rights (decisions B3): an office without a grant shows nothing."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class Office(StrEnum):
    """المنصب / fonction: an office held by an act, with dates."""

    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    DIRECTOR_OF_SERVICES = "director_of_services"
    FOCAL_POINT = "focal_point"
    DEPUTY_FOCAL_POINT = "deputy_focal_point"
    MODERATOR = "moderator"
    VERIFIER = "verifier"
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    INFORMATION_OFFICER = "information_officer"
    DEPUTY_INFORMATION_OFFICER = "deputy_information_officer"
    COMMITMENT_OWNER = "commitment_owner"
    DESK_CLERK = "desk_clerk"


# One person at a time holds each of these (the deputies too, law.md 1.2).
SINGLE_OFFICES = frozenset(
    {
        Office.PRESIDENT,
        Office.SECRETARY,
        Office.DEPUTY_SECRETARY,
        Office.DIRECTOR_OF_SERVICES,
        Office.FOCAL_POINT,
        Office.INFORMATION_OFFICER,
    }
)

_MODERATION = frozenset({"idea.hide", "idea.restore", "idea.read"})
_DESK = frozenset({"idea.enter", "participant.prove"})
_CYCLE = frozenset(
    {
        "programme.edit",
        "consultation.edit",
        "answer.give",
        "commitment.edit",
        "committee.edit",
        "progress.report",
        "report.publish",
        "evidence.add",
        "assessment.write",
        "axis.edit",
        "body.edit",
        "register.read",
        "page.edit",
    }
)
_COUNCIL = frozenset({"session.edit", "body.edit", "register.read", "page.edit"})
_HOUSE = frozenset(
    {
        "community.edit",
        "axis.edit",
        "appointment.edit",
        "ruleset.edit",
        "calendar.edit",
        "body.edit",
        "register.read",
        "page.edit",
        "mailbox.read",
    }
)
_INFORMATION = frozenset(
    {
        "identity.read",
        "participant.prove",
        "calendar.edit",
        "register.read",
        "information.read",
        "information.enter",
        "information.answer",
        "information.confirm",
    }
)

OFFICE_RIGHTS: dict[Office, frozenset[str]] = {
    Office.PRESIDENT: frozenset(
        {"register.read", "idea.read", "information.read", "information.rule"}
    ),
    Office.VICE_PRESIDENT: frozenset({"register.read"}),
    Office.SECRETARY: _COUNCIL,
    Office.DEPUTY_SECRETARY: _COUNCIL,
    Office.DIRECTOR_OF_SERVICES: _COUNCIL | {"community.edit", "calendar.edit", "axis.edit"},
    Office.FOCAL_POINT: _CYCLE | _MODERATION | _DESK | {"identity.read", "ruleset.edit"},
    Office.DEPUTY_FOCAL_POINT: _CYCLE | _MODERATION | _DESK,
    # A moderator sees neither telephone nor CNIE (programme.md 4).
    Office.MODERATOR: _MODERATION,
    # A second person: confirms evidence, never adds it.
    Office.VERIFIER: frozenset({"evidence.confirm", "register.read"}),
    # Runs the house, but reads neither ideas held back nor identities.
    Office.ADMINISTRATOR: _HOUSE,
    Office.EDITOR: frozenset({"page.edit"}),
    Office.INFORMATION_OFFICER: _INFORMATION,
    Office.DEPUTY_INFORMATION_OFFICER: _INFORMATION,
    Office.COMMITMENT_OWNER: frozenset({"progress.report", "evidence.add"}),
    Office.DESK_CLERK: _DESK | {"information.enter"},
}

ALL_RIGHTS: frozenset[str] = frozenset().union(*OFFICE_RIGHTS.values())


def rights_of_office(office: str) -> frozenset[str]:
    """Return the rights that `office` gives; an unknown office gives none."""
    return OFFICE_RIGHTS.get(Office(office), frozenset()) if office in set(Office) else frozenset()


def is_in_force(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Return whether something held from `starts_on` until before `ends_on` is held today."""
    return starts_on <= today and (ends_on is None or today < ends_on)


def overlaps(
    starts_on: date, ends_on: date | None, other_starts_on: date, other_ends_on: date | None
) -> bool:
    """Return whether two half-open spans share a day; a span that ends as it starts has none."""
    if starts_on == ends_on or other_starts_on == other_ends_on:
        return False
    return (other_ends_on is None or starts_on < other_ends_on) and (
        ends_on is None or other_starts_on < ends_on
    )


def most_at_once(spans: Iterable[tuple[date, date | None]], since: date) -> int:
    """Return how many of these spans are held together on the fullest day from `since` on."""
    known = list(spans)
    days = [since, *(starts_on for starts_on, _ends_on in known if starts_on > since)]
    return max(
        sum(is_in_force(starts_on, ends_on, day) for starts_on, ends_on in known) for day in days
    )
