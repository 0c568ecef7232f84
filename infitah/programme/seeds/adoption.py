"""The extraordinary session of 13 November 2023 and the deliberation that adopted the programme.

The date, the kind of session and the unanimity are facts; names, numbers and texts are invented.
"""

from datetime import date

from infitah.community.models import Body, Mandate, Term
from infitah.council import operations as council
from infitah.council.models import Deliberation
from infitah.council.rules import CalledBy, SessionKind
from infitah.kernel.localized import LocalizedText as Text
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import AgendaItem, Session, Sitting
from infitah.proceedings.queries import in_office
from infitah.proceedings.rules import Choice, Majority, Presence
from infitah.programme import operations as programme
from infitah.programme.models import Commitment
from infitah.programme.seeds.people import Cast

CONVENED = date(2023, 11, 2)
HELD = date(2023, 11, 13)
EXCUSED, ABSENT = "رشيد المنزلي", "عمر الزروالي"
NUMBER = 47  # the council's own number, invented

TITLE = Text(
    ar="مقرر بالمصادقة على برنامج الانفتاح للمجلس الإقليمي لصفرو 2024-2025",
    fr="Délibération approuvant le programme d’ouverture du conseil provincial de Sefrou 2024-2025",
)
AGENDA = Text(
    ar="الدراسة والمصادقة على برنامج الانفتاح 2024-2025",
    fr="Examen et approbation du programme d’ouverture 2024-2025",
)
ARABIC = """\
إن المجلس الإقليمي لصفرو المجتمع في إطار دورته الاستثنائية المنعقدة يوم 13 نونبر 2023،

بناء على القانون التنظيمي رقم 112.14 المتعلق بالعمالات والأقاليم؛ وبناء على القانون رقم 31.13 \
المتعلق بالحق في الحصول على المعلومات؛ وبعد الاطلاع على نتائج استشارة الساكنة المنظمة من 12 إلى \
20 يونيو 2023 وعلى أشغال ورشات البناء المشترك؛ وبعد الاستماع إلى عرض لجنة تتبع برنامج الانفتاح،

يقرر بإجماع أعضائه الحاضرين ما يلي:

المادة الأولى: يصادق المجلس على برنامج الانفتاح 2024-2025 وعلى مشاريعه الأربعة الملحقة بهذا المقرر.

المادة الثانية: النص المصادق عليه هو النص الذي أقرته لجنة التتبع دون تعديل، وبصمته الرقمية \
(SHA-256) هي: {digest}

المادة الثالثة: تنشر حصيلة التنفيذ للعموم، وتعرض على المجلس مرة في السنة على الأقل.

(نص محرر للعرض التوضيحي)"""
FRENCH = """\
Le conseil provincial de Sefrou, réuni en session extraordinaire le 13 novembre 2023,

Vu la loi organique n° 112-14 relative aux préfectures et provinces ; vu la loi n° 31-13 relative \
au droit d’accès à l’information ; vu les résultats de la consultation des citoyens tenue du 12 au \
20 juin 2023 et les travaux des ateliers de co-construction ; le comité de suivi du programme \
d’ouverture entendu,

Décide, à l’unanimité de ses membres présents, ce qui suit :

Article premier. Le conseil approuve le programme d’ouverture 2024-2025 et ses quatre projets \
annexés à la présente délibération.

Article 2. Le texte approuvé est celui validé par le comité de suivi, sans modification ; son \
empreinte (SHA-256) est : {digest}

Article 3. Le bilan de l’exécution est publié et présenté au conseil une fois par an au moins.

(Texte rédigé pour la démonstration)"""
MINUTES = Text(
    ar="افتتح رئيس المجلس الدورة الاستثنائية بعد التأكد من توفر النصاب القانوني، وقدم مقرر لجنة "
    "التتبع برنامج الانفتاح 2024-2025 ومشاريعه الأربعة.\n\nوبعد المناقشة، عرضت النقطة على التصويت "
    "العلني، فصادق عليها المجلس بإجماع الأعضاء الحاضرين، ورفعت الجلسة.\n\n"
    "(محضر محرر للعرض التوضيحي)",
    fr="Le président a ouvert la session extraordinaire après avoir constaté le quorum ; le "
    "rapporteur du comité de suivi a présenté le programme 2024-2025 et ses quatre projets.\n\n"
    "Après discussion, le point a été mis aux voix et adopté à l’unanimité des membres présents ; "
    "la séance a été levée.\n\n(Procès-verbal rédigé pour la démonstration)",
)


