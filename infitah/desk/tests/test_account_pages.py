"""Every address of the account has a page of ours, in two languages, and does its work."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.http import int_to_base36

from infitah.community.models import User
from infitah.community.tests.factories import PASSWORD
from infitah.community.tests.world import SefrouWorld
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.desk.account_urls import ACCOUNT
from infitah.desk.tests.factories import SECRET, add_application, browser, code_at, log_in

pytestmark = pytest.mark.django_db
NEW = "شاي بالشيبة في المساء"


@pytest.fixture(autouse=True)
def _forget_attempts(db: None) -> None:
    cache.clear()


@pytest.fixture
def client(sefrou: SefrouWorld) -> Client:
    """Return the browser of a demonstration officer who has logged in."""
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=True)
    opened = browser()
    log_in(opened, sefrou.moderator)
    return opened


def walked(patterns: list[Any], prefix: str = "/desk/account/") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the account with its pattern."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern
        else:
            yield from walked(pattern.url_patterns, address)


def test_every_route_declares_itself() -> None:
    kinds = [pattern.callback.audience.kind for _address, pattern in walked(ACCOUNT)]
    assert len(kinds) > 25
    assert set(kinds) == {"citizen", "officer"}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_is_ours(client: Client, sefrou: SefrouWorld, language: str) -> None:
    add = client.post("/desk/account/language/", {"language": language})
    assert add.status_code == 302
    add_application(sefrou.moderator)
    prove(client)
    seen = 0
    for viewer in (client, browser()):
        for address in addresses():
            answer = viewer.get(address)
            assert answer.status_code in {200, 302, 401, 404}, address
            if answer.status_code not in {200, 401} or "file" in address:
                continue
            seen += 1
            names = [one.name for one in answer.templates]
            assert "design/desk.html" in names, (address, names)
            assert not [name for name in names if str(name).startswith("allauth/")], address
            assert "style=" not in answer.text, address
            assert not re.search(r"\son[a-z]+=", answer.text), address
            assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text), address
    assert seen > 15


def addresses() -> Iterator[str]:
    for address, pattern in walked(ACCOUNT):
        if not set(pattern.pattern.regex.groupindex) - {"pk"}:
            yield address.replace("<int:pk>", "1")


def prove(client: Client) -> None:
    answer = client.post(
        "/desk/account/second-factor/again/?next=/desk/", {"code": code_at(), "next": "/desk/"}
    )
    assert answer.status_code == 302


def test_a_session_from_before_the_second_factor_changes_nothing(
    client: Client, sefrou: SefrouWorld
) -> None:
    add_application(sefrou.moderator)
    for address in ("", "password/change/", "second-factor/codes/", "passkeys/add/"):
        answer = client.get(f"/desk/account/{address}")
        assert answer["Location"].startswith("/desk/account/second-factor/again/"), address
    assert client.get("/desk/account/login/")["Location"].startswith(
        "/desk/account/second-factor/again/"
    )
    prove(client)
    assert client.get("/desk/account/").status_code == 200


def test_the_last_second_factor_of_a_real_account_stays(
    client: Client, sefrou: SefrouWorld
) -> None:
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=False)
    add_application(sefrou.moderator)
    prove(client)
    page = client.get("/desk/account/second-factor/application/remove/")
    assert "وسيلة التحقق الثانية الوحيدة" in page.text
    refused = client.post("/desk/account/second-factor/application/remove/")
    assert refused.status_code == 422
    assert sefrou.moderator.authenticator_set.filter(type="totp").exists()


def test_a_demonstration_account_may_remove_it(client: Client, sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    prove(client)
    assert client.post("/desk/account/second-factor/application/remove/").status_code == 302
    assert not sefrou.moderator.authenticator_set.exists()


def test_the_secret_is_sealed_at_rest(sefrou: SefrouWorld) -> None:
    made = add_application(sefrou.moderator)
    made.refresh_from_db()
    assert SECRET not in str(made.data)
    assert made.wrap().validate_code(code_at())


def test_recovery_codes_are_shown_saved_and_renewed(client: Client, sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    prove(client)
    shown = re.findall(r"<code>(\d+)</code>", client.get("/desk/account/second-factor/codes/").text)
    file = client.get("/desk/account/second-factor/codes/file/")
    assert file["Content-Type"].startswith("text/plain")
    assert all(code in file.text for code in shown)
    assert sefrou.moderator.username in file.text
    assert client.post("/desk/account/second-factor/codes/new/").status_code == 302
    renewed = client.get("/desk/account/second-factor/codes/").text
    assert not any(code in renewed for code in shown)


def test_changing_the_password(client: Client, sefrou: SefrouWorld) -> None:
    address = "/desk/account/password/change/"
    wrong = client.post(address, {"oldpassword": "no", "password1": NEW, "password2": NEW})
    assert wrong.status_code == 422
    assert "هذه ليست كلمة السر الحالية" in wrong.text
    short = client.post(address, {"oldpassword": PASSWORD, "password1": "abc", "password2": "abc"})
    assert short.status_code == 422
    other = browser()
    log_in(other, sefrou.moderator)
    changed = client.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert changed.status_code == 302
    assert "تم تغيير كلمة السر" in client.get(changed["Location"]).text
    assert other.get("/desk/")["Location"].startswith("/desk/account/login/")
    letter = read(Mail.objects.latest("pk"))
    assert letter.to == sefrou.moderator.email
    assert letter.subject == "تغيير في حسابكم بفضاء الموظفين"
    assert "تم تغيير كلمة السر." in letter.text
    assert sefrou.moderator.username in letter.text
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ar", "كلمة سر جديدة لفضاء الموظفين"),
        ("fr", "Un nouveau mot de passe pour l’espace des agents"),
    ],
)
def test_a_forgotten_password(sefrou: SefrouWorld, language: str, subject: str) -> None:
    User.objects.filter(pk=sefrou.moderator.pk).update(language=language)
    add_application(sefrou.moderator)
    client = browser()
    asked = client.post("/desk/account/password/reset/", {"email": sefrou.moderator.email})
    assert asked["Location"] == "/desk/account/password/reset/sent/"
    letter = read(Mail.objects.get())
    assert letter.subject == subject
    link = re.search(r"http://localhost(\S+)", letter.text)[1]
    assert int_to_base36(sefrou.moderator.pk) in link
    form = client.get(link)
    page = client.get(form["Location"])
    assert page.status_code == 200
    done = client.post(form["Location"], {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/desk/account/password/reset/done/"
    assert client.get("/desk/")["Location"].startswith("/desk/account/login/")
    assert log_in(client, sefrou.moderator, NEW)["Location"] == "/desk/account/second-factor/enter/"
    used = browser().get(link, follow=True)
    assert used.status_code == 200
    assert reverse("account_reset_password") in used.text
    assert 'name="password1"' not in used.text


def test_asking_for_an_address_without_account_tells_nothing_and_writes_to_nobody(
    sefrou: SefrouWorld,
) -> None:
    asked = browser().post("/desk/account/password/reset/", {"email": "stranger@example.org"})
    assert asked["Location"] == "/desk/account/password/reset/sent/"
    assert not Mail.objects.exists()


def test_asking_too_often_for_one_address(sefrou: SefrouWorld) -> None:
    for _turn in range(3):
        browser().post("/desk/account/password/reset/", {"email": sefrou.moderator.email})
    last = browser().post("/desk/account/password/reset/", {"email": sefrou.moderator.email})
    assert last.status_code == 429
    assert Mail.objects.count() == 3


def test_identity_pages_do_not_exist_without_a_provider(client: Client) -> None:
    assert client.get("/desk/account/identity/nobody/back/").status_code == 404
    assert client.post("/desk/account/identity/nobody/").status_code == 404
