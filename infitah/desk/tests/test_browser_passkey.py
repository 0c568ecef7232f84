"""Passkeys in a real browser, with a virtual device (DevTools, WebAuthn domain)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from infitah.community.models import User
from infitah.community.tests.factories import PASSWORD
from infitah.community.tests.world import SefrouWorld, make_sefrou
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> SefrouWorld:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def page(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as opened:
        yield new_page(opened)


def add_device(page: Page, *, resident: bool = True) -> str:
    """Plug a virtual device into the page; return its name."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": resident,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(made["authenticatorId"])


def address(live_server: Any, path: str) -> str:
    port = live_server.url.rsplit(":", 1)[1]
    return f"http://localhost:{port}{path}"


def log_in(page: Page, live_server: Any, user: User) -> None:
    page.goto(address(live_server, "/desk/account/login/"))
    page.get_by_label("اسم المستعمل أو البريد الإلكتروني").fill(user.username)
    page.get_by_label("كلمة السر").fill(PASSWORD)
    page.get_by_role("button", name="الدخول", exact=True).click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="تسجيل الخروج").click()


def is_clean(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) == 0


def test_a_passkey_is_added_and_opens_the_desk_alone(
    world: SefrouWorld, live_server: Any, page: Page
) -> None:
    problems: list[str] = []
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    add_device(page)
    log_in(page, live_server, world.moderator)
    expect(page.get_by_role("heading", level=1)).to_have_text("وسيلة التحقق الثانية")
    is_clean(page)
    page.get_by_role("link", name="إضافة مفتاح مرور").click()
    is_clean(page)
    expect(page.locator("main")).to_contain_text("localhost")
    page.get_by_label("اسم مفتاح المرور").fill("هاتفي")
    page.get_by_role("button", name="إضافة المفتاح").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("رموز الاسترجاع")
    is_clean(page)
    page.get_by_role("link", name="حفظتها: إلى فضاء الموظفين").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ما ينتظركم")

    log_out(page)
    page.goto(address(live_server, "/desk/account/login/"))
    is_clean(page)
    page.get_by_role("button", name="الدخول بمفتاح مرور").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ما ينتظركم")

    page.goto(address(live_server, "/desk/account/passkeys/"))
    expect(page.locator("main")).to_contain_text("هاتفي")
    is_clean(page)
    page.get_by_role("link", name="حذف").click()
    page.get_by_role("button", name="حذف مفتاح المرور").click()
    expect(page.locator("main")).to_contain_text("وسيلة التحقق الثانية الوحيدة")
    is_clean(page)
    refusals = [line for line in problems if "Failed to load resource" not in line]
    assert refusals == []  # no script was refused by the content policy, none failed


def test_a_passkey_as_second_factor_after_the_password(
    world: SefrouWorld, live_server: Any, page: Page
) -> None:
    add_device(page, resident=False)
    log_in(page, live_server, world.moderator)
    page.get_by_role("link", name="إضافة مفتاح مرور").click()
    page.get_by_label("الدخول بهذا المفتاح وحده، دون كلمة سر").uncheck()
    page.get_by_role("button", name="إضافة المفتاح").click()
    page.get_by_role("link", name="حفظتها: إلى فضاء الموظفين").click()
    log_out(page)

    log_in(page, live_server, world.moderator)
    is_clean(page)
    page.get_by_role("button", name="استعمال مفتاح مرور").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ما ينتظركم")


def test_a_device_without_passkey_is_told_in_words(
    world: SefrouWorld, live_server: Any, page: Page
) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    page.goto(address(live_server, "/desk/account/login/"))
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="الدخول بمفتاح مرور").click()
    expect(page.get_by_role("alert")).to_contain_text("لم يستعمل مفتاح المرور")
    is_clean(page)


def test_the_log_in_works_without_javascript(
    world: SefrouWorld, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=world.moderator.pk).update(is_demonstration=True)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with browser() as opened:
        page = new_page(opened, javascript=False)
        log_in(page, live_server, world.moderator)
        expect(page.get_by_role("heading", level=1)).to_have_text("ما ينتظركم")
        log_out(page)
        page.goto(address(live_server, "/desk/account/login/"))
        expect(page.locator("form[data-passkey] button")).to_be_hidden()
        assert "مفاتيح المرور" in page.locator("form[data-passkey] noscript").inner_text()
