"""The council changes the weights of milestones: together, to 100, seen and bound like any text."""

import json
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from infitah.community.tests.factories import log_in
from infitah.council.operations import AdoptedText
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.ledger.queries import roots
from infitah.ledger.rules.bound import text_digest
from infitah.programme import models, operations, queries
from infitah.programme.operations import AmendmentRefused
from infitah.programme.queries.binding import bound_programme
from infitah.programme.rules import amending, texts
from infitah.programme.rules.amending import AmendingFault, CannotAmend
from infitah.programme.tests.factories import STEP, WORDS
from infitah.programme.tests.sittings import DAY, moved, vote_at

DESK = "/desk/programme/"
HOST = {"host": "localhost"}


def whole(cuts):
    """Return positive weights that sum to 100, cut at these places."""
    edges = [0, *sorted(cuts), 100]
    return [after - before for before, after in pairwise(edges)]


WHOLE = st.sets(st.integers(1, 99), min_size=1, max_size=8).map(whole)


def content(weights):
    listed = [
        {"reference": f"M{number}", "title": {"ar": "مرحلة"}, "from": "2024-01-01"}
        | {"until": "2024-06-30", "weight": weight}
        for number, weight in enumerate(weights, start=1)
    ]
    return {"title": {"ar": "عنوان"}, "milestones": listed}


# Rules ------------------------------------------------------------------------------------------


@given(WHOLE, st.randoms())
def test_changed_weights_make_100_again_and_change_nothing_else(weights, shuffler):
    before = content(weights)
    other = list(weights)
    shuffler.shuffle(other)
    if other == weights:
        return
    made = amending.amended(before, "weights", amending.weights_text(other))
    (change,) = amending.changes(before, made)
    assert change.part.key == "weights"
    assert amending.weights_of(change.before) == weights
    assert amending.weights_of(change.after) == other
    assert [one["weight"] for one in made["milestones"]] == other
    back = amending.amended(made, "weights", change.before)
    assert texts.content_digest(back) == texts.content_digest(before)


