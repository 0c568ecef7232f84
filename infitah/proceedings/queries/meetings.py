"""Reads of meetings: what a session's page needs, and the legal numbers in force on a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from infitah.community.models import Body, Community, Mandate, RuleValue
from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language, page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem, Attendance, Session, Sitting, Vote, VoteEvent

# Keys of the rule set of a council's own organic law, with the value where no set is loaded yet.
NOTICE_DAYS = ("council.convocation", 10)
POSTING_DAYS = ("council.posting", 8)
VISA_DAYS = ("council.visa", 20)
OBJECTION_DAYS = ("council.objection", 3)
QUORUM = ("council.quorum", rules.QUORUM_PER_CENT)
LAST_CALL = ("council.last_call", rules.LAST_CALL)


PAGE_SIZE = 12


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A number of the law on a day, where it stands, and whether it may be shown as certain."""

    value: int
    article: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting with its roll call counted and its statutory quorum.

    `mark` tells it from another sitting of the same day: "hour", "number", or nothing needed.
    """

    sitting: Sitting
    roll: rules.RollCall
    mark: str = ""

    @property
    def is_held(self) -> bool:
        return self.sitting.state == Sitting.State.HELD

    @property
    def is_called(self) -> bool:
        """Whether the roll was called: of a past sitting entered afterwards nobody is named."""
        return self.roll.seats > 0


def legal_number(community: Community, rule: tuple[str, int], on: date) -> LegalNumber:
    """Return the number in force on `on`, or the default of `rule`, never as certain. One query."""
    key, default = rule
    found = RuleValue.objects.of(community).on(on).filter(key=key).first()
    if found is None:
        return LegalNumber(default, "", is_verified=False)
    return LegalNumber(found.value, found.article, found.is_verified)


def quorum_rule(community: Community, on: date) -> rules.QuorumRule:
    """Return what makes a sitting valid on `on`. Two queries."""
    share = legal_number(community, QUORUM, on)
    last = legal_number(community, LAST_CALL, on)
    return rules.QuorumRule(share.value, last.value)


def in_office(body: Body, on: date) -> QuerySet[Mandate]:
    """Return the seats of a body held on `on`, in the order of seats, without substitutes."""
    held = Mandate.objects.filter(body=body, substitute_of=None).in_force(on)
    return held.select_related("person").order_by("seat", "pk")


def sessions_of(body: Body, viewer: Viewer) -> QuerySet[Session]:
    """Return the sessions of a body that the viewer may see, newest first."""
    return Session.objects.visible_to(viewer).filter(body=body).newest_first()


def with_proceedings(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Return the sessions with everything that their page shows: 6 more queries, whatever n."""
    named = Vote.objects.select_related("mandate__person")
    events = VoteEvent.records.prefetch_related(Prefetch("named", named))
    items = AgendaItem.objects.prefetch_related(Prefetch("votes", events))
    roll = Attendance.objects.select_related("mandate__person")
    sittings = Sitting.objects.prefetch_related(
        Prefetch("items", items), Prefetch("attendances", roll)
    )
    return sessions.select_related("body", "minutes").prefetch_related(
        Prefetch("sittings", sittings)
    )


