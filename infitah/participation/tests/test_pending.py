"""The door of proof: a small act waits for its code, is done once, and is never half done."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.models import Device, MailCode
from infitah.core.errors import OperationRefused
from infitah.participation import operations
from infitah.participation.models import PendingAct
from infitah.participation.operations import pending
from infitah.participation.tests.factories import DURING
from infitah.participation.tests.giving import SAME, last_code

KEY = uuid.UUID("00000000-0000-4000-8000-0000000000aa")
PAGE = f"/ar/mine/act/{KEY}/"
ADDRESS = {"email": "somebody@example.org", "consent": "on"}


class Bell:
    """A kind of act for these tests: it counts, and refuses when it is told to."""

    def __init__(self):
        self.rung, self.refusal = [], ""

    def __call__(self, *, act, participant, by, now):
        self.rung.append((act.payload["text"], participant.pk, str(by)))
        if self.refusal:
            raise OperationRefused(self.refusal)


@pytest.fixture
def bell(monkeypatch):
    made = Bell()
    monkeypatch.setattr(pending, "_KINDS", dict(pending._KINDS))
    operations.register_pending_act("bell", made, asked="قبل الدق", done="دق الجرس")
    return made


def begin(sefrou, **changes):
    values = {
        "community": sefrou.province,
        "key": KEY,
        "kind": "bell",
        "subject": "SFR-2023-I-0001",
        "payload": {"text": "كلمة"},
        "interface": "ar",
        "back": "/ar/consultations/",
        "now": DURING,
        **changes,
    }
    return operations.begin_act(**values)


@time_machine.travel(DURING, tick=False)
def test_address_code_done_and_the_device_stays_proved(client, sefrou, bell):
    begin(sefrou)
    page = client.get(PAGE).content.decode()
    assert "قبل الدق" in page and "كلمة" in page and 'name="email"' in page
    nothing = client.post(PAGE, {})
    assert nothing.status_code == 422 and not MailCode.objects.exists()
    assert client.get(f"{PAGE}code/").url == PAGE  # no code was asked for yet
    asked = client.post(PAGE, ADDRESS)
    assert (asked.status_code, asked.url) == (302, f"{PAGE}code/")
    assert client.get(asked.url).status_code == 200
    wrong = "111111" if last_code() != "111111" else "222222"
    told = client.post(asked.url, {"code": wrong})
    assert told.status_code == 422 and wrong in told.content.decode() and not told.cookies
    assert MailCode.objects.get().tries == 1 and not bell.rung
    done = client.post(asked.url, {"code": last_code()})
    assert (done.status_code, done.url) == (302, f"{PAGE}done/")
    assert done.cookies["device"]["httponly"]
    again = client.post(asked.url, {"code": last_code()})
    assert (again.status_code, again.url) == (302, f"{PAGE}done/")
    assert len(bell.rung) == 1 and bell.rung[0][0] == "كلمة"
    page = client.get(done.url).content.decode()
    assert "دق الجرس" in page and 'href="/ar/consultations/"' in page


@time_machine.travel(DURING, tick=False)
def test_a_refusal_is_told_keeps_what_was_typed_and_the_proof(client, sefrou, bell):
    begin(sefrou)
    client.post(PAGE, ADDRESS)
    bell.refusal = "أغلقت الاستشارة"
    refused = client.post(f"{PAGE}code/", {"code": last_code()})
    assert refused.status_code == 422 and "أغلقت الاستشارة" in refused.content.decode()
    assert PendingAct.objects.get().done_at is None and refused.cookies["device"].value
    page = client.get(PAGE).content.decode()
    assert 'name="email"' not in page and "كلمة" in page  # proved now: one button is enough
    assert "أغلقت الاستشارة" in client.post(PAGE).content.decode()
    bell.refusal = ""
    assert client.post(PAGE).url == f"{PAGE}done/"
    assert PendingAct.objects.get().done_at == DURING


@time_machine.travel(DURING, tick=False)
def test_three_wrong_codes_offer_a_new_one(client, sefrou, bell):
    begin(sefrou)
    client.post(PAGE, ADDRESS)
    wrong = "111111" if last_code() != "111111" else "222222"
    for _try in range(3):
        told = client.post(f"{PAGE}code/", {"code": wrong})
    again = client.get(f"{PAGE}code/")  # a reload shows the dead code as dead, too
    for page in (told.content.decode(), again.content.decode()):
        assert f'class="button" href="{PAGE}"' in page and 'name="code"' not in page
    assert (told.status_code, again.status_code) == (422, 200)
    client.post(PAGE, ADDRESS)
    assert client.post(f"{PAGE}code/", {"code": last_code()}).url == f"{PAGE}done/"


def test_typing_again_replaces_and_a_done_one_stays_done(sefrou, bell):
    begin(sefrou)
    assert begin(sefrou, payload={"text": "أخرى"}).payload == {"text": "أخرى"}
    operations.perform_act(key=KEY, participant_id=sefrou.participant.pk, now=DURING)
    operations.perform_act(key=KEY, participant_id=sefrou.participant.pk, now=DURING)
    assert bell.rung == [("أخرى", sefrou.participant.pk, f"participant:{sefrou.participant.pk}")]
    assert begin(sefrou, payload={"text": "ثالثة"}).payload == {"text": "أخرى"}
    elsewhere = begin(sefrou, community=sefrou.commune)
    assert elsewhere.community_id == sefrou.province.pk  # another site takes over no key


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "/\\example.org", ""])
def test_it_leads_back_within_this_site_only(sefrou, bell, back):
    assert begin(sefrou, back=back).back == ""


def test_a_day_later_it_is_gone(client, sefrou, bell):
    begin(sefrou)
    late = DURING + timedelta(days=1)
    assert not operations.has_clock_work(late - timedelta(seconds=1))
    with time_machine.travel(late, tick=False):
        assert client.get(PAGE).status_code == 404 and client.get(f"{PAGE}code/").status_code == 404
        assert client.get(f"{PAGE}done/").status_code == 404
    with pytest.raises(operations.PendingActRefused):
        operations.perform_act(key=KEY, participant_id=sefrou.participant.pk, now=late)
    with pytest.raises(operations.PendingActRefused):
        operations.ask_code_for_act(
            act=PendingAct.objects.get(),
            address="a@example.org",
            path=PAGE,
            device="",
            network="127.0.0.1",
            now=late,
            real_now=late,
        )
    told = operations.confirm_act(
        key=KEY, code="123456", network="127.0.0.1", now=late, real_now=late
    )
    assert told.act is None and told.refusal and not bell.rung
    assert operations.has_clock_work(late)
    operations.keep_time(now=late)
    assert not PendingAct.objects.exists()


def test_a_proved_participant_acts_at_once(sefrou, bell):
    values = {
        "community": sefrou.province,
        "key": KEY,
        "kind": "bell",
        "subject": "x",
        "payload": {"text": "كلمة"},
        "interface": "ar",
        "back": "",
        "now": DURING,
    }
    proved = sefrou.participant.pk
    assert operations.act_now_or_later(participant_id=proved, **values) is None
    assert len(bell.rung) == 1 and not PendingAct.objects.exists()
    kept = operations.act_now_or_later(participant_id=None, **values)
    assert kept.key == KEY and len(bell.rung) == 1
    with pytest.raises(KeyError):
        begin(sefrou, kind="nobody registered this")


@time_machine.travel(DURING, tick=False)
def test_the_key_opens_nothing_on_another_site(sefrou, bell):
    begin(sefrou)
    other = Client(headers={"host": sefrou.commune.host}, **SAME)
    assert other.get(PAGE).status_code == 404 and other.post(PAGE, ADDRESS).status_code == 404
    assert not Device.objects.exclude(participant=sefrou.participant).exists()
