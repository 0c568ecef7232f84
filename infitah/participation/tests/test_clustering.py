"""Computations asked for at the desk, done by the worker, and what they store."""

from datetime import timedelta

import numpy as np
import pytest

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.viewer import Viewer
from infitah.ledger.models import Entry
from infitah.participation import operations, rules
from infitah.participation.models import (
    ClusterRun,
    GroupStat,
    Idea,
    OpinionGroup,
    StatementVote,
    Theme,
)
from infitah.participation.operations import RunRefused, ThemeWords
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.votes import planted

pytestmark = pytest.mark.django_db

TEXTS = (
    "توفير حافلات للنقل المدرسي بالدواوير البعيدة",
    "زيادة عدد رحلات النقل المدرسي في الصباح والمساء",
    "نشر معايير توزيع حافلات النقل المدرسي بين الجماعات",
    "ربط الدواوير بشبكة الماء الصالح للشرب",
    "الإخبار المسبق بانقطاع الماء الصالح للشرب",
    "مراقبة جودة الماء الصالح للشرب في السقايات",
    "Publier le budget du conseil sur une page lisible",
    "Expliquer le budget du conseil par un schéma simple",
    "Former les associations à lire le budget du conseil",
    "بث دورات المجلس مباشرة على الأنترنت مع تسجيلها",
)


@pytest.fixture
def closed(sefrou):
    """A closed consultation with ten ideas on three things, and one."""
    made = make_consultation(sefrou.province, sefrou.axis)
    for text in TEXTS:
        make_idea(made, sefrou.axis, text)
    return made


def asked(consultation, kind="text", seed=7, **parameters):
    return operations.request_run(
        consultation=consultation, kind=kind, parameters=parameters, seed=seed, by=BY, now=AFTER
    )


def computed(consultation, kind="text", **options):
    run = asked(consultation, kind, **options)
    assert operations.has_runs_to_compute(AFTER)
    assert operations.compute_runs(now=AFTER) is False
    run.refresh_from_db()
    return run


def vote(consultation, ballots):
    """Give the made-up votes of `ballots` to the ideas of a consultation."""
    ideas = list(consultation.ideas.order_by("pk").values_list("pk", flat=True))
    people = ParticipantFactory.create_batch(
        max(ballots.people) + 1, community=consultation.community
    )
    StatementVote.objects.bulk_create(
        StatementVote(
            consultation=consultation,
            idea_id=ideas[int(statement[1:])],
            participant=people[person],
            choice=choice,
            voted_at=DURING,
        )
        for person, statement, choice in zip(
            ballots.people, ballots.statements, ballots.choices, strict=True
        )
    )


def placed():
    return {
        theme.reference: sorted(theme.placings.values_list("idea__reference", flat=True))
        for theme in Theme.objects.standing()
    }


# --- Asking -----------------------------------------------------------------------
def test_a_run_waits_with_its_seed_in_the_register(closed):
    run = asked(closed, seed=42, alike=20, nonsense=3)
    assert (run.number, run.state, run.seed) == (1, "waiting", 42)
    assert run.parameters["alike"] == 20 and run.parameters["least"] == 3
    assert run.parameters["arranged_too"] == 0 and "nonsense" not in run.parameters
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.subject) == (
        "participation.clustering_requested",
        "consultation:june",
    )
    assert entry.facts.public["seed"] == 42 and entry.facts.public["kind"] == "text"


@pytest.mark.parametrize("kind", ["text", "opinion"])
def test_nothing_is_computed_before_closing(sefrou, closed, kind):
    with pytest.raises(RunRefused, match="لم"):
        operations.request_run(
            consultation=closed, kind=kind, parameters={}, seed=1, by=BY, now=DURING
        )
    assert not ClusterRun.objects.exists()


def test_a_run_is_refused_while_one_waits_or_for_a_wrong_seed(closed):
    with pytest.raises(RunRefused) as refused:
        asked(closed, seed=2**31)
    assert refused.value.field == "seed"
    asked(closed)
    asked(closed, "opinion")
    with pytest.raises(RunRefused):
        asked(closed)


