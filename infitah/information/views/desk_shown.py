"""What a case shows beside its acts: its clocks, each with its days, and what happened so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Appointment
from infitah.core.clock import local_day
from infitah.design.direction import in_page_language
from infitah.design.entry import Label
from infitah.information import rules
from infitah.information.acts import SENTENCES
from infitah.information.models import Decision, RequestAct, WithheldPart
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow
from infitah.information.queries.desk_words import DELIVERIES, EXTENSION_GROUNDS, RULINGS
from infitah.information.queries.words import EXCEPTIONS, OUTCOMES, ground_of
from infitah.information.rules.labels import CLOCK_LABELS
from infitah.information.rules.wordings import GROUPS, Wording
from infitah.information.views.desk_letters import may_be_addressed
from infitah.kernel.localized import LocalizedText

WINDOWS: Final = frozenset(
    {
        rules.ClockName.HEAD_WINDOW,
        rules.ClockName.CDAI_WINDOW,
        rules.ClockName.COURT_WINDOW,
    }
)
"""Periods in which the citizen may complain: their end binds the citizen, not the office."""


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock as the page shows it."""

    label: LocalizedText
    ends_on: date
    latest: date
    days_left: int | None
    is_estimated: bool
    met_on: date | None
    article: str
    is_verified: bool
    url: str
    lapsed_on: date | None = None
    """The last day of a period of the citizen's that was not used: nobody is late with it."""

    @property
    def is_running(self) -> bool:
        return self.met_on is None


@dataclass(frozen=True, slots=True)
class Happened:
    """One act as the timeline tells it."""

    on: date
    sentence: Label
    fact: str
    who: str
    words: str
    note: str
    url: str
    letter_url: str = ""
    """Where its letter is printed with the name and the address of who asked."""


def clock_rows(found: DeskCase) -> list[ClockRow]:
    """Return the clocks that run or ran, those that run with their days left. No query."""
    return [_clock(found, one) for one in found.clocks]


def _clock(found: DeskCase, one: rules.Clock) -> ClockRow:
    deadline = one.due.deadline
    days = reverse("information_desk:days", args=[found.request.reference])
    return ClockRow(
        label=CLOCK_LABELS[one.name],
        ends_on=one.ends_on,
        latest=one.last,
        days_left=None if one.met_on else (one.ends_on - found.today).days,
        is_estimated=any(day.uncertain for day in deadline.days),
        met_on=one.met_on,
        article=one.due.article,
        is_verified=one.due.is_verified,
        url=f"{days}#{str(one.name).replace('_', '-')}",
        lapsed_on=one.ends_on if one.name in WINDOWS and one.is_over(found.today) else None,
    )


def extended_to(found: DeskCase) -> date | None:
    """Return the last day after an extension today, None where there can be none. No query."""
    if not found.may(rules.ActKind.EXTENDED):
        return None
    case = replace(found.case, extended_on=found.today, extended_in=found.case.round)
    return rules.reply_clock(case, found.told.law, found.told.days).ends_on


def timeline_of(found: DeskCase) -> list[Happened]:
    """Return what happened, the newest first, with the files that were removed. No query."""
    reference = found.request.reference
    units = {task.unit.slug: in_page_language(task.unit.name) for task in found.tasks}
    acts = [
        replace(_happened(act, reference), who=_who(act, units)) for act in reversed(found.acts)
    ]
    return sorted([*_removed(found), *acts], key=lambda one: one.on, reverse=True)


def _removed(found: DeskCase) -> list[Happened]:
    """Return the removal of each file that left the case, the last one first."""
    return [
        Happened(
            on=local_day(one.removed_at),
            sentence=gettext_lazy("A file was removed from the case"),
            fact=one.title or one.file.name,
            who=one.removed_by,
            words="",
            note=f"SHA-256 {one.file.sha256}",
            url="",
        )
        for one in reversed(found.removed)
        if one.removed_at is not None
    ]


