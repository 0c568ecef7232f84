"""Log-in through the administration's identity provider, over real HTTP."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, override_settings

from infitah.community.models import AccessGrant, User
from infitah.community.tests.factories import NOW
from infitah.community.tests.world import SefrouWorld
from infitah.config import accounts
from infitah.desk.tests.factories import add_application, browser, code_at, log_in
from tests.provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db


@contextlib.contextmanager
def configured(provider: Provider) -> Iterator[str]:
    """Set the provider as INFITAH_OIDC_ISSUER would; give the address of its log-in."""
    environment = replace(
        settings.ENVIRONMENT,
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    with override_settings(SOCIALACCOUNT_PROVIDERS=accounts.providers(environment)):
        yield f"/desk/account/identity/{accounts.provider_id(provider.url)}/"


@pytest.fixture
def provider(sefrou: SefrouWorld) -> Iterator[Provider]:
    cache.clear()
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=True)
    opened = Provider()
    yield opened
    opened.close()


@pytest.fixture
def address(provider: Provider) -> Iterator[str]:
    with configured(provider) as start:
        yield start


def through(provider: Provider, client: Client, address: str) -> HttpResponse:
    """Walk the whole log-in; return the answer to the browser that comes back."""
    away = client.post(address)
    assert away.status_code == 302, away.text
    assert away["Location"].startswith(f"{provider.url}/authorize?")
    back = urlsplit(provider.authorize(away["Location"]))
    assert back.netloc == "localhost"
    return client.get(f"{back.path}?{back.query}")


def test_the_log_in_page_offers_it_and_lets_its_form_go_there(
    provider: Provider, address: str
) -> None:
    page = browser().get("/desk/account/login/")
    assert f'action="{address}"' in page.text
    assert f"form-action 'self' {provider.url}" in page["Content-Security-Policy"]


def test_a_link_elsewhere_starts_no_log_in(provider: Provider, address: str) -> None:
    assert browser().get(address)["Location"] == "/desk/account/login/"


def test_an_invited_verified_address_is_linked_once_and_known_by_its_subject_after(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    provider.claims = {
        "sub": "4711",
        "email": sefrou.moderator.email.upper(),
        "email_verified": True,
        "groups": ["administrators"],
        "name": "Somebody Else",
    }
    client = browser()
    assert through(provider, client, address)["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert client.session["community"] == "SFR"
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid) == (sefrou.moderator, "4711")
    sefrou.moderator.refresh_from_db()
    assert not sefrou.moderator.is_staff
    assert sefrou.moderator.get_full_name() == ""
    assert client.get("/desk/account/identity/").status_code == 200

    provider.claims = {"sub": "4711", "email": "changed@example.org", "email_verified": True}
    again = browser()
    assert through(provider, again, address)["Location"] == "/desk/"
    assert again.get("/desk/").status_code == 200


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_links_nothing(
    provider: Provider, address: str, sefrou: SefrouWorld, verified: object
) -> None:
    provider.claims = {"sub": "4711", "email": sefrou.moderator.email, "email_verified": verified}
    refused(provider, address)


def test_an_address_that_nobody_invited_links_nothing(provider: Provider, address: str) -> None:
    provider.claims = {"sub": "1", "email": "stranger@example.org", "email_verified": True}
    refused(provider, address)


def test_an_account_whose_grant_is_closed_is_not_invited_any_more(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    AccessGrant.objects.filter(user=sefrou.moderator).update(closed_at=NOW, closed_by="admin")
    provider.claims = {"sub": "1", "email": sefrou.moderator.email, "email_verified": True}
    refused(provider, address)


def test_an_address_of_two_accounts_links_none(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    User.objects.filter(pk=sefrou.verifier.pk).update(email=sefrou.moderator.email)
    provider.claims = {"sub": "1", "email": sefrou.moderator.email, "email_verified": True}
    refused(provider, address)


def refused(provider: Provider, address: str) -> None:
    count = User.objects.count()
    client = browser()
    answer = through(provider, client, address)
    assert "لا يوجد حساب مفتوح لكم" in answer.text
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == count
    assert client.get("/desk/")["Location"].startswith("/desk/account/login/")


def test_user_info_of_another_subject_is_an_error(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    provider.claims = {"sub": "1"}
    provider.userinfo = {"sub": "2", "email": sefrou.moderator.email, "email_verified": True}
    client = browser()
    answer = through(provider, client, address)
    assert answer["Location"] == "/desk/account/identity/error/"
    assert client.get(answer["Location"]).status_code == 401
    assert not SocialAccount.objects.exists()


def test_another_issuer_does_not_inherit_the_subjects(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    provider.claims = {"sub": "1", "email": sefrou.moderator.email, "email_verified": True}
    through(provider, browser(), address)
    other = Provider(claims={"sub": "1", "email": "mallory@example.org", "email_verified": True})
    with configured(other) as start:
        client = browser()
        assert "لا يوجد حساب مفتوح لكم" in through(other, client, start).text
    other.close()


def test_the_second_factor_is_asked_for_here_too(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    add_application(sefrou.moderator)
    provider.claims = {"sub": "1", "email": sefrou.moderator.email, "email_verified": True}
    client = browser()
    asked = through(provider, client, address)
    assert asked["Location"] == "/desk/account/second-factor/enter/"
    assert client.post(asked["Location"], {"code": code_at()})["Location"] == "/desk/"


def test_an_answer_that_nobody_asked_for_is_an_error(provider: Provider, address: str) -> None:
    forged = browser().get(f"{address}back/?code=x&state=y")
    assert forged.status_code == 401
    assert "تعذر الدخول عبر إدارتكم" in forged.text
    stopped = browser().get(f"{address}back/?error=access_denied&state=y", follow=True)
    assert stopped.status_code in {200, 401}


def test_the_link_is_undone_by_its_owner(
    provider: Provider, address: str, sefrou: SefrouWorld
) -> None:
    provider.claims = {"sub": "1", "email": sefrou.moderator.email, "email_verified": True}
    client = browser()
    through(provider, client, address)
    log_in(client, sefrou.moderator)
    link = SocialAccount.objects.get()
    assert "فك الربط" in client.get("/desk/account/identity/").text
    undone = client.post("/desk/account/identity/", {"account": link.pk})
    assert undone.status_code == 302
    assert not SocialAccount.objects.exists()
