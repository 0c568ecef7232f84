"""Large files for the commission: made by the worker, resumed, secret, erased in time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.core import files
from infitah.core.models import StoredFile
from infitah.core.viewer import Viewer
from infitah.information.conf import OPTIONS
from infitah.information.models import BundleRun
from infitah.information.operations import bundles, purge_requesters
from infitah.information.queries.letters import bundle as drawn
from infitah.information.tests import given, sheets
from infitah.information.tests.asked import file
from infitah.information.tests.desk import officer
from infitah.information.tests.lettered import complained, decided, delivered, registered, ruled

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 4, 10, 10, tzinfo=UTC)
LATER = datetime(2029, 6, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _april(settings, tmp_path):
    settings.STORED_FILES_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def answered(sefrou, *pages):
    """Return a request that was answered with documents of so many pages."""
    request = registered(sefrou)
    decided(request)
    for number, one in enumerate(pages, start=1):
        given.give(request, f"part-{number}.pdf", given.plain(one))
    delivered(request)
    request.refresh_from_db()
    return request


def at(request, language="fr"):
    return f"/{language}/information/follow/{request.token}/"


def page(client, address):
    return client.get(address).content.decode()


def asked(client, request, language="fr"):
    assert client.post(f"{at(request, language)}cdai/").status_code == 302
    return BundleRun.objects.latest("pk")


def address_of(request, run):
    return f"{at(request)}cdai/{run.key}.pdf"


def body(response):
    content = b"".join(response)
    response.close()
    return content


def parts_of(tmp_path):
    return [one for one in (tmp_path / bundles.FOLDER).rglob("*") if one.is_file()]


def test_a_small_one_comes_at_once(client, sefrou):
    request = answered(sefrou, 2)
    made = client.get(f"{at(request)}cdai.pdf")
    assert made.content.startswith(b"%PDF-") and not BundleRun.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", ("الملف في انتظار دوره", "الصفحة 9 من 40", "افتح الملف")),
        ("fr", ("Le dossier attend son tour", "page 9 sur 40", "Ouvrir le dossier")),
    ],
)
def test_a_large_one_is_made_by_the_worker_and_says_how_far_it_is(client, sefrou, language, said):
    request = answered(sefrou, 30)
    here = f"{at(request, language)}cdai/"
    sent = client.get(f"{at(request, language)}cdai.pdf")
    assert sent.status_code == 302 and sent.url == here
    assert "<form" in page(client, here) and not BundleRun.objects.exists()
    run = asked(client, request, language)
    assert asked(client, request, language) == run
    assert said[0] in page(client, here)
    BundleRun.objects.update(tries=1, pages_done=9, pages=40)
    assert said[1] in page(client, here)
    assert bundles.has_bundles_to_make(NOW) and bundles.make_bundles(now=NOW) is False
    run.refresh_from_db()
    shown = page(client, here)
    link = f"{here}{run.key}.pdf"
    assert said[2] in shown and link in shown and "<form" not in shown
    assert client.get(f"{at(request, language)}cdai.pdf").url == here
    content = body(client.get(link))
    bearer = Viewer("SFR", sefrou.province.pk, tokens=frozenset({request.token}))
    whole = drawn(request, language, viewer=bearer, today=NOW.date())
    assert content == whole.bound() and sheets.pages(content) == run.pages == run.pages_done > 30


def test_a_heavy_one_is_not_drawn_while_somebody_waits(client, sefrou, monkeypatch):
    request = answered(sefrou, 1)
    monkeypatch.setattr("infitah.information.queries.bundles.bundle", None)
    request.files.update(pages=21)
    assert client.get(f"{at(request)}cdai.pdf").status_code == 302
    request.files.update(pages=None)
    given.give(request, "unchecked.pdf", given.plain(21))
    assert client.get(f"{at(request)}cdai.pdf").status_code == 302
    request.files.update(pages=1)
    StoredFile.objects.update(size=OPTIONS.most_bundle_bytes_at_once + 1)
    assert client.get(f"{at(request)}cdai.pdf").status_code == 302


def test_a_killed_worker_goes_on_from_the_parts_that_are_drawn(
    client, sefrou, tmp_path, monkeypatch
):
    request = answered(sefrou, 20, 7)
    run = asked(client, request)
    real, drawn_now = given_as_pdf(), []

    def killed(content, media_type):
        if len(drawn_now) == 1:
            raise KeyboardInterrupt
        drawn_now.append(media_type)
        return real(content, media_type)

    where = "infitah.design.pdf.binding.as_pdf"
    monkeypatch.setattr(where, killed)
    with pytest.raises(KeyboardInterrupt):
        bundles.make_bundles(now=NOW)
    assert len(parts_of(tmp_path)) > 3
    seen = []
    monkeypatch.setattr(where, lambda *args: seen.append(args) or real(*args))
    bundles.make_bundles(now=NOW)
    run.refresh_from_db()
    assert len(seen) == 1 and run.stored and run.tries == 2
    assert sheets.pages(files.content(run.stored)) == run.pages
    assert not parts_of(tmp_path)


def given_as_pdf():
    return bundles.bundle.__globals__["binding"].as_pdf


def test_one_that_fails_is_tried_three_times_and_asked_for_anew(client, sefrou, monkeypatch):
    request = answered(sefrou, 30)
    asked(client, request)

    def full(*_args, **_options):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("infitah.core.files.stage", full)
        for _try in range(BundleRun.MOST_TRIES):
            with pytest.raises(OSError, match="No space"):
                bundles.make_bundles(now=NOW)
    assert not bundles.has_bundles_to_make(NOW)
    shown = page(client, f"{at(request)}cdai/")
    assert "n’a pas pu être établi" in shown and "<form" in shown
    asked(client, request)
    bundles.make_bundles(now=NOW)
    assert BundleRun.objects.get().stored is not None


def test_only_the_holder_of_the_follow_link_gets_it(client, sefrou):
    request = answered(sefrou, 30)
    other = file(sefrou).request
    run = asked(client, request)
    bundles.make_bundles(now=NOW)
    run.refresh_from_db()
    assert body(client.get(address_of(request, run))).startswith(b"%PDF-")
    assert client.get(address_of(other, run)).status_code == 404
    assert client.post(f"{at(other)[:-2]}x/cdai/").status_code == 404
    abroad = Client(headers={"host": sefrou.other.host})
    assert abroad.get(address_of(request, run)).status_code == 404
    direct = f"/files/{run.stored.key}/{run.stored.name}"
    for somebody in (
        client,
        officer(sefrou),
        log_in(Client(), grant(sefrou.other, "information_officer"), sefrou.other),
    ):
        assert somebody.get(direct).status_code == 404
    kept = client.get(address_of(request, run))
    assert "no-store" in kept["Cache-Control"] and kept["Referrer-Policy"] == "same-origin"
    kept.close()


def test_what_is_new_in_the_request_makes_another_file(client, sefrou):
    request = answered(sefrou, 30)
    first = asked(client, request)
    complained(request)
    ruled(request)
    assert asked(client, request) != first
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert asked(client, request).pk > first.pk + 1


def test_it_is_erased_after_its_hours_with_its_bytes(client, sefrou):
    request = answered(sefrou, 30)
    run = asked(client, request)
    bundles.make_bundles(now=NOW)
    run.refresh_from_db()
    where = files.path_of(run.stored)
    later = NOW + timedelta(hours=OPTIONS.bundle_hours, seconds=1)
    assert where.exists() and not bundles.has_bundles_to_make(NOW)
    assert bundles.has_bundles_to_make(later)
    bundles.make_bundles(now=later)
    assert not BundleRun.objects.exists() and not bundles.has_bundles_to_make(later)
    assert StoredFile.objects.get(pk=run.stored.pk).state == "withdrawn"
    assert client.get(address_of(request, run)).status_code == 404


def test_it_goes_with_the_identity_of_who_asked(client, sefrou, tmp_path):
    request = answered(sefrou, 30)
    asked(client, request)
    bundles.make_bundles(now=NOW)
    assert BundleRun.objects.get().stored is not None
    asked(client, request, "ar")
    purge_requesters(now=LATER)
    assert not BundleRun.objects.exists() and not parts_of(tmp_path)
