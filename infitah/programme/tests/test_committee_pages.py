"""Public pages of the committee and the adoption; the programme checked off-line by anybody."""

import json
from copy import deepcopy
from datetime import date
from hashlib import sha256
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections

from infitah.community.models import Person
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText, record_posting, record_sending
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.queries import roots
from infitah.proceedings import operations as proceedings
from infitah.proceedings import rules as meeting
from infitah.proceedings.models import Sitting
from infitah.proceedings.rules import Choice
from infitah.proceedings.tests.factories import SessionFactory, SittingFactory
from infitah.programme import operations, queries
from infitah.programme.tests.factories import (
    STEP,
    adopted_programme,
    commitment_of,
    cycle_of,
    viewer_of,
)
from infitah.programme.tests.sittings import AFTER, WHY, moved, vote_at

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "fr")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2024-03-20 12:00+00:00", tick=False):
        yield


def page(client, path, language="ar", host="localhost"):
    return client.get(f"/{language}/programme/{path}", headers={"host": host})


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


# Rhythm -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "gap", "is_kept", "over"),
    [
        ([], 183, True, 0),
        ([date(2023, 3, 1)], 124, True, 0),
        ([date(2023, 1, 2)], 182, True, 0),
        ([date(2022, 12, 1)], 183, True, 0),  # before the cycle: it does not count
    ],
)
def test_the_rhythm_counts_from_the_opening_until_today(held, gap, is_kept, over):
    found = meeting.rhythm(held, date(2023, 1, 1), date(2023, 7, 3))
    assert (found.gap, found.is_kept, found.days_over) == (gap, is_kept, over)


def test_a_gap_of_seven_months_is_told_even_if_it_met_since():
    found = meeting.rhythm(
        [date(2023, 1, 10), date(2023, 8, 20)], date(2023, 1, 1), date(2023, 9, 1)
    )
    assert (found.gap, found.gap_from, found.is_kept) == (222, date(2023, 1, 10), False)
    late = meeting.rhythm([date(2023, 1, 10)], date(2023, 1, 1), date(2023, 9, 1))
    assert (late.due_on, late.days_over) == (date(2023, 7, 12), 51)


# The committee ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committee_shows_who_met_what_it_voted_and_what_is_next(
    cycle, committee, client, language
):
    sitting, present = committee
    vote_at(sitting, present)
    session = sitting.session
    for step, on in (("write", 14), ("send", 15)):
        act = getattr(proceedings, f"{step}_minutes")
        extra = {"text": LocalizedText(ar="نص المحضر المنشور")} if step == "write" else {}
        key = "written_on" if step == "write" else "sent_on"
        act(session=session, **{key: date(2023, 11, on)}, **extra, **STEP)
    path = f"{cycle.slug}/committee/"
    assert "نص المحضر المنشور" not in text(page(client, path, language))
    proceedings.approve_minutes(session=session, approved_on=date(2024, 1, 8), **STEP)
    proceedings.publish_minutes(session=session, published_on=date(2024, 1, 12), **STEP)
    coming = SessionFactory(body=cycle.committee, convened_on=date(2024, 3, 18))
    Sitting.objects.create(
        community=coming.community,
        session=coming,
        position=1,
        held_on=date(2024, 4, 2),
        place=LocalizedText(ar="قاعة الاجتماعات"),
    )
    over = SessionFactory(body=cycle.committee, convened_on=date(2024, 3, 1), state="cancelled")
    Sitting.objects.create(
        community=over.community,
        session=over,
        position=1,
        held_on=date(2024, 3, 30),
        place=LocalizedText(ar="قاعة الاجتماع الملغى"),
    )
    answer = page(client, path, language)
    body = text(answer)
    assert "Set-Cookie" not in answer.headers
    name = present[0].person.name
    assert (name.fr if language == "fr" else name.ar) in body
    assert "نص المحضر المنشور" in body and "قاعة الاجتماعات" in body
    assert session.reference in body and coming.reference in body
    assert f'href="#{coming.reference}"' in answer.content.decode()
    assert "335" in body  # days from the opening of the cycle to its first meeting


def test_a_meeting_of_the_committee_has_its_permanent_address(sefrou, cycle, committee, client):
    session = committee[0].session
    answer = client.get(f"/d/{session.reference}/", headers={"host": "localhost"})
    assert answer.url.endswith(f"programme/{cycle.slug}/committee/#{session.reference}")
    assert not queries.meeting_address_of(
        Reference.parse(session.reference), viewer_of(sefrou.other)
    )


def test_the_last_meeting_is_told_also_after_the_end_of_the_cycle(sefrou, cycle, committee):
    viewer, told = viewer_of(sefrou.province), []
    late = SessionFactory(body=cycle.committee, convened_on=date(2026, 1, 20))
    SittingFactory(session=late, held_on=date(2026, 2, 3), state="held", seats=4, quorum_needed=3)
    for today in (date(2026, 1, 10), date(2026, 3, 1)):
        told.append(queries.committee_page(cycle, viewer, today))
    assert [one.last_on for one in told] == [committee[0].held_on, date(2026, 2, 3)]
    assert told[0].rhythm == told[1].rhythm  # it is counted until the last day of the cycle


