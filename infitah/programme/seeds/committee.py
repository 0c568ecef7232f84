"""The meetings of the follow-up committee, invented: texts validated, then each half-year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from infitah.community.models import Body
from infitah.kernel.localized import LocalizedText as Text
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import Session, Sitting, VoteEvent
from infitah.proceedings.queries import in_office
from infitah.proceedings.rules import Choice, Majority, Presence
from infitah.programme import operations
from infitah.programme.models import Commitment, CommitmentVersion
from infitah.programme.seeds.people import Cast

VALIDATED: Final = date(2023, 10, 27)
ROOM: Final = Text(ar="مقر المجلس الإقليمي", fr="Siège du conseil provincial")
VALIDATION: Final = Text(
    ar="اجتماع لجنة التتبع للمصادقة على مشاريع الالتزامات",
    fr="Réunion du comité de suivi : validation des engagements",
)
HALF_YEAR: Final = Text(
    ar="اجتماع نصف سنوي للجنة التتبع", fr="Réunion semestrielle du comité de suivi"
)
FOLLOW_UP: Final = Text(
    ar="تتبع تنفيذ المشاريع الأربعة والوقوف على المتأخر منها",
    fr="Suivi de la mise en œuvre des quatre projets et des retards",
)
MEETINGS: Final = (date(2024, 6, 20), date(2024, 12, 12), date(2025, 6, 19), date(2025, 12, 15))
MINUTES: Final = Text(
    ar="تتبعت اللجنة تقدم المشاريع، وسجلت ما أنجز بإثبات وما تأخر، وطلبت من المصالح المكلفة "
    "بيان أسباب التأخر.\n\n(محضر محرر للعرض التوضيحي)",
    fr="Le comité a examiné l’avancement des projets, relevé ce qui est fait preuves à l’appui et "
    "ce qui est en retard, et demandé aux services d’en donner les raisons.\n\n"
    "(Procès-verbal rédigé pour la démonstration)",
)
VALIDATION_MINUTES: Final = Text(
    ar="تليت مشاريع الالتزامات واحدا واحدا، وصادقت اللجنة على نص كل منها بالتصويت، ليعرض على "
    "المجلس.\n\n(محضر محرر للعرض التوضيحي)",
    fr="Les projets d’engagement ont été lus un à un ; le comité a validé le texte de chacun par "
    "un vote, pour qu’il soit soumis au conseil.\n\n"
    "(Procès-verbal rédigé pour la démonstration)",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held: its session, its sitting, who was present."""

    session: Session
    sitting: Sitting
    present: tuple[int, ...]


def _held(cast: Cast, body: Body, title: Text, on: date, items: Sequence[Text]) -> Meeting:
    session = proceedings.convene_session(
        body=body,
        title=title,
        convened_on=on - timedelta(days=10),
        convened_by="president",
        by=cast.by,
        now=cast.now,
    )
    sitting = proceedings.plan_sitting(
        session=session, held_on=on, place=ROOM, by=cast.by, now=cast.now
    )
    for words in items:
        proceedings.add_agenda_item(
            sitting=sitting, title=words, origin="president", by=cast.by, now=cast.now
        )
    seats = list(in_office(body, on))
    presences = {seat.pk: Presence.PRESENT for seat in seats}
    presences[seats[-1 - on.month % 3].pk] = Presence.EXCUSED
    proceedings.hold_sitting(sitting=sitting, presences=presences, by=cast.by, now=cast.now)
    present = tuple(pk for pk, said in presences.items() if said == Presence.PRESENT)
    return Meeting(session, sitting, present)


def seed_validation(cast: Cast, commitments: Sequence[Commitment]) -> list[CommitmentVersion]:
    """Let the committee validate each text by a vote of 27 October 2023; return the versions."""
    body = Body.objects.of(cast.community).get(kind=Body.Kind.FOLLOW_UP_COMMITTEE)
    meeting = _held(cast, body, VALIDATION, VALIDATED, [one.title for one in commitments])
    items = meeting.sitting.items.order_by("position")
    versions = []
    for commitment, item in zip(commitments, items, strict=True):
        vote: VoteEvent = proceedings.record_named_vote(
            item=item,
            question=commitment.title,
            choices=dict.fromkeys(meeting.present, Choice.FOR),
            majority=Majority.OF_CAST,
            by=cast.by,
            now=cast.now,
        )
        versions.append(
            operations.validate_commitment(
                commitment=commitment, on=VALIDATED, vote=vote, by=cast.by, now=cast.now
            )
        )
    proceedings.close_session(
        session=meeting.session, closed_on=VALIDATED, by=cast.by, now=cast.now
    )
    _written_up(cast, meeting.session, VALIDATED, VALIDATION_MINUTES, approved_on=MEETINGS[0])
    return versions


def seed_meetings(cast: Cast) -> list[Session]:
    """Let the committee meet each half-year of the cycle; each meeting approves the minutes of the
    one before, so that those of the last one wait.
    """
    body = Body.objects.of(cast.community).get(kind=Body.Kind.FOLLOW_UP_COMMITTEE)
    sessions = []
    for on, approved_on in zip(MEETINGS, (*MEETINGS[1:], None), strict=True):
        meeting = _held(cast, body, HALF_YEAR, on, [FOLLOW_UP])
        session, by, now = meeting.session, cast.by, cast.now
        proceedings.close_session(session=session, closed_on=on, by=by, now=now)
        if approved_on is not None:
            _written_up(cast, session, on, MINUTES, approved_on=approved_on)
        sessions.append(session)
    return sessions


def _written_up(cast: Cast, session: Session, on: date, text: Text, *, approved_on: date) -> None:
    step, by, now = timedelta(days=7), cast.by, cast.now
    proceedings.write_minutes(session=session, text=text, written_on=on + step, by=by, now=now)
    proceedings.send_minutes(session=session, sent_on=on + 2 * step, by=by, now=now)
    proceedings.approve_minutes(session=session, approved_on=approved_on, by=by, now=now)
    proceedings.publish_minutes(session=session, published_on=approved_on + step, by=by, now=now)