def _happened(act: RequestAct, reference: str) -> Happened:
    number = act.register_number
    return Happened(
        on=act.occurred_on,
        sentence=SENTENCES[rules.ActKind(act.kind)],
        fact=_fact(act),
        who="",
        words=act.words,
        note=act.note,
        url=reverse("register:entry", args=[number]) if number is not None else "",
        letter_url=reverse("information_desk:letter_address", args=[reference, act.position])
        if may_be_addressed(act.kind)
        else "",
    )


def _who(act: RequestAct, units: Mapping[str, str]) -> str:
    """Return the office that acted, or the service that answered by the link it was sent."""
    if act.kind != rules.ActKind.TASK_ANSWERED or act.by_kind != "visitor":
        return str(dict(Appointment.Office.choices).get(act.by_office, ""))
    name = units.get(act.as_rule().text("unit"))
    if not name:
        return _("the service itself, by its link")
    return _("%(service)s, by its link") % {"service": name}


def _fact(act: RequestAct) -> str:
    """Return what the act states beside its kind, in words."""
    facts = act.as_rule()
    tables: tuple[tuple[str, dict[str, object]], ...] = (
        ("outcome", dict(OUTCOMES)),
        ("ruling", {one.value: words for one, words in RULINGS.items()}),
        ("channel", {one.value: words for one, words in DELIVERIES.items()}),
        ("ground", {one.value: words for one, words in EXTENSION_GROUNDS.items()}),
    )
    for name, words in tables:
        if facts.text(name) in words:
            return str(words[facts.text(name)])
    if facts.text("from"):
        return _("passed on from %(reference)s") % {"reference": facts.text("from")}
    if facts.text("number"):
        return f"{facts.text('institution')} {facts.text('number')}"
    return _("urgent") if facts.flag("urgent") else ""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A withheld part as who reads the decision sees it: every word that makes it lawful."""

    code: str
    name: Label
    facts: tuple[tuple[Label, str], ...]


def parts_of(decision: Decision | None, law: Mapping[str, Wording]) -> list[PartShown]:
    """Return what a decision withholds, its limbs in the words of the law. No query."""
    return [] if decision is None else [_part(one, law) for one in decision.withheld.all()]


def _part(one: WithheldPart, law: Mapping[str, Wording]) -> PartShown:
    limb = in_page_language(law[one.limb].text) if one.limb in law else one.limb
    facts: tuple[tuple[Label, str], ...] = (
        (gettext_lazy("Limb of the article"), limb),
        (gettext_lazy("Reason, as the requester reads it"), one.reason),
        (gettext_lazy("Harm that giving it would do"), one.harm),
        (gettext_lazy("Public interest in knowing, weighed"), one.interest),
        (gettext_lazy("Where it is published or kept"), one.place),
    )
    return PartShown(
        code=one.exception or one.ground,
        name=ground_of(one),
        facts=tuple((label, words) for label, words in facts if words),
    )


@dataclass(frozen=True, slots=True)
class GivenShown:
    """A file that leaves with the decision, and what its copy hides: exception, pages."""

    row: FileRow
    hidden: tuple[tuple[str, Label, str], ...]


def given_of(rows: Sequence[FileRow]) -> list[GivenShown]:
    """Return the files that leave, each with the boxes of its original by code and page."""
    by_key = {row.file.pk: row for row in rows}
    return [_given(row, by_key) for row in rows if row.file.is_given]


def _given(row: FileRow, by_key: Mapping[int, FileRow]) -> GivenShown:
    source = by_key.get(row.file.original_id or 0, row)
    return GivenShown(
        row,
        tuple(
            (code, EXCEPTIONS.get(code, code), _(", ").join(map(str, pages)))
            for code, pages in source.boxes.pages.items()
        ),
    )


def law_of(law: Mapping[str, Wording]) -> list[tuple[Label, list[Wording]]]:
    """Return the grounds that the desk shows beside a case, in the words of the day of receipt."""
    shown: tuple[tuple[Label, str], ...] = (
        (gettext_lazy("Grounds of refusal"), "grounds"),
        (gettext_lazy("Exceptions of article 7"), "exceptions"),
        (gettext_lazy("Grounds of extension"), "extensions"),
    )
    return [(label, [law[one.key] for one in GROUPS[name]]) for label, name in shown]
