"""Computing groups of opinion and proposals of themes: asked for by officers, done by the worker.

A computation runs outside any transaction and is stored in one. Its seed and parameters stand in
the register before it runs, so that nobody tries seeds until groups appear.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON
from infitah.participation import rules
from infitah.participation.models import (
    ClusterRun,
    Consultation,
    GroupStat,
    Idea,
    OpinionGroup,
    StatementVote,
)
from infitah.participation.operations.theme_proposals import OVER, propose_themes, texts_to_join
from infitah.searchindex import operations as searchindex

if TYPE_CHECKING:
    from infitah.participation.rules.opinion import OpinionResult
    from infitah.participation.rules.themes import ProposedTheme

LOG = logging.getLogger(__name__)

COMPUTER: Final = Actor.system("clustering")
GROUPED: Final = "infitah.participation.rules.opinion.grouped"
PROPOSED: Final = "infitah.participation.rules.themes.proposed_themes"
"""Loaded at the first computation: numpy takes memory that only the worker needs."""
INTERRUPTED: Final = "interrupted"
PIECE: Final = 5_000
SUBJECT: Final = "consultation:{slug}"


class RunRefused(OperationRefused):
    """The computation cannot be asked for."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a statement is called in the input, and which record it is."""

    name: str
    idea_id: int | None = None
    paragraph_id: int | None = None


@transaction.atomic
def request_run(
    *,
    consultation: Consultation,
    kind: str,
    parameters: Mapping[str, int],
    seed: int,
    by: Actor,
    now: datetime,
) -> ClusterRun:
    """Ask for groups of opinion or themes of texts; return the computation that waits.

    Parameters left out have their defaults; `arranged_too: 1` lets themes arranged by people be
    proposed anew. Earlier computations stay. Raises RunRefused before closing, while one of the
    kind waits, for fewer than 10 ideas, for themes once they are published, and for a seed below
    0 or beyond 2^31 - 1.
    """
    held = Consultation.objects.select_for_update(of=("self",)).select_related("community")
    consultation = held.get(pk=consultation.pk)
    _check(consultation, kind, seed, now)
    runs = ClusterRun.objects.filter(consultation=consultation, kind=kind)
    run = ClusterRun.objects.create(
        community=consultation.community,
        consultation=consultation,
        kind=kind,
        number=(runs.aggregate(last=Max("number"))["last"] or 0) + 1,
        parameters=_whole(kind, parameters),
        seed=seed,
        requested_by=by.key,
        requested_at=now,
    )
    _record(run, "clustering_requested", by, now, {"parameters": dict(run.parameters)})
    bump(consultation.community.key, "participation")
    return run


def _whole(kind: str, parameters: Mapping[str, int]) -> dict[str, int]:
    if kind == ClusterRun.Kind.OPINION:
        return rules.OpinionParameters.from_json(parameters).as_json()
    whole = rules.ThemeParameters.from_json(parameters).as_json()
    return whole | {OVER: int(bool(parameters.get(OVER)))}


def _check(consultation: Consultation, kind: str, seed: int, now: datetime) -> None:
    if consultation.state(now) is not rules.ConsultationState.CLOSED:
        raise RunRefused(
            _("This consultation is not closed: votes and ideas are computed after closing.")
        )
    if not 0 <= seed <= rules.MOST_SEED:
        raise RunRefused(
            _("The seed is a whole number from 0 to %(most)s.") % {"most": rules.MOST_SEED},
            field="seed",
        )
    runs = ClusterRun.objects.filter(consultation=consultation, kind=kind)
    if runs.filter(state__in=(ClusterRun.State.WAITING, ClusterRun.State.RUNNING)).exists():
        raise RunRefused(_("A computation of this kind waits already: its result comes here."))
    if kind == ClusterRun.Kind.TEXT:
        _check_texts(consultation)


def _check_texts(consultation: Consultation) -> None:
    if consultation.themes_published_at is not None:
        raise RunRefused(
            _("The themes are published: from now on people arrange them, idea by idea.")
        )
    ideas = Idea.objects.filter(consultation=consultation).shown()
    if len(ideas.values_list("pk", flat=True)[: rules.LEAST_IDEAS]) < rules.LEAST_IDEAS:
        raise RunRefused(
            _("Themes are proposed from %(least)s ideas on: arrange these by hand.")
            % {"least": rules.LEAST_IDEAS}
        )


