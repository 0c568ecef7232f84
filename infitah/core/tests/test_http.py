"""What a view declares, and what stands before every view (decisions B4, D13, E18)."""

import threading
import time
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from infitah.core import responses
from infitah.core.http import (
    Audience,
    desk_page,
    gathers_writes,
    is_same_origin,
    machine_page,
    public_page,
    same_origin_required,
    viewer_of,
)
from infitah.core.middleware import BodyLimit, LanguageByPath, RequestName, WriteGate
from infitah.core.viewer import Actor, Viewer

MAKE = RequestFactory()
OFFICER = Viewer("SFR", user_id=1, username="amina", office="secretary", rights=frozenset({"x.y"}))


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def asked(method: str = "GET", path: str = "/", viewer: Viewer | None = None, **more: Any) -> Any:
    request = MAKE.generic(method, path, **more)
    request.viewer = viewer or Viewer("SFR")  # type: ignore[attr-defined]
    return request


# --- Who asks ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),  # a commune's page is another origin
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://evil.ma"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "http://testserver/ar/"}, True),
        ({"Referer": "http://testserver.evil.ma/"}, False),
        ({}, False),
    ],
)
def test_a_form_must_have_stood_on_this_site(headers: dict[str, str], same: bool) -> None:
    request = MAKE.post("/", headers=headers)
    assert is_same_origin(request) is same
    request.viewer = Viewer("SFR")  # type: ignore[attr-defined]
    assert same_origin_required(view)(request).status_code == (200 if same else 403)


def test_a_citizens_page_is_never_kept_and_needs_no_token() -> None:
    guarded = same_origin_required(view)
    assert guarded(asked())["Cache-Control"] == "private, no-store"
    assert guarded.csrf_exempt is True  # type: ignore[attr-defined]
    assert guarded.audience == Audience("citizen")  # type: ignore[attr-defined]
    assert guarded(asked("DELETE")).status_code == 405


def test_a_public_page_is_only_read() -> None:
    declared = public_page(kinds=("programme",))(view)
    assert declared.audience == Audience("public", kinds=("programme",))  # type: ignore[attr-defined]
    assert declared(asked()).status_code == 200
    assert declared(asked("POST")).status_code == 405
    assert machine_page()(view).audience.kind == "machine"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("right", "viewer", "found"),
    [
        ("x.y", OFFICER, True),
        (None, OFFICER, True),
        ("x.z", OFFICER, False),
        (None, Viewer("SFR", user_id=1), False),  # an account without a grant in force
        ("x.y", Viewer("SFR"), False),
    ],
)
def test_without_the_right_the_page_does_not_exist(
    right: str | None, viewer: Viewer, found: bool
) -> None:
    page = desk_page(right)(view)
    assert page.audience == Audience("officer", right=right or "")  # type: ignore[attr-defined]
    if found:
        assert page(asked(viewer=viewer))["Cache-Control"] == "private, no-store"
    else:
        with pytest.raises(Http404):
            page(asked(viewer=viewer))


def test_a_viewer_acts_as_what_it_is() -> None:
    assert viewer_of(asked(viewer=OFFICER)).actor() == Actor("officer", "amina", "secretary")
    assert Viewer("SFR", participant_id=7).actor() == Actor("participant", "7")
    assert Viewer("SFR").actor() == Actor.visitor()
    assert str(Actor.system("seed")) == "system:seed"
    assert OFFICER.may("x.y")
    assert not OFFICER.may("x.z")


# --- Before every view -------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "status"),
    [("0", 200), ("", 200), (str(12 * 1024**2), 200), (str(12 * 1024**2 + 1), 413), ("x", 413)],
)
def test_a_body_beyond_the_limit_is_refused_unread(length: str, status: int) -> None:
    request = asked("POST")
    request.META["CONTENT_LENGTH"] = length
    assert BodyLimit(view)(request).status_code == status


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/fr/x", "fr"),
        ("/zgh/", "zgh"),
        ("/ar/", "ar"),
        ("/desk/", "ar"),
        ("/", "ar"),
        ("/en/", "ar"),
    ],
)
def test_the_path_names_the_language(path: str, language: str) -> None:
    with translation.override("fr"):
        response = LanguageByPath(view)(asked(path=path))
    assert response["Content-Language"] == language


def test_each_request_has_a_name() -> None:
    first, second = RequestName(view)(asked()), RequestName(view)(asked())
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_one_writing_view_at_a_time_and_readers_beside_it() -> None:
    inside, most = 0, 0

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def slow(request: HttpRequest) -> HttpResponse:
        nonlocal inside, most
        gate.process_view(request, called, (), {})
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1
        return HttpResponse()

    gate = WriteGate(slow)
    called = page

    def run(method: str) -> int:
        nonlocal most
        most = 0
        threads = [threading.Thread(target=gate, args=(asked(method),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return most

    assert run("POST") == 1
    assert run("GET") > 1
    called = gathers_writes(lambda _request: HttpResponse())
    assert run("POST") > 1
    called = page

    def broken(request: HttpRequest) -> HttpResponse:
        gate.process_view(request, page, (), {})
        raise ValueError

    fault = WriteGate(broken)
    for _again in range(2):  # the gate is open again after a fault, for any thread
        with pytest.raises(ValueError):
            fault(asked("POST"))
    assert run("POST") == 1


def test_machine_errors_have_one_shape() -> None:
    answer = responses.error_json(422, "too_long", "طويل", law="31-13:14", fields={"title": "x"})
    assert answer.status_code == 422
    assert answer.content.decode() == (
        '{"error": {"code": "too_long", "message": "طويل", "law": "31-13:14", '
        '"fields": {"title": "x"}}}'
    )


def test_one_of_several_rights_is_enough() -> None:
    page = desk_page("x.z", "x.y")(view)
    assert page.audience == Audience("officer", right="x.z / x.y")  # type: ignore[attr-defined]
    assert page(asked(viewer=OFFICER)).status_code == 200
    with pytest.raises(Http404):
        desk_page("x.z", "x.w")(view)(asked(viewer=OFFICER))