def test_a_committee_that_has_not_met_yet_is_not_praised_for_meeting(sefrou, client):
    cycle = cycle_of(sefrou)
    shown = queries.committee_page(cycle, viewer_of(sefrou.province), date(2023, 2, 1))
    assert shown.rhythm.is_kept and shown.last_on is None
    with time_machine.travel("2023-02-01 12:00+00:00", tick=False):
        body = text(page(client, f"{cycle.slug}/committee/", "fr"))
    assert "Les six mois avant sa première réunion ne sont pas écoulés" in body
    assert "Il s’est réuni au moins" not in body


def test_the_committee_is_read_in_the_same_queries(
    sefrou, cycle, committee, django_assert_max_num_queries
):
    for _n in range(20):
        SessionFactory(body=cycle.committee, convened_on=date(2023, 12, 1))
    found = queries.cycles(viewer_of(sefrou.province)).get(pk=cycle.pk)
    with django_assert_max_num_queries(16):
        shown = queries.committee_page(found, viewer_of(sefrou.province), date(2024, 3, 20))
        assert len(shown.meetings) == 12 and shown.older
    with django_assert_max_num_queries(17):
        rest = queries.committee_page(
            found, viewer_of(sefrou.province), date(2024, 3, 20), before=shown.older
        )
    assert len(rest.meetings) == 9 and not rest.older


def test_another_community_sees_no_committee(sefrou, cycle, committee, client):
    path = f"{cycle.slug}/committee/"
    assert page(client, path, host=sefrou.other.host).status_code == 404


# The adoption, side by side ---------------------------------------------------------------------


def adopted(cycle, session):
    shown = queries.adoption_desk(cycle)
    return operations.adopt_by_vote(
        cycle=cycle,
        vote=vote_at(*session),
        adopted=operations_text(shown.digest),
        **STEP,
    )


def operations_text(digest):
    words = LocalizedText(ar=f"نص وبصمته {digest}", fr=f"Texte et son empreinte {digest}")
    return AdoptedText(47, LocalizedText(ar="مقرر", fr="Délibération"), words, True)


@pytest.fixture
def decided(cycle, validated, session):
    """One commitment amended and adopted, another rejected in session, a lost amendment."""
    first, second = validated
    carried = moved(first, session)
    vote = vote_at(*session, item=carried.item)
    operations.decide_amendment(amendment=carried, vote=vote, **STEP)
    lost = moved(first, session, "problem", LocalizedText(ar="صياغة لم تقبل"))
    against = vote_at(*session, item=lost.item, choice=Choice.AGAINST)
    operations.decide_amendment(amendment=lost, vote=against, **STEP)
    no = vote_at(*session, choice=Choice.AGAINST)
    operations.reject_commitment(commitment=second, vote=no, reason=WHY, **STEP)
    adopted(cycle, session)
    return first, second


@pytest.mark.parametrize("language", LANGUAGES)
def test_committee_text_amendments_and_adopted_text_stand_side_by_side(
    cycle, decided, client, language
):
    first, second = decided
    body = text(page(client, f"{cycle.slug}/commitments/{first.reference}/adoption/", language))
    committee_version, amended = first.versions.order_by("number")
    assert committee_version.sha256 in body and amended.sha256 in body
    assert "<ins>" in body and "صياغة لم تقبل" in body
    assert (AFTER.fr if language == "fr" else "وترجمته") in body
    name = Person.objects.get(pk=present_mover(first)).name
    assert (name.fr if language == "fr" else name.ar) in body
    fell = text(page(client, f"{cycle.slug}/commitments/{second.reference}/adoption/", language))
    assert (WHY.fr if language == "fr" else WHY.ar) in fell


def present_mover(commitment):
    moved_by = commitment.amendments.first().mover
    return next(one.pk for one in Person.objects.all() if one.name.ar == moved_by)


def test_what_was_not_kept_stays_on_the_page_of_the_cycle(cycle, decided, client):
    record_posting(reference="SFR-2023-D-0001", posted_on=date(2023, 11, 17), **STEP)
    record_sending(reference="SFR-2023-D-0001", sent_on=date(2023, 11, 21), **STEP)
    body = text(page(client, f"{cycle.slug}/"))
    assert "التزم المجلس بمشروع واحد" in body
    assert WHY.ar in body and decided[1].reference in body
    assert "في انتظار التأشيرة" in body
    own = text(page(client, f"{cycle.slug}/commitments/{decided[1].reference}/"))
    assert WHY.ar in own


