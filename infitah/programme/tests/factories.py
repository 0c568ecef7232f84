"""Cycles and commitments for tests, made by the acts that make them; dates as literals."""

from datetime import UTC, date, datetime
from decimal import Decimal

from infitah.community.tests.factories import BodyFactory
from infitah.core.viewer import Actor, Viewer
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation, Idea
from infitah.programme import operations
from infitah.programme.rules import texts

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = Actor("officer", "focal", "focal_point")
OWNER = Actor("officer", "owner", "commitment_owner")
SECOND = Actor("officer", "verifier", "verifier")
DAY = date(2023, 10, 5)
STEP = {"by": BY, "now": NOW}
WORDS = LocalizedText(ar="نص", fr="Texte")


def viewer_of(community, *rights):
    return Viewer(community.key, community.pk, rights=frozenset(rights))


def cycle_of(sefrou, slug="2024-2025"):
    """Return a cycle of the two years that its name tells."""
    first, last = (int(year) for year in slug.split("-")[:2])
    return operations.open_cycle(
        community=sefrou.province,
        slug=slug,
        title=LocalizedText(ar="برنامج الانفتاح", fr="Programme d’ouverture"),
        intention=WORDS,
        span=(date(first, 1, 1), date(last, 12, 31)),
        principles=[sefrou.principle],
        challenges={sefrou.axis: WORDS},
        committee=BodyFactory(community=sefrou.province, kind="follow_up_committee"),
        opened_on=date(2022, 12, 13),
        **STEP,
    )


def draft(axis, **more):
    values = {
        "title": LocalizedText(ar="تجديد الموقع", fr="Renouveler le site"),
        "problem": WORDS,
        "description": WORDS,
        "contribution": WORDS,
        "expected_result": WORDS,
        "verifiability": WORDS,
        "axis": axis,
        "span": (date(2024, 1, 1), date(2025, 12, 31)),
        "values": ("transparency",),
        "reason_without_idea": LocalizedText(ar="من محضر لجنة التتبع", fr="Du comité de suivi"),
    }
    return operations.CommitmentDraft(**(values | more))


def commitment_of(cycle, axis, weights=(60, 40)):
    commitment = operations.draft_commitment(cycle=cycle, draft=draft(axis), drafted_on=DAY, **STEP)
    for number, weight in enumerate(weights, start=1):
        span = (date(2024, number, 1), date(2024, number, 28))
        plan = operations.MilestonePlan(WORDS, span, weight)
        operations.add_milestone(commitment=commitment, plan=plan, on=DAY, **STEP)
    operations.add_indicator(
        commitment=commitment,
        slug="delay",
        names=(WORDS, WORDS),
        baseline=(date(2023, 12, 31), Decimal(64)),
        target=(date(2025, 12, 31), Decimal(10)),
        on=DAY,
        **STEP,
    )
    return commitment


def idea_of(sefrou, number=1, state="visible"):
    consultation, _is_new = Consultation.objects.get_or_create(
        community=sefrou.province,
        slug="june-2023",
        defaults={
            "name": LocalizedText(ar="استشارة", fr="Consultation"),
            "opens_at": datetime(2023, 6, 11, 23, tzinfo=UTC),
            "closes_at": datetime(2023, 6, 20, 23, tzinfo=UTC),
            "announced_at": datetime(2023, 6, 5, tzinfo=UTC),
        },
    )
    return Idea.objects.create(
        community=sefrou.province,
        consultation=consultation,
        axis=sefrou.axis,
        reference=f"SFR-2023-I-{number:04d}",
        year=2023,
        number=number,
        position=2023 * 10**9 + number,
        statement=f"نشر ميزانية المجلس كل سنة ({number})",
        language="ar",
        source="online",
        state=state,
        submitted_at=datetime(2023, 6, 13, 10, tzinfo=UTC),
    )


def adopted_programme(sefrou, count=1, **more):
    """Return an adopted cycle with `count` commitments of two milestones each."""
    cycle = cycle_of(sefrou)
    made = [commitment_of(cycle, sefrou.axis) for _n in range(count)]
    versions = [
        operations.validate_commitment(commitment=one, on=date(2023, 10, 27), **STEP)
        for one in made
    ]
    digest = texts.programme_digest(
        (one.reference, version.sha256) for one, version in zip(made, versions, strict=True)
    )
    text = LocalizedText(ar=f"بصمة البرنامج {digest}", fr=f"Empreinte {digest}")
    deliberation = adopted(sefrou.council, text=text)
    operations.adopt_programme(cycle=cycle, deliberation=deliberation, **STEP, **more)
    for one in made:
        one.refresh_from_db()
    cycle.refresh_from_db()
    return cycle, made


def evidence(**more):
    values = {
        "kind": "url",
        "title": LocalizedText(ar="دفتر التحملات", fr="Cahier des charges"),
        "sha256": "a" * 64,
        "captured_on": date(2024, 2, 1),
        "url": "https://sefrou.example/m1/",
    }
    return operations.EvidenceGiven(**(values | more))
