"""The numbered rules of moderation: put in force, worded anew, closed; none that held is rewritten.

A decision keeps the wording under which it was taken: so a new wording and a closing hold from
tomorrow at the earliest, and only what has not begun yet can be corrected or taken away.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON
from infitah.participation.models import ModerationRule
from infitah.participation.operations.seen import check_seen
from infitah.participation.queries.marks import rule_mark


class ModerationRuleRefused(OperationRefused):
    """The rule cannot be written or closed so."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, and on which day it is said to have happened."""

    by: Actor
    now: datetime
    occurred_on: date


@transaction.atomic
def add_rule(
    *,
    community: Community,
    text: LocalizedText,
    starts_on: date,
    by: Actor,
    now: datetime,
    occurred_on: date | None = None,
) -> ModerationRule:
    """Return a new rule in force from `starts_on`, under the number after the last one.

    Numbers are never used again. Raises ModerationRuleRefused without Arabic words, or for a day
    before the act itself (today, unless history is entered afterwards by `occurred_on`).
    """
    community = _locked(community.pk)
    act = Act(by, now, occurred_on or local_day(now))
    _check_text(text)
    if starts_on < act.occurred_on:
        raise ModerationRuleRefused(
            _("A rule holds from today or later: it cannot hide what was written before it."),
            field="starts_on",
        )
    last = ModerationRule.objects.of(community).aggregate(last=Max("number"))["last"] or 0
    rule = ModerationRule.objects.create(
        community=community, number=last + 1, text=text, starts_on=starts_on
    )
    _record(community, rule, "rule_added", act, **_wording(rule))
    return rule


@transaction.atomic
def reword_rule(
    *,
    rule: ModerationRule,
    text: LocalizedText,
    starts_on: date,
    by: Actor,
    now: datetime,
    seen: str = "",
) -> ModerationRule:
    """Return the rule as it will read from `starts_on`, under its own number.

    What has begun keeps its words and ends on that day; what has not begun is corrected. `seen` is
    the mark of what was read (`rule_mark`). Raises RecordChanged if somebody was quicker;
    ModerationRuleRefused without Arabic words, before tomorrow, or where the last day is set.
    """
    community = _locked(rule.community_id)
    current = _open_rule(rule)
    check_seen(seen, rule_mark(current))
    _check_text(text)
    _check_later(starts_on, now, field="starts_on")
    if current.starts_on > local_day(now):
        _move_end(current, starts_on)
        current.text, current.starts_on = text, starts_on
        current.save(update_fields=["text", "starts_on"])
        worded = current
    else:
        current.ends_on = starts_on
        current.save(update_fields=["ends_on"])
        worded = ModerationRule.objects.create(
            community=community, number=current.number, text=text, starts_on=starts_on
        )
    _record(community, worded, "rule_reworded", Act(by, now, local_day(now)), **_wording(worded))
    return worded


@transaction.atomic
def close_rule(*, rule: ModerationRule, ends_on: date, by: Actor, now: datetime) -> ModerationRule:
    """End a rule: `ends_on` is the first day without it. It and its decisions stay.

    Raises ModerationRuleRefused before tomorrow, where the last day is set already, and for a
    rule that has not begun: that one is withdrawn.
    """
    community = _locked(rule.community_id)
    rule = _open_rule(rule)
    _check_later(ends_on, now, field="ends_on")
    if rule.starts_on > local_day(now):
        raise ModerationRuleRefused(_("This rule has not begun: withdraw it."))
    rule.ends_on = ends_on
    rule.save(update_fields=["ends_on"])
    act = Act(by, now, local_day(now))
    _record(community, rule, "rule_closed", act, ends_on=ends_on.isoformat())
    return rule


@transaction.atomic
def withdraw_rule(*, rule: ModerationRule, by: Actor, now: datetime) -> None:
    """Take away a rule or a wording that has not begun; the wording before it goes on.

    Raises ModerationRuleRefused once it has begun: then it can only be closed.
    """
    community = _locked(rule.community_id)
    rule = _open_rule(rule)
    if rule.starts_on <= local_day(now):
        raise ModerationRuleRefused(_("This rule is in force: it can only be closed."))
    _move_end(rule, None)
    _record(community, rule, "rule_withdrawn", Act(by, now, local_day(now)))
    rule.delete()


def _locked(community_id: int) -> Community:
    return Community.objects.select_for_update().get(pk=community_id)


def _open_rule(rule: ModerationRule) -> ModerationRule:
    found = ModerationRule.objects.filter(pk=rule.pk).first()
    if found is None or found.ends_on is not None:
        raise ModerationRuleRefused(
            _("This wording was ended or withdrawn meanwhile: look at the list again.")
        )
    return found


def _check_text(text: LocalizedText) -> None:
    if not text.ar:
        raise ModerationRuleRefused(_("Write the rule in Arabic."), field="text")


def _check_later(day: date, now: datetime, *, field: str) -> None:
    if day < local_day(now) + timedelta(days=1):
        raise ModerationRuleRefused(
            _("Tomorrow at the earliest: what was decided today keeps today's rule."), field=field
        )


def _move_end(rule: ModerationRule, ends_on: date | None) -> None:
    """Let the wording that `rule` follows end on another day, or on none."""
    ModerationRule.objects.filter(
        community=rule.community_id, number=rule.number, ends_on=rule.starts_on
    ).update(ends_on=ends_on)


def _wording(rule: ModerationRule) -> dict[str, JSON]:
    return {"text": rule.text.as_json(), "starts_on": rule.starts_on.isoformat()}


def _record(
    community: Community, rule: ModerationRule, name: str, act: Act, **public: JSON
) -> None:
    ledger.record(
        community_key=community.key,
        act=f"participation.{name}",
        subject=f"{community.key}/moderation-rule/{rule.number}",
        by=act.by,
        public={"number": rule.number, **public},
        occurred_on=act.occurred_on,
        now=act.now,
    )
    bump(community.key, "participation")
