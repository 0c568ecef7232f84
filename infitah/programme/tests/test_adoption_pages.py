"""The desk of the committee and the council: validate, amend, reject, adopt; nothing by a shell."""

import re
from html import unescape

import pytest
import time_machine

from infitah.community.tests.factories import log_in
from infitah.core.operations import bump
from infitah.council.models import Deliberation, Objection
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.rules import Choice
from infitah.programme import models, operations, queries
from infitah.programme.tests.factories import STEP, adopted_programme, commitment_of, cycle_of
from infitah.programme.tests.sittings import DAY, WHY, moved, vote_at

pytestmark = pytest.mark.django_db
DESK = "/desk/programme/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield


@pytest.fixture
def focal(sefrou, client):
    return log_in(client, sefrou.officer, sefrou.province)


@pytest.fixture
def secretary(sefrou, client):
    return log_in(client, sefrou.secretary, sefrou.province)


def text(answer):
    return answer.content.decode()


def test_the_focal_point_records_what_the_committee_validated(sefrou, focal, cycle, committee):
    drafts = [commitment_of(cycle, sefrou.axis) for _n in range(2)]
    vote = vote_at(*committee)
    page = f"{DESK}cycles/{cycle.slug}/validation/"
    shown = {one.facts.reference: one.facts.present_sha256 for one in queries.before_council(cycle)}
    body = text(focal.get(page))
    assert all(sha256 in body for sha256 in shown.values())
    said = {"vote": vote.pk, "commitments": list(shown), "waiver_ar": "سبب منشور للاستمرار"}
    said |= {f"seen_{reference}": sha256 for reference, sha256 in shown.items()}
    stale = focal.post(page, said | {f"seen_{drafts[1].reference}": "0" * 64})
    assert stale.status_code == 422
    assert "سبب منشور للاستمرار" in text(stale) and drafts[1].reference in text(stale)
    assert not models.CommitmentVersion.objects.exists()  # all or none
    nothing = focal.post(page, {"vote": vote.pk})
    assert nothing.status_code == 422
    assert focal.post(page, said).status_code == 302
    assert {one.sha256 for one in models.CommitmentVersion.objects.all()} == set(shown.values())
    assert {one.vote for one in models.CommitmentVersion.objects.all()} == {vote}


