"""Reads of the council's public pages: sessions, deliberations and members, with their thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Body, Community, Mandate
from infitah.community.queries import council
from infitah.core.viewer import Viewer
from infitah.council import rules
from infitah.council.models import Deliberation, DeliberationVersion
from infitah.council.queries.objections import ObjectionLaw, objection_knots, objection_law
from infitah.design.parts import Knot
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.models import Entry
from infitah.proceedings import queries as proceedings
from infitah.proceedings import rules as meeting
from infitah.proceedings.models import Session, Vote, VoteEvent

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a deliberation brought about in an app above: a programme, a commitment."""

    title: LocalizedText
    address: str
    reference: str = ""
    note: str = ""
    proof_url: str = ""
    sha256: str = ""


Consequences = Callable[[Deliberation, Viewer], Sequence[Consequence]]
_CONSEQUENCES: Final[list[Consequences]] = []


def register_consequences(consequences: Consequences) -> None:
    """Have the page of a deliberation show what it brought about, as an upper app tells it."""
    if consequences not in _CONSEQUENCES:
        _CONSEQUENCES.append(consequences)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with its sittings, its notice against the law, and what it decided."""

    session: Session
    sittings: tuple[proceedings.SittingView, ...]
    notice: meeting.Notice | None
    notice_law: proceedings.LegalNumber
    deliberations: tuple[Deliberation, ...]

    @property
    def star(self) -> str:
        """The star of the state: closed, called off, or on its way."""
        stars = {Session.State.CLOSED: "done", Session.State.CANCELLED: "refused"}
        return stars.get(Session.State(self.session.state), "under_way")


@dataclass(frozen=True, slots=True)
class DeliberationPage:
    """A deliberation with its text, its vote, its thread, and what it brought about."""

    item: Deliberation
    version: DeliberationVersion
    paragraphs: tuple[LocalizedText, ...]
    vote: VoteEvent
    session: Session
    thread: tuple[Knot, ...]
    consequences: tuple[Consequence, ...]
    objection_law: ObjectionLaw | None = None

    @property
    def star(self) -> str:
        """The star of the state: in force, stopped, or on its way."""
        state = rules.State(self.item.state)
        if state in rules.STOPPED:
            return "refused"
        return "done" if rules.is_binding(state) else "under_way"

    @property
    def quoted(self) -> list[Consequence]:
        """What the text adopts by quoting its hash, which is another one than its own."""
        words = "".join(self.version.text.as_json().values())
        return [one for one in self.consequences if one.sha256 and one.sha256 in words]


@dataclass(frozen=True, slots=True)
class Members:
    """The seats of the council today, with the counts of women and men, and those of before."""

    body: Body
    seats: tuple[Mandate, ...]
    before: tuple[Mandate, ...]
    women: int
    men: int


def sessions(viewer: Viewer) -> QuerySet[Session]:
    """Return the council's sessions with their kind and first day, newest first."""
    held = Session.objects.visible_to(viewer).filter(body__kind=Body.Kind.COUNCIL)
    found = held.select_related("body", "of_council", "minutes").newest_first()
    return proceedings.with_first_day(found)


def deliberations(viewer: Viewer) -> QuerySet[Deliberation]:
    """Return the deliberations with their votes and objections, newest first."""
    found = Deliberation.objects.visible_to(viewer)
    return found.select_related("vote", "objection__vote", "objection__document").newest_first()


def page_of_deliberations(viewer: Viewer, *, before: str = "") -> tuple[list[Deliberation], str]:
    """Return one page, and the reference before which the next one starts, or an empty text.

    Two queries at most. An unknown `before` starts from the newest.
    """
    rows = deliberations(viewer)
    edge = rows.filter(reference=before).first() if before else None
    if edge is not None:
        rows = rows.filter(
            Q(adopted_on__lt=edge.adopted_on) | Q(adopted_on=edge.adopted_on, pk__lt=edge.pk)
        )
    found = list(rows[: PAGE_SIZE + 1])
    has_more = len(found) > PAGE_SIZE
    page = found[:PAGE_SIZE]
    return page, page[-1].reference if has_more else ""


def session_page(reference: str, viewer: Viewer) -> SessionPage | None:
    """Return a session with all that its page shows, or None. 10 queries, whatever it holds."""
    found = proceedings.with_proceedings(sessions(viewer).select_related("of_council", "body"))
    session = (
        found.select_related("community", "of_council", "minutes")
        .filter(reference=reference)
        .first()
    )
    if session is None:
        return None
    views = proceedings.sitting_views(session)
    notice, law = proceedings.notice_of(session)
    decided = deliberations(viewer).filter(vote__item__sitting__session=session)
    return SessionPage(session, views, notice, law, tuple(decided.order_by("number")))


def minutes_text(session: Session) -> list[LocalizedText]:
    """Return the paragraphs of published minutes; nothing before their publication. No query."""
    minutes = getattr(session, "minutes", None)
    if minutes is None or minutes.state != minutes.State.PUBLISHED:
        return []
    return proceedings.paragraphs(minutes.text)


def adopted_version(reference: str, viewer: Viewer) -> DeliberationVersion | None:
    """Return the newest text of a deliberation, or None. One query."""
    found = DeliberationVersion.objects.filter(
        deliberation__in=Deliberation.objects.visible_to(viewer), deliberation__reference=reference
    )
    return found.order_by("-number").first()


