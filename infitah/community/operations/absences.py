"""Absences of office holders: entered, and ended when the holder is back sooner."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Absence, Appointment
from infitah.community.operations.acts import lock, record, subject
from infitah.community.operations.offices import OfficeRefused
from infitah.core.clock import local_day
from infitah.core.viewer import Actor

LONGEST = timedelta(days=366)


@transaction.atomic
def enter_absence(
    *, appointment: Appointment, starts_on: date, ends_on: date, by: Actor, now: datetime
) -> Absence:
    """Return the absence of an office holder until the first day back; a deputy acts meanwhile.

    Why is never asked. Raises OfficeRefused for days that are none, that overlap another absence,
    or that lie outside the appointment.
    """
    community = lock(appointment.community)
    appointment = Appointment.objects.of(community).get(pk=appointment.pk)
    _check(appointment, starts_on, ends_on, local_day(now))
    absence = Absence.objects.create(
        community=community,
        appointment=appointment,
        starts_on=starts_on,
        ends_on=ends_on,
        entered_by=by.key,
        entered_at=now,
    )
    about = subject(community, "appointment", appointment.pk)
    public = {"office": appointment.office}
    record(community, "absence_entered", about, by=by, now=now, public=public)
    return absence


def _check(appointment: Appointment, starts_on: date, ends_on: date, today: date) -> None:
    if ends_on <= starts_on:
        raise OfficeRefused(
            _("The first day back comes after the first day away."), field="back_on"
        )
    if ends_on <= today:
        raise OfficeRefused(_("This absence is over already."), field="back_on")
    if ends_on - starts_on > LONGEST:
        raise OfficeRefused(
            _("An absence lasts a year at most: end the appointment instead."), field="back_on"
        )
    if appointment.ends_on is not None and starts_on >= appointment.ends_on:
        raise OfficeRefused(_("This appointment has ended already."), field="away_on")
    others = appointment.absences.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)
    if others.exists():
        raise OfficeRefused(_("An absence is entered for these days already."), field="away_on")


@transaction.atomic
def end_absence(*, absence: Absence, by: Actor, now: datetime) -> Absence:
    """End an absence today, or take one back that has not begun. Raises OfficeRefused when over."""
    community = lock(absence.community)
    absence = Absence.objects.of(community).select_related("appointment").get(pk=absence.pk)
    today = local_day(now)
    if absence.ends_on <= today:
        raise OfficeRefused(_("This absence is over already."))
    about = subject(community, "appointment", absence.appointment_id)
    public = {"office": absence.appointment.office}
    if absence.starts_on >= today:
        absence.delete()
    else:
        absence.ends_on = today
        absence.save(update_fields=["ends_on"])
    record(community, "absence_ended", about, by=by, now=now, public=public)
    return absence
