"""The canary of access to information: who asked, what is inside, what is not out yet, nowhere.

Cases are planted in each place where something must not show; every address of the two apps and
those that list their things are walked as every role, as the bearer of another case's link, and as
the other community's officers. Sheets and packages are read as well, and every mail that left.
"""

import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from infitah.community.models import AccessGrant, Community, Unit
from infitah.community.queries import holders
from infitah.community.rules.offices import rights_of_office
from infitah.community.tests.factories import AppointmentFactory, grant, log_in
from infitah.config.audiences import Route, routes
from infitah.core import files as stored_files
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor, Viewer
from infitah.information import operations, rules
from infitah.information.models import (
    BundleRun,
    CaseFile,
    InformationRequest,
    InformationRequestQuerySet,
    RequestDraft,
    ServiceTask,
)
from infitah.information.operations import bundles, files, third_party
from infitah.kernel.localized import LocalizedText
from infitah.publication import operations as publication
from infitah.publication.models import PublishedRecord
from infitah.publication.rules import Identity
from infitah.publication.tests.factories import make_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

PERSON = "canaryperson"  # who asked: by no address at all, but a logged act
ASKED = "canaryasked"  # the words of a request: its office, and who holds its link
INSIDE = "canaryinside"  # notes, tasks, third parties: the office alone
ANSWER = "canaryanswer"  # an answer that was not delivered: the office alone
PUTOFF = "canaryputoff"  # a record that waits for its day: the office alone
TAKENBACK = "canarytakenback"  # a record that was withdrawn: the office alone
OTHER = "canaryother"  # the other community's case: never on this host
PUBLIC = "canarypublic"  # a published record: everybody, so that the walk is known to read
OFFICER = Actor("officer", "information_officer", "information_officer")
PARTS = 2  # of the roles, so that two cores share the walk
SPACES = ("information", "information_desk", "publication", "publication_feeds", "service")
BESIDE = (
    "/ar/",
    "/ar/register/",
    "/ar/transparency/",
    "/sitemap.xml",
    "/register/roots.json",
    "/health/ready",
    "/desk/",
    "/desk/queue/",
)
ASKS = ("?q=canary", "?text=canary", "?sought=canary")


@dataclass(frozen=True)
class Role:
    """Somebody who looks: on which host, with which rights."""

    name: str
    host: str
    client: Client
    rights: frozenset[str]


@dataclass(frozen=True)
class Planted:
    """What was planted: the cases by name, and what opens each to who asked."""

    cases: dict[str, InformationRequest]

    def secrets_of(self, name: str) -> tuple[str, ...]:
        one = self.cases[name]
        return (one.token, str(one.submission_key), one.submission_key.hex)


def file_case(community: Community, words: str) -> InformationRequest:
    now = timezone.now()
    filed = operations.file_request(
        community=community,
        asked=operations.Asked(
            key=uuid.uuid4(),
            text=f"طلب مزروع {words} عن نفقات المجلس",
            language="ar",
            access="copy",
        ),
        person=rules.Identity(PERSON, PERSON, f"زنقة {PERSON}", "CD987654"),
        contact=operations.Contact(email=f"{PERSON}@example.org", phone="0661000000"),
        arrival=operations.Arrival("web", now, now.date()),
        by=Actor.visitor(),
        now=now,
    )
    return filed.request


def acts(request: InformationRequest) -> dict[str, object]:
    now = timezone.now()
    return {
        "community": request.community,
        "reference": request.reference,
        "on": now.date(),
        "by": OFFICER,
        "now": now,
    }


def plant() -> Planted:
    """Put a case in each place where something of it must not show."""
    province, commune = Community.objects.get(key="SFR"), other_commune()
    cases = {name: file_case(province, ASKED) for name in ("open", "other", "decided", "late")}
    open_, decided = cases["open"], cases["decided"]
    operations.register_request(title="عنوان بلا أسماء", **acts(open_))
    third_party.consult_third_party(party=INSIDE, words=INSIDE, **acts(open_))
    _task(open_)
    _file(open_)
    operations.register_request(title="عنوان آخر", **acts(decided))
    answer = operations.Answer(f"الجواب {ANSWER}", gives=True)
    operations.decide(answer=answer, **acts(decided))
    if not holders(commune, "information_officer", timezone.now().date()):
        AppointmentFactory(community=commune, office="information_officer")
    cases["commune"] = file_case(commune, OTHER)
    RequestDraft.objects.create(
        community=province,
        typed_sealed=operations.drafts.sealed_draft(
            uuid.UUID(int=7), operations.Typed(text=INSIDE)
        ),
        key=uuid.UUID(int=7),
        started_at=timezone.now(),
        expires_at=timezone.now() - timedelta(minutes=1),
    )
    _records(province)
    _bundle(cases["late"])
    return Planted(cases)


