"""The desk of requests for tests: who sits there, requests in every state, clicks counted."""

from datetime import UTC, date, datetime

from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.core.viewer import Actor
from infitah.information import operations
from infitah.information.models import InformationRequest
from infitah.information.operations import Answer
from infitah.information.tests.asked import NOW, RECEIVED, TEXT, file

DESK = "/desk/information/"
OFFICER = Actor("officer", "information_officer", "information_officer")
DEPUTY = Actor("officer", "deputy", "deputy_information_officer")
TITLE = "محضر دورة يناير"
WORDS = "نمدكم بنسخة من المحضر."


def at(day: date, hour: int = 9) -> datetime:
    """Return an instant of a day in Morocco's morning."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def officer(sefrou, office="information_officer", **user) -> Client:
    """Return who holds an office of the province, logged in."""
    known = getattr(sefrou, office, None)
    who = known or grant(sefrou.province, office, username=user.pop("username", office), **user)
    return log_in(Client(), who, sefrou.province)


def named(request: InformationRequest, by: Actor = OFFICER) -> dict:
    """Return what every act on a request names."""
    return {"community": request.community, "reference": request.reference, "by": by}


def registered(sefrou, **more) -> InformationRequest:
    """Return a request in hand."""
    request = file(sefrou, **more).request
    operations.register_request(title=TITLE, on=RECEIVED, now=NOW, **named(request))
    return again(request)


def decided(sefrou, withheld=(), **more) -> InformationRequest:
    request = registered(sefrou, **more)
    answer = Answer(WORDS, gives=True, withheld=withheld)
    operations.decide(answer=answer, on=RECEIVED, now=NOW, **named(request))
    return again(request)


def delivered(sefrou, **more) -> InformationRequest:
    request = decided(sefrou, **more)
    operations.deliver(
        channel="counter", proof="وقع على التسلم", on=RECEIVED, now=NOW, **named(request)
    )
    return again(request)


def again(request: InformationRequest) -> InformationRequest:
    """Return the request as the database holds it now."""
    return InformationRequest.objects.select_related("community").get(pk=request.pk)


__all__ = ["DEPUTY", "DESK", "NOW", "OFFICER", "RECEIVED", "TEXT", "TITLE", "WORDS", "file"]
