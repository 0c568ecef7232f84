"""The council, its bureau, the follow-up committee, the advisory body and the officers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from infitah.community.models import Body, Community, CompositionRule, Mandate, Person, Term, User
from infitah.community.operations import (
    add_body,
    add_person,
    appoint,
    grant_access,
    open_term,
    seat,
    set_composition_rule,
)
from infitah.community.operations.bodies import NewMandate
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.programme.seeds import names

TERM_FROM = date(2021, 9, 21)
COMMITTEE_FROM = date(2023, 1, 16)
ADVISORY_FROM = date(2022, 2, 7)
OFFICERS_FROM = date(2022, 12, 1)
ELECTION = "محضر انتخاب أعضاء المجلس (بيان للعرض التوضيحي)"
DECISION = "قرار رئيس المجلس (بيان للعرض التوضيحي)"
ELECTED, CIVIL = "elected", "civil_society"

COUNCIL = LocalizedText(ar="المجلس الإقليمي لصفرو", fr="Conseil provincial de Sefrou")
COMMITTEE = LocalizedText(
    ar="لجنة تتبع برنامج الانفتاح", fr="Comité de suivi du programme d’ouverture"
)
ADVISORY = LocalizedText(
    ar="هيئة المساواة وتكافؤ الفرص ومقاربة النوع لإقليم صفرو",
    fr="Instance de l’équité, de l’égalité des chances et de l’approche genre de Sefrou",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who seeds, and when: handed to every step."""

    community: Community
    by: Actor
    now: datetime


def seed_people(community: Community, *, password: str, by: Actor, now: datetime) -> list[str]:
    """Make bodies, persons, mandates and officers once; return the names of the accounts made."""
    if Body.objects.of(community).filter(kind=Body.Kind.COUNCIL).exists():
        return []
    cast = Cast(community, by, now)
    people = _people(cast)
    term = open_term(
        community=community,
        name=LocalizedText(ar="ولاية 2021-2027", fr="Mandat 2021-2027"),
        starts_on=TERM_FROM,
        source="القانون التنظيمي رقم 112.14",
        by=by,
        now=now,
    )
    _council(cast, people, term)
    _committee(cast, people)
    _advisory(cast, people)
    return _officers(cast, people, password)


def _people(cast: Cast) -> dict[str, Person]:
    listed = (*names.COUNCILLORS, *names.CIVIL_SOCIETY, *names.ADVISORS)
    return {
        key: add_person(
            community=cast.community,
            name=LocalizedText(ar=arabic, fr=french),
            sex=sex,
            is_invented=True,
            by=cast.by,
            now=cast.now,
        )
        for key, arabic, french, sex in listed
    }


def _council(cast: Cast, people: dict[str, Person], term: Term) -> None:
    council = add_body(
        community=cast.community,
        slug="council",
        kind=Body.Kind.COUNCIL,
        name=COUNCIL,
        created_on=TERM_FROM,
        creation_act=ELECTION,
        seats=len(names.COUNCILLORS),
        by=cast.by,
        now=cast.now,
    )
    for number, (key, *_rest) in enumerate(names.COUNCILLORS, start=1):
        new = NewMandate(
            starts_on=TERM_FROM,
            designation_act=ELECTION,
            role=names.BUREAU.get(key, Mandate.Role.MEMBER),
            seat=number,
            term=term,
        )
        seat(body=council, person=people[key], new=new, by=cast.by, now=cast.now)


def _committee(cast: Cast, people: dict[str, Person]) -> None:
    committee = add_body(
        community=cast.community,
        slug="follow-up-committee",
        kind=Body.Kind.FOLLOW_UP_COMMITTEE,
        name=COMMITTEE,
        created_on=COMMITTEE_FROM,
        creation_act=DECISION,
        seats=len(names.COMMITTEE_ELECTED) + len(names.CIVIL_SOCIETY),
        by=cast.by,
        now=cast.now,
    )
    kinds = CompositionRule.Kind
    for kind, category, amount in (
        (kinds.PARITY, "", 0),
        (kinds.CATEGORY_SHARE, CIVIL, 50),
        (kinds.CO_CHAIRS, "", 2),
    ):
        set_composition_rule(
            body=committee, kind=kind, category=category, amount=amount, by=cast.by, now=cast.now
        )
    civil = [key for key, *_rest in names.CIVIL_SOCIETY]
    _seat_all(cast, committee, people, names.COMMITTEE_ELECTED, ELECTED, first=1)
    _seat_all(cast, committee, people, civil, CIVIL, first=1 + len(names.COMMITTEE_ELECTED))


def _seat_all(
    cast: Cast,
    body: Body,
    people: dict[str, Person],
    keys: Iterable[str],
    category: str,
    *,
    first: int,
) -> None:
    for offset, key in enumerate(keys):
        role = Mandate.Role.MEMBER if offset else Mandate.Role.CO_COORDINATOR
        new = NewMandate(
            starts_on=COMMITTEE_FROM,
            designation_act=DECISION,
            role=role,
            seat=first + offset,
            category=category,
        )
        seat(body=body, person=people[key], new=new, by=cast.by, now=cast.now)


def _advisory(cast: Cast, people: dict[str, Person]) -> None:
    body = add_body(
        community=cast.community,
        slug="equality-body",
        kind=Body.Kind.ADVISORY,
        name=ADVISORY,
        created_on=ADVISORY_FROM,
        creation_act=DECISION,
        seats=len(names.ADVISORS),
        by=cast.by,
        now=cast.now,
    )
    roles = (Mandate.Role.PRESIDENT, Mandate.Role.VICE_PRESIDENT, Mandate.Role.RAPPORTEUR)
    for number, (key, *_rest) in enumerate(names.ADVISORS, start=1):
        role = roles[number - 1] if number <= len(roles) else Mandate.Role.MEMBER
        new = NewMandate(starts_on=ADVISORY_FROM, designation_act=DECISION, role=role, seat=number)
        seat(body=body, person=people[key], new=new, by=cast.by, now=cast.now)


def _officers(cast: Cast, people: dict[str, Person], password: str) -> list[str]:
    elected = (("president", people["sanhaji"]), ("secretary", people["bouchtaoui"]))
    hashed = make_password(password)  # once: a hash is slow on purpose
    for office, person in elected:
        _officer(cast, office, person, hashed, (ELECTION, TERM_FROM))
    for username, _office, arabic, french, sex in names.OFFICERS:
        person = add_person(
            community=cast.community,
            name=LocalizedText(ar=arabic, fr=french),
            sex=sex,
            is_invented=True,
            by=cast.by,
            now=cast.now,
        )
        _officer(cast, username, person, hashed, (DECISION, OFFICERS_FROM))
    return [office for office, _person in elected] + [row[0] for row in names.OFFICERS]


def _officer(cast: Cast, office: str, person: Person, hashed: str, act: tuple[str, date]) -> None:
    """Appoint a person and open the desk to them; the name of the account is that of the office."""
    user = User.objects.create(
        username=office,
        email=f"{office}@sefrou.example",
        password=hashed,
        is_demonstration=True,
    )
    appointment = appoint(
        community=cast.community,
        person=person,
        office=office,
        act=act[0],
        starts_on=act[1],
        by=cast.by,
        now=cast.now,
    )
    grant_access(appointment=appointment, user=user, by=cast.by, now=cast.now)
