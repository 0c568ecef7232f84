"""The log-in as officers walk it: password, second factor, host, next, and what is refused."""

import re
import time

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from infitah.community.models import User
from infitah.community.tests.factories import PASSWORD
from infitah.community.tests.world import SefrouWorld
from infitah.desk.tests.factories import LOG_IN, add_application, browser, code_at, log_in

pytestmark = pytest.mark.django_db

MINUTE = 60
NOW = "2026-11-23T09:00:00+00:00"


@pytest.fixture(autouse=True)
def _forget_attempts(db: None) -> None:
    cache.clear()


def test_first_log_in_forces_a_second_factor_and_the_next_one_asks_for_it(
    sefrou: SefrouWorld, django_capture_on_commit_callbacks: object
) -> None:
    client = browser()
    with time_machine.travel(NOW, tick=False) as clock:
        assert log_in(client, sefrou.moderator)["Location"] == "/desk/"
        assert client.get("/desk/")["Location"].startswith("/desk/account/second-factor/")
        assert client.get("/desk/queue/")["Location"].startswith("/desk/account/second-factor/")
        assert "أضيفوا وسيلة تحقق ثانية" in client.get("/desk/account/second-factor/").text

        page = client.get("/desk/account/second-factor/application/add/").text
        secret = re.search(r"account-secret\">([A-Z2-7]+)<", page)[1]
        wrong = client.post("/desk/account/second-factor/application/add/", {"code": "000000"})
        assert wrong.status_code == 422
        assert secret in wrong.text
        added = client.post(
            "/desk/account/second-factor/application/add/", {"code": code_at(secret=secret)}
        )
        assert added["Location"] == "/desk/account/second-factor/codes/"
        codes = re.findall(r"<code>(\d+)</code>", client.get(added["Location"]).text)
        assert len(codes) == 10
        assert client.get("/desk/").status_code == 200

        assert client.get("/desk/account/logout/").status_code == 200
        assert client.get("/desk/").status_code == 200
        client.post("/desk/account/logout/")
        assert client.get("/desk/")["Location"] == f"{LOG_IN}?next=%2Fdesk%2F"

        clock.shift(2 * MINUTE)
        asked = log_in(client, sefrou.moderator)
        assert asked["Location"] == "/desk/account/second-factor/enter/"
        assert client.get("/desk/")["Location"].startswith(LOG_IN)
        assert client.post(asked["Location"], {"code": "123456"}).status_code == 422
        entered = client.post(asked["Location"], {"code": code_at(secret=secret)})
        assert entered["Location"] == "/desk/"
        assert client.get("/desk/").status_code == 200

        client.post("/desk/account/logout/")
        log_in(client, sefrou.moderator)
        by_paper = client.post("/desk/account/second-factor/enter/", {"code": codes[0]})
        assert by_paper["Location"] == "/desk/"
        assert "بقي من الرموز: 9" in client.get("/desk/").text
        client.post("/desk/account/logout/")
        log_in(client, sefrou.moderator)
        again = client.post("/desk/account/second-factor/enter/", {"code": codes[0]})
        assert again.status_code == 422


