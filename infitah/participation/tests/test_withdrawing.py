"""Taking ideas back: erased everywhere at once, and the links that lead to it."""

from datetime import timedelta

import pytest

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.errors import OperationRefused
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.ledger import queries as ledger
from infitah.participation import operations, queries
from infitah.participation.models import Idea, IdeaTally
from infitah.participation.tests.factories import AFTER, DURING, STATEMENT, acts, make_idea
from infitah.participation.tests.giving import draft, submit
from infitah.searchindex.models import DirtyRow
from infitah.searchindex.operations import index_dirty
from infitah.searchindex.queries import is_indexed


def withdraw(idea, person, now=AFTER):
    return operations.withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=person.pk,
        by=Actor("participant", str(person.pk)),
        now=now,
    )


def test_withdrawing_erases_the_text_everywhere_at_once_and_keeps_the_number(sefrou, june):
    idea = submit(draft(june, sefrou, detail="تفصيل", name="فاطمة"), sefrou.participant)
    index_dirty(now=DURING)
    assert is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    gone = withdraw(idea, sefrou.participant)
    assert (gone.statement, gone.detail, gone.author_name_sealed) == ("", "", "")
    assert gone.reference == idea.reference and gone.withdrawn_at == AFTER
    assert not is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    assert not DirtyRow.objects.filter(subject=idea.reference).exists()
    assert ledger.openings("SFR", idea.register_number) == {}
    assert acts(idea.reference) == ["idea_submitted", "idea_withdrawn", "openings_erased"]
    assert IdeaTally.objects.get().shown == 0


def test_withdrawing_twice_changes_nothing(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    count = len(acts(idea.reference))
    withdraw(idea, sefrou.participant)
    assert len(acts(idea.reference)) == count


def test_nobody_withdraws_the_idea_of_another(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    other = ParticipantFactory(community=sefrou.province)
    with pytest.raises(OperationRefused):
        withdraw(idea, other)
    idea.refresh_from_db()
    assert idea.state == "visible"


def test_after_withdrawing_the_same_words_may_be_given_again(sefrou, june):
    withdraw(submit(draft(june, sefrou), sefrou.participant), sefrou.participant)
    again = submit(draft(june, sefrou), sefrou.participant)
    assert again.reference == "SFR-2023-I-0002"


def test_the_receipt_of_a_withdrawn_idea_is_not_sent(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    operations.send_receipts(now=AFTER)
    assert not Mail.objects.filter(template="participation/email/received").exists()
    assert not operations.has_receipts_to_send(AFTER)


# Links -------------------------------------------------------------------------------------------


def test_links_to_ones_ideas_are_sent_to_their_author_alone(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    gone = make_idea(june, sefrou.axis, "بناء ملعب رياضي في كل جماعة", author=sefrou.participant)
    withdraw(gone, sefrou.participant)
    Mail.objects.all().delete()
    ask = {"community": sefrou.province, "network": "127.0.0.1"}
    operations.send_my_links(address="else@example.org", now=DURING, **ask)
    assert not Mail.objects.exists()
    address = operations.letters.address_of_author(sefrou.participant)
    operations.send_my_links(address=address.upper(), now=DURING, **ask)
    text = read(Mail.objects.get()).text
    assert STATEMENT in text and gone.reference in text
    assert text.count("/mine/link/") == 1  # none to take back what is gone
    assert operations.withdraw_token(idea) in text
    for minute in range(1, 20):
        later = DURING + timedelta(minutes=minute)
        operations.send_my_links(address=address, now=later, **ask)
    assert Mail.objects.count() == 3  # three an hour to one address, whoever asks


def test_the_mail_with_links_speaks_of_taking_back_only_where_something_stands(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    ask = {"community": sefrou.province, "network": "127.0.0.1"}
    ask["address"] = operations.letters.address_of_author(sefrou.participant)
    told = []
    for now in (DURING, AFTER):
        Mail.objects.all().delete()
        operations.send_my_links(now=now, **ask)
        letter = read(Mail.objects.get())
        told.append(["كل رابط للسحب" in words for words in (letter.text, letter.html)])
        withdraw(idea, sefrou.participant)
    assert told == [[True, True], [False, False]]


def test_a_network_asks_for_ten_letters_an_hour(sefrou, june):
    ask = {"community": sefrou.province, "network": "127.0.0.1", "now": DURING}
    for number in range(10):
        operations.send_my_links(address=f"stranger{number}@example.org", **ask)
    submit(draft(june, sefrou), sefrou.participant)
    operations.send_my_links(
        address=operations.letters.address_of_author(sefrou.participant), **ask
    )
    assert not Mail.objects.filter(template="participation/email/my_ideas").exists()


def test_a_withdrawal_is_confirmed_by_mail_with_its_act(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    withdraw(idea, sefrou.participant)
    letter = read(Mail.objects.get(template="participation/email/withdrawn"))
    number = queries.withdrawal_number(Idea.objects.get(pk=idea.pk))
    assert idea.reference in letter.subject and f"/ar/register/{number}/" in letter.text
    assert STATEMENT not in letter.text + letter.html


def test_a_link_is_ours_whole_and_not_too_old(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    token = operations.withdraw_token(idea)
    assert operations.reference_of_token(token) == (idea.reference, "valid")
    assert operations.reference_of_token(token[:-2]) == ("", "forged")
    assert operations.reference_of_token("x") == ("", "forged")
