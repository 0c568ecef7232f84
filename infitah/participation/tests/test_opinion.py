"""Groups of opinion in public: behind the gate, after closing, and nowhere before."""

import json

import pytest
import time_machine

from infitah.community.tests.factories import ParticipantFactory
from infitah.participation import operations, rules
from infitah.participation.models import Idea, StatementTally, StatementVote, VoiceTally
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.votes import of_chance, planted

pytestmark = pytest.mark.django_db

AT = "/ar/consultations/june/opinion/"
DATA = "/ar/consultations/june/opinion.json"
STATEMENTS = 8


def voted(sefrou, ballots):
    """A consultation with eight ideas and these votes on them, counted as the acts count."""
    made = make_consultation(sefrou.province, sefrou.axis)
    for number in range(STATEMENTS):
        make_idea(made, sefrou.axis, f"اقتراح رقم {number} من أجل خدمة أحسن للمواطنين")
    ideas = list(made.ideas.order_by("position").values_list("pk", flat=True))
    people = ParticipantFactory.create_batch(max(ballots.people) + 1, community=sefrou.province)
    rows = list(zip(ballots.people, ballots.statements, ballots.choices, strict=True))
    StatementVote.objects.bulk_create(
        StatementVote(
            consultation=made,
            idea_id=ideas[int(statement[1:])],
            participant=people[person],
            choice=choice,
            voted_at=DURING,
        )
        for person, statement, choice in rows
    )
    for place, idea in enumerate(ideas):
        here = [choice for _who, statement, choice in rows if int(statement[1:]) == place]
        counts = {"agree": here.count(1), "disagree": here.count(-1), "passed": here.count(0)}
        StatementTally.objects.update_or_create(
            idea_id=idea, defaults={"consultation": made, **counts}
        )
    VoiceTally.objects.update_or_create(consultation=made, defaults={"voters": len(people)})
    return made


def computed(consultation, seed=3, **parameters):
    run = operations.request_run(
        consultation=consultation,
        kind="opinion",
        parameters={"bootstraps": 3, **parameters},
        seed=seed,
        by=BY,
        now=AFTER,
    )
    operations.compute_runs(now=AFTER)
    run.refresh_from_db()
    return run


@time_machine.travel(AFTER, tick=False)
def test_groups_are_shown_with_all_that_is_needed_to_check_them(
    sefrou, visitor, django_assert_max_num_queries
):
    made = voted(sefrou, planted(60, STATEMENTS, noise=0.05, seed=1))
    run = computed(made)
    page = visitor.get(AT).content.decode()
    assert f"{run.group_count} مجموعات" in page and "60" in page
    assert run.input_sha256 in page and run.result_sha256 in page and "0,01" in page
    assert page.count('class="map-group"') == run.group_count
    assert page.count("map-statement") == STATEMENTS
    assert "ما يفرق بين المجموعات" in page
    shown = {one.letter: one.size for one in run.groups.all()}
    assert all(f"<bdi>{letter}</bdi>" in page for letter in shown)
    data = json.loads(visitor.get(DATA).content)
    assert rules.sha256_of(rules.canonical_json(data["result"])) == run.result_sha256
    assert data["runs"][0]["seed"] == 3 and data["runs"][0]["parameters"]["permutations"] == 99
    with django_assert_max_num_queries(14):
        visitor.get("/fr/consultations/june/opinion/")


@time_machine.travel(AFTER, tick=False)
def test_votes_without_order_are_said_to_show_no_groups(sefrou, visitor):
    made = voted(sefrou, of_chance(60, STATEMENTS, seed=4))
    assert "لم يحسب بعد" in visitor.get(AT).content.decode()
    assert visitor.get(DATA).status_code == 404
    run = computed(made)
    assert run.why_not in {"no_order", "unstable"}
    page = visitor.get(AT).content.decode()
    assert "لا تظهر هذه الأصوات مجموعات متمايزة" in page and "map-group" not in page
    assert "/ar/consultations/june/results/" in page  # the plain rates of agreement
    french = visitor.get("/fr/consultations/june/opinion/").content.decode()
    assert "aucun groupe distinct" in french


@time_machine.travel(AFTER, tick=False)
def test_every_computation_is_listed_whatever_it_found(sefrou, visitor):
    made = voted(sefrou, planted(60, STATEMENTS, noise=0.05, seed=1))
    for _ in range(2):
        computed(made)
    refused = computed(made, seed=4, least_people=100)
    assert not refused.is_publishable
    page = visitor.get(AT).content.decode()
    assert "لا تظهر هذه الأصوات مجموعات متمايزة" in page  # the newest one counts
    assert page.count("3 مجموعات") == 2 and "النتيجة نفسها كالعملية 1" in page
    data = json.loads(visitor.get(DATA).content)
    assert [one["number"] for one in data["runs"]] == [3, 2, 1]


@time_machine.travel(AFTER, tick=False)
def test_an_idea_hidden_since_then_leaves_the_page(sefrou, visitor):
    made = voted(sefrou, planted(60, STATEMENTS, noise=0.05, seed=1))
    computed(made)
    idea = Idea.objects.earliest("position")
    assert idea.reference in visitor.get(AT).content.decode()
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=idea.reference,
        rule=make_rule(sefrou.province),
        reason="يخالف قواعد الاستشارة",
        by=BY,
        now=AFTER,
    )
    page = visitor.get(AT).content.decode()
    assert idea.statement not in page and idea.reference not in page
    assert page.count("map-statement") == STATEMENTS - 1


def test_nothing_of_groups_or_themes_is_anywhere_before_closing(sefrou, visitor):
    """Even if a row were there before its time: every surface asks the clock (programme.md 7.4)."""
    with time_machine.travel(AFTER, tick=False):
        made = voted(sefrou, planted(60, STATEMENTS, noise=0.05, seed=1))
        run = computed(made)
        theme = operations.add_theme(
            consultation=made,
            words=operations.ThemeWords(name=run.consultation.name.with_text("ar", "موضوع سري")),
            references=list(made.ideas.values_list("reference", flat=True)[:2]),
            by=BY,
            now=AFTER,
        )
        operations.publish_themes(consultation=made, by=BY, now=AFTER)
    with time_machine.travel(DURING, tick=False):
        page = visitor.get(AT)
        assert page.status_code == 200 and "تظهر النتائج بعد نهاية يوم" in page.content.decode()
        assert run.result_sha256 not in page.content.decode()
        for path in (DATA, "/ar/consultations/june/themes/"):
            assert visitor.get(path).status_code == 404
        one = f"/ar/consultations/june/themes/{theme.reference}/"
        assert visitor.get(one).status_code == 404
        for path in ("/ar/consultations/june/", "/ar/consultations/june/ideas.csv"):
            answer = visitor.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            assert "موضوع سري" not in body.decode() and "/opinion/" not in body.decode()