def _bundle(request: InformationRequest) -> None:
    """Have the file for the commission made: whoever holds no link of the request finds none."""
    now = timezone.now()
    bearer = Viewer(request.community.key, request.community_id, tokens=frozenset({request.token}))
    bundles.ask_bundle(request=request, viewer=bearer, language="ar", today=now.date(), now=now)
    bundles.make_bundles(now=now)
    assert BundleRun.objects.filter(request=request, stored__isnull=False).exists()


def _task(request: InformationRequest) -> None:
    now = timezone.now()
    ServiceTask.objects.create(
        community=request.community,
        request=request,
        position=90,
        unit=Unit.objects.filter(community=request.community).first(),
        words=f"المطلوب {INSIDE}",
        due_on=now.date() + timedelta(days=3),
        asked_at=now,
        asked_by="information_officer",
        link_digest="f" * 64,
        code_digest="e" * 64,
        link_expires_at=now + timedelta(days=3),
    )


def _file(request: InformationRequest) -> None:
    now = timezone.now()
    stored = stored_files.stage(
        io.BytesIO(f"{INSIDE} كلام داخلي".encode()),
        community_key=request.community.key,
        name=f"{INSIDE}.txt",
        now=now,
    )
    files.keep_file(
        request=request,
        key=str(stored.key),
        role=CaseFile.Role.SOURCE,
        by=OFFICER,
        now=now,
        title=INSIDE,
    )


def _records(province: Community) -> None:
    now, nobody = timezone.now(), Identity()

    def text(number: int, word: str) -> object:
        title = LocalizedText(ar=f"جواب مزروع {word}", fr=f"Réponse {word}")
        return make_text(f"SFR-2026-R-90{number:02}", title=title, summary=title, question=word)

    by = {"community": province, "identity": nobody, "by": OFFICER, "now": now}
    publication.publish_record(record=text(1, PUBLIC), **by)
    reason = LocalizedText(ar="ينشر بعد الدورة", fr="Publié après la session")
    publication.defer_record(
        record=text(2, PUTOFF), until=now.date() + timedelta(days=20), reason=reason, **by
    )
    publication.publish_record(record=text(3, TAKENBACK), **by)
    publication.withdraw_record(
        community=province,
        reference="SFR-2026-R-9003",
        reason=reason,
        identity=nobody,
        by=OFFICER,
        now=now,
    )


def other_commune() -> Community:
    found = Community.objects.with_host().filter(kind="commune").order_by("pk").first()
    assert found is not None
    return found


def roles() -> Iterator[Role]:
    """Yield visitors of both hosts, each seeded officer, and the other community's officers."""
    province, commune = Community.objects.get(key="SFR"), other_commune()
    for community in (province, commune):
        host = community.host or ""
        yield Role(f"visitor of {host}", host, Client(headers={"host": host}), frozenset())
    for held in AccessGrant.objects.filter(community=province).select_related("user"):
        office = held.appointment.office
        client = log_in(Client(headers={"host": province.host}), held.user, province)
        yield Role(office, province.host or "", client, rights_of_office(office))
    theirs = grant(commune, "deputy_information_officer")
    rights = rights_of_office("deputy_information_officer")
    at_home = log_in(Client(headers={"host": commune.host}), theirs, commune)
    yield Role("the other's officer at home", commune.host or "", at_home, rights)
    abroad = log_in(Client(headers={"host": commune.host}), theirs, commune)
    abroad.defaults["HTTP_HOST"] = province.host or ""
    yield Role("the other's officer here", province.host or "", abroad, frozenset())


def addresses(planted: Planted) -> list[str]:
    """Return every address of the apps with the values of the planted cases, and those beside."""
    cases = list(planted.cases.values())
    values = {
        "reference": [one.reference for one in cases]
        + list(
            PublishedRecord.objects.filter(reference__contains="-90").values_list(
                "reference", flat=True
            )
        ),
        "token": [one.token for one in cases],
        "key": [str(one.submission_key) for one in cases]
        + [str(one.file.key) for one in CaseFile.objects.filter(title=INSIDE)]
        + [str(key) for run in BundleRun.objects.all() for key in (run.key, run.stored.key)],
        "name": ["register", "decide", f"{INSIDE}.txt"],
        "pk": ["1", "2"],
    }
    found = [one for route in routes() for one in filled(route, values)]
    found += [f"{path}{ask}" for path, ask in product(BESIDE, ("", *ASKS))]
    found += [f"/ar/information/log/{ask}" for ask in ASKS]
    found += [f"/ar/information/{ask}" for ask in ASKS]
    found += [f"/d/{one}" for one in values["reference"]]
    found += [f"/ar/register/{one.register_number}/" for one in cases]
    found += [f"/files/{one}/x" for one in values["key"]]
    return list(dict.fromkeys(found))


