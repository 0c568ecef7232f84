"""What is said of the carrying out, invented: words, findings, ratings, two reports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from infitah.community.models import Participant
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText as Text
from infitah.proceedings.models import Session
from infitah.programme import operations
from infitah.programme.models import Assessment, Commitment, Cycle
from infitah.programme.seeds.people import Cast

OWNER: Final = Actor("officer", "commitment_owner", "commitment_owner")
OWNER_ADDRESS: Final = "commitment-owner@demonstration.invalid"
Said = tuple[int, datetime, str, str]


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=CASABLANCA)


# Number of the project, when, standing, note.
WORDS: Final[tuple[Said, ...]] = (
    (1, _at(2024, 3, 4), "on_time", ""),
    (1, _at(2024, 10, 2), "on_time", "عرض التصميم على لجنة التتبع."),
    (1, _at(2025, 4, 3), "late", "تأخر نقل المحتوى بسبب مراجعة النصوص بثلاث لغات."),
    (1, _at(2025, 12, 2), "late", "لم يكتمل تكوين فريق التحرير."),
    (2, _at(2024, 5, 6), "on_time", ""),
    (2, _at(2025, 3, 3), "late", "لم تفتح المنصة للعموم بعد: الصيغة الأولى لا تحتسب الأجل."),
    (2, _at(2025, 12, 1), "blocked", "في انتظار إعادة التطوير بعد إرجاع الإثبات."),
    (3, _at(2024, 6, 5), "on_time", ""),
    (3, _at(2025, 9, 3), "blocked", "الفضاء الرقمي للآراء مرتبط بالمنصة الثانية."),
    (4, _at(2024, 7, 3), "on_time", ""),
    (4, _at(2025, 6, 4), "on_time", "نظمت اللقاءات في جماعات جبلية."),
)
# Number of the project, level by the committee, level by the council itself.
FINDINGS: Final = (
    (1, "substantial", "substantial"),
    (2, "limited", "limited"),
    (3, "substantial", "substantial"),
    (4, "substantial", "substantial"),
)
COMMITTEE_SAYS: Final = Text(
    ar="اطلعت اللجنة على الإثباتات المنشورة وقارنتها بالمواعيد المعلنة؛ ينشر محضر الاجتماع بعد "
    "المصادقة عليه.",
    fr="Le comité a examiné les preuves publiées et les a comparées aux dates annoncées ; le "
    "procès-verbal sera publié après son approbation.",
)
COUNCIL_SAYS: Final = Text(
    ar="تقييم ذاتي: ما أنجز مؤكد بإثبات من شخص ثان، وما تأخر مذكور بأسبابه.",
    fr="Auto-évaluation : ce qui est fait est confirmé par une deuxième personne, ce qui est en "
    "retard est dit avec ses raisons.",
)
# Number of the project: citizens who see it, see part of it, do not see it.
SIGHTS: Final = {1: (14, 9, 3), 2: (2, 6, 17), 3: (5, 8, 7), 4: (11, 7, 4)}
REPORTS: Final = (
    (2024, date(2024, 12, 31), date(2025, 2, 10)),
    (2025, date(2025, 12, 31), date(2026, 2, 9)),
)


def tell_words(commitment: Commitment, project: int) -> None:
    """Tell the words of the owner of a commitment that is being carried out."""
    for number, at, standing, note in WORDS:
        if number == project:
            operations.tell_progress(
                commitment=commitment,
                word=operations.Word(standing, note=note),
                by=OWNER,
                now=at,
            )


def seed_account(
    cast: Cast, cycle: Cycle, commitments: Sequence[Commitment], meetings: Sequence[Session]
) -> None:
    """Name the owners; tell findings, ratings and the reports of 2024 and 2025."""
    for commitment in commitments:
        operations.set_owner(
            commitment=commitment,
            address=OWNER_ADDRESS,
            language="ar",
            by=cast.by,
            now=cast.now,
        )
    _found(cast, commitments, meetings[-1])
    _rated(commitments)
    for year, counted_on, published_on in REPORTS:
        _reported(cast, cycle, year, counted_on, published_on)


def _found(cast: Cast, commitments: Sequence[Commitment], meeting: Session) -> None:
    on = date(2025, 12, 15)
    for number, by_committee, by_council in FINDINGS:
        for kind, level, words, session in (
            (Assessment.Kind.COMMITTEE, by_committee, COMMITTEE_SAYS, meeting),
            (Assessment.Kind.SELF, by_council, COUNCIL_SAYS, None),
        ):
            finding = operations.Finding(
                kind=kind, level=level, text=words, assessed_on=on, session=session
            )
            made = operations.draft_assessment(
                commitment=commitments[number - 1], finding=finding, by=cast.by, now=cast.now
            )
            operations.publish_assessment(pk=made.pk, by=cast.by, now=_at(2025, 12, 22))


def _rated(commitments: Sequence[Commitment]) -> None:
    """Let the invented voters of June 2023 say in December 2025 what they see."""
    people = list(
        Participant.objects.filter(
            community=commitments[0].community,
            token__startswith="demonstration-voter-",  # noqa: S106 - names of rows
        ).order_by("token")
    )
    for number, (yes, partly, no) in SIGHTS.items():
        answers = ["yes"] * yes + ["partly"] * partly + ["no"] * no
        for person, sight in zip(people, answers, strict=False):
            operations.rate_commitment(
                commitment=commitments[number - 1],
                participant=person,
                sight=sight,
                now=_at(2025, 12, 20),
            )


def _reported(cast: Cast, cycle: Cycle, year: int, counted_on: date, published_on: date) -> None:
    report = operations.make_report(
        cycle=cycle,
        year=year,
        counted_on=counted_on,
        by=cast.by,
        now=cast.now,
        today=local_day(cast.now),
    )
    operations.publish_report(reference=report.reference, by=cast.by, now=cast.now, on=published_on)
