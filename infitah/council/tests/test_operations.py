"""Acts of the council: adoption, sending, posting, visa; what each refuses."""

from datetime import UTC, date, datetime

import pytest

from infitah.community.tests.factories import BodyFactory
from infitah.council import operations
from infitah.council.models import Deliberation
from infitah.council.operations import DeliberationRefused
from infitah.council.rules import CalledBy, SessionKind
from infitah.council.tests.factories import TEXT, TITLE, adopted, voted, voted_again
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings.operations import digest_of
from infitah.proceedings.rules import Choice
from infitah.proceedings.tests.factories import BY, HELD, NOW

STEP = {"by": BY, "now": NOW}
AFTER = {"by": BY, "now": datetime(2023, 12, 31, 9, tzinfo=UTC)}


def test_the_council_is_convened_with_its_kind(sefrou):
    held = operations.convene_council(
        body=sefrou.council,
        kind=SessionKind.EXTRAORDINARY,
        called_by=CalledBy.PRESIDENT,
        title=LocalizedText(ar="دورة استثنائية"),
        convened_on=date(2023, 11, 2),
        **STEP,
    )
    assert (held.kind, held.session.reference) == ("extraordinary", "SFR-2023-S-0001")


@pytest.mark.parametrize("called_by", [one for one in CalledBy if one != CalledBy.LAW])
def test_nobody_asks_for_an_ordinary_session_art33(sefrou, called_by):
    asked = {"body": sefrou.council, "title": TITLE, "convened_on": date(2023, 9, 1), **STEP}
    with pytest.raises(DeliberationRefused) as refused:
        operations.convene_council(kind=SessionKind.ORDINARY, called_by=called_by, **asked)
    assert refused.value.field == "called_by"
    held = operations.convene_council(kind=SessionKind.ORDINARY, called_by=CalledBy.LAW, **asked)
    assert held.called_by == "law"


def test_another_body_holds_no_session_of_the_council(sefrou):
    committee = BodyFactory(community=sefrou.province, kind="committee")
    with pytest.raises(DeliberationRefused):
        operations.convene_council(
            body=committee,
            kind=SessionKind.ORDINARY,
            called_by=CalledBy.LAW,
            title=TITLE,
            convened_on=date(2023, 11, 2),
            **STEP,
        )


def test_adoption_gives_a_number_a_version_and_an_entry(sefrou):
    item = adopted(sefrou.council, number=47)
    assert (item.reference, item.year, item.number) == ("SFR-2023-D-0001", 2023, 47)
    assert item.adopted_on == HELD
    version = item.versions.get()
    assert version.sha256 == digest_of(TEXT)
    facts = Entry.objects.filter(subject=item.reference).get().facts
    assert (facts.public["sha256"], facts.public["for"]) == (version.sha256, 13)


def test_a_lost_motion_adopts_nothing(sefrou):
    vote = voted(sefrou.council, Choice.AGAINST)
    with pytest.raises(DeliberationRefused) as refused:
        adopted(sefrou.council, vote=vote)
    assert refused.value.code == "lost"
    assert not Deliberation.objects.exists()


def test_the_vote_belongs_to_an_item_of_the_deliberation(sefrou):
    vote = voted(sefrou.council)
    with pytest.raises(DeliberationRefused) as refused:
        operations.record_deliberation(
            items=[], vote=vote, adopted=operations.AdoptedText(1, TITLE, TEXT), **STEP
        )
    assert refused.value.code == "item"


def test_the_council_gives_a_number_once_a_year(sefrou):
    first = adopted(sefrou.council, number=47)
    with pytest.raises(DeliberationRefused) as refused:
        adopted(sefrou.council, number=47, vote=voted_again(first.vote))
    assert (refused.value.code, refused.value.field) == ("number", "number")


