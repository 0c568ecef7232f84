"""The walk of the story: Sefrou's demonstration, whole, linked both ways, and told once."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import override

from infitah.community.models import Body, Community, Mandate, User
from infitah.community.queries import body_gauges
from infitah.core.fields import LocalizedTextField
from infitah.core.models import Installation
from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation
from infitah.ledger.models import Entry
from infitah.participation.models import Idea, StatementTally, StatementVote
from infitah.proceedings.models import Session
from infitah.programme import queries
from infitah.programme.models import Commitment, Cycle, Evidence, Milestone, TimetableEntry
from infitah.programme.rules import progress
from infitah.website.addresses import of_reference

HOST = {"host": "localhost"}
TODAY = date(2026, 11, 23)
APPS = ("community", "proceedings", "council", "participation", "programme", "website")

pytestmark = pytest.mark.usefixtures("story")


def viewer():
    return Viewer("SFR", Community.objects.get(key="SFR").pk)


def counts():
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_telling_it_twice_changes_nothing():
    before, entries = counts(), Entry.objects.count()
    out = StringIO()
    call_command("seed", "sefrou", stdout=out)
    assert counts() == before
    assert Entry.objects.count() == entries
    assert "Accounts" not in out.getvalue()


def test_the_real_dates_are_told():
    found = dict(
        TimetableEntry.objects.filter(cycle__slug="2024-2025").values_list("slug", "starts_on")
    )
    assert (found["kick-off"], found["remote-training"]) == (date(2022, 12, 13), date(2023, 2, 16))
    assert (found["first-workshop"], found["adoption"]) == (date(2023, 3, 8), date(2023, 11, 13))
    cycle = Cycle.objects.get(slug="2024-2025")
    assert cycle.deliberation.adopted_on == date(2023, 11, 13)
    june = cycle.rounds.get().consultation
    assert june.opens_at == datetime(2023, 6, 11, 23, tzinfo=UTC)
    assert june.closes_at == datetime(2023, 6, 20, 23, tzinfo=UTC)
    assert cycle.principles.count() == 5
    assert cycle.commitments.count() == 4


def test_the_council_adopted_unanimously_with_its_quorum():
    item = Deliberation.objects.get()
    sitting = item.vote.item.sitting
    assert item.vote.counts.is_unanimous
    assert item.vote.named.count() == item.vote.in_favour == 11
    assert (sitting.seats, sitting.quorum_needed, sitting.attendances.count()) == (13, 7, 13)
    assert sitting.session.of_council.kind == "extraordinary"
    assert item.state == "executory"


def test_the_adopted_text_is_the_text_of_the_committee():
    cycle = Cycle.objects.get(slug="2024-2025")
    assert cycle.sha256 in cycle.deliberation.versions.get().text.ar
    assert cycle.sha256 in cycle.deliberation.versions.get().text.fr


def test_every_commitment_grew_from_ideas_and_ideas_tell_it(client):
    for commitment in Commitment.objects.all():
        links = list(commitment.source_ideas.select_related("idea__consultation"))
        assert len(links) >= 4, commitment.reference
        idea = links[0].idea
        path = f"/ar/consultations/{idea.consultation.slug}/ideas/{idea.reference}/"
        assert commitment.reference in client.get(path, headers=HOST).content.decode()


def test_the_thread_of_every_commitment_stands_in_order_of_days(client):
    for one in Commitment.objects.filter(cycle__slug="2024-2025").select_related("cycle"):
        with override("ar"):
            path = reverse("programme:commitment", args=[one.cycle.slug, one.reference])
        page = client.get(path, headers=HOST).content.decode()
        thread = page.split('<ol class="thread"')[1].split("</ol>")[0]
        days = re.findall(r'<p class="knot-when"><time datetime="([0-9-]{10})', thread)
        assert days and days == sorted(days)
        assert "/report/2024/" in thread


def test_every_reference_of_the_story_leads_to_its_page(client):
    references = [
        *Session.objects.values_list("reference", flat=True),
        *Deliberation.objects.values_list("reference", flat=True),
        *Commitment.objects.values_list("reference", flat=True),
        *Milestone.objects.values_list("reference", flat=True),
        *Evidence.objects.values_list("reference", flat=True),
        *Idea.objects.values_list("reference", flat=True)[:10],
        *(one for one in TimetableEntry.objects.values_list("record", flat=True) if one),
    ]
    who = viewer()
    lost = [one for one in references if of_reference(one, who) is None]
    assert not lost
    for reference in (references[0], "SFR-2023-C-0002-M3"):
        answer = client.get(f"/d/{reference}/", headers=HOST, follow=True)
        assert answer.status_code == 200


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_no_link_of_the_storys_pages_is_broken(client, language):
    pages = [f"/{language}/programme/", f"/{language}/programme/2027-2028/"]
    pages += [
        f"/{language}/programme/{slug}/commitments/{one}/"
        for slug, one in Commitment.objects.values_list("cycle__slug", "reference")
    ]
    pages += [f"/{language}/council/", f"/{language}/council/members/"]
    seen, broken = set(), []
    for page in pages:
        body = client.get(page, headers=HOST).content.decode()
        for link in set(re.findall(r'href="(/(?!static)[^"#]*)', body)) - seen:
            seen.add(link)
            answer = client.get(link, headers=HOST)
            answer.close()
            if answer.status_code not in {200, 302}:
                broken.append((page, link))
    assert not broken


def test_the_story_is_honest_about_what_is_late():
    cycle = Cycle.objects.get(slug="2024-2025")
    found = queries.cards(queries.commitments(viewer()).filter(cycle=cycle), TODAY)
    assert [card.star for card in found] == ["claimed", "late", "late", "done"]
    assert [card.late for card in found] == [0, 572, 358, 0]
    glance = queries.glance_of(found, TODAY)
    assert glance.overdue == 4
    counts = glance.counts
    assert (counts.milestones, counts.verified, counts.claimed) == (18, 13, 1)
    for commitment in cycle.commitments.all():
        weights = commitment.milestones.values_list("weight", flat=True)
        assert progress.are_weights_whole(weights)


def test_everything_done_has_hashed_evidence_of_a_second_person():
    for milestone in Milestone.objects.filter(state="verified"):
        proof = milestone.evidence.get(returned_on=None)
        assert len(proof.sha256) == 64
        assert proof.verified_by not in {"", proof.claimed_by}


def test_evidence_is_handed_out_with_the_hash_that_the_page_states(client):
    proof = Evidence.objects.select_related("file").first()
    answer = client.get(f"/files/{proof.file.key}/{proof.file.name}", headers=HOST)
    body = b"".join(answer.streaming_content)
    answer.close()
    assert sha256(body).hexdigest() == proof.sha256


def test_the_follow_up_committee_meets_its_rules():
    committee = Body.objects.get(kind="follow_up_committee")
    assert {row.gauge.state for row in body_gauges(committee, TODAY)} == {"met"}
    assert Mandate.objects.filter(body=committee, role="co_coordinator").count() == 2


def test_everything_is_marked_as_a_demonstration():
    assert Installation.objects.get().is_demonstration
    assert not User.objects.filter(is_demonstration=False).exists()
    names = {"president", "focal_point", "secretary", "moderator", "verifier", "administrator"}
    assert names <= set(User.objects.values_list("username", flat=True))
    assert not Mandate.objects.filter(person__is_invented=False).exists()


def test_history_is_entered_afterwards_with_its_true_day():
    entry = Entry.objects.filter(act="council.deliberation_adopted").get()
    assert entry.occurred_on == date(2023, 11, 13)
    assert entry.facts.is_entered_afterwards


def test_the_next_cycle_is_in_preparation_with_an_open_consultation():
    upcoming = queries.next_cycle(viewer())
    assert (upcoming.slug, upcoming.state) == ("2027-2028", "preparing")
    assert upcoming.rounds.get().consultation.opens_at > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_mass_of_rows_writes_no_entry():
    entries, ideas = Entry.objects.count(), Idea.objects.count()
    communities = Community.objects.count()
    voted = StatementVote.objects.count()
    mass = ("--ideas", "250", "--communities", "3", "--votes", "900", "--people", "40")
    call_command("seed", "scale", *mass, stdout=StringIO())
    assert StatementVote.objects.count() == voted + 900
    told = StatementTally.objects.aggregate(told=Sum(F("agree") + F("disagree") + F("passed")))
    assert told["told"] == voted + 900
    assert Idea.objects.count() == ideas + 250
    assert Community.objects.count() == communities + 3
    assert Entry.objects.count() == entries
    year = Idea.objects.order_by("-position").first().year
    numbers = list(
        Idea.objects.filter(year=year).order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_real_home_is_left_alone():
    Installation.objects.update(is_demonstration=False)
    for arguments in (("sefrou",), ("scale", "--ideas", "5")):
        with pytest.raises(CommandError):
            call_command("seed", *arguments, stdout=StringIO())


def required_texts():
    """Every field of a record whose Arabic is required: model and name of the field."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [
        (model, field.name)
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, LocalizedTextField) and not field.blank
    ]


def test_the_database_itself_refuses_a_text_without_arabic():
    tried = 0
    for model, name in required_texts():
        rows = model._default_manager.all()
        if not rows.exists():
            continue
        for text in ({"fr": "Sans arabe"}, {"ar": "  ", "fr": "Blanc"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**{name: text})
        tried += 1
    assert tried > 20
