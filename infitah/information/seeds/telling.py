"""Telling the demonstration's cases by the acts of the product; a second time adds nothing."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from infitah.community.models import Community, Unit
from infitah.community.operations import add_person, appoint
from infitah.community.queries import holders
from infitah.community.rules.offices import Office
from infitah.core.clock import CASABLANCA, local_day
from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.models import InformationRequest
from infitah.information.operations import publishing, tasks, third_party, transfers
from infitah.information.queries.publishing import withheld_of
from infitah.information.seeds.disputed import DISPUTED
from infitah.information.seeds.finished import GIVEN
from infitah.information.seeds.mails import seed_mails
from infitah.information.seeds.refused import PUBLISHED
from infitah.information.seeds.running import RUNNING
from infitah.information.seeds.script import PERSONS, Story
from infitah.kernel.localized import LocalizedText
from infitah.publication.operations import RecordText
from infitah.publication.rules import Outcome

K = rules.ActKind
NAMESPACE: Final = uuid.UUID("1a3c7b52-9f7e-4c53-8a0e-3f5a5f0b7d21")
OFFICER: Final = Actor("officer", "information_officer", "information_officer")
READER: Final = Actor("officer", "deputy_information_officer", "deputy_information_officer")
HEAD: Final = Actor("officer", "president", "president")
SEED: Final = Actor.system("seed")
CITIZEN: Final = Actor.visitor()
LEVELS: Final = {"head": K.COMPLAINED_HEAD, "cdai": K.COMPLAINED_CDAI, "court": K.COURT_SEIZED}
RULINGS: Final = {"head": K.HEAD_DECIDED, "cdai": K.CDAI_DECIDED, "court": K.COURT_RULED}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act of the story happens: the case, the day of the act, and the real moment."""

    community: Community
    reference: str
    story: Story
    on: date
    now: datetime

    @property
    def act(self) -> dict[str, Any]:
        """What every act is given."""
        return {
            "community": self.community,
            "reference": self.reference,
            "on": self.on,
            "now": self.now,
        }


def seed_requests(community: Community, *, now: datetime) -> None:
    """Tell every case of the demonstration that does not stand yet, the oldest first."""
    stories = sorted((*GIVEN, *PUBLISHED, *RUNNING, *DISPUTED), key=lambda story: -story.ago)
    known = set(InformationRequest.objects.of(community).values_list("submission_key", flat=True))
    for story in stories:
        if _key(story) not in known:
            _tell(community, story, now)
    seed_mails(community, now=now)


def _key(story: Story) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{story.channel}|{story.text}|{story.person}")


def _tell(community: Community, story: Story, now: datetime) -> None:
    received = local_day(now) - timedelta(days=story.ago)
    filed = operations.file_request(
        community=community,
        asked=operations.Asked(
            key=_key(story),
            text=story.text,
            language=story.language,
            access=story.access,
            period=story.period,
            place=story.place,
            urgent_case=story.urgent,
            is_dictated=story.is_dictated,
        ),
        person=_person(story),
        contact=_contact(story),
        arrival=operations.Arrival(
            story.channel, _moment(received, story, now), received, story.number
        ),
        by=CITIZEN if story.channel == "web" else OFFICER,
        now=now,
    )
    for step in story.steps:
        on = received + timedelta(days=step.day)
        scene = Scene(community, filed.request.reference, story, on, now)
        TELLS[step.name](scene, step.values)


def _moment(received: date, story: Story, now: datetime) -> datetime:
    """Return the hour of a receipt on the site; of paper only the day is known."""
    if received == local_day(now):
        return now
    hour = time(10, story.person * 4) if story.channel == "web" else time.min
    return datetime.combine(received, hour, tzinfo=CASABLANCA)


def _person(story: Story) -> rules.Identity:
    first, family, address, document = PERSONS[story.person]
    return rules.Identity(first, family, address, document)


def _contact(story: Story) -> operations.Contact:
    """Return an address for who asked by mail or is answered by mail: invented, at example.org."""
    by_mail = story.channel == "mail" or any(
        step.values.get("channel") == "email" for step in story.steps
    )
    return operations.Contact(email=f"citizen{story.person}@example.org" if by_mail else "")


Values = Mapping[str, Any]


def _register(scene: Scene, _values: Values) -> None:
    operations.register_request(title=scene.story.title, by=OFFICER, **scene.act)


def _task(scene: Scene, values: Values) -> None:
    unit = Unit.objects.get(community=scene.community, slug=values["unit"])
    tasks.ask_service(
        unit=unit,
        words=values["words"],
        due_on=scene.on + timedelta(days=12),
        by=OFFICER,
        **scene.act,
    )


def _task_answered(scene: Scene, values: Values) -> None:
    tasks.note_service_answer(words=values["words"], by=OFFICER, **scene.act)


def _decide(scene: Scene, values: Values) -> None:
    parts = tuple(_placed(scene, one) for one in values["withheld"])
    answer = operations.Answer(values["words"], gives=values["gives"], withheld=parts)
    operations.decide(answer=answer, by=OFFICER, **scene.act)


