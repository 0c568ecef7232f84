"""Reads of participation: who sees what, and how many queries a page costs."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from infitah.core.viewer import Viewer
from infitah.kernel.references import Reference
from infitah.participation import operations, queries
from infitah.participation.models import Idea
from infitah.participation.queries.ideas import IdeaFilter
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.searchindex.operations import encode_waiting, index_dirty


def anybody(sefrou, **more):
    return Viewer("SFR", sefrou.province.pk, **more)


def fill(june, sefrou, count, **changes):
    return [
        make_idea(june, sefrou.axis, f"{STATEMENT} رقم {number}", **changes)
        for number in range(count)
    ]


@pytest.mark.parametrize("state", list(Idea.State))
@pytest.mark.parametrize("who", ["anybody", "author", "moderator", "administrator", "elsewhere"])
def test_one_rule_decides_who_reads_a_text(sefrou, june, state, who):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    changes = {"state": state, "is_late": state in {"late", "refused"}}
    if state == "withdrawn":
        changes |= {"statement": "", "statement_key": "", "withdrawn_at": AFTER}
    Idea.objects.filter(pk=idea.pk).update(**changes)
    viewer = {
        "anybody": anybody(sefrou),
        "author": anybody(sefrou, participant_id=sefrou.participant.pk),
        "moderator": anybody(sefrou, rights=frozenset({"idea.read"})),
        "administrator": anybody(sefrou, rights=frozenset({"community.edit"})),
        "elsewhere": Viewer("OTH", sefrou.other.pk, rights=frozenset({"idea.read"})),
    }[who]
    public = {"visible", "late", "refused"}
    wanted = {
        "anybody": public,
        "administrator": public,
        "author": public | {"received", "held"},
        "moderator": public | {"received", "held"},
        "elsewhere": set(),
    }[who]
    assert queries.ideas_visible_to(viewer).filter(pk=idea.pk).exists() == (state in wanted)


def test_an_idea_of_a_consultation_that_nobody_announced_is_not_public(sefrou):
    quiet = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    idea = make_idea(quiet, sefrou.axis)
    assert not queries.ideas_visible_to(anybody(sefrou)).exists()
    reference = Reference.parse(idea.reference)
    assert queries.address_of(reference, anybody(sefrou)) is None


def test_a_number_leads_to_its_page_for_ever(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    Idea.objects.filter(pk=idea.pk).update(state="held")
    path = queries.address_of(Reference.parse(idea.reference), anybody(sefrou))
    assert path == f"consultations/june/ideas/{idea.reference}/"
    elsewhere = Viewer("OTH", sefrou.other.pk)
    assert queries.address_of(Reference.parse(idea.reference), elsewhere) is None


def test_the_list_is_walked_by_numbers_both_ways(sefrou, june):
    made = [idea.reference for idea in fill(june, sefrou, 45)][::-1]
    ask = {"consultation": june, "viewer": anybody(sefrou), "wanted": IdeaFilter()}
    first = queries.idea_list(**ask)
    assert [row.reference for row in first.rows] == made[:20] and first.newer == ""
    second = queries.idea_list(before=first.older, **ask)
    assert [row.reference for row in second.rows] == made[20:40]
    third = queries.idea_list(before=second.older, **ask)
    assert [row.reference for row in third.rows] == made[40:] and third.older == ""
    back = queries.idea_list(after=third.newer, **ask)
    assert [row.reference for row in back.rows] == made[20:40]
    top = queries.idea_list(after=back.newer, **ask)
    assert [row.reference for row in top.rows] == made[:20] and top.newer == ""


def test_the_list_is_filtered_by_axis_and_language(sefrou, june):
    make_idea(june, sefrou.axis)
    make_idea(june, sefrou.second_axis, "Publier le budget de la province chaque année")
    ask = {"consultation": june, "viewer": anybody(sefrou)}
    by_axis = queries.idea_list(wanted=IdeaFilter(axis=sefrou.second_axis.slug), **ask)
    assert [row.language for row in by_axis.rows] == ["fr"]
    assert len(queries.idea_list(wanted=IdeaFilter(language="ar"), **ask).rows) == 1
    assert queries.idea_list(wanted=IdeaFilter(axis="none"), **ask).rows == []


def queries_of(django_assert_max_num_queries, address, most):
    client = Client(headers={"host": "localhost"})
    client.get(address)
    with django_assert_max_num_queries(most) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@time_machine.travel(DURING, tick=False)
def test_the_page_of_a_consultation_costs_the_same_whatever_its_ideas(
    sefrou, june, django_assert_max_num_queries
):
    counts = []
    for more in (3, 60):
        fill(june, sefrou, more)
        address = "/ar/consultations/june/"
        counts.append(queries_of(django_assert_max_num_queries, address, 8))
    assert counts[0] == counts[1] <= 8


@time_machine.travel(DURING, tick=False)
def test_other_pages_cost_the_same_whatever_there_is(sefrou, june, django_assert_max_num_queries):
    idea = make_idea(june, sefrou.axis)
    pages = ["/ar/consultations/", f"/ar/consultations/june/ideas/{idea.reference}/"]
    before = [queries_of(django_assert_max_num_queries, page, 10) for page in pages]
    fill(june, sefrou, 30)
    make_consultation(sefrou.province, sefrou.axis, slug="second")
    after = [queries_of(django_assert_max_num_queries, page, 10) for page in pages]
    assert before == after


def test_a_page_changes_next_when_its_sentence_does(sefrou, june):
    found = queries.next_moment(viewer=anybody(sefrou), now=DURING)
    assert DURING < found <= DURING + timedelta(days=1)
    near = june.closes_at - timedelta(minutes=90)
    assert queries.next_moment(viewer=anybody(sefrou), now=near) == near + timedelta(minutes=30)
    assert queries.next_moment(viewer=anybody(sefrou), now=june.closes_at) is None


def test_counts_are_hidden_until_closing_where_the_consultation_says_so(sefrou):
    shy = make_consultation(sefrou.province, sefrou.axis, counts_after_closing=True)
    make_idea(shy, sefrou.axis)
    viewer = anybody(sefrou)
    assert queries.all_consultations(viewer=viewer, now=DURING)[0].shown is None
    assert queries.all_consultations(viewer=viewer, now=AFTER)[0].shown == 1


def test_open_consultations_are_those_of_the_clock(sefrou, june):
    viewer = anybody(sefrou)
    assert [one.slug for one in queries.open_consultations(viewer=viewer, now=DURING)] == ["june"]
    assert queries.open_consultations(viewer=viewer, now=AFTER) == []


def test_similar_ideas_are_found_across_spellings_and_never_hidden_ones(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    hidden = make_idea(june, sefrou.axis, f"{STATEMENT} وواضحة")
    index_dirty(now=DURING)
    viewer = anybody(sefrou)
    found = queries.similar_ideas(
        viewer=viewer, text="نشر ميزانيّة المجلس الاقليمي كل سنة", now=DURING
    )
    assert {one.reference for one in found} == {idea.reference, hidden.reference}
    Idea.objects.filter(pk=hidden.pk).update(state="held")
    found = queries.similar_ideas(
        viewer=viewer, text="نشر ميزانية المجلس الإقليمي كل سنة", now=DURING
    )
    assert [one.reference for one in found] == [idea.reference]
    assert queries.similar_ideas(viewer=viewer, text="نشر", now=DURING) == []


def test_similar_ideas_in_another_language_are_said_to_be_close_in_meaning_only(
    sefrou, june, with_meaning, django_assert_max_num_queries
):
    idea = make_idea(june, sefrou.axis, "توفير النقل المدرسي لتلاميذ الجماعات القروية")
    index_dirty(now=DURING)
    encode_waiting(now=DURING)
    viewer = anybody(sefrou)
    asked = "Transport scolaire pour les élèves des communes rurales"
    with django_assert_max_num_queries(4 + 2):  # two are the worker's, which this process plays
        (found,) = queries.similar_ideas(viewer=viewer, text=asked, now=DURING)
    assert (found.reference, found.is_close_in_meaning) == (idea.reference, True)
    with time_machine.travel(DURING, tick=False):
        for language, words in (("ar", "قريب في المعنى"), ("fr", "proche par le sens")):
            address = f"/{language}/consultations/june/similar/"
            page = Client(headers={"host": "localhost"}).get(address, {"q": asked}).content.decode()
            assert words in page and idea.reference in page
    Idea.objects.filter(pk=idea.pk).update(state="held")  # the index does not know of it yet
    assert queries.similar_ideas(viewer=viewer, text=asked, now=DURING) == []


def test_the_index_never_holds_what_is_not_public(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    assert queries.searchable_idea("SFR", idea.reference)[0].title == STATEMENT
    for state in ("held", "received"):
        Idea.objects.filter(pk=idea.pk).update(state=state)
        assert queries.searchable_idea("SFR", idea.reference) == []


def test_the_queue_shows_what_waits_the_oldest_first(sefrou, june):
    first = make_idea(june, sefrou.axis, at=AFTER)
    second = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    moderator = anybody(sefrou, rights=frozenset({"idea.read"}))
    queue = queries.queue_for(moderator)
    assert queue.count == 2
    assert [item.reference for item in queue.items] == [first.reference, second.reference]
    assert queries.queue_for(anybody(sefrou)).count == 0


def test_the_export_reads_in_pieces_and_misses_nothing(sefrou, june, monkeypatch):
    references = [idea.reference for idea in fill(june, sefrou, 7)]
    monkeypatch.setattr("infitah.participation.queries.exports.PIECE", 3)
    rows = list(queries.exported_ideas(consultation=june, viewer=anybody(sefrou)))
    assert [row.reference for row in rows] == references[::-1]


def test_the_thread_tells_the_life_and_what_comes_next(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    operations.hide_idea(
        community_id=sefrou.province.pk,
        reference=idea.reference,
        rule=make_rule(sefrou.province, 3),
        reason="تتضمن رقم هاتف",
        by=BY,
        now=DURING,
    )
    page = queries.idea_page(viewer=anybody(sefrou), slug="june", reference=idea.reference)
    assert page is not None and not page.is_readable and page.hidden_under.rule_number == 3
    knots = queries.thread_of(page)
    assert [knot.state for knot in knots] == ["done", "refused"]
    operations.restore_idea(
        community_id=sefrou.province.pk, reference=idea.reference, by=BY, now=DURING
    )
    page = queries.idea_page(viewer=anybody(sefrou), slug="june", reference=idea.reference)
    states = [knot.state for knot in queries.thread_of(page)]
    assert states == ["done", "refused", "done", "to_come", "to_come"]
    assert page.hidden_under is None