def test_a_withdrawn_commitment_says_by_what_and_is_late_no_more(sefrou, client):
    cycle, (first,) = adopted_programme(sefrou)
    later = Deliberation.objects.create(
        community=sefrou.province,
        reference="SFR-2024-D-0048",
        year=2024,
        number=48,
        vote=cycle.deliberation.vote,
        title=LocalizedText(ar="مقرر بسحب مشروع"),
        adopted_on=date(2024, 3, 1),
    )
    later.versions.create(
        community=sefrou.province, number=1, text=WHY, sha256="a" * 64, made_on=later.adopted_on
    )
    viewer, today = viewer_of(sefrou.province, "progress.report"), date(2024, 3, 20)
    assert queries.overdue(viewer, cycle, today)
    operations.withdraw_commitment(commitment=first, deliberation=later, reason=WHY, **STEP)
    assert not queries.overdue(viewer, cycle, today) and not queries.running(viewer)
    body = text(page(client, f"{cycle.slug}/commitments/{first.reference}/"))
    assert later.reference in body and WHY.ar in body
    decision = client.get(
        f"/ar/council/decisions/{later.reference}/", headers={"host": "localhost"}
    )
    assert first.reference in text(decision)


# Off-line ---------------------------------------------------------------------------------------


def told(*arguments):
    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def files(cycle, decided, client, tmp_path):
    """The programme and the keys, saved as anybody saves them."""
    saved = text(page(client, f"{cycle.slug}/programme.json"))
    keys = tmp_path / "roots.json"
    keys.write_text(json.dumps(roots().as_json()))
    return json.loads(saved), keys


def verified(document, keys, tmp_path):
    path = tmp_path / "programme.json"
    path.write_text(json.dumps(document, ensure_ascii=False))
    return told("verify", str(path), "--keys", str(keys))


def test_anybody_verifies_the_programme_off_line(cycle, decided, files, tmp_path, monkeypatch):
    document, keys = files
    for connection in connections.all():
        monkeypatch.setattr(connection, "cursor", None)  # nothing of the site is asked
    code, out = verified(document, keys, tmp_path)
    assert (code, "CHANGED" in out) == (0, False)
    assert document["sha256"] in out and decided[0].reference in out
    assert [one["name"] for one in document["parts"]] == [decided[0].reference]


def changed_word(document):
    document["parts"][0]["content"]["title"]["ar"] += " "


def changed_hash(document):
    changed_word(document)
    plain = json.dumps(
        document["parts"][0]["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    document["parts"][0]["sha256"] = sha256(plain.encode()).hexdigest()


def changed_everything(document):
    changed_hash(document)
    part = document["parts"][0]
    line = f"{part['name']} {part['sha256']}\n"
    document["sha256"] = sha256(line.encode()).hexdigest()


def changed_quote(document):
    document["quoted_in"]["text"]["ar"] += "."


def requoted(document):
    text_of = document["quoted_in"]["text"]
    text_of["ar"] += "."
    plain = json.dumps(text_of, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    document["quoted_in"]["sha256"] = sha256(plain.encode()).hexdigest()


def doubled(document):
    document["parts"] *= 2


PLANTED = [
    (changed_word, "part_differs"),
    (changed_hash, "whole_differs"),
    (changed_everything, "act_states_otherwise"),
    (changed_quote, "quoting_text_differs"),
    (requoted, "act_states_otherwise"),
    (doubled, "part_twice"),
    (lambda document: document["parts"].clear(), "unreadable"),
]


def test_a_planted_change_is_found(files, tmp_path):
    intact, keys = files
    for plant, reason in PLANTED:
        document = deepcopy(intact)
        plant(document)
        code, out = verified(document, keys, tmp_path)
        assert code == 2 and reason in out, reason


def test_the_list_of_hashes_has_the_hash_that_the_deliberation_quotes(cycle, decided, client):
    lines = page(client, f"{cycle.slug}/programme.txt").content
    cycle.refresh_from_db()
    digest = sha256(lines).hexdigest()
    assert digest == cycle.sha256
    saved = client.get(
        "/ar/council/decisions/SFR-2023-D-0001/text.json", headers={"host": "localhost"}
    ).content
    version = cycle.deliberation.versions.get()
    assert sha256(saved).hexdigest() == version.sha256
    assert digest in json.loads(saved)["fr"]
    for path in ("programme.txt", "programme.json"):
        assert page(client, f"2030-2031/{path}").status_code == 404


def test_nothing_is_proven_before_the_adoption(sefrou, cycle, client):
    commitment_of(cycle, sefrou.axis)
    for path in ("programme.txt", "programme.json"):
        assert page(client, f"{cycle.slug}/{path}").status_code == 404


def test_the_site_judges_the_file_too(cycle, decided, client, files):
    document, _keys = files
    answer = client.post(
        "/fr/verify/",
        {"pasted": json.dumps(document)},
        headers={"host": "localhost", "sec-fetch-site": "same-origin"},
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert decided[0].reference in body and document["parts"][0]["sha256"] in body