def test_themes_begin_at_ten_ideas_and_end_with_publishing(sefrou, closed):
    hidden = Idea.objects.earliest("position")
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=hidden.reference,
        rule=make_rule(sefrou.province),
        reason="يخالف قواعد الاستشارة",
        by=BY,
        now=DURING,
    )
    with pytest.raises(RunRefused, match="10"):
        asked(closed)
    operations.restore_idea(
        community_id=sefrou.province.pk, reference=hidden.reference, by=BY, now=DURING
    )
    computed(closed)
    operations.publish_themes(consultation=closed, by=BY, now=AFTER)
    with pytest.raises(RunRefused):
        asked(closed)


# --- Groups of opinion ------------------------------------------------------------
def test_groups_are_stored_as_counts_and_never_who_is_in_them(closed):
    vote(closed, planted(50, 10, noise=0.1, seed=1))
    run = computed(closed, "opinion", bootstraps=3)
    assert (run.state, run.is_publishable, run.people, run.votes) == ("done", True, 50, 500)
    assert run.p_value == 0.01 and 0.3 <= run.stability <= 1
    sizes = list(run.groups.values_list("size", flat=True))
    assert len(sizes) == run.group_count and sum(sizes) == 50
    assert GroupStat.objects.count() == 10 * len(sizes)
    for one in GroupStat.objects.select_related("group"):
        assert one.agree + one.disagree + one.passed == one.group.size
    assert rules.sha256_of(rules.canonical_json(run.result)) == run.result_sha256
    # Nothing in the result is as long as the list of people.
    assert all(len(value) < 50 for value in run.result.values() if isinstance(value, list))
    entry = Entry.objects.latest("number")
    assert entry.act == "participation.groups_computed"
    assert entry.facts.public["result_sha256"] == run.result_sha256


def test_the_same_seed_gives_the_same_bytes_again(closed):
    vote(closed, planted(50, 10, noise=0.1, seed=1))
    one, other = (computed(closed, "opinion", bootstraps=2) for _ in range(2))
    assert (one.number, other.number) == (1, 2)
    assert one.input_sha256 == other.input_sha256
    assert one.result_sha256 == other.result_sha256 and one.result_sha256


def test_a_shut_gate_stores_no_groups(closed):
    vote(closed, planted(30, 10, noise=0.1, seed=1))
    run = computed(closed, "opinion")
    assert (run.state, run.is_publishable, run.why_not) == ("done", False, "few_people")
    assert not OpinionGroup.objects.exists() and run.result["votes_by_group"] == []


def test_votes_on_what_is_hidden_do_not_count(sefrou, closed):
    vote(closed, planted(50, 10, noise=0.1, seed=1))
    idea = Idea.objects.earliest("position")
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=idea.reference,
        rule=make_rule(sefrou.province),
        reason="يخالف قواعد الاستشارة",
        by=BY,
        now=AFTER,
    )
    run = computed(closed, "opinion", bootstraps=2)
    assert (run.statements, run.votes) == (9, 450)
    assert idea.reference not in str(run.result)


# --- Themes of texts --------------------------------------------------------------
def test_themes_are_proposed_with_numbers_names_and_their_ideas(closed):
    run = computed(closed)
    assert (run.state, run.why_not, run.group_count, run.result["meaning"]) == (
        "done",
        "",
        3,
        False,
    )
    themes = list(Theme.objects.order_by("position"))
    assert [one.reference for one in themes] == [f"SFR-2023-T-000{n}" for n in (1, 2, 3)]
    assert sorted(map(len, placed().values())) == [3, 3, 3]
    names = " ".join(str(one.name) for one in themes)
    assert "النقل" in names and "الماء" in names
    french = next(one for one in themes if "budget" in one.name.fr)
    assert french.name.ar == f"الموضوع {french.reference}" and "budget" in french.summary.fr
    assert not any(one.is_edited or one.published_at for one in themes)


def test_vectors_of_meaning_join_languages(closed, monkeypatch):
    def encode(texts):
        about = [0 if "budget" in one or "المجلس" in one else 1 for one in texts]
        return np.eye(2, dtype=np.float32)[about]

    monkeypatch.setattr("infitah.searchindex.operations.encode", encode)
    run = computed(closed, letters_weight=0)
    assert run.result["meaning"] is True
    together = [
        set(one.placings.values_list("idea__language", flat=True)) for one in Theme.objects.all()
    ]
    assert {"ar", "fr"} in together


