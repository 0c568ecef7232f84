"""The two cycles of Sefrou: the one that was carried out, the one in preparation."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

from infitah.community.models import Axis, Body, Community, Person, Principle, Unit
from infitah.core.clock import CASABLANCA
from infitah.core.operations import stage_file
from infitah.core.viewer import Actor
from infitah.council.models import Deliberation
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText as Text
from infitah.participation.models import Consultation, Idea
from infitah.participation.seeds import given_in
from infitah.programme import operations
from infitah.programme.models import Commitment, Cycle, Evidence
from infitah.programme.rules import texts
from infitah.programme.seeds.account import seed_account, tell_words
from infitah.programme.seeds.adoption import seed_adoption
from infitah.programme.seeds.answers import projects_of_ideas, seed_answers
from infitah.programme.seeds.committee import seed_meetings, seed_validation
from infitah.programme.seeds.people import Cast
from infitah.programme.seeds.project_bodies import BODIES
from infitah.programme.seeds.project_information import INFORMATION
from infitah.programme.seeds.project_training import TRAINING
from infitah.programme.seeds.project_website import WEBSITE
from infitah.programme.seeds.projects import Act, Project
from infitah.programme.seeds.talk import seed_talk
from infitah.programme.seeds.timetable import FIRST_CYCLE, Planned
from infitah.programme.seeds.vocabulary import AXES, challenge_of
from infitah.programme.seeds.voices import seed_voices
from infitah.programme.seeds.workshop import seed_workshop

PROJECTS = (WEBSITE, INFORMATION, BODIES, TRAINING)
DRAFTED = date(2023, 10, 5)
LINKED = date(2023, 10, 12)
WRITTEN_AT = datetime(2023, 10, 16, 10, 0, tzinfo=CASABLANCA)
CLAIMER = Actor("officer", "commitment_owner", "commitment_owner")
VERIFIER = Actor("officer", "verifier", "verifier")
MARK = "وثيقة مخترعة للعرض التوضيحي / document inventé pour la démonstration"
FIRST, SECOND = "2024-2025", "2027-2028"
TITLE = Text(
    ar="برنامج الانفتاح للمجلس الإقليمي لصفرو 2024-2025",
    fr="Programme d’ouverture du conseil provincial de Sefrou 2024-2025",
)
INTENTION = Text(
    ar="التزم المجلس بأربعة مشاريع نابعة من أفكار ساكنة الإقليم، ويقدم الحساب عنها هنا: "
    "ما أنجز بإثبات، وما تأخر، ولماذا.",
    fr="Le conseil s’est engagé sur quatre projets nés des idées des habitants de la province et "
    "en rend compte ici : ce qui est fait, preuves à l’appui, ce qui est en retard, et pourquoi.",
)
NEXT_TITLE = Text(
    ar="برنامج الانفتاح للمجلس الإقليمي لصفرو 2027-2028",
    fr="Programme d’ouverture du conseil provincial de Sefrou 2027-2028",
)
NEXT_INTENTION = Text(
    ar="يعد المجلس برنامجه المقبل انطلاقا من حصيلة الدورة السابقة ومن أفكار جديدة للساكنة: "
    "الاستشارة مفتوحة الآن.",
    fr="Le conseil prépare son prochain programme à partir du bilan du cycle précédent et des "
    "nouvelles idées des habitants : la consultation est ouverte.",
)


def seed_programme(community: Community, *, by: Actor, now: datetime) -> None:
    """Tell the story of both cycles, if it is not told yet.

    Expects the vocabulary, the people and the two consultations of Sefrou.
    """
    cast = Cast(community, by, now)
    standing = set(Cycle.objects.of(community).values_list("slug", flat=True))
    if FIRST not in standing:
        _first_cycle(cast)
    if SECOND not in standing:
        _next_cycle(cast)


def _open(
    cast: Cast,
    slug: str,
    words: tuple[Text, Text],
    years: int,
    opened_on: date,
    *,
    after: Cycle | None = None,
) -> Cycle:
    axes = {axis.slug: axis for axis in Axis.objects.of(cast.community)}
    return operations.open_cycle(
        community=cast.community,
        slug=slug,
        title=words[0],
        intention=words[1],
        span=(date(years, 1, 1), date(years + 1, 12, 31)),
        principles=list(Principle.objects.of(cast.community)),
        challenges={axes[one]: challenge_of(one) for one in AXES},
        committee=Body.objects.of(cast.community).get(kind=Body.Kind.FOLLOW_UP_COMMITTEE),
        opened_on=opened_on,
        carried_from=after,
        by=cast.by,
        now=cast.now,
    )


def _consultations(cast: Cast) -> list[Consultation]:
    return list(Consultation.objects.of(cast.community).order_by("opens_at"))


def _first_cycle(cast: Cast) -> None:
    cycle = _open(cast, FIRST, (TITLE, INTENTION), 2024, date(2022, 12, 13))
    consultation = _consultations(cast)[0]
    operations.add_round(
        cycle=cycle,
        number=1,
        consultation=consultation,
        on=date(2023, 6, 5),
        by=cast.by,
        now=cast.now,
    )
    notes = seed_workshop(cast, consultation)
    seed_voices(cast, consultation)
    seed_talk(cast, consultation)
    written = [_commitment(cast, cycle, consultation, project) for project in PROJECTS]
    references = {
        project.slug: one.reference for one, project in zip(written, PROJECTS, strict=True)
    }
    seed_answers(cast, consultation, references, notes)
    for one in written:
        operations.save_draft_version(commitment=one, by=cast.by, now=WRITTEN_AT)
    versions = seed_validation(cast, written)
    digest = texts.programme_digest(
        (one.reference, version.sha256) for one, version in zip(written, versions, strict=True)
    )
    deliberation = seed_adoption(cast, digest, written[-1])
    operations.adopt_programme(cycle=cycle, deliberation=deliberation, by=cast.by, now=cast.now)
    _timetable(cast, cycle, FIRST_CYCLE, deliberation)
    for commitment, project in zip(written, PROJECTS, strict=True):
        _carried_out(cast, commitment, project)
        _measured(cast, commitment, project)
    seed_account(cast, cycle, written, seed_meetings(cast))


def _commitment(
    cast: Cast, cycle: Cycle, consultation: Consultation, project: Project
) -> Commitment:
    units = Unit.objects.of(cast.community)
    draft = operations.CommitmentDraft(
        title=project.title,
        problem=project.problem,
        description=project.description,
        contribution=project.contribution,
        expected_result=project.result,
        verifiability=project.verifiability,
        axis=Axis.objects.of(cast.community).get(slug=project.axis),
        span=(cycle.starts_on, cycle.ends_on),
        principles=list(Principle.objects.of(cast.community).filter(slug__in=project.principles)),
        values=project.values,
        sdg=project.sdg,
        lead_unit=units.get(slug=project.unit),
        responsible=Person.objects.of(cast.community)
        .filter(appointments__office="commitment_owner")
        .first(),
        partners=project.partners,
        civil_partner=project.civil_partner,
        budget=project.budget,
        budget_source=Text(ar="ميزانية المجلس الإقليمي", fr="Budget du conseil provincial"),
    )
    commitment = operations.draft_commitment(
        cycle=cycle, draft=draft, drafted_on=DRAFTED, by=cast.by, now=cast.now
    )
    for step in project.steps:
        plan = operations.MilestonePlan(
            step.title, (step.first, step.last), step.weight, units.get(slug=step.unit)
        )
        operations.add_milestone(
            commitment=commitment, plan=plan, on=DRAFTED, by=cast.by, now=cast.now
        )
    for figure in project.figures:
        operations.add_indicator(
            commitment=commitment,
            slug=figure.slug,
            names=(figure.name, figure.unit),
            baseline=(date(2023, 12, 31), figure.baseline),
            target=(cycle.ends_on, figure.target),
            on=DRAFTED,
            by=cast.by,
            now=cast.now,
        )
    _linked(cast, commitment, consultation, project)
    return commitment


def _linked(
    cast: Cast, commitment: Commitment, consultation: Consultation, project: Project
) -> None:
    """Link the ideas that the project names first, then all that the answers say it kept."""
    given = given_in(consultation)
    weights: dict[int, str] = {}
    for words, weight in project.ideas:
        found = Idea.objects.filter(consultation=consultation, statement__startswith=words)
        weights |= dict.fromkeys(
            found.order_by("position").values_list("pk", flat=True)[:1], weight
        )
    for number, (slug, weight) in projects_of_ideas().items():
        if slug == project.slug and number in given:
            weights.setdefault(given[number].pk, weight)
    for idea in Idea.objects.filter(pk__in=weights).order_by("position"):
        operations.link_idea(
            commitment=commitment,
            idea=idea,
            weight=weights[idea.pk],
            on=LINKED,
            by=cast.by,
            now=cast.now,
        )


def _timetable(
    cast: Cast, cycle: Cycle, steps: tuple[Planned, ...], deliberation: Deliberation | None
) -> None:
    records = {"": ""}
    if deliberation is not None:
        records["deliberation"] = deliberation.reference
        records["session"] = deliberation.vote.item.sitting.session.reference
    for step in steps:
        operations.add_timetable_entry(
            cycle=cycle,
            slug=step.slug,
            kind=step.kind,
            span=(step.first, step.last),
            text=Text(ar=step.arabic, fr=step.french),
            record=records[step.record],
            is_estimated=step.is_estimated,
            by=cast.by,
            now=cast.now,
        )


def _carried_out(cast: Cast, commitment: Commitment, project: Project) -> None:
    for number, step in enumerate(project.steps, start=1):
        reference = f"{commitment.reference}-M{number}"
        for place, act in enumerate(step.acts):
            _happened(cast, reference, act)
            if number == 1 and place == 0:  # under way now: the owner has a word each few months
                tell_words(commitment, PROJECTS.index(project) + 1)


def _happened(cast: Cast, reference: str, act: Act) -> None:
    """Enter one act of a milestone afterwards, with its true day."""
    day, now = act.on, cast.now
    if act.verb == "start":
        operations.start_milestone(reference=reference, on=day, by=CLAIMER, now=now)
    elif act.verb == "claim":
        given = _evidence(cast, reference, act)
        operations.claim_milestone(reference=reference, evidence=given, on=day, by=CLAIMER, now=now)
    elif act.verb == "verify":
        operations.verify_milestone(reference=reference, on=day, by=VERIFIER, now=now)
    elif act.verb == "put_off":
        operations.reschedule_milestone(
            reference=reference,
            planned_end=act.until or day,
            reason=act.text,
            on=day,
            by=CLAIMER,
            now=now,
        )
    else:
        reasoned = {
            "block": operations.block_milestone,
            "resume": operations.resume_milestone,
            "return": operations.return_milestone,
        }[act.verb]
        by = VERIFIER if act.verb == "return" else CLAIMER
        reasoned(reference=reference, reason=act.text, on=day, by=by, now=now)


def _evidence(cast: Cast, reference: str, act: Act) -> operations.EvidenceGiven:
    """Return a small document that says of itself that it is one of the demonstration."""
    words = f"{act.text.ar}\n{act.text.fr}\n\n{reference}  {act.on.isoformat()}\n\n{MARK}\n"
    stored = stage_file(
        BytesIO(words.encode()),
        community_key=cast.community.key,
        name=f"{reference}.txt",
        now=cast.now,
    )
    return operations.EvidenceGiven(
        kind=Evidence.Kind.FILE,
        title=act.text,
        sha256=stored.sha256,
        captured_on=act.on,
        file=stored,
    )


def _measured(cast: Cast, commitment: Commitment, project: Project) -> None:
    for figure in project.figures:
        indicator = commitment.indicators.get(slug=figure.slug)
        for on, value, source in figure.measures:
            operations.record_measure(
                indicator=indicator, on=on, value=value, source=source, by=cast.by, now=cast.now
            )


def _next_cycle(cast: Cast) -> None:
    consultation = _consultations(cast)[-1]
    first = local_day(consultation.opens_at)
    last = local_day(consultation.closes_at - timedelta(seconds=1))
    opened_on = first - timedelta(days=21)
    words = (NEXT_TITLE, NEXT_INTENTION)
    before = Cycle.objects.of(cast.community).filter(slug=FIRST).first()
    cycle = _open(cast, SECOND, words, 2027, opened_on, after=before)
    operations.add_round(
        cycle=cycle,
        number=1,
        consultation=consultation,
        on=first - timedelta(days=7),
        by=cast.by,
        now=cast.now,
    )
    seed_talk(cast, consultation)
    _timetable(cast, cycle, _next_steps(opened_on, first, last), None)
    left = Idea.objects.filter(answers__code="next_cycle", answers__is_current=True)
    operations.carry_over_ideas(ideas=list(left), cycle=cycle, by=cast.by, now=cast.now)
    # What the commitment on requests for information lacks goes on in the next cycle.
    unfinished = Commitment.objects.filter(cycle=before, axis__slug=INFORMATION.axis)
    for commitment in unfinished.order_by("position"):
        made = operations.carry_over_commitment(
            commitment=commitment, cycle=cycle, by=cast.by, now=cast.now
        )
        operations.record_check(commitment=made, waiver=Text(""), by=cast.by, now=cast.now)


def _next_steps(opened_on: date, first: date, last: date) -> tuple[Planned, ...]:
    """Return the plan of the next cycle, told from the days of its open consultation."""
    plan = Planned(
        "opening",
        "meeting",
        opened_on,
        opened_on,
        "فتح دورة الإعداد وعرض حصيلة البرنامج السابق على لجنة التتبع",
        "Ouverture du cycle et présentation du bilan précédent au comité de suivi",
    )
    return (
        plan,
        replace(
            plan,
            slug="consultation",
            kind="consultation",
            first=first,
            last=last,
            arabic="استشارة الساكنة: أفكار حسب المحاور",
            french="Consultation des habitants : idées par axe",
        ),
        replace(
            plan,
            slug="committee",
            kind="committee",
            first=last + timedelta(days=14),
            last=last + timedelta(days=28),
            arabic="لجنة التتبع تدرس الأفكار وتصوغ مشاريع الالتزامات",
            french="Le comité de suivi étudie les idées et rédige les projets d’engagements",
            is_estimated=True,
        ),
        replace(
            plan,
            slug="adoption",
            kind="session",
            first=last + timedelta(days=35),
            last=last + timedelta(days=65),
            arabic="عرض البرنامج على المجلس للمصادقة",
            french="Présentation du programme au conseil pour approbation",
            is_estimated=True,
        ),
    )