def has_runs_to_compute(_now: datetime) -> bool:
    """Return whether a computation waits or was left by a worker that died. One look-up."""
    return _open_runs().exists()


def _open_runs() -> Any:
    states = (ClusterRun.State.WAITING, ClusterRun.State.RUNNING)
    return ClusterRun.objects.filter(state__in=states).order_by("pk")


def compute_runs(*, now: datetime) -> bool:
    """Compute the oldest run that waits and store what was found; return whether more wait.

    One process does this at a time (the lock of the job): a run that is being computed was left
    by a worker that died, and is taken again, once. A fault is logged under a short id that the
    desk shows, and holds up no other run.
    """
    run = _taken(now)
    if run is None:
        return False
    began = time.monotonic()
    try:
        if run.kind == ClusterRun.Kind.OPINION:
            _compute_groups(run, began, now)
        else:
            _compute_themes(run, began, now)
    except Exception:  # whatever goes wrong is told at the desk, and the worker goes on
        number = get_random_string(8, "0123456789abcdef")
        LOG.exception("The computation %s failed (%s).", run, number)
        _end(run, ClusterRun.State.FAILED, began, now, fault=number)
    return has_runs_to_compute(now)


@transaction.atomic
def _taken(now: datetime) -> ClusterRun | None:
    waiting = _open_runs().select_related("consultation", "community")
    run: ClusterRun | None = waiting.select_for_update(of=("self",)).first()
    if run is None:
        return None
    if run.state == ClusterRun.State.RUNNING and run.fault == INTERRUPTED:
        run.state, run.finished_at = ClusterRun.State.FAILED, now
        run.save(update_fields=["state", "finished_at"])
        bump(run.community.key, "participation")
        return None
    run.fault = INTERRUPTED if run.state == ClusterRun.State.RUNNING else ""
    run.state, run.started_at = ClusterRun.State.RUNNING, now
    run.save(update_fields=["state", "started_at", "fault"])
    return run


@transaction.atomic
def _end(run: ClusterRun, state: str, began: float, now: datetime, *, fault: str = "") -> bool:
    """Mark a run as ended, unless another process ended it meanwhile; return whether it was."""
    standing = ClusterRun.objects.select_for_update().get(pk=run.pk)
    if standing.state != ClusterRun.State.RUNNING or standing.started_at != run.started_at:
        return False
    run.state, run.fault = state, fault
    run.finished_at = now + timedelta(seconds=time.monotonic() - began)
    run.save()
    bump(run.community.key, "participation")
    return True


def _record(run: ClusterRun, act: str, by: Actor, now: datetime, more: Mapping[str, JSON]) -> None:
    ledger.record(
        community_key=run.community.key,
        act=f"participation.{act}",
        subject=SUBJECT.format(slug=run.consultation.slug),
        by=by,
        public={"kind": run.kind, "run": run.number, "seed": run.seed, **more},
        occurred_on=local_day(now),
        now=now,
    )


# Groups of opinion ------------------------------------------------------------------------------


def _compute_groups(run: ClusterRun, began: float, now: datetime) -> None:
    ballots, statements = _ballots_of(run.consultation)
    parameters = rules.OpinionParameters.from_json(run.parameters)
    result: OpinionResult = import_string(GROUPED)(ballots, parameters, run.seed)
    run.input_sha256 = ballots.sha256()
    _store_groups(run, result, statements, began, now)


def _ballots_of(consultation: Consultation) -> tuple[rules.Ballots, dict[str, _Statement]]:
    """Return the votes on what anybody may read; they leave this module as counts alone."""
    statements = _statements_of(consultation)
    people: list[int] = []
    names: list[str] = []
    choices: list[int] = []
    rows = StatementVote.objects.filter(consultation=consultation).values_list(
        "participant_id", "idea_id", "paragraph_id", "choice"
    )
    for person, idea, paragraph, choice in rows.iterator(chunk_size=PIECE):
        statement = statements.get((idea, paragraph))
        if statement is not None:
            people.append(person)
            names.append(statement.name)
            choices.append(choice)
    return rules.Ballots(people, names, choices), {one.name: one for one in statements.values()}