AMENDED = Text(
    ar="تنظيم ستة لقاءات في السنة بدل أربعة في جماعات الإقليم",
    fr="Six rencontres par an au lieu de quatre dans les communes de la province",
)
AMENDED_WHY = Text(
    ar="حتى تستفيد جماعات أكثر من اللقاءات.", fr="Pour que davantage de communes en bénéficient."
)
IN_FAVOUR = 3  # of the amendment, which was lost; invented


def seed_adoption(cast: Cast, digest: str, trainings: Commitment) -> Deliberation:
    """Hold the session, adopt the programme whose hash is `digest`, and follow the text's steps.

    An amendment to the commitment on trainings is moved and lost before.
    """
    session = _convened(cast)
    sitting = proceedings.plan_sitting(
        session=session,
        held_on=HELD,
        place=Text(ar="قاعة الاجتماعات بمقر المجلس", fr="Salle des réunions du conseil"),
        by=cast.by,
        now=cast.now,
    )
    item = programme.put_on_agenda(
        cycle=trainings.cycle, sitting=sitting, title=AGENDA, by=cast.by, now=cast.now
    ).item
    present = _roll_called(cast, sitting)
    _not_amended(cast, item, trainings, present)
    vote = proceedings.record_named_vote(
        item=item,
        question=AGENDA,
        choices=dict.fromkeys(present, Choice.FOR),
        majority=Majority.OF_MEMBERS,
        by=cast.by,
        now=cast.now,
    )
    text = Text(ar=ARABIC.format(digest=digest), fr=FRENCH.format(digest=digest))
    adopted = council.AdoptedText(NUMBER, TITLE, text, is_visa_required=True)
    deliberation = council.record_deliberation(
        items=[item], vote=vote, adopted=adopted, by=cast.by, now=cast.now
    )
    _followed(cast, session, deliberation.reference)
    return deliberation


def _convened(cast: Cast) -> Session:
    body = Body.objects.of(cast.community).get(kind=Body.Kind.COUNCIL)
    title = Text(
        ar="الدورة الاستثنائية لشهر نونبر 2023", fr="Session extraordinaire de novembre 2023"
    )
    held = council.convene_council(
        body=body,
        kind=SessionKind.EXTRAORDINARY,
        called_by=CalledBy.PRESIDENT,
        title=title,
        convened_on=CONVENED,
        term=Term.objects.of(cast.community).in_force(HELD).first(),
        by=cast.by,
        now=cast.now,
    )
    return held.session


def _roll_called(cast: Cast, sitting: Sitting) -> list[int]:
    """Call the roll: one excused, one absent, the others present; return who is present."""
    said = {EXCUSED: Presence.EXCUSED, ABSENT: Presence.ABSENT}
    presences = {
        seat.pk: said.get(seat.person.name.ar, Presence.PRESENT)
        for seat in in_office(sitting.session.body, HELD)
    }
    proceedings.hold_sitting(sitting=sitting, presences=presences, by=cast.by, now=cast.now)
    return [seat for seat, said in presences.items() if said == Presence.PRESENT]


def _not_amended(cast: Cast, item: AgendaItem, trainings: Commitment, present: list[int]) -> None:
    mover = Mandate.objects.get(pk=present[-1])
    amendment = programme.move_amendment(
        commitment=trainings,
        item=item,
        mover=mover,
        part="expected_result",
        after=AMENDED,
        reason=AMENDED_WHY,
        by=cast.by,
        now=cast.now,
    )
    choices = {
        seat: Choice.FOR if seat in present[-IN_FAVOUR:] else Choice.AGAINST for seat in present
    }
    vote = proceedings.record_named_vote(
        item=item,
        question=AMENDED,
        choices=choices,
        majority=Majority.OF_CAST,
        by=cast.by,
        now=cast.now,
    )
    programme.decide_amendment(amendment=amendment, vote=vote, by=cast.by, now=cast.now)


def _followed(cast: Cast, session: Session, reference: str) -> None:
    by, now = cast.by, cast.now
    proceedings.close_session(session=session, closed_on=HELD, by=by, now=now)
    written, approved = date(2023, 11, 20), date(2024, 1, 8)
    proceedings.write_minutes(session=session, text=MINUTES, written_on=written, by=by, now=now)
    proceedings.send_minutes(session=session, sent_on=date(2023, 11, 27), by=by, now=now)
    proceedings.approve_minutes(session=session, approved_on=approved, by=by, now=now)
    published = date(2024, 1, 12)
    proceedings.publish_minutes(session=session, published_on=published, by=by, now=now)
    council.record_posting(reference=reference, posted_on=date(2023, 11, 17), by=by, now=now)
    council.record_sending(reference=reference, sent_on=date(2023, 11, 21), by=by, now=now)
    visa = date(2023, 12, 8)
    council.record_visa(reference=reference, visa_on=visa, is_silent=False, by=by, now=now)