def test_what_people_arranged_stays_in_a_new_proposal(closed):
    computed(closed)
    first, second, third = Theme.objects.order_by("position")
    words = ThemeWords(first.name.with_text("ar", "النقل المدرسي"))
    operations.rename_theme(theme=first, words=words, seen=first.changed_at, by=BY, now=AFTER)
    loose = Idea.objects.get(placing=None)
    operations.move_ideas(
        consultation=closed,
        references=[loose.reference],
        to=second.reference,
        was_in="",
        by=BY,
        now=AFTER,
    )
    before = placed()
    again = computed(closed, alike_in_letters=100)
    assert (again.number, again.statements, again.why_not) == (2, 3, "no_themes")
    first.refresh_from_db()
    assert first.name.ar == "النقل المدرسي" and placed() == before
    over = computed(closed, arranged_too=1)
    assert over.statements == 10 and Theme.objects.filter(is_edited=True).count() == 0
    assert set(placed()) == {first.reference, second.reference, third.reference}
    assert ClusterRun.objects.count() == 3


def test_a_proposal_without_ideas_leads_to_the_one_that_took_them(closed):
    computed(closed)
    numbers = list(Theme.objects.order_by("reference").values_list("reference", flat=True))
    computed(closed, alike_in_letters=0, most=200)
    whole = Theme.objects.standing().get()
    assert sorted(Theme.objects.values_list("reference", flat=True)) == numbers
    assert set(Theme.objects.exclude(pk=whole.pk).values_list("merged_into", flat=True)) == {
        whole.pk
    }
    computed(closed)
    assert Theme.objects.standing().count() == 3 and len(placed()) == 3


def test_ideas_moved_while_it_ran_stay_where_people_put_them(closed, monkeypatch):
    computed(closed)
    target = Theme.objects.order_by("position").last()
    moved = Idea.objects.exclude(placing__theme=target).earliest("position")

    def meanwhile(texts):
        operations.move_ideas(
            consultation=closed,
            references=[moved.reference],
            to=target.reference,
            was_in=None,
            by=BY,
            now=AFTER,
        )

    monkeypatch.setattr("infitah.searchindex.operations.encode", meanwhile)
    computed(closed)
    assert moved.reference in placed()[target.reference]


# --- Workers that die, faults -----------------------------------------------------
@pytest.mark.database
def test_a_run_left_by_a_dead_worker_is_taken_again_once(closed):
    run = asked(closed)
    ClusterRun.objects.filter(pk=run.pk).update(state="running", started_at=AFTER)
    operations.compute_runs(now=AFTER + timedelta(minutes=6))
    run.refresh_from_db()
    assert run.state == "done" and run.fault == ""
    again = asked(closed)
    ClusterRun.objects.filter(pk=again.pk).update(state="running", fault="interrupted")
    assert operations.compute_runs(now=AFTER) is False
    again.refresh_from_db()
    assert (again.state, again.fault) == ("failed", "interrupted")
    assert not operations.has_runs_to_compute(AFTER)


def test_a_fault_is_told_by_an_id_and_holds_up_no_other_run(closed, monkeypatch, caplog):
    def broken(texts):
        raise MemoryError("no room")

    first = asked(closed)
    asked(closed, "opinion")
    monkeypatch.setattr("infitah.searchindex.operations.encode", broken)
    assert operations.compute_runs(now=AFTER) is True
    first.refresh_from_db()
    assert first.state == "failed" and first.fault in caplog.text and len(first.fault) == 8
    assert operations.compute_runs(now=AFTER) is False
    assert asked(closed).number == 2  # another one can be asked for


def test_what_ended_elsewhere_meanwhile_is_not_written_over(closed, monkeypatch):
    run = asked(closed)

    def slow(texts):
        ClusterRun.objects.filter(pk=run.pk).update(started_at=AFTER + timedelta(minutes=9))

    monkeypatch.setattr("infitah.searchindex.operations.encode", slow)
    operations.compute_runs(now=AFTER)
    run.refresh_from_db()
    assert run.state == "running" and not Theme.objects.exists()


def test_publishing_while_it_ran_keeps_the_published_themes(closed, monkeypatch):
    computed(closed)
    before = placed()

    def meanwhile(texts):
        operations.publish_themes(consultation=closed, by=BY, now=AFTER)

    monkeypatch.setattr("infitah.searchindex.operations.encode", meanwhile)
    run = computed(closed)
    assert (run.state, run.why_not) == ("done", "published") and placed() == before
    anybody = Viewer(closed.community.key, closed.community_id)
    assert Theme.objects.visible_to(anybody).count() == 3
