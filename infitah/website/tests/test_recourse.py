"""Whoever reads a mail of the site finds a way to answer, and knows who wrote it."""

import pytest

from infitah.community.models import Community
from infitah.community.queries import forget_hosts
from infitah.core import letters
from infitah.core.models import Mail
from infitah.core.operations import queue_mail
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.tests.factories import AFTER, BY, DURING, make_consultation, make_idea
from infitah.website.seeds import seed_contact

pytestmark = pytest.mark.django_db
ANSWER = "أجيبوا عن هذه الرسالة"


@pytest.fixture
def letter(sefrou):
    """Return what reads the mail of a withdrawal, with what the community says of itself now."""
    june = make_consultation(sefrou.province, sefrou.axis)
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    operations.withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=idea.author_id,
        by=BY,
        now=AFTER,
    )

    def read(**changes: object) -> letters.Letter:
        Community.objects.filter(pk=sefrou.province.pk).update(**changes)
        forget_hosts()
        return letters.read(Mail.objects.get(template="participation/email/withdrawn"))

    return read


def message(letter):
    return letter.message("no-reply@localhost", "localhost").message()


def test_without_any_address_the_page_to_write_from_is_named(letter):
    read = letter(email="", phone="", address=LocalizedText(ar=""))
    for part in (read.text, read.html):
        assert ANSWER not in part and "/ar/mine/" in part
    assert "Reply-To" not in message(read)


def test_a_counter_is_named_where_nobody_reads_mail(letter):
    read = letter(email="", phone="+212535000000", address=LocalizedText(ar="شارع محمد الخامس"))
    assert ANSWER not in read.text
    assert "شارع محمد الخامس · +212535000000" in read.text


def test_an_answer_reaches_the_community(letter):
    read = letter(email="contact@sefrou.example")
    assert ANSWER in read.text and ANSWER in read.html
    assert message(read)["Reply-To"] == "contact@sefrou.example"


def test_the_mail_of_a_code_bears_the_name_of_the_institution(sefrou):
    mail = queue_mail(
        community_key=sefrou.province.key,
        to="amina@example.org",
        template="community/code",
        context={"code": "123456", "link": "https://x", "institution": "x", "minutes": "15"},
        language="ar",
        dedupe_key="code",
        priority="code",
        now=DURING,
    )
    read = letters.read(mail)
    assert read.sender_name == sefrou.province.institution.ar
    raw = message(read).as_bytes()
    assert b"\nSubject: =?utf-8?" in raw  # begins on its own line: no space before it
    assert message(read)["From"].endswith("<no-reply@localhost>")


def test_the_demonstration_has_an_invented_address(sefrou):
    Community.objects.filter(pk=sefrou.province.pk).update(email="")
    community = Community.objects.get(pk=sefrou.province.pk)
    for _twice in range(2):
        seed_contact(community, by=BY, now=DURING)
        community.refresh_from_db()
    assert community.email.endswith(".example") and community.address.fr