def test_a_code_opens_once(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    with time_machine.travel(NOW, tick=False):
        first, second = browser(), browser()
        for client, status in ((first, 302), (second, 422)):
            log_in(client, sefrou.moderator)
            answer = client.post("/desk/account/second-factor/enter/", {"code": code_at()})
            assert answer.status_code == status


@pytest.mark.parametrize(("off", "status"), [(-30, 302), (30, 302), (-60, 422), (60, 422)])
def test_a_telephone_may_be_half_a_minute_off(sefrou: SefrouWorld, off: int, status: int) -> None:
    add_application(sefrou.moderator)
    with time_machine.travel(NOW, tick=False):
        client = browser()
        log_in(client, sefrou.moderator)
        typed = {"code": code_at(time.time() + off)}
        assert client.post("/desk/account/second-factor/enter/", typed).status_code == status


def test_digits_of_an_arabic_keyboard_and_spaces_are_understood(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    with time_machine.travel(NOW, tick=False):
        client, code = browser(), code_at()
        log_in(client, sefrou.moderator)
        typed = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        spaced = f" {typed[:3]} {typed[3:]} "
        answer = client.post("/desk/account/second-factor/enter/", {"code": spaced})
        assert answer.status_code == 302


def test_the_code_that_added_the_application_does_not_open_as_well(sefrou: SefrouWorld) -> None:
    address = "/desk/account/second-factor/application/add/"
    with time_machine.travel(NOW, tick=False):
        client = browser()
        log_in(client, sefrou.moderator)
        secret = re.search(r"account-secret\">([A-Z2-7]+)<", client.get(address).text)[1]
        typed = {"code": code_at(secret=secret)}
        assert client.post(address, typed).status_code == 302
        client.post("/desk/account/logout/")
        log_in(client, sefrou.moderator)
        assert client.post("/desk/account/second-factor/enter/", typed).status_code == 422


def test_a_code_opens_once_as_long_as_it_may_be_shown(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    with time_machine.travel(NOW, tick=False) as clock:
        typed = {"code": code_at(time.time() + 30)}
        for status in (302, 422):
            client = browser()
            log_in(client, sefrou.moderator)
            answer = client.post("/desk/account/second-factor/enter/", typed)
            assert answer.status_code == status
            clock.shift(MINUTE)


def test_a_demonstration_account_is_only_offered_the_second_factor(sefrou: SefrouWorld) -> None:
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=True)
    client = browser()
    log_in(client, sefrou.moderator)
    assert client.get("/desk/").status_code == 200
    page = client.get("/desk/account/second-factor/").text
    assert "هذا حساب للعرض" in page


def test_log_in_by_mail_address(sefrou: SefrouWorld) -> None:
    client = browser()
    typed = {"login": sefrou.moderator.email.upper(), "password": PASSWORD}
    assert client.post(LOG_IN, typed).status_code == 302


@pytest.mark.parametrize("name", ["moderator", "nobody-of-this-name", "nobody@example.org"])
def test_a_wrong_password_keeps_the_name_and_tells_nothing_more(
    sefrou: SefrouWorld, name: str
) -> None:
    answer = browser().post(LOG_IN, {"login": name, "password": "not this one at all"})
    assert answer.status_code == 422
    assert "اسم المستعمل أو كلمة السر غير صحيح" in answer.text
    assert f'value="{name}"' in answer.text
    assert "not this one at all" not in answer.text


def test_a_closed_account_is_told_so_only_with_the_right_password(sefrou: SefrouWorld) -> None:
    User.objects.filter(pk=sefrou.moderator.pk).update(is_active=False)
    assert log_in(browser(), sefrou.moderator, "wrong wrong wrong").status_code == 422
    client = browser()
    closed = log_in(client, sefrou.moderator)
    assert closed["Location"] == "/desk/account/closed/"
    assert "هذا الحساب مغلق" in client.get(closed["Location"]).text


def test_five_wrong_passwords_lock_the_account_and_no_other(sefrou: SefrouWorld) -> None:
    for turn in range(5):
        assert (
            log_in(
                browser(f"{'localhost' if turn % 2 else 'bhalil.localhost'}"),
                sefrou.moderator,
                f"wrong {turn}",
            ).status_code
            == 422
        )
    locked = log_in(browser(), sefrou.moderator)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "300"
    assert "انتظروا خمس دقائق" in locked.text
    assert log_in(browser(), sefrou.verifier).status_code == 302


def test_one_network_is_throttled_by_its_own_address(sefrou: SefrouWorld, settings) -> None:
    for turn in range(10):
        answer = browser().post(LOG_IN, {"login": f"user{turn}", "password": "x"})
        assert answer.status_code == 422
    # A header that no trusted proxy wrote moves nobody to another address.
    typed = {"login": sefrou.verifier.username, "password": PASSWORD}
    assert (
        browser().post(LOG_IN, typed, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
    )
    assert browser().post(LOG_IN, typed, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_codes_are_throttled_too(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    client = browser()
    log_in(client, sefrou.moderator)
    tries = [
        client.post("/desk/account/second-factor/enter/", {"code": f"00000{n}"}) for n in range(6)
    ]
    assert [one.status_code for one in tries] == [422] * 5 + [429]


def test_more_log_ins_than_a_person_makes_meet_a_closed_door(sefrou: SefrouWorld) -> None:
    answers = [browser().get(LOG_IN).status_code for _ in range(40)]
    assert set(answers) == {200}
    posts = [browser().post(LOG_IN, {"login": "", "password": ""}) for _ in range(31)]
    assert posts[-1].status_code == 429
    assert "محاولات كثيرة" in posts[-1].text


def test_a_session_opens_one_community_only(sefrou: SefrouWorld) -> None:
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=True)
    client = browser()
    log_in(client, sefrou.moderator)
    assert client.session["community"] == "SFR"
    assert client.get("/desk/").status_code == 200
    elsewhere = client.get("/desk/", headers={"host": "bhalil.localhost"})
    assert elsewhere["Location"].startswith(LOG_IN)
    account = client.get("/desk/account/", headers={"host": "bhalil.localhost"})
    assert account["Location"].startswith(LOG_IN)
    assert client.get("/desk/").status_code == 200


def test_the_key_of_the_session_changes_with_the_log_in(sefrou: SefrouWorld) -> None:
    client = browser()
    client.post("/desk/account/language/", {"language": "fr"})
    before = client.session.session_key
    log_in(client, sefrou.moderator)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_nowhere_else(sefrou: SefrouWorld, target: str) -> None:
    assert log_in(browser(), sefrou.moderator, next=target)["Location"] == "/desk/"
    client = browser()
    language = client.post(f"/desk/account/language/?next={target}", {"language": "fr"})
    assert language["Location"] == "/desk/"


def test_next_leads_back(sefrou: SefrouWorld) -> None:
    assert log_in(browser(), sefrou.moderator, next="/desk/acts/")["Location"] == "/desk/acts/"


def test_a_form_without_its_token_is_refused(sefrou: SefrouWorld) -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    assert log_in(client, sefrou.moderator).status_code == 403
    page = client.get(LOG_IN).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert log_in(client, sefrou.moderator, csrfmiddlewaretoken=token).status_code == 302


def test_nobody_opens_an_account_alone(sefrou: SefrouWorld) -> None:
    count = User.objects.count()
    typed = {
        "username": "intruder",
        "email": "intruder@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = browser().post("/desk/account/signup/", typed)
    assert "لا يوجد حساب مفتوح لكم" in answer.text
    assert User.objects.count() == count


def test_wagtails_doors_lead_to_ours(sefrou: SefrouWorld) -> None:
    client = browser()
    assert client.get("/admin/login/?next=/admin/pages/")["Location"] == (
        f"{LOG_IN}?next=%2Fadmin%2Fpages%2F"
    )
    assert client.get("/admin/password_reset/")["Location"] == "/desk/account/password/reset/"
    assert client.get("/admin/password_reset/confirm/MQ/abc-def/")["Location"] == (
        "/desk/account/password/reset/"
    )
    assert client.get("/admin/")["Location"].startswith(LOG_IN)
    assert client.get("/admin/logout/")["Location"] == "/desk/account/logout/"
    User.objects.filter(pk=sefrou.moderator.pk).update(is_demonstration=True)
    log_in(client, sefrou.moderator)
    assert client.post("/admin/logout/")["Location"] == "/"
    assert client.get("/desk/")["Location"].startswith(LOG_IN)


def test_the_page_before_the_log_in_speaks_the_language_that_was_chosen(
    sefrou: SefrouWorld,
) -> None:
    client = browser()
    assert '<html lang="ar" dir="rtl">' in client.get(LOG_IN).text
    chosen = client.post(f"/desk/account/language/?next={LOG_IN}", {"language": "fr"})
    assert chosen["Location"] == LOG_IN
    assert '<html lang="fr" dir="ltr">' in client.get(LOG_IN).text


OFFICERS = (
    "officer",
    "administrator",
    "moderator",
    "verifier",
    "secretary",
    "information_officer",
    "commitment_owner",
)


@pytest.mark.parametrize("preferred", ["ar", "fr"])
@pytest.mark.parametrize("chosen", ["ar", "fr"])
@pytest.mark.parametrize("name", OFFICERS)
def test_the_language_chosen_at_the_log_in_is_kept(
    sefrou: SefrouWorld, name: str, chosen: str, preferred: str
) -> None:
    user: User = getattr(sefrou, name)
    User.objects.filter(pk=user.pk).update(language=preferred, is_demonstration=True)
    client = browser()
    client.post(f"/desk/account/language/?next={LOG_IN}", {"language": chosen})
    log_in(client, user)
    assert f'<html lang="{chosen}"' in client.get("/desk/").text
    user.refresh_from_db()
    assert user.language == chosen


def test_a_choice_is_kept_past_the_second_factor_and_only_then(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    with time_machine.travel(NOW, tick=False):
        client = browser()
        client.post(f"/desk/account/language/?next={LOG_IN}", {"language": "fr"})
        asked = log_in(client, sefrou.moderator)["Location"]
        assert '<html lang="fr"' in client.get(asked).text
        sefrou.moderator.refresh_from_db()
        assert sefrou.moderator.language == "ar"
        client.post(asked, {"code": code_at()})
        assert '<html lang="fr"' in client.get("/desk/account/").text


def test_without_a_choice_everybody_reads_in_their_own_language(sefrou: SefrouWorld) -> None:
    add_application(sefrou.moderator)
    User.objects.filter(pk=sefrou.moderator.pk).update(language="fr")
    client = browser()
    assert '<html lang="fr"' in client.get(log_in(client, sefrou.moderator)["Location"]).text
    client.post("/desk/account/logout/")
    log_in(client, sefrou.secretary)
    assert '<html lang="ar"' in client.get("/desk/account/").text


def test_the_language_is_changed_at_the_desk(sefrou: SefrouWorld) -> None:
    client = browser()
    log_in(client, sefrou.moderator)
    assert '<html lang="ar" dir="rtl">' in client.get("/desk/account/").text
    client.post("/desk/account/language/", {"language": "fr"})
    sefrou.moderator.refresh_from_db()
    assert sefrou.moderator.language == "fr"
    assert '<html lang="fr" dir="ltr">' in client.get("/desk/account/").text


def test_an_unknown_language_changes_nothing(sefrou: SefrouWorld) -> None:
    client = browser()
    client.post("/desk/account/language/", {"language": "en"})
    client.get("/desk/account/language/")
    assert '<html lang="ar" dir="rtl">' in client.get(LOG_IN).text


def test_the_log_in_is_never_kept_by_anybody(sefrou: SefrouWorld) -> None:
    answer = browser().get(LOG_IN)
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "form-action 'self'" in policy
