"""A lost telephone: the administrator opens the way again, and the register knows."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from infitah.community.models import User
from infitah.community.tests.factories import PASSWORD
from infitah.community.tests.factories import log_in as enter
from infitah.community.tests.world import SefrouWorld
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.desk import operations
from infitah.desk.tests.factories import add_application, browser, log_in
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
REASON = "ضاع الهاتف، وحضر المعني بالأمر شخصيا"


@pytest.fixture(autouse=True)
def _forget_attempts(db: None) -> None:
    cache.clear()


def test_the_way_is_opened_again(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    lost = enter(browser(), sefrou.moderator, sefrou.province)
    assert lost.get("/desk/").status_code == 200
    client = enter(browser(), sefrou.administrator, sefrou.province)
    listed = client.get("/desk/people/").text
    assert "moderator" in listed
    assert "other-focal" not in listed
    empty = client.post("/desk/people/moderator/reset/", {"reason": ""})
    assert empty.status_code == 422
    done = client.post("/desk/people/moderator/reset/", {"reason": REASON})
    assert done["Location"] == "/desk/people/"

    sefrou.moderator.refresh_from_db()
    assert not sefrou.moderator.has_usable_password()
    assert not sefrou.moderator.authenticator_set.exists()
    assert lost.get("/desk/")["Location"].startswith("/desk/account/login/")
    assert log_in(browser(), sefrou.moderator, PASSWORD).status_code == 422
    letter = read(Mail.objects.latest("pk"))
    assert letter.to == sefrou.moderator.email
    assert "/desk/account/password/reset/" in letter.text
    entry = Entry.objects.get(act="desk.access_reset")
    assert "moderator" not in entry.canonical
    assert REASON not in entry.canonical
    asked = browser().post("/desk/account/password/reset/", {"email": sefrou.moderator.email})
    assert asked.status_code == 302
    assert Mail.objects.count() == 2


def test_who_may_not_does_not_find_it(sefrou: SefrouWorld) -> None:
    moderator = enter(browser(), sefrou.moderator, sefrou.province)
    assert moderator.get("/desk/people/").status_code == 404
    assert moderator.get("/desk/people/verifier/reset/").status_code == 404
    other = enter(browser(), sefrou.other_administrator, sefrou.other)
    assert other.post("/desk/people/moderator/reset/", {"reason": REASON}).status_code == 404
    assert "moderator" not in other.get("/desk/people/").text


@pytest.mark.parametrize("spoil", ["own", "reason", "address"])
def test_what_is_refused_changes_nothing(sefrou: SefrouWorld, spoil: str) -> None:
    by = Actor("officer", "moderator" if spoil == "own" else "administrator", "administrator")
    if spoil == "address":
        User.objects.filter(pk=sefrou.moderator.pk).update(email="")
    with pytest.raises(operations.ResetRefused) as refused:
        operations.reset_access(
            community=sefrou.province,
            username="moderator",
            reason=" " if spoil == "reason" else REASON,
            by=by,
            now=NOW,
        )
    assert refused.value.message
    sefrou.moderator.refresh_from_db()
    assert sefrou.moderator.has_usable_password()
    assert not Entry.objects.filter(act="desk.access_reset").exists()


def test_the_refusal_stands_beside_the_form(sefrou: SefrouWorld) -> None:
    client = enter(browser(), sefrou.administrator, sefrou.province)
    answer = client.post("/desk/people/administrator/reset/", {"reason": REASON})
    assert answer.status_code == 422
    assert REASON in answer.text


def test_the_operator_can_do_it_when_no_administrator_is_left(
    sefrou: SefrouWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("reset_access", "administrator", community="SFR", reason=REASON)
    assert "new password" in capsys.readouterr().out
    assert Entry.objects.filter(act="desk.access_reset").exists()
    for username, community in (("nobody", "SFR"), ("moderator", "XXX"), ("moderator", "BHL")):
        with pytest.raises(CommandError):
            call_command("reset_access", username, community=community, reason=REASON)
    with pytest.raises(CommandError):
        call_command("reset_access", "moderator", community="SFR", reason=" ")
