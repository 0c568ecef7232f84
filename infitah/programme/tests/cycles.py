"""What tests of cycles share: a table to import, announced steps, ideas left for the next cycle."""

from dataclasses import replace
from datetime import date

from infitah.community.tests.factories import ParticipantFactory
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import IdeaAnswer
from infitah.programme import operations
from infitah.programme.operations import StepText
from infitah.programme.tests.factories import NOW, STEP, WORDS, idea_of

TODAY = date(2026, 11, 23)
DAYS = (date(2027, 3, 8), date(2027, 3, 8))
TABLE = (
    "key;title_ar;title_fr;axis;principles;values;budget;milestone_title_ar;weight;"
    "announced_start;announced_end;planned_end;milestone_state;done_on;reason_ar;after\n"
    "1;=نشر المحاضر;Publier;transparency;accountability;transparency;40000;المسطرة;40;"
    "2024-01-01;30/06/2024;;claimed;2024-06-20;;\n"
    "1;;;;;;;النشر;60;2024-07-01;2024-12-31;2025-03-31;blocked;;تأخر الصفقة;1\n"
    "2;تكوين;;transparency;;;;دورة أولى;100;2024-01-01;2025-12-31;;;;;\n"
)


def step(**more):
    return replace(StepText("workshop", DAYS, LocalizedText(ar="ورشة", fr="Atelier")), **more)


def announced(cycle, **more):
    return operations.announce_step(cycle=cycle, said=step(**more), **STEP)


def left_idea(sefrou, number=1, **more):
    idea = idea_of(sefrou, number)
    idea.author = ParticipantFactory(
        community=sefrou.province, address=f"author{number}@example.org"
    )
    idea.save(update_fields=["author"])
    values = {"code": "next_cycle", "number": 1, "text": WORDS, "answered_on": TODAY}
    IdeaAnswer.objects.create(
        community=sefrou.province,
        idea=idea,
        answered_at=NOW,
        answered_by="focal",
        **(values | more),
    )
    return idea


def following(sefrou, first, years=2027, opened_on=TODAY, **more):
    """Return a cycle in preparation that follows `first`."""
    return operations.open_cycle(
        community=first.community,
        slug=f"{years}-{years + 1}",
        title=first.title,
        intention=first.intention,
        span=(date(years, 1, 1), date(years + 1, 12, 31)),
        principles=[sefrou.principle],
        challenges={sefrou.axis: first.intention},
        opened_on=opened_on,
        **{"committee": None, "carried_from": first} | more,
        **STEP,
    )