def with_first_day(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Return the sessions with `first_day`, the day of their first sitting, or None. No query.

    A cancelled sitting counts only where no other one is left.
    """
    is_off = Case(When(state=Sitting.State.CANCELLED, then=1), default=0)
    first = Sitting.objects.filter(session=OuterRef("pk")).order_by(is_off, "held_on")
    return sessions.annotate(first_day=Subquery(first.values("held_on")[:1]))


def sessions_within(sessions: QuerySet[Session], first: date, until: date) -> QuerySet[Session]:
    """Return the sessions held, or convened where no day is set, from `first` to before `until`."""
    dated = with_first_day(sessions).alias(own_day=Coalesce("first_day", "convened_on"))
    return dated.filter(own_day__gte=first, own_day__lt=until)


def roll_call(sitting: Sitting) -> rules.RollCall:
    """Return the counts of a sitting's roll call; no query if it was fetched before."""
    return rules.RollCall.of(rules.Presence(row.presence) for row in sitting.attendances.all())


def sitting_views(session: Session) -> tuple[SittingView, ...]:
    """Return the sittings of a session as its pages show them; no query if they were fetched."""
    sittings = list(session.sittings.all())
    days = Counter(one.held_on for one in sittings)
    hours = Counter((one.held_on, one.starts_at) for one in sittings)

    def mark_of(one: Sitting) -> str:
        if days[one.held_on] == 1:
            return ""
        is_told = one.starts_at is not None and hours[one.held_on, one.starts_at] == 1
        return "hour" if is_told else "number"

    return tuple(SittingView(one, roll_call(one), mark_of(one)) for one in sittings)


def seats_by_mandate(sitting: Sitting) -> Mapping[int, Mandate]:
    """Return the seats in office on the day of the sitting, by their number. One query."""
    return {seat.pk: seat for seat in in_office(sitting.session.body, sitting.held_on)}


def notice_of(session: Session) -> tuple[rules.Notice | None, LegalNumber]:
    """Return the notice of a council's session against the law, None without a sitting.

    A cancelled sitting counts only where no other one is left. One query if the sittings were
    fetched, else two.
    """
    law = legal_number(session.community, NOTICE_DAYS, session.convened_on)
    sittings = list(session.sittings.all())
    kept = [one for one in sittings if one.state != Sitting.State.CANCELLED] or sittings
    first = next(iter(kept), None)
    if first is None:
        return None, law
    return rules.notice_given(session.convened_on, first.held_on, days=law.value), law


def page_of_sessions(
    found: QuerySet[Session], *, before: str = "", size: int = PAGE_SIZE
) -> tuple[list[Session], str]:
    """Return one page of sessions, newest first, and the reference that leads to the next one.

    An unknown `before` starts from the newest. One query more than `found` needs.
    """
    bare = found.prefetch_related(None)
    edge = bare.filter(reference=before).first() if before else None
    rows = found.order_by("-convened_on", "-pk")
    if edge is not None:
        same_day = Q(convened_on=edge.convened_on, pk__lt=edge.pk)
        rows = rows.filter(Q(convened_on__lt=edge.convened_on) | same_day)
    page = list(rows[: size + 1])
    return page[:size], page[size - 1].reference if len(page) > size else ""


def held_days(body: Body) -> list[date]:
    """Return the days on which a body really met, earliest first. One query."""
    held = Sitting.objects.filter(session__body=body, state=Sitting.State.HELD)
    return list(held.order_by("held_on").values_list("held_on", flat=True))


def present_at(sitting: Sitting) -> QuerySet[Attendance]:
    """Return who was present at the roll call, by seat."""
    present = sitting.attendances.filter(presence=Attendance.Presence.PRESENT)
    return present.select_related("mandate__person").order_by("mandate__seat", "mandate_id")


def votes_of(body: Body) -> QuerySet[VoteEvent]:
    """Return the votes taken at held sittings of a body, newest first."""
    taken = VoteEvent.objects.filter(
        item__sitting__session__body=body, item__sitting__state=Sitting.State.HELD
    )
    return taken.select_related("item__sitting__session").order_by("-taken_on", "-pk")


def vote_words(vote: VoteEvent) -> str:
    """Return a vote as a choice among votes names it: day, question, for / against / abstained.

    Without counts where they are not known. No query.
    """
    words = f"{format_date(vote.taken_on, page_language())} · {in_page_language(vote.question)}"
    if not vote.are_counts_known:
        return words
    return f"{words} ({vote.in_favour} / {vote.against} / {vote.abstained})"


def carried_votes(body: Body) -> QuerySet[VoteEvent]:
    """Return the motions that a body carried, newest first."""
    return votes_of(body).filter(result=VoteEvent.Result.CARRIED)


def paragraphs(text: LocalizedText) -> list[LocalizedText]:
    """Return the paragraphs of a text for the reader of the page, in the language shown."""
    language = text.language_shown(page_language())
    parts = text.text_of(language).split("\n\n")
    return [LocalizedText("").with_text(language, part) for part in parts if part.strip()]