@given(WHOLE, st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_weights_that_do_not_make_100_change_nothing(weights, other):
    before = content(weights)
    if sum(other) == 100 and 0 not in other and len(other) == len(weights):
        return
    with pytest.raises(CannotAmend) as refused:
        amending.amended(before, "weights", amending.weights_text(other))
    if len(other) != len(weights):
        assert refused.value.fault == AmendingFault.NOT_WEIGHTS
    else:
        assert (refused.value.fault, refused.value.found) == (AmendingFault.NOT_WHOLE, sum(other))
    assert before == content(weights)


@pytest.mark.parametrize("said", ["", "ستون 40", "60.5 39.5", "-10 110", "60"])
def test_weights_are_whole_numbers_one_a_milestone(said):
    with pytest.raises(CannotAmend) as refused:
        amending.amended(content([60, 40]), "weights", LocalizedText(said))
    assert refused.value.fault == AmendingFault.NOT_WEIGHTS


def test_a_single_milestone_has_no_weight_to_change():
    keys = [part.key for part in amending.parts(content([100]))]
    assert "weights" not in keys
    assert amending.parts(content([60, 40]))[-1].key == "weights"


# Acts -------------------------------------------------------------------------------------------


def weighed(first, session, *weights):
    return moved(first, session, "weights", amending.weights_text(weights))


def decided(amendment, session):
    vote = vote_at(*session, item=amendment.item)
    return operations.decide_amendment(amendment=amendment, vote=vote, **STEP)


def adopted_with_weights(cycle, validated, session):
    done = decided(weighed(validated[0], session, 25, 75), session)
    digest = queries.adoption_desk(cycle).digest
    text = LocalizedText(ar=f"بصمة {digest}", fr=f"Empreinte {digest}")
    operations.adopt_by_vote(
        cycle=cycle,
        vote=vote_at(*session),
        adopted=AdoptedText(47, WORDS, text),
        **STEP,
    )
    cycle.refresh_from_db()
    return done.made


@pytest.mark.database
def test_the_adopted_weights_are_those_of_the_session_and_the_proof_agrees(
    cycle, validated, session, client, tmp_path
):
    version = adopted_with_weights(cycle, validated, session)
    first = validated[0]
    first.refresh_from_db()
    assert list(first.milestones.order_by("number").values_list("weight", flat=True)) == [25, 75]
    assert first.state == "amended"
    bound = models.Adoption.objects.get(version=version)
    assert (bound.is_same_text, bound.difference.ar) == (False, "أوزان المراحل")
    proof = bound_programme(cycle)
    assert all(part.is_intact for part in proof.parts)
    part = next(one for one in proof.parts if one.name == first.reference)
    assert [one["weight"] for one in part.content["milestones"]] == [25, 75]
    assert text_digest(part.content) == version.sha256 and proof.quoted_in is not None
    saved, keys, out = tmp_path / "programme.json", tmp_path / "roots.json", StringIO()
    address = f"/ar/programme/{cycle.slug}/programme.json"
    saved.write_bytes(client.get(address, headers=HOST).content)
    keys.write_text(json.dumps(roots().as_json()))
    call_command("verify", str(saved), "--keys", str(keys), stdout=out)  # ends otherwise
    assert first.reference in out.getvalue() and "CHANGED" not in out.getvalue()
    told = Entry.objects.get(act="programme.commitment_amendment_moved").facts.public
    assert (told["part"], told["before"], told["after"]) == (
        "weights",
        {"ar": "60 40"},
        {"ar": "25 75"},
    )


def test_two_changes_of_the_weights_are_not_mixed(validated, session):
    one = weighed(validated[0], session, 25, 75)
    two = weighed(validated[0], session, 50, 50)
    decided(one, session)
    with pytest.raises(AmendmentRefused) as stale:
        decided(two, session)
    assert stale.value.code == "stale"


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def secretary(sefrou, client):
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield log_in(client, sefrou.secretary, sefrou.province)


def test_the_secretary_enters_other_weights_and_days(secretary, validated, session):
    sitting, present = session
    page = f"{DESK}before-council/{validated[0].reference}/"
    listed = secretary.get(f"{page}amendments/").content.decode()
    assert "المرحلة 1: 60 من 100" in listed and f"{page}amend/weights/" in listed
    asked = secretary.get(f"{page}amend/weights/").content.decode()
    assert 'name="weight_1" value="60"' in asked and 'name="weight_2" value="40"' in asked
    said = {"item": sitting.items.first().pk, "mover": present[0].pk, "reason_ar": "للتوازن"}
    short = secretary.post(f"{page}amend/weights/", said | {"weight_1": "٢٥", "weight_2": "70"})
    body = short.content.decode()
    assert short.status_code == 422 and 'id="id_weight_2-error"' in body
    assert "مجموع الأوزان 95" in body and "للتوازن" in body and 'value="70"' in body
    none = secretary.post(f"{page}amend/weights/", said | {"weight_1": "0", "weight_2": "100"})
    assert none.status_code == 422 and 'id="id_weight_1-error"' in none.content.decode()
    same = secretary.post(f"{page}amend/weights/", said | {"weight_1": "60", "weight_2": "40"})
    assert same.status_code == 422
    done = secretary.post(f"{page}amend/weights/", said | {"weight_1": "٢٥", "weight_2": "75"})
    assert done.status_code == 302
    day = secretary.post(f"{page}amend/M2.until/", said | {"after": "2024-03-31"})
    assert day.status_code == 302
    assert [one.after.ar for one in models.Amendment.objects.order_by("number")] == [
        "25 75",
        "2024-03-31",
    ]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("ar", "المرحلة 1: 60 من 100", "المرحلة 2: "),
        ("fr", "Jalon 1 : 60 sur 100", "Jalon 2 : "),
    ],
)
def test_citizens_see_the_change_beside_the_text_of_the_committee(
    client, cycle, validated, session, language, before, after
):
    version = adopted_with_weights(cycle, validated, session)
    page = f"/{language}/programme/{cycle.slug}/commitments/{validated[0].reference}/"
    shown = client.get(f"{page}adoption/", headers=HOST).content.decode().replace("\xa0", " ")
    assert before in shown and after in shown  # the committee's weights stand whole
    assert shown.count("<del>") == 4  # two weights, in the amendment and side by side
    assert version.sha256 in shown
    history = client.get(f"{page}versions/", headers=HOST).content.decode()
    assert history.count("<del>") == 2
    kept = client.get(f"{page}versions/{version.number}.json", headers=HOST)
    assert [one["weight"] for one in json.loads(kept.content)["milestones"]] == [25, 75]
    assert version.made_on == date(2023, 11, 13) and version.made_on > DAY
