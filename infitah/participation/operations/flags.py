"""Flagging a text under a rule: once a person or network, and the first flag starts the clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, within_limit
from infitah.core.viewer import Actor, Viewer
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Comment, Flag, Idea, ModerationCase, ModerationRule
from infitah.participation.operations.case_book import (
    Text,
    of_text,
    open_case,
    reference_of,
)
from infitah.participation.operations.voice import UNKNOWN, Statement
from infitah.participation.queries.flags import DIGEST, digest_of_network, digest_of_person


class FlagRefused(OperationRefused):
    """The text cannot be flagged; `code` "unknown" where there is no such text to be read."""


@dataclass(frozen=True, slots=True)
class Flagger:
    """Who flags: a proved person where there is one, and the network that they come from."""

    network: str
    participant_id: int | None = None

    @property
    def digest(self) -> str:
        """What one flag a text is counted by: the person, else the network."""
        if self.participant_id is not None:
            return digest_of_person(self.participant_id)
        return self.network_digest

    @property
    def network_digest(self) -> str:
        """What shows that many flags came from one network, without its address."""
        return digest_of_network(self.network)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag, and whether the same person or network had raised it before."""

    flag: Flag
    is_new: bool


def text_to_flag(*, community: Community, on: Statement, number: int) -> Text:
    """Return the readable idea, or comment `number` under it or a paragraph, held for an act.

    Raises FlagRefused with code "unknown" for what nobody may read. Two queries.
    """
    visitor = Viewer(community.key, community.pk)
    found: Text | None
    if number:
        comments = Comment.objects.visible_to(visitor).filter(consultation__slug=on.slug)
        under = {"paragraph": on.paragraph} if on.paragraph else {"idea__reference": on.idea}
        if on.paragraph and not on.paragraph.isdecimal():
            raise _unknown()
        found = (
            comments.filter(number=number, **under)
            .select_related("consultation", "community", "idea", "paragraph__text")
            .select_for_update(of=("self",))
            .first()
        )
    else:
        ideas = Idea.objects.visible_to(visitor).filter(consultation__slug=on.slug)
        found = (
            ideas.filter(reference=on.idea)
            .select_related("consultation", "community")
            .select_for_update(of=("self",))
            .first()
        )
    if found is None:
        raise _unknown()
    return found


def _unknown() -> FlagRefused:
    return FlagRefused(_("There is no such text to be read."), code=UNKNOWN)


@transaction.atomic
def flag_text(
    *,
    community: Community,
    on: Statement,
    number: int,
    rule: ModerationRule,
    note: str,
    who: Flagger,
    now: datetime,
) -> Flagged:
    """Flag a text under a rule in force, once a person or network; nothing is hidden by it.

    `number` is that of a comment, 0 for the idea itself. The first flag opens a case, which is to
    be decided within 24 hours; later ones join it. A flag alone writes no entry, as votes do not;
    the case does, and its decision says how many flags there were. Raises FlagRefused beyond the
    limit by network, for a rule not in force and for what nobody may read.
    """
    text = text_to_flag(community=community, on=on, number=number)
    earlier = Flag.objects.filter(of_text(text), flagger=who.digest).first()
    if earlier is not None:
        return Flagged(earlier, is_new=False)
    _check(community, rule, who, now)
    case, is_new = open_case(text, origin=ModerationCase.Origin.FLAGS, opened_at=now)
    flag = Flag.objects.create(
        community=community,
        idea=text if isinstance(text, Idea) else None,
        comment=text if isinstance(text, Comment) else None,
        rule=rule,
        note=note,
        flagger=who.digest,
        network=who.network_digest,
        flagged_at=now,
        case=case,
    )
    if isinstance(text, Comment):
        Comment.objects.filter(pk=text.pk).update(flags_open=F("flags_open") + 1)
    if is_new:
        _record(text, rule, note, _actor(who), now)
        bump(community.key, "participation")
    return Flagged(flag, is_new=True)


def _actor(who: Flagger) -> Actor:
    if who.participant_id is None:
        return Actor.visitor()
    return Actor("participant", str(who.participant_id))


def _check(community: Community, rule: ModerationRule, who: Flagger, now: datetime) -> None:
    in_force = rules.is_rule_in_force(rule.starts_on, rule.ends_on, local_day(now))
    if rule.community_id != community.pk or not in_force:
        raise FlagRefused(_("This rule is not in force today."), field="rule")
    limit, seconds = OPTIONS.flags_per_network
    if not within_limit(name=DIGEST, key=who.network, limit=limit, seconds=seconds, now=now):
        raise FlagRefused(
            _("Many flags came from here in one hour. Go on a little later, or write to us.")
        )


def _record(text: Text, rule: ModerationRule, note: str, by: Actor, now: datetime) -> None:
    ledger.record(
        community_key=text.community.key,
        act="participation.case_opened",
        subject=reference_of(text),
        by=by,
        public={"rule": rule.number},
        private={"note": note} if note else None,
        occurred_on=local_day(now),
        now=now,
    )
