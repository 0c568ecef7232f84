"""The records of a community: territory, bodies, people, offices, law, days off, participants."""

from infitah.community.models.absence import Absence
from infitah.community.models.body import Body, CompositionRule, Term
from infitah.community.models.law import CalendarDay, CalendarVersion, RuleSet, RuleValue
from infitah.community.models.office import AccessGrant, Appointment, User
from infitah.community.models.participant import Device, IdentityReading, MailCode, Participant
from infitah.community.models.person import Category, Mandate, Person
from infitah.community.models.territory import Axis, Community, Principle, Unit

__all__ = [
    "Absence",
    "AccessGrant",
    "Appointment",
    "Axis",
    "Body",
    "CalendarDay",
    "CalendarVersion",
    "Category",
    "Community",
    "CompositionRule",
    "Device",
    "IdentityReading",
    "MailCode",
    "Mandate",
    "Participant",
    "Person",
    "Principle",
    "RuleSet",
    "RuleValue",
    "Term",
    "Unit",
    "User",
]