def test_one_vote_adopts_one_text(sefrou):
    first = adopted(sefrou.council, number=47)
    with pytest.raises(DeliberationRefused) as refused:
        adopted(sefrou.council, number=48, vote=first.vote)
    assert (refused.value.code, refused.value.field) == ("used", "vote")
    assert first.reference in refused.value.message and Deliberation.objects.count() == 1


def test_a_text_with_visa_is_in_force_once_it_has_it(sefrou):
    reference = adopted(sefrou.council).reference
    sent = operations.record_sending(reference=reference, sent_on=date(2023, 11, 21), **AFTER)
    assert sent.state == "visa_pending"
    with pytest.raises(DeliberationRefused):
        operations.record_visa(
            reference=reference, visa_on=date(2023, 11, 20), is_silent=False, **AFTER
        )
    with pytest.raises(DeliberationRefused) as early:
        operations.record_visa(
            reference=reference, visa_on=date(2023, 12, 11), is_silent=True, **AFTER
        )
    assert early.value.field == "visa_on" and "12 دجنبر 2023" in early.value.message
    done = operations.record_visa(
        reference=reference, visa_on=date(2023, 12, 12), is_silent=True, **AFTER
    )
    assert (done.state, done.is_visa_silent) == ("executory", True)
    with pytest.raises(DeliberationRefused):
        operations.record_visa(
            reference=reference, visa_on=date(2023, 12, 13), is_silent=False, **AFTER
        )
    acts = list(Entry.objects.filter(subject=reference).values_list("act", "occurred_on"))
    assert ("council.deliberation_visa_recorded", date(2023, 12, 12)) in acts


def test_a_text_without_visa_is_in_force_after_its_sending(sefrou):
    reference = adopted(sefrou.council, is_visa_required=False).reference
    with pytest.raises(DeliberationRefused):
        operations.record_in_force(reference=reference, on=date(2023, 11, 30), **AFTER)
    with pytest.raises(DeliberationRefused):
        operations.record_sending(reference=reference, sent_on=date(2023, 11, 1), **AFTER)
    sent = operations.record_sending(reference=reference, sent_on=date(2023, 11, 21), **AFTER)
    assert sent.state == "sent"
    in_force = operations.record_in_force(reference=reference, on=date(2023, 11, 30), **AFTER)
    assert in_force.state == "executory"


def test_no_step_of_a_text_is_recorded_before_its_day(sefrou):
    reference = adopted(sefrou.council).reference
    told = {"reference": reference, "by": BY, "now": datetime(2023, 11, 20, 9, tzinfo=UTC)}
    for act, day in (
        (operations.record_sending, "sent_on"),
        (operations.record_posting, "posted_on"),
    ):
        with pytest.raises(DeliberationRefused) as refused:
            act(**{day: date(2023, 11, 21)}, **told)
        assert refused.value.field == day
        act(**{day: date(2023, 11, 20)}, **told)
    with pytest.raises(DeliberationRefused) as refused:
        operations.record_visa(visa_on=date(2023, 11, 21), is_silent=False, **told)
    assert refused.value.field == "visa_on"


def test_a_text_is_not_in_force_before_that_day(sefrou):
    reference = adopted(sefrou.council, is_visa_required=False).reference
    told = {"reference": reference, "by": BY, "now": datetime(2023, 11, 20, 9, tzinfo=UTC)}
    operations.record_sending(sent_on=date(2023, 11, 20), **told)
    with pytest.raises(DeliberationRefused) as refused:
        operations.record_in_force(on=date(2023, 11, 21), **told)
    assert refused.value.field == "on"


def test_a_text_is_posted_once_and_not_before_its_adoption(sefrou):
    reference = adopted(sefrou.council).reference
    with pytest.raises(DeliberationRefused):
        operations.record_posting(reference=reference, posted_on=date(2023, 11, 12), **STEP)
    posted = operations.record_posting(reference=reference, posted_on=HELD, **STEP)
    assert posted.posted_on == HELD
    with pytest.raises(DeliberationRefused):
        operations.record_posting(reference=reference, posted_on=HELD, **STEP)