def test_a_draft_falls_by_a_lost_vote_of_the_committee(sefrou, focal, cycle, committee):
    draft = commitment_of(cycle, sefrou.axis)
    vote = vote_at(*committee, choice=Choice.AGAINST)
    page = f"{DESK}before-council/{draft.reference}/reject/"
    empty = focal.post(page, {"vote": vote.pk, "reason_fr": "Seulement en français"})
    assert empty.status_code == 422 and "Seulement en français" in text(empty)
    assert focal.post(page, {"vote": vote.pk, "reason_ar": WHY.ar}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "rejected"
    assert focal.get(page).status_code == 302
    public = f"/ar/programme/{cycle.slug}/commitments/{draft.reference}/"
    body = text(focal.get(public, headers={"host": "localhost"}))
    thread = body.split('id="thread"')[1].split("</section>")[0]
    assert "لم تحتفظ به لجنة التتبع" in thread and "المعارضون 4" in thread
    score = draft.versions.get(is_public=True).lint_score
    assert 'id="vote"' in body and f"<strong>{score} من 100</strong>" in body


@pytest.mark.database
def test_the_secretary_takes_the_programme_through_the_session(
    sefrou,
    secretary,
    cycle,
    validated,
    session,
):
    first, second = validated
    sitting, present = session
    item = sitting.items.first()
    page = f"{DESK}before-council/{first.reference}/"
    assert "تجديد الموقع" in text(secretary.get(f"{page}amendments/"))
    amend = {
        "item": item.pk,
        "mover": present[0].pk,
        "after_ar": "تجديد الموقع",
        "after_fr": "Renouveler le site",
        "reason_ar": "للتوضيح",
    }
    same = secretary.post(f"{page}amend/title/", amend)
    assert same.status_code == 422 and "للتوضيح" in text(same)
    done = secretary.post(f"{page}amend/title/", amend | {"after_ar": "تجديد الموقع وترجمته"})
    assert done.status_code == 302
    assert secretary.get(f"{page}amend/weight/").status_code == 404
    adoption = f"{DESK}cycles/{cycle.slug}/adoption/"
    blocked = text(secretary.get(adoption))
    assert first.reference in blocked and 'name="act" value="adopt"' not in blocked
    leads = re.search(r'href="([^"]*/vote/[^"]*)"', text(secretary.get(f"{page}amendments/1/")))
    asked = secretary.get(unescape(leads[1])).context["form"]["question_ar"].value()
    assert asked == "التعديل رقم 1 على الالتزام: تجديد الموقع"
    vote = vote_at(*session, item=item)
    assert secretary.post(f"{page}amendments/1/", {"vote": vote.pk}).status_code == 302
    record = f"/desk/meetings/council/{sitting.session.reference}/deliberation/"
    of_another = {"vote": vote.pk, "number": "3", "title_ar": "النظام الداخلي", "text_ar": "نص"}
    assert secretary.post(record, of_another).status_code == 422
    late = secretary.post(f"{page}amendments/1/withdraw/")
    assert late.status_code == 422
    lost = vote_at(*session, choice=Choice.AGAINST)
    said = {"vote": lost.pk, "reason_ar": WHY.ar}
    reject = f"{DESK}before-council/{second.reference}/reject/"
    assert secretary.post(reject, said).status_code == 302
    adopting = vote_at(*session)
    shown = queries.adoption_desk(cycle)
    body = text(secretary.get(adoption))
    assert shown.digest in body and "لم يصادق المجلس على: " + second.reference in body
    form = {
        "act": "adopt",
        "vote": adopting.pk,
        "number": "47",
        "title_ar": "مقرر",
        "text_ar": "نص بلا بصمة",
        "text_fr": f"Empreinte {shown.digest}",
    }
    unquoted = secretary.post(adoption, form)
    assert unquoted.status_code == 422 and "نص بلا بصمة" in text(unquoted)
    assert not Deliberation.objects.exists()
    quoted = secretary.post(adoption, form | {"text_ar": f"البصمة: {shown.digest}"})
    assert quoted.status_code == 302
    assert secretary.get(quoted.url).status_code == 200
    cycle.refresh_from_db()
    first.refresh_from_db()
    assert (cycle.state, cycle.sha256) == ("adopted", shown.digest)
    assert (first.state, first.title.ar) == ("amended", "تجديد الموقع وترجمته")
    assert secretary.get(adoption).url.endswith("/adopted/")


def test_a_recorded_deliberation_adopts_and_a_later_one_withdraws(
    sefrou,
    secretary,
    cycle,
    validated,
    session,
):
    from_before = Deliberation.objects.create(
        community=sefrou.province,
        reference="SFR-2023-D-0001",
        year=2023,
        number=47,
        vote=vote_at(*session),
        title=WHY,
        adopted_on=DAY,
    )
    digest = queries.adoption_desk(cycle).digest
    from_before.versions.create(
        community=sefrou.province,
        number=1,
        text=LocalizedText(ar=f"البصمة {digest}"),
        sha256="a" * 64,
        made_on=DAY,
    )
    adoption = f"{DESK}cycles/{cycle.slug}/adoption/"
    assert secretary.post(adoption, {"act": "bind", "deliberation": ""}).status_code == 422
    bound = secretary.post(adoption, {"act": "bind", "deliberation": from_before.pk})
    assert bound.status_code == 302
    withdraw = f"{DESK}before-council/{validated[0].reference}/withdraw/"
    said = {"deliberation": from_before.pk, "reason_ar": WHY.ar}
    refused = secretary.post(withdraw, said)
    assert refused.status_code == 422 and WHY.ar in text(refused)


def test_amounts_and_days_are_asked_for_as_what_they_are(
    sefrou,
    secretary,
    validated,
    session,
):
    sitting, present = session
    base = {"item": sitting.items.first().pk, "mover": present[0].pk}
    page = f"{DESK}before-council/{validated[0].reference}/amend/"
    assert secretary.post(f"{page}budget/", base | {"after": "كثير"}).status_code == 422
    assert secretary.post(f"{page}budget/", base | {"after": "2500,50"}).status_code == 302
    assert secretary.post(f"{page}M1.until/", base | {"after": "2023-01-01"}).status_code == 422
    assert secretary.post(f"{page}M1.until/", base | {"after": "2024-02-15"}).status_code == 302
    moved_so = models.Amendment.objects.order_by("number").values_list("field", "after")
    assert [(field, after.ar) for field, after in moved_so] == [
        ("budget", "250050"),
        ("M1.until", "2024-02-15"),
    ]


def test_who_decides_what(sefrou, client, cycle, validated, session, committee):
    moved(validated[0], session)
    draft = commitment_of(cycle, sefrou.axis)
    one = f"{DESK}before-council/{validated[0].reference}/"
    council = [f"{DESK}cycles/{cycle.slug}/adoption/", f"{one}amendments/", f"{one}reject/"]
    committees = [
        f"{DESK}cycles/{cycle.slug}/validation/",
        f"{DESK}before-council/{draft.reference}/reject/",
    ]
    log_in(client, sefrou.officer, sefrou.province)
    assert {client.get(path).status_code for path in committees} == {200}
    seen, *kept = council  # who prepares the programme sees how it stands before the council
    assert client.get(seen).status_code == 200
    assert client.post(seen, {"act": "adopt"}).status_code == 404
    assert {client.get(path).status_code for path in kept} == {404}
    log_in(client, sefrou.secretary, sefrou.province)
    assert {client.get(path).status_code for path in [*council, *committees]} == {200}
    for user, community in (
        (sefrou.verifier, sefrou.province),
        (sefrou.other_officer, sefrou.other),
    ):
        log_in(client, user, community)
        assert {client.get(path).status_code for path in [*council, *committees]} == {404}


def test_the_desk_of_the_council_reads_in_bounded_queries(
    sefrou,
    cycle,
    django_assert_max_num_queries,
):
    for _n in range(5):
        one = commitment_of(cycle, sefrou.axis)
        operations.validate_commitment(commitment=one, on=DAY, **STEP)
    with django_assert_max_num_queries(7):
        desk = queries.adoption_desk(cycle)
    assert desk.faults == () and len(desk.rows) == 5
    assert cycle_of(sefrou, "2030-2031").slug


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("objected", "لا ينفذ قبل أن يتداول المجلس من جديد"),
        ("referred", "لا ينفذ ما يعد به البرنامج قبل صدور حكمها"),
        ("annulled", "ما يعد به البرنامج لا يلزم أحدا"),
    ],
)
def test_citizens_read_what_an_objection_means_for_the_programme(sefrou, client, state, words):
    cycle, (first,) = adopted_programme(sefrou)
    home = f"/ar/programme/{cycle.slug}/"
    pages = [
        home,
        f"{home}commitments/{first.reference}/",
        f"{home}commitments/{first.reference}/adoption/",
    ]
    host = {"host": "localhost"}
    assert all(words not in text(client.get(page, headers=host)) for page in pages)
    Objection.objects.create(
        community=sefrou.province,
        deliberation=cycle.deliberation,
        letter_number="2023/114",
        received_on=DAY,
        reason=WHY,
    )
    Deliberation.objects.filter(pk=cycle.deliberation_id).update(state=state)
    bump(sefrou.province.key, "programme")
    for page in pages:
        body = text(client.get(page, headers=host))
        assert words in body and "2023/114" in body
