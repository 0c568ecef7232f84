"""Flags as those who raised them are told of them: their numbers, and how they ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from infitah.core.vault import lookup_digest
from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation, Flag, Idea, ModerationDecision
from infitah.participation.queries.conversation import address_of_comment

DIGEST: Final = "participation.flag"


def digest_of_person(participant_id: int) -> str:
    """Return what the flags of a proved person are known by, without the person. No query."""
    return lookup_digest(DIGEST, f"participant:{participant_id}")


def digest_of_network(network: str) -> str:
    """Return what shows that many flags came from one network, without its address. No query."""
    return lookup_digest(DIGEST, f"network:{network}")


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A flag as its sender is told of it: its number, and how it ended, empty while it waits.

    `reference` is the number of the idea that it is about, or above which the comment stands;
    `comment` the number of the comment, 0 for an idea. Nothing of the text is told: it may be
    hidden by now.
    """

    number: int
    flagged_at: datetime
    end: str
    rule_number: int | None
    consultation: Consultation
    page_url: str
    reference: str
    comment: int
    reason_number: int
    """The number of the rule under which it was raised: the first reason stays."""


def flag_raised(
    *, viewer: Viewer, number: str, network: str, slug: str, idea: str, paragraph: str, comment: int
) -> FlagRaised | None:
    """Return the flag of this number on this text if it came from `network` (a digest).

    Two queries at most.
    """
    if not number.isdecimal() or len(number) > 18 or (paragraph and not comment):
        return None
    under = {"paragraph_id": paragraph} if paragraph else {"idea__reference": idea}
    on: dict[str, object] = {**under}
    if comment:
        on = {f"comment__{name}": value for name, value in under.items()}
        on["comment__number"] = comment
    found = Flag.objects.filter(
        community_id=viewer.community_id, pk=int(number), network=network, **on
    )
    raised = next(iter(_told(found)), None)
    return raised if raised is not None and raised.consultation.slug == slug else None


def flags_of(*, viewer: Viewer, limit: int) -> tuple[FlagRaised, ...]:
    """Return the newest flags that one raised from a proved device; none of anybody else's.

    Two queries at most. A flag raised before the device was proved is known by its network alone:
    it is told on its own page, not here.
    """
    if viewer.participant_id is None:
        return ()
    mine = Flag.objects.filter(
        community_id=viewer.community_id, flagger=digest_of_person(viewer.participant_id)
    )
    return tuple(_told(mine.order_by("-flagged_at", "-pk")[:limit]))


def _told(flags: QuerySet[Flag]) -> list[FlagRaised]:
    found = list(
        flags.select_related(
            "case", "rule", "idea__consultation", "comment__consultation"
        ).select_related("comment__idea", "comment__paragraph__text")
    )
    numbers = _rule_numbers(flag.case_id for flag in found if flag.case and flag.case.outcome)
    return [_raised(flag, numbers.get(flag.case_id)) for flag in found]


def _rule_numbers(cases: Iterable[int | None]) -> dict[int | None, int | None]:
    """Return under which rule each of these cases hid its text last. One query, or none."""
    ended = [pk for pk in cases if pk is not None]
    if not ended:
        return {}
    hidings = ModerationDecision.objects.filter(case__in=ended, action="hide")
    return dict(hidings.order_by("decided_at", "pk").values_list("case_id", "rule__number"))


def _raised(flag: Flag, rule_number: int | None) -> FlagRaised:
    comment, idea = flag.comment, flag.idea
    text = comment or idea
    if text is None:
        raise ValueError("A flag is about an idea or a comment.")
    about = idea if comment is None else comment.idea
    return FlagRaised(
        number=flag.pk,
        flagged_at=flag.flagged_at,
        end=flag.case.outcome if flag.case is not None else "",
        rule_number=rule_number,
        consultation=text.consultation,
        page_url=text.get_absolute_url() if isinstance(text, Idea) else address_of_comment(text),
        reference=about.reference if about is not None else "",
        comment=comment.number if comment is not None else 0,
        reason_number=flag.rule.number,
    )