def deliberation_page(reference: str, viewer: Viewer) -> DeliberationPage | None:
    """Return a deliberation with all that its page shows, or None.

    7 queries, three more after an objection, and those of each registered app above.
    """
    named = Prefetch("vote__named", Vote.objects.select_related("mandate__person"))
    found = deliberations(viewer).select_related(
        "community", "vote__item__sitting__session__of_council"
    )
    item = found.prefetch_related("versions", named).filter(reference=reference).first()
    if item is None:
        return None
    session, version = item.vote.item.sitting.session, item.versions.all()[0]
    consequences = tuple(one for ask in _CONSEQUENCES for one in ask(item, viewer))
    return DeliberationPage(
        item=item,
        version=version,
        paragraphs=tuple(proceedings.paragraphs(version.text)),
        vote=item.vote,
        session=session,
        thread=tuple(thread_of(item, session, consequences)),
        consequences=consequences,
        objection_law=objection_law(item) if item.objection_made else None,
    )


def proofs(community_key: str, subjects: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the address of the register's proof by (subject, act). One query."""
    rows = Entry.objects.of(community_key).filter(subject__in=subjects).order_by("number")
    return {
        (subject, act): reverse("register:entry", args=[number])
        for subject, act, number in rows.values_list("subject", "act", "number")
    }


def thread_of(
    item: Deliberation, session: Session, consequences: Sequence[Consequence]
) -> list[Knot]:
    """Return the life of a deliberation as knots, each with its proof. One query."""
    known = proofs(item.community.key, [item.reference, session.reference])

    def proof(subject: str, act: str) -> str:
        return known.get((subject, act), "")

    knots = [
        Knot(
            sentence=_("Council convened"),
            state="done",
            state_words=_("Recorded"),
            on=session.convened_on,
            url=reverse("council:session", args=[session.reference]),
            proof_url=proof(session.reference, "proceedings.convened"),
            reference=session.reference,
        ),
        Knot(
            sentence=vote_sentence(item.vote),
            state="done",
            state_words=_("Recorded"),
            on=item.adopted_on,
            proof_url=proof(item.reference, "council.deliberation_adopted"),
            reference=item.reference,
        ),
    ]
    knots += [*_steps(item, proof), *objection_knots(item, proof)]
    knots += [
        Knot(
            sentence=one.title,
            state="done",
            state_words=_("Adopted"),
            on=item.adopted_on,
            url=one.address,
            who=one.note,
        )
        for one in consequences
        if not one.reference  # commitments stand in the list above the thread
    ]
    return sorted(knots, key=lambda knot: knot.on or date.max)  # a step without a day comes last


def _steps(item: Deliberation, proof: Callable[[str, str], str]) -> list[Knot]:
    visa = _("Visa by silence") if item.is_visa_silent else _("Visa granted")
    steps = [
        (_("Sent to the governor"), item.sent_on, "council.deliberation_sent"),
        (_("Posted at the seat of the council"), item.posted_on, "council.deliberation_posted"),
    ]
    if item.is_visa_required and (item.visa_on or item.state not in rules.STOPPED):
        words = visa if item.visa_on else _("Visa of the governor")
        steps.append((words, item.visa_on, "council.deliberation_visa_recorded"))
    return [
        Knot(
            sentence=words,
            state="done" if on else "to_come",
            state_words=_("Recorded") if on else "",
            on=on,
            proof_url=proof(item.reference, act) if on else "",
        )
        for words, on, act in sorted(steps, key=lambda step: step[1] or date.max)
    ]


def vote_sentence(vote: VoteEvent) -> str:
    """Return the outcome of a vote as a sentence in the reader's language."""
    if not vote.are_counts_known:
        return _("Adopted; the counts of the vote are not known here")
    if vote.counts.is_unanimous:
        return _("Adopted unanimously by those present: %(votes)s votes") % {
            "votes": vote.in_favour
        }
    words = (
        _("Adopted: %(for)s for, %(against)s against, %(abstained)s abstained")
        if vote.result == VoteEvent.Result.CARRIED
        else _("Not adopted: %(for)s for, %(against)s against, %(abstained)s abstained")
    )
    return words % {"for": vote.in_favour, "against": vote.against, "abstained": vote.abstained}


def members(community: Community, today: date) -> Members | None:
    """Return the seats of the council today and before, or None without a council. Two queries."""
    body = council(community)
    if body is None:
        return None
    held = body.mandates.select_related("person").order_by(F("seat").asc(nulls_last=True), "pk")
    now = [one for one in held if _is_held(one, today)]
    before = [one for one in held if one.ends_on is not None and one.ends_on <= today]
    women = sum(one.person.sex == "female" for one in now)
    men = sum(one.person.sex == "male" for one in now)
    return Members(body, tuple(now), tuple(before), women, men)


def _is_held(mandate: Mandate, today: date) -> bool:
    return mandate.starts_on <= today and (mandate.ends_on is None or mandate.ends_on > today)


def address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a session or deliberation, or None. One query."""
    text = str(reference)
    if reference.letter == "S":
        found = sessions(viewer).filter(reference=text).exists()
        return f"council/sessions/{text}/" if found else None
    found = Deliberation.objects.visible_to(viewer).filter(reference=text).exists()
    return f"council/decisions/{text}/" if found else None