def _placed(scene: Scene, part: rules.Withholding) -> rules.Withholding:
    """Return a part withheld whose place, a title in braces, is the number of that case."""
    if not part.place.startswith("{"):
        return part
    known = InformationRequest.objects.of(scene.community)
    earlier = known.get(public_title=part.place.strip("{}"))
    return replace(part, place=earlier.reference)


def _publish(scene: Scene, values: Values) -> None:
    publishing.publish_answer(record=_record(scene, values), by=OFFICER, **scene.act)


def _defer(scene: Scene, values: Values) -> None:
    publishing.defer_answer(
        record=_record(scene, values),
        until=local_day(scene.now) + timedelta(days=values["until"]),
        reason=LocalizedText(ar=values["reason"]),
        by=OFFICER,
        **scene.act,
    )


def _record(scene: Scene, values: Values) -> RecordText:
    """Return what the public reads of a case: the words of the story name nobody."""
    request = InformationRequest.objects.get(community=scene.community, reference=scene.reference)
    decision = request.decisions.filter(is_current=True).prefetch_related("withheld").get()
    return RecordText(
        reference=request.reference,
        language=request.language,
        title=LocalizedText(ar=_arabic_title(scene, values), fr=_french_title(scene)),
        summary=LocalizedText(ar=values["arabic"], fr=values["french"]),
        question=request.text,
        answer=decision.answer,
        outcome=Outcome(request.outcome),
        asked_on=request.received_on,
        answered_on=request.delivered_on or scene.on,
        working_days=request.working_days or 0,
        withheld=withheld_of(decision),
        tags=values["tags"],
    )


def _arabic_title(scene: Scene, values: Values) -> str:
    """Return the title in Arabic: of a French case, its summary begins well enough."""
    if scene.story.language == "ar":
        return scene.story.title
    return str(values["arabic"]).partition("؛")[0].rstrip(".")


def _french_title(scene: Scene) -> str:
    return scene.story.title if scene.story.language == "fr" else ""


def _transfer(scene: Scene, values: Values) -> None:
    to = Community.objects.get(slug=values["to"])
    _name_officer(to, scene)
    transfers.pass_on(
        community=scene.community,
        reference=scene.reference,
        to=to,
        words=values["words"],
        by=OFFICER,
        now=scene.now,
    )


def _name_officer(community: Community, scene: Scene) -> None:
    """Name an invented officer at the commune that takes the request over, once."""
    if holders(community, Office.INFORMATION_OFFICER, local_day(scene.now)):
        return
    person = add_person(
        community=community,
        name=LocalizedText(ar="سعيد أوعلي", fr="Saïd Ouali"),
        sex="male",
        is_invented=True,
        by=SEED,
        now=scene.now,
    )
    appoint(
        community=community,
        person=person,
        office=Office.INFORMATION_OFFICER,
        act="قرار رئيس المجلس (بيان للعرض التوضيحي)",
        starts_on=scene.on,
        by=SEED,
        now=scene.now,
    )


def _complain(scene: Scene, values: Values) -> None:
    operations.complain(
        level=LEVELS[values["level"]], words=values["words"], by=CITIZEN, **scene.act
    )


def _rule(scene: Scene, values: Values) -> None:
    operations.rule_on_complaint(
        level=RULINGS[values["level"]],
        ruling=values["ruling"],
        words=values["words"],
        by=HEAD if values["level"] == "head" else OFFICER,
        **scene.act,
    )


TELLS: Final[dict[str, Callable[[Scene, Values], object]]] = {
    "register": _register,
    "task": _task,
    "task_answered": _task_answered,
    "decide": _decide,
    "publish": _publish,
    "defer": _defer,
    "transfer": _transfer,
    "complain": _complain,
    "rule": _rule,
    "refuse_urgency": lambda scene, values: operations.refuse_urgency(
        by=OFFICER, **values, **scene.act
    ),
    "ask_clarification": lambda scene, values: operations.ask_clarification(
        by=OFFICER, **values, **scene.act
    ),
    "clarify": lambda scene, values: operations.clarify(by=CITIZEN, **values, **scene.act),
    "consult": lambda scene, values: third_party.consult_third_party(
        by=OFFICER, **values, **scene.act
    ),
    "third_party_answered": lambda scene, values: third_party.third_party_answered(
        by=OFFICER, **values, **scene.act
    ),
    "extend": lambda scene, values: operations.extend(by=OFFICER, **values, **scene.act),
    "send_back": lambda scene, values: operations.send_back(by=READER, **values, **scene.act),
    "read_second": lambda scene, _values: operations.read_second(by=READER, **scene.act),
    "deliver": lambda scene, values: operations.deliver(by=OFFICER, **values, **scene.act),
    "withdraw": lambda scene, _values: operations.withdraw(by=CITIZEN, **scene.act),
}
"""How each step is told."""