def filled(route: Route, values: dict[str, list[str]]) -> Iterator[str]:
    if route.name.partition(":")[0] not in SPACES:
        return
    parts = re.findall(r"<(?:\w+:)?(\w+)>", route.address)
    for chosen in product(*(values.get(part, ["1"]) for part in parts)):
        address = route.address
        for value in chosen:
            address = re.sub(r"<(?:\w+:)?\w+>", value, address, count=1)
        yield "/" + address


def text_of(response: object) -> str:
    """Return all that can be read of an answer: the page, a sheet's text, what a package holds."""
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    )
    words = body.decode("utf-8", "replace") + str(response.headers)  # type: ignore[attr-defined]
    if body.startswith(b"%PDF"):
        sheet = pypdfium2.PdfDocument(body)
        words += " ".join(page.get_textpage().get_text_range() for page in sheet)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            words += " ".join(package.namelist())
            words += " ".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    return words


def may_hear(role: Role, address: str, planted: Planted) -> frozenset[str]:
    """Return the planted words that this role may read at this address."""
    allowed = {PUBLIC}
    here = role.host == "localhost"
    if "information.read" in role.rights and here:
        allowed |= {ASKED, INSIDE, ANSWER, PUTOFF, TAKENBACK}
    if "information.read" in role.rights and not here:
        allowed |= {OTHER}
    for name in planted.cases:
        if any(secret in address for secret in planted.secrets_of(name)):
            allowed |= {OTHER} if name == "commune" else {ASKED}
    if "/files/" in address or INSIDE in address or "canary" in address:
        allowed |= {word for word in (INSIDE,) if word in address}
    return frozenset(allowed)


WORDS = (PERSON, ASKED, INSIDE, ANSWER, PUTOFF, TAKENBACK, OTHER)


def heard(role: Role, address: str, planted: Planted) -> Iterator[str]:
    response = role.client.get(address)
    if response.status_code >= 500 and address.partition("?")[0] != "/health/ready":
        yield f"answers {response.status_code}"
    if response.status_code in {301, 302}:
        return
    text = text_of(response)
    allowed = may_hear(role, address, planted)
    yield from (word for word in WORDS if word in text and word not in allowed)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_of_a_case_shows_to_who_may_not_know(
    story: None, plain_not_found: None, part: int
) -> None:
    planted = plant()
    sung, walked = [], 0
    everywhere = addresses(planted)
    for role in list(roles())[part::PARTS]:
        for address in everywhere if not role.rights else officers_addresses(everywhere):
            walked += 1
            sung += [f"{role.name}: {address}: {word}" for word in heard(role, address, planted)]
    visitor = Client(headers={"host": "localhost"})
    read_public = PUBLIC in text_of(visitor.get("/ar/information/log/"))
    assert walked > 200 and read_public
    assert not sung, "\n".join(sung[:60])


def officers_addresses(everywhere: list[str]) -> list[str]:
    """Return what an officer's session opens: elsewhere no session is read (decisions D12)."""
    return [one for one in everywhere if one.startswith(("/desk/", "/files/"))]


def test_no_mail_tells_who_asked_or_what_is_inside(story: None) -> None:
    plant()
    while dispatch_events(now=timezone.now()):
        pass
    letters = [read(mail) for mail in Mail.objects.all()]
    told = " ".join(
        json.dumps([one.subject, one.text, one.html], ensure_ascii=False) for one in letters
    )
    for word in (INSIDE, ANSWER, PUTOFF):
        assert word not in told


def test_the_canary_would_sing(story: None, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = plant()
    monkeypatch.setattr(InformationRequestQuerySet, "visible_to", lambda requests, viewer: requests)
    commune = other_commune()
    officer = grant(commune, "deputy_information_officer")
    client = log_in(Client(headers={"host": commune.host}), officer, commune)
    role = Role(
        "officer", commune.host or "", client, rights_of_office("deputy_information_officer")
    )
    address = f"/desk/information/{planted.cases['open'].reference}/"
    assert ASKED in list(heard(role, address, planted))
