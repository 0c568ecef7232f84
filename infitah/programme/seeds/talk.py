"""Comments, replies, flags, cases and appeals, invented: each a line of the files in `data/`."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Final

from infitah.community.models import Participant
from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.participation import operations
from infitah.participation.models import (
    Comment,
    Consultation,
    Idea,
    ModerationCase,
    ModerationRule,
)
from infitah.participation.operations import CommentText, Flagger, Ruling, Statement
from infitah.participation.seeds import FIRST_SLUG, OPEN_SLUG, given_in
from infitah.programme.seeds.people import Cast
from infitah.programme.seeds.voices import voters

NAMESPACE: Final = uuid.UUID("b1d0a0c6-3a0e-4c8e-8f0b-6a2c51d7e904")
FILES: Final = {FIRST_SLUG: "talk-2023.txt", OPEN_SLUG: "talk-open.txt"}
MAY: Final = date(2023, 5, 31)  # the days of June count from here
AGO: Final = "ago"


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One line: `number` is that of the comment, 0 for the idea; `who` a voter, or an office."""

    verb: str
    idea: int
    number: int
    to: int
    at: datetime
    who: str
    about: str
    text: str

    @property
    def officer(self) -> Actor:
        """The officer who acts: the name of the account is that of the office."""
        return Actor("officer", self.who, self.who)


@dataclass(frozen=True, slots=True)
class Talk:
    """What the acts are about: the ideas by their lines, those who speak, the rules in force."""

    consultation: Consultation
    ideas: Mapping[int, Idea]
    people: list[Participant]
    rules: Mapping[int, ModerationRule]

    def on(self, act: ToldAct) -> Statement:
        """Return the idea of an act, as a form names it."""
        return Statement(self.consultation.slug, idea=self.ideas[act.idea].reference)

    def person(self, act: ToldAct) -> Participant:
        """Return the citizen who acts."""
        return self.people[int(act.who)]

    def key(self, act: ToldAct) -> uuid.UUID:
        """Return the key of the sending of a comment."""
        return uuid.uuid5(NAMESPACE, f"{self.consultation.slug}|{act.idea}|{act.number}")

    def case(self, act: ToldAct) -> dict[str, int]:
        """Return the newest case of the text of an act, as operations name it."""
        idea = self.ideas[act.idea]
        of_comment = {"comment__idea": idea, "comment__number": act.number}
        cases = ModerationCase.objects.filter(**(of_comment if act.number else {"idea": idea}))
        return {"community_id": idea.community_id, "case_id": cases.latest("pk").pk}


def told_acts(consultation: Consultation, now: datetime) -> list[ToldAct]:
    """Return the acts of a consultation's file in order of time."""
    return sorted(_acts(consultation, now), key=lambda act: act.at)


def _acts(consultation: Consultation, now: datetime) -> Iterator[ToldAct]:
    name, opened = FILES[consultation.slug], local_day(consultation.opens_at)
    zero = MAY if consultation.slug == FIRST_SLUG else opened
    text = (files("infitah.programme") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        verb, idea, number, to, day, hour, *rest = line.split("|")
        at = _instant(zero, day, time.fromisoformat(hour), now)
        yield ToldAct(verb, int(idea), int(number), int(to), at, *rest)


def _instant(zero: date, day: str, hour: time, now: datetime) -> datetime:
    if day == AGO:
        return now - timedelta(hours=hour.hour, minutes=hour.minute)
    return datetime.combine(zero + timedelta(days=int(day)), hour, tzinfo=CASABLANCA)


def seed_talk(cast: Cast, consultation: Consultation) -> None:
    """Let the voters comment on ideas and flag, and officers reply and decide, once.

    Expects the voters of June 2023. Cases whose days for an appeal are over are closed.
    """
    if Comment.objects.filter(consultation=consultation).exists():
        return
    in_force = ModerationRule.objects.of(cast.community).in_force_on(local_day(cast.now))
    talk = Talk(
        consultation,
        given_in(consultation),
        voters(cast.community),
        {rule.number: rule for rule in in_force},
    )
    for act in told_acts(consultation, cast.now):
        VERBS[act.verb](talk, act)
    operations.close_cases(now=cast.now)


def _say(talk: Talk, act: ToldAct) -> None:
    operations.comment(
        community=talk.consultation.community,
        on=talk.on(act),
        given=CommentText(talk.key(act), act.text, stance=act.about, to=act.to),
        author_id=talk.person(act).pk,
        now=act.at,
    )


def _reply(talk: Talk, act: ToldAct) -> None:
    asked = Comment.objects.get(idea=talk.ideas[act.idea], number=act.to)
    operations.reply_as_office(
        community=talk.consultation.community,
        comment_id=asked.pk,
        text=act.text,
        key=talk.key(act),
        by=act.officer,
        now=act.at,
    )


def _flag(talk: Talk, act: ToldAct) -> None:
    operations.flag_text(
        community=talk.consultation.community,
        on=talk.on(act),
        number=act.number,
        rule=talk.rules[int(act.about)],
        note=act.text,
        who=Flagger(f"192.0.2.{act.who}", talk.person(act).pk),  # RFC 5737: nobody's network
        now=act.at,
    )


def _decide(talk: Talk, act: ToldAct) -> None:
    """Hide a text under a rule, or keep it where none is named."""
    rule = talk.rules[int(act.about)] if act.about else None
    ruling = Ruling(rule, act.text)
    operations.decide_case(**talk.case(act), ruling=ruling, by=act.officer, now=act.at)


def _appeal(talk: Talk, act: ToldAct) -> None:
    by = Actor("participant", str(talk.person(act).pk))
    operations.appeal(**talk.case(act), words=act.text, by=by, now=act.at)


def _end_appeal(talk: Talk, act: ToldAct) -> None:
    operations.decide_appeal(
        **talk.case(act),
        is_granted=act.verb == "grant",
        reason=act.text,
        by=act.officer,
        now=act.at,
    )


VERBS: Final[Mapping[str, Callable[[Talk, ToldAct], None]]] = {
    "say": _say,
    "reply": _reply,
    "flag": _flag,
    "keep": _decide,
    "hide": _decide,
    "appeal": _appeal,
    "grant": _end_appeal,
    "refuse": _end_appeal,
}