def _statements_of(consultation: Consultation) -> dict[tuple[int | None, int | None], _Statement]:
    ideas = Idea.objects.filter(consultation=consultation).shown()
    found: dict[tuple[int | None, int | None], _Statement] = {
        (pk, None): _Statement(reference, idea_id=pk)
        for pk, reference in ideas.values_list("pk", "reference")
    }
    paragraphs = consultation.texts.filter(paragraphs__isnull=False)
    for subject, number, pk, key in paragraphs.values_list(
        "subject", "number", "paragraphs__pk", "paragraphs__key"
    ):
        found[(None, pk)] = _Statement(f"{subject}/{number}#{key}", paragraph_id=pk)
    return found


@transaction.atomic
def _store_groups(
    run: ClusterRun,
    result: "OpinionResult",
    statements: Mapping[str, _Statement],
    began: float,
    now: datetime,
) -> None:
    content = result.canonical()
    run.people, run.statements, run.votes = result.people, result.statements, result.votes
    run.group_count = len(result.sizes)
    run.p_value = None if result.test is None else round(result.test.p, 4)
    run.stability = None if result.stability is None else round(result.stability, 4)
    run.is_publishable, run.why_not = result.is_publishable, result.why_not
    run.result, run.result_sha256 = result.as_json(), rules.sha256_of(content)
    if not _end(run, ClusterRun.State.DONE, began, now):
        return
    _store_counts(run, result, statements)
    found: dict[str, JSON] = {
        "people": run.people,
        "votes": run.votes,
        "groups": run.group_count,
        "p": str(run.p_value),
        "input_sha256": run.input_sha256,
        "result_sha256": run.result_sha256,
    }
    _record(run, "groups_computed", COMPUTER, now, found)


def _store_counts(
    run: ClusterRun, result: "OpinionResult", statements: Mapping[str, _Statement]
) -> None:
    groups = [
        OpinionGroup.objects.create(run=run, letter="ABCDEFGH"[place], size=size)
        for place, size in enumerate(result.sizes)
    ]
    rows = [
        GroupStat(
            group=group,
            idea_id=statements[one.statement].idea_id,
            paragraph_id=statements[one.statement].paragraph_id,
            agree=agree,
            disagree=disagree,
            passed=passed,
        )
        for one in result.counts
        for group, (agree, disagree, passed) in zip(groups, one.groups, strict=True)
    ]
    GroupStat.objects.bulk_create(rows, batch_size=500)


# Themes of texts --------------------------------------------------------------------------------


def _compute_themes(run: ClusterRun, began: float, now: datetime) -> None:
    texts = texts_to_join(run.consultation, over=bool(run.parameters.get(OVER)))
    parameters = rules.ThemeParameters.from_json(run.parameters)
    vectors = searchindex.encode([one.text for one in texts]) if texts else None
    themes: list[ProposedTheme] = import_string(PROPOSED)(texts, vectors, parameters)
    run.input_sha256 = rules.sha256_of_texts(texts)
    run.statements, run.group_count = len(texts), len(themes)
    run.result = {
        "method": "themes-1",
        "meaning": vectors is not None,
        "themes": [theme.as_json() for theme in themes],
    }
    run.result_sha256 = rules.sha256_of(rules.canonical_json(run.result))
    run.why_not = "" if themes else rules.WhyNot.NO_THEMES
    _store_themes(run, themes, began, now)


@transaction.atomic
def _store_themes(
    run: ClusterRun, themes: "list[ProposedTheme]", began: float, now: datetime
) -> None:
    consultation = Consultation.objects.select_for_update().get(pk=run.consultation_id)
    if consultation.themes_published_at is not None:
        run.why_not = rules.WhyNot.PUBLISHED
    if not _end(run, ClusterRun.State.DONE, began, now):
        return
    if not run.why_not:
        propose_themes(run=run, themes=themes, now=now)
    found: dict[str, JSON] = {
        "ideas": run.statements,
        "themes": run.group_count,
        "input_sha256": run.input_sha256,
        "result_sha256": run.result_sha256,
    }
    _record(run, "themes_proposed", COMPUTER, now, found)
