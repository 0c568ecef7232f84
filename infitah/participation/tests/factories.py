"""Records of participation for tests; dates as literals."""

import uuid
from datetime import UTC, date, datetime, timedelta

from infitah.community.models import Axis, Community, Participant
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.participation import operations
from infitah.participation.models import Consultation, Idea, ModerationRule
from infitah.participation.operations import Arrival, ConsultationText, IdeaText, TopicText

BY = Actor("officer", "focal", "focal_point")
FIRST_DAY, LAST_DAY = date(2023, 6, 12), date(2023, 6, 20)
DURING = datetime(2023, 6, 14, 10, 0, tzinfo=UTC)
AFTER = datetime(2023, 6, 22, 10, 0, tzinfo=UTC)
STATEMENT = "نشر ميزانية المجلس الإقليمي كل سنة في صفحة واحدة مفهومة"


def make_rule(community: Community, number: int = 1) -> ModerationRule:
    made, _is_new = ModerationRule.objects.get_or_create(
        community=community,
        number=number,
        starts_on=date(2023, 1, 1),
        defaults={"text": LocalizedText(ar=f"قاعدة الإشراف رقم {number}", fr=f"Règle {number}")},
    )
    return made


def make_text(*axes: Axis, slug: str = "june", **changes: object) -> ConsultationText:
    topics = [
        TopicText(
            axis=axis,
            question=LocalizedText(ar="ماذا تقترحون؟", fr="Que proposez-vous ?"),
            context=LocalizedText(ar="سياق قصير", fr="Un contexte"),
            facts=LocalizedText(ar="حقيقة أولى\nحقيقة ثانية", fr="Un fait\nDeux faits"),
        )
        for axis in axes
    ]
    values: dict[str, object] = {
        "slug": slug,
        "name": LocalizedText(ar="استشارة يونيو", fr="Consultation de juin"),
        "introduction": LocalizedText(ar="مقدمة", fr="Introduction"),
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
        "topics": topics,
        **changes,
    }
    return ConsultationText(**values)  # type: ignore[arg-type]


def make_consultation(
    community: Community, *axes: Axis, is_announced: bool = True, **changes: object
) -> Consultation:
    made = operations.create_consultation(
        community=community, text=make_text(*axes, **changes), by=BY, now=DURING
    )
    if is_announced:
        made = operations.announce_consultation(
            consultation_id=made.pk, by=BY, now=DURING, occurred_on=date(2023, 6, 5)
        )
    return made


def make_idea(
    consultation: Consultation,
    axis: Axis,
    statement: str = STATEMENT,
    *,
    author: Participant | None = None,
    at: datetime = DURING,
    wants_receipt: bool = False,
    **changes: object,
) -> Idea:
    key = uuid.UUID(str(changes.pop("key", uuid.uuid4())))
    text = IdeaText(key=key, axis=axis, statement=statement, **changes)  # type: ignore[arg-type]
    arrival = Arrival(
        source=Idea.Source.ONLINE,
        author=author,
        submitted_at=at,
        occurred_on=(at + timedelta(hours=1)).date(),
        wants_receipt=wants_receipt,
    )
    by = Actor("participant", str(author.pk)) if author else Actor.visitor()
    return operations.enter_idea(
        consultation=consultation, text=text, arrival=arrival, by=by, now=at
    )


def acts(reference: str) -> list[str]:
    return [row.act.partition(".")[2] for row in ledger.of_subject("SFR", reference)]
