"""What programs read of the register: roots, receipts, consistency proofs, Atom."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from infitah.community.queries import url_of
from infitah.core.http import machine_page, viewer_of
from infitah.core.responses import error_json
from infitah.ledger import queries
from infitah.ledger.rules import base64_text
from infitah.website.register_views import MAX_NUMBER


def _json(body: Mapping[str, object]) -> JsonResponse:
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"  # proofs are for everybody's programs
    return response


def _absent() -> HttpResponse:
    return error_json(404, "not_in_register", _("The register has no such entry or size."))


@machine_page(kinds=("register",))
def roots(request: HttpRequest) -> HttpResponse:
    """Return the daily heads of the last 31 days and the latest, of all communities, and keys."""
    return _json(queries.roots().as_json())


@machine_page(kinds=("register",))
def roots_of_year(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Return every daily head of one community in one year."""
    found = queries.roots_of_year(key, year) if 2000 <= year < 3000 else None
    return _json(found.as_json()) if found is not None and found.heads else _absent()


@machine_page(kinds=("register",))
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Return the receipt of an entry of this host's community, without private values."""
    if key != viewer_of(request).community_key:
        return _absent()
    try:
        return _json(queries.receipt(key, min(number, MAX_NUMBER)))
    except queries.NotInRegister:
        return _absent()


@machine_page(kinds=("register",))
def consistency(request: HttpRequest, key: str, first: int, second: int) -> HttpResponse:
    """Return the proof that a register only grew between two sizes."""
    try:
        proof = queries.consistency(key, min(first, MAX_NUMBER), min(second, MAX_NUMBER))
    except queries.NotInRegister:
        return _absent()
    return _json(proof.as_json())


@machine_page(kinds=("register",))
def atom(request: HttpRequest) -> HttpResponse:
    """Return the daily heads of this host's community as Atom, newest first."""
    key, community = viewer_of(request).community_key, request.community  # type: ignore[attr-defined]
    address = url_of(community, request.path)
    feed = Atom1Feed(
        title=_("Signed roots of the register of acts: %(name)s")
        % {"name": community.name.in_language("ar")},
        link=url_of(community, reverse("register:index")),
        description="",
        language="ar",
        feed_url=address,
        feed_guid=address,
    )
    for signed in queries.anchors(key):
        head = signed.head
        feed.add_item(
            title=_("%(size)s acts on %(day)s")
            % {"size": head.size, "day": head.time.date().isoformat()},
            link=f"{address}#{head.size}",
            description=f"{base64_text(head.root)} {head.key_id} {base64_text(signed.signature)}",
            unique_id=f"{address}#{head.time:%Y-%m-%d}",
            pubdate=head.time,
            updateddate=head.time,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
