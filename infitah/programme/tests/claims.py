"""Milestones said to be done, by whom and with what shown: what tests of evidence share."""

from datetime import UTC, date, datetime
from io import BytesIO

from infitah.community.tests.factories import AccessGrantFactory, AppointmentFactory, UserFactory
from infitah.core.operations import stage_file
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.operations import EvidenceAsked
from infitah.programme.tests.factories import evidence

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
TODAY = date(2026, 8, 3)
TITLE = LocalizedText(ar="محضر التسلم", fr="Procès-verbal de réception")


def claimed(commitment, by, **more):
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=evidence(**more), on=TODAY, by=by, now=NOW)
    return reference


def verify(reference, by):
    return operations.verify_milestone(reference=reference, on=TODAY, by=by, now=NOW)


def officer(name, email="", person=None, community=None):
    """Return an actor with an account, and an office opened by `person`."""
    user = UserFactory(username=name, email=email)
    if person is not None:
        appointment = AppointmentFactory(community=community, person=person, office="verifier")
        AccessGrantFactory(appointment=appointment, user=user)
    return Actor("officer", name, "verifier")


def prepared(sefrou, kind, **more):
    asked = EvidenceAsked(kind=kind, title=TITLE, **more)
    return operations.prepare_evidence(community=sefrou.province, asked=asked, now=NOW)


def staged(content=b"text of the minutes", name="minutes.txt"):
    return stage_file(BytesIO(content), community_key="SFR", name=name, now=NOW)
