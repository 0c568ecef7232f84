"""What of access to information waits for an officer: requests, readings, complaints, services."""

from datetime import date

from django.urls import reverse

from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Viewer
from infitah.desk.queries.programme_acts import FEW
from infitah.desk.rules import Cursor, WaitingAct
from infitah.information.models import InformationRequest, ServiceTask
from infitah.information.queries import desk_mail as mails
from infitah.information.queries import desk_waiting as requests

MOST_COUNTED = 1000


def _request_act(one: InformationRequest, kind: str) -> WaitingAct:
    return WaitingAct(
        kind=kind,
        key=one.reference,
        reference=one.reference,
        title=one.public_title or requests.shortened(one.text),
        since=one.received_at.astimezone(CASABLANCA),
        due=one.turn_by,
        is_estimated=one.due_on != one.due_latest,
        url=reverse("information_desk:case", args=[one.reference]),
        is_of_law=True,
        is_urgent=one.is_urgent and one.due_on is not None,
    )


def request_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the requests that wait for the office to answer, the earliest last day first."""
    return [_request_act(one, "request") for one in requests.to_answer(viewer)[:FEW]]


def request_count(viewer: Viewer, today: date) -> int:
    """Return how many requests wait for the office, up to MOST_COUNTED."""
    return requests.to_answer(viewer)[:MOST_COUNTED].count()


def publication_rows(
    viewer: Viewer, today: date, after: Cursor | None, size: int
) -> list[WaitingAct]:
    """Return the answers that left and are not published."""
    return [_request_act(one, "publication") for one in requests.to_publish(viewer)[:FEW]]


def publication_count(viewer: Viewer, today: date) -> int:
    """Return how many answers wait to be published, up to MOST_COUNTED."""
    return requests.to_publish(viewer)[:MOST_COUNTED].count()


def reading_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the decisions of others that the viewer may read as a second person."""
    return [_request_act(one, "second") for one in requests.to_read(viewer)[:FEW]]


def reading_count(viewer: Viewer, today: date) -> int:
    """Return how many decisions wait for a second person, up to MOST_COUNTED."""
    return requests.to_read(viewer)[:MOST_COUNTED].count()


def complaint_rows(
    viewer: Viewer, today: date, after: Cursor | None, size: int
) -> list[WaitingAct]:
    """Return the complaints that wait for the head of the institution."""
    return [_request_act(one, "complaint") for one in requests.to_rule(viewer)[:FEW]]


def complaint_count(viewer: Viewer, today: date) -> int:
    """Return how many complaints wait for the head, up to MOST_COUNTED."""
    return requests.to_rule(viewer)[:MOST_COUNTED].count()


def mail_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the mails that came in and wait to be sorted, the oldest first."""
    return [
        WaitingAct(
            kind="mail",
            key=f"{mail.pk:018}",
            title=head.subject or head.name or head.sender,
            since=mail.received_at.astimezone(CASABLANCA),
            url=reverse("information_desk:mail", args=[mail.pk]),
        )
        for mail, head in mails.to_sort(viewer, FEW)
    ]


def mail_count(viewer: Viewer, today: date) -> int:
    """Return how many mails wait to be sorted, up to a thousand."""
    return mails.to_sort_count(viewer)


def _task_act(one: ServiceTask) -> WaitingAct:
    return WaitingAct(
        kind="task",
        key=str(one),
        reference=one.request.reference,
        title=one.unit.name,
        since=one.asked_at.astimezone(CASABLANCA),
        due=one.due_on,
        url=reverse("information_desk:case", args=[one.request.reference]),
    )


def task_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return what services should have answered by now."""
    return [_task_act(one) for one in requests.late_tasks(viewer, today)[:FEW]]


def task_count(viewer: Viewer, today: date) -> int:
    """Return how many tasks of services are late, up to MOST_COUNTED."""
    return requests.late_tasks(viewer, today)[:MOST_COUNTED].count()
