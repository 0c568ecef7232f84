"""Many requests for tests of figures and lists, written as rows: none came in by an act.

The rows are made by a seeded chance over every state, channel and outcome, so that whatever is
counted by the database can be counted again one by one.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from infitah.community.models import Community
from infitah.information import rules
from infitah.information.models import (
    Decision,
    InformationRequest,
    RequestAct,
    Requester,
    WithheldPart,
)

K, P = rules.ActKind, rules.Phase
START = date(2025, 1, 1)
TODAY = date(2026, 6, 30)
WORDS = "نسخة من محضر الدورة العادية ولائحة الحاضرين وقرارات المجلس خلال هذه الفترة"
LEVELS = (
    (K.COMPLAINED_HEAD, K.HEAD_DECIDED),
    (K.COMPLAINED_CDAI, K.CDAI_DECIDED),
    (K.COURT_SEIZED, K.COURT_RULED),
)


@dataclass
class Made:
    """A request with all that hangs on it, before it is written."""

    row: InformationRequest
    status: str
    grounds: list[tuple[str, str]] = field(default_factory=list)
    acts: list[tuple[rules.ActKind, date, dict[str, object]]] = field(default_factory=list)


def make_many(
    community: Community,
    count: int,
    *,
    seed: int = 1,
    start: date = START,
    today: date = TODAY,
    first: int = 1,
) -> list[Made]:
    """Write `count` requests received from `start` until `today` and return them."""
    chance = random.Random(seed)
    made = [_made(community, chance, first + n, start, today) for n in range(count)]
    _write(community, made)
    return made


def _made(
    community: Community, chance: random.Random, number: int, start: date, today: date
) -> Made:
    received = start + timedelta(days=chance.randrange((today - start).days + 1))
    due = received + timedelta(days=28 + chance.randrange(4))
    row = InformationRequest(
        community=community,
        reference=f"{community.key}-{received.year}-R-{number:04}",
        year=received.year,
        number=number,
        token=f"mass{community.pk}n{number}",
        code_digest="0" * 64,
        submission_key=uuid.UUID(int=community.pk * 10**9 + number),
        channel=chance.choice(InformationRequest.Channel.values),
        language="ar",
        text=f"{WORDS} {number}",
        access="copy",
        received_at=datetime(received.year, received.month, received.day, 9, tzinfo=UTC),
        received_on=received,
        urgent_case=chance.choice(["", "", "", "life", "safety"]),
        phase=P.OPEN,
        remedy=rules.Remedy.NONE,
        turn=rules.Party.OFFICER,
        changed_at=datetime(2026, 6, 30, tzinfo=UTC),
    )
    one = Made(row, chance.choice(Requester.Status.values))
    one.acts.append((K.SUBMITTED, received, {"urgent": bool(row.urgent_case)}))
    row.is_urgent = bool(row.urgent_case) and chance.random() < 0.5
    if chance.random() < 0.2:
        row.is_extended, due = True, due + timedelta(days=28)
        ground = chance.choice(list(rules.ExtensionGround))
        one.acts.append((K.EXTENDED, received, {"ground": ground.value}))
    row.reply_due_on, row.silent_from = due, due + timedelta(days=1)
    if row.channel == "chafafiya" and chance.random() < 0.8:
        row.external_number = f"CH-{number}"
    _end(one, chance, today)
    return one


def _end(one: Made, chance: random.Random, today: date) -> None:
    row, fate = one.row, chance.random()
    if fate < 0.05:
        row.phase = chance.choice([P.WITHDRAWN, P.TRANSFERRED])
        return
    answered = row.received_on + timedelta(days=int(chance.expovariate(1 / 18)))
    if fate < 0.75 and answered <= today:
        _answer(one, chance, answered, today)
    if row.answered_on or (row.silent_from and row.silent_from <= today):
        _complain(one, chance)


def _answer(one: Made, chance: random.Random, on: date, today: date) -> None:
    row = one.row
    row.answered_on = on
    row.working_days = (on - row.received_on).days * 5 // 7
    if chance.random() < 0.06:
        row.phase = P.OPEN  # opened again: the first answer stays, the decision does not
        return
    row.phase, row.decided_on, row.delivered_on = P.DELIVERED, on, on
    row.outcome = chance.choice(list(rules.Outcome))
    if row.outcome != rules.Outcome.FULL:
        one.grounds = _grounds(chance)
    published = on + timedelta(days=int(chance.expovariate(1 / 5)))
    if chance.random() < 0.8 and published <= today:
        row.published_on = published


def _grounds(chance: random.Random) -> list[tuple[str, str]]:
    found = []
    for _n in range(chance.choice([1, 1, 2, 3])):
        ground = chance.choice(list(rules.RefusalGround))
        is_exception = ground is rules.RefusalGround.EXCEPTION
        found.append((ground.value, chance.choice(list(rules.EXCEPTIONS)) if is_exception else ""))
    return found


def _complain(one: Made, chance: random.Random) -> None:
    for filed, ruled in LEVELS:
        if chance.random() > 0.25:
            return
        on = one.row.received_on + timedelta(days=40)
        one.acts.append((filed, on, {}))
        if chance.random() < 0.7:
            one.acts.append((ruled, on, {"ruling": chance.choice(list(rules.Ruling)).value}))


def _write(community: Community, made: list[Made]) -> None:
    InformationRequest.objects.bulk_create([one.row for one in made], batch_size=2000)
    Requester.objects.bulk_create(
        [Requester(community=community, request=one.row, status=one.status) for one in made],
        batch_size=2000,
    )
    RequestAct.objects.bulk_create(_acts(community, made), batch_size=2000)
    decided = [one for one in made if one.row.outcome]
    decisions = Decision.objects.bulk_create(
        [_decision(community, one) for one in decided], batch_size=2000
    )
    WithheldPart.objects.bulk_create(
        [
            WithheldPart(
                decision=decision,
                ground=ground,
                exception=exception,
                reason="سبب",
                limb="1",
                harm="ضرر",
                interest="مصلحة",
            )
            for one, decision in zip(decided, decisions, strict=True)
            for ground, exception in one.grounds
        ],
        batch_size=2000,
    )


def _acts(community: Community, made: list[Made]) -> Iterator[RequestAct]:
    for one in made:
        for position, (kind, on, facts) in enumerate(one.acts, start=1):
            yield RequestAct(
                community=community,
                request=one.row,
                position=position,
                kind=kind,
                occurred_on=on,
                recorded_at=datetime(on.year, on.month, on.day, 10, tzinfo=UTC),
                by_kind="officer",
                by_key="information_officer",
                facts=facts,
            )


def _decision(community: Community, one: Made) -> Decision:
    on = one.row.decided_on
    assert on is not None
    return Decision(
        community=community,
        request=one.row,
        outcome=one.row.outcome,
        answer="جواب",
        signer="information_officer",
        office="information_officer",
        decided_on=on,
        decided_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
    )
