"""The morning digest of who handles requests: one mail a day, where there is anything to tell."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community, User
from infitah.community.queries import url_of
from infitah.community.queries.law import calendar
from infitah.core.clock import local_day
from infitah.core.models import Mail
from infitah.core.operations.mail import Letter, queue_mails
from infitah.information.models import InformationRequest
from infitah.information.operations.reminders import is_waking
from infitah.information.queries.desk_charge import InCharge, in_charge
from infitah.information.queries.desk_morning import Morning, line_of, morning, task_line
from infitah.information.queries.officers import handlers_of
from infitah.kernel.dates import format_date

TEMPLATE: Final = "information/morning"


def has_digests(now: datetime) -> bool:
    """Return whether a digest of today may be owed, in waking hours. Two look-ups."""
    if not is_waking(now):
        return False
    first = f"information.morning:{local_day(now)}:"
    sent = Mail.objects.filter(dedupe_key__gt=first, dedupe_key__lt=f"{first}~")
    owed = InformationRequest.objects.filter(due_on__isnull=False)
    return owed.exists() and not sent.exists()


@transaction.atomic
def send_digests(*, now: datetime) -> bool:
    """Queue the digests of today, one for each who handles requests; return False: none is left.

    On a day off only where something is due within three days: urgent days are calendar days.
    """
    today = local_day(now)
    owed = InformationRequest.objects.filter(due_on__isnull=False)
    keys = owed.order_by("community_id").values("community_id").distinct()
    for community in Community.objects.filter(pk__in=keys):
        told = morning(community, today)
        if told.is_empty or (not told.due and not calendar(community).is_working(today)):
            continue
        charge = in_charge(community, today)
        users = handlers_of(community, today)
        queue_mails([_letter(community, one, told, charge, today) for one in users], now=now)
    return False


def _letter(
    community: Community, user: User, told: Morning, charge: InCharge, today: date
) -> Letter:
    language = user.language
    institution = community.institution.in_language(language)
    with override(language):
        context = {
            "institution": institution,
            "sender_name": institution,
            "day": format_date(today, language, weekday=True),
            "due_count": str(len(told.due)),
            "body": "\n\n".join(_paragraphs(told, today, language)),
            "charge": charge_words(charge, language),
            "link": url_of(community, reverse("information_desk:queue")),
        }
    return Letter(
        community_key=community.key,
        to=user.email,
        template=TEMPLATE,
        context=context,
        language=language,
        dedupe_key=f"information.morning:{today}:{community.key}:{user.pk}",
        priority="digest",
    )


def _paragraphs(told: Morning, today: date, language: str) -> Iterator[str]:
    """Yield the parts of a digest that hold anything, each under its heading."""
    parts = (
        (_("Due within three days, or late:"), told.due),
        (_("Waiting for the requester or for a second reader:"), told.waiting),
        (_("Waiting for a third party:"), told.consulting),
        (_("Days that close soon: complaints, publications put off:"), told.closing),
    )
    for heading, requests in parts:
        if requests:
            yield "\n".join([heading, *(f"- {line_of(one, today, language)}" for one in requests)])
    if told.tasks:
        lines = [f"- {task_line(one, today, language)}" for one in told.tasks]
        yield "\n".join([_("Waiting for services:"), *lines])
    if told.to_publish:
        yield _("Answers to publish: %(count)s.") % {"count": told.to_publish}


def charge_words(charge: InCharge, language: str) -> str:
    """Return who is in charge where it is not the officer, "" where it is."""
    if charge.appointment is None:
        return _("Nobody holds the office of access to information today.")
    if not charge.is_deputy:
        return ""
    name = charge.appointment.person.name.in_language(language)
    if charge.away_until is not None:
        return _("%(name)s, the deputy, is in charge until %(day)s: the officer is away.") % {
            "name": name,
            "day": format_date(charge.away_until, language),
        }
    return _("%(name)s, the deputy, is in charge: the office of the officer is vacant.") % {
        "name": name
    }
