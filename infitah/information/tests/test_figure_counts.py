"""What the database counts is what the rules count one by one; queries do not grow."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infitah.core.operations import bump
from infitah.core.viewer import Viewer
from infitah.information import operations, rules
from infitah.information.operations import Answer
from infitah.information.queries import figures as queries
from infitah.information.rules import figures
from infitah.information.tests.asked import OFFICER, file
from infitah.information.tests.desk import at, named
from infitah.information.tests.mass import Made, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date(2026, 6, 30)
ALL = figures.Span(date(2025, 1, 1), TODAY)


def life_of(one: Made) -> figures.Life:
    """The request as a naive reader would put it together from what was written."""
    row, rulings = one.row, {}
    stands = row.phase == rules.Phase.DELIVERED
    for kind, _on, facts in one.acts:
        if kind in figures.FILED:
            rulings.setdefault(figures.FILED[kind], frozenset())
        if kind in figures.RULED:
            rulings[figures.RULED[kind]] |= {facts["ruling"]}
    extension = [facts["ground"] for kind, _on, facts in one.acts if kind == "extended"]
    return figures.Life(
        channel=row.channel,
        received_on=row.received_on,
        phase=rules.Phase(row.phase),
        silent_from=row.silent_from,
        asked_urgent=bool(row.urgent_case),
        is_urgent=row.is_urgent,
        is_extended=row.is_extended,
        extension=extension[0] if extension else "",
        outcome=str(row.outcome) if stands else "",
        grounds=frozenset(code for pair in one.grounds for code in pair if code),
        answered_on=row.answered_on,
        working_days=row.working_days,
        delivered_on=row.delivered_on,
        published_on=row.published_on,
        rulings=rulings,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_counts_what_the_rules_count(sefrou, seed):
    made = make_many(sefrou.province, 400, seed=seed)
    make_many(sefrou.other, 30, seed=seed + 10)
    spans = (ALL, figures.Span.of_year(2026), figures.Span(date(2025, 3, 1), date(2025, 3, 9)))
    for span in spans:
        here = [one for one in made if span.first <= one.row.received_on <= span.last]
        expected = figures.tally([life_of(one) for one in here], TODAY)
        found = queries.tally_of(sefrou.province, span, TODAY)
        assert dict(found.counts) == {code: n for code, n in expected.counts.items() if n}
        assert found.days == expected.days


def test_the_list_behind_a_figure_holds_what_is_counted(sefrou):
    made = make_many(sefrou.province, 300, seed=4)
    viewer = Viewer(sefrou.province.key, sefrou.province.pk)
    counted = queries.tally_of(sefrou.province, ALL, TODAY)
    for code in queries.CONDITIONS:
        listed, after = [], ""
        while True:
            page = queries.figure_list(
                sefrou.province, code, ALL, viewer=viewer, today=TODAY, after=after
            )
            listed += page.rows
            after = page.after
            if not after:
                break
        assert len(listed) == counted.count(code), code
        days = [(row.life.received_on, row.pk) for row in listed]
        assert days == sorted(days, reverse=True)
        assert all(code in figures.codes_of(row.life, TODAY) for row in listed), code
    lives = {one.row.reference: life_of(one) for one in made}
    rows = list(queries.public_rows(sefrou.province, ALL, viewer=viewer, today=TODAY))
    assert {row.reference: row.life for row in rows} == lives
    assert [row.life.received_on for row in rows] == sorted(row.life.received_on for row in rows)


def test_every_count_can_be_opened_as_a_list():
    counts = {one.list_code for one in figures.FIGURES.values()}
    assert counts == set(queries.CONDITIONS)


def test_queries_do_not_grow_with_the_requests(sefrou):
    viewer = Viewer(sefrou.province.key, sefrou.province.pk)
    costs = []
    for count, first in ((30, 1), (1500, 1000)):
        make_many(sefrou.province, count, first=first, seed=first)
        queries.forget_figures()
        with CaptureQueriesContext(
            connection,
        ) as counting:
            queries.tally_of(sefrou.province, ALL, TODAY)
        with CaptureQueriesContext(connection) as listing:
            queries.figure_list(sefrou.province, "answered", ALL, viewer=viewer, today=TODAY)
        costs.append((len(counting), len(listing)))
    assert costs == [(7, 4), (7, 4)]


def test_counts_are_kept_until_an_act_or_another_day(sefrou):
    make_many(sefrou.province, 20)
    first = queries.tally_of(sefrou.province, ALL, TODAY)
    with CaptureQueriesContext(connection) as again:
        assert queries.tally_of(sefrou.province, ALL, TODAY) is first
    assert len(again) == 1
    make_many(sefrou.province, 5, first=100)
    assert queries.tally_of(sefrou.province, ALL, TODAY).count("received") == 20
    bump(sefrou.province.key, "information")
    assert queries.tally_of(sefrou.province, ALL, TODAY).count("received") == 25
    assert queries.tally_of(sefrou.other, ALL, TODAY).count("received") == 0


def test_real_acts_are_counted_as_they_happened(sefrou):
    """One refused in part, complained about and opened again; one that nobody answered."""
    asked = date(2026, 3, 2)
    one, other = file(sefrou).request, file(sefrou, urgent_case="life").request
    who = named(one, OFFICER)
    operations.register_request(title="محضر", on=asked, now=at(asked), **who)
    operations.extend(ground="large_volume", words="حجم كبير", on=asked, now=at(asked), **who)
    withheld = rules.Withholding(
        ground=rules.RefusalGround.EXCEPTION,
        exception="E03",
        limb="7.3",
        reason="معطيات شخصية",
        harm="ضرر",
        interest="مصلحة",
    )
    answer = Answer("نمدكم بجزء.", gives=True, withheld=(withheld,))
    operations.decide(answer=answer, on=asked, now=at(asked), **who)
    reader = {**who, "by": type(OFFICER)("officer", "deputy", "deputy_information_officer")}
    operations.read_second(on=asked, now=at(asked), **reader)
    given = date(2026, 3, 9)
    operations.deliver(channel="counter", proof="وقع", on=given, now=at(given), **who)
    span = figures.Span.of_year(2026)
    counted = queries.tally_of(sefrou.province, span, TODAY)
    expected = {
        "received": 2,
        "answered": 1,
        "silent": 1,
        "due": 2,
        "in-time": 1,
        "given": 1,
        "outcome-partial": 1,
        "ground-r2": 1,
        "exception-e03": 1,
        "extended": 1,
        "extended-large-volume": 1,
        "urgent": 1,
        "urgent-accepted": 1,
        "channel-web": 2,
        "days-0-5": 1,
        "to-publish": 1,
    }
    assert dict(counted.counts) == expected
    assert counted.days == {5: 1}
    later = date(2026, 3, 12)
    operations.complain(
        level=rules.ActKind.COMPLAINED_HEAD, words="ناقص", on=later, now=at(later), **who
    )
    head = {**who, "by": type(OFFICER)("officer", "president", "president")}
    operations.rule_on_complaint(
        level=rules.ActKind.HEAD_DECIDED,
        ruling="upheld",
        words="يعاد النظر",
        on=later,
        now=at(later),
        **head,
    )
    again = dict(queries.tally_of(sefrou.province, span, TODAY).counts)
    gone = {"given", "outcome-partial", "ground-r2", "exception-e03", "to-publish"}
    assert again == {
        **{code: n for code, n in expected.items() if code not in gone},
        "reopened": 1,
        "complaint-head": 1,
        "complaint-head-upheld": 1,
    }
    assert other.reference in {
        row.reference
        for row in queries.figure_list(
            sefrou.province,
            "silent",
            span,
            viewer=Viewer(sefrou.province.key, sefrou.province.pk),
            today=TODAY,
        ).rows
    }
