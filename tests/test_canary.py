"""The canary: every route, as every role, on every host; nothing that is not theirs shows.

Routes are read from the resolver, so a new one is walked by itself; the values of its arguments
are taken from what the database holds, of this community and of the other one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import chain, product

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from infitah.community.models import AccessGrant, Community, User
from infitah.community.rules.offices import rights_of_office
from infitah.community.tests.factories import AxisFactory, grant, log_in
from infitah.config.audiences import Route, routes
from infitah.core import clock
from infitah.core.models import StoredFile
from infitah.core.operations.inbox import Arrived
from infitah.core.tests.imap_server import Box
from infitah.core.viewer import Actor
from infitah.information.models import IncomingMail, InformationRequest
from infitah.information.operations import mail_in
from infitah.information.tests.mails import made
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import Comment, Idea, IdeaDraft, IdeaQuerySet, ModerationRule
from infitah.participation.operations.conversation import count_shown
from infitah.participation.tests.factories import make_consultation, make_idea
from infitah.publication.models import PublishedRecord
from infitah.publication.tests.factories import make_deferred, make_record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LANGUAGES = ("ar", "fr", "zgh")
# Texts that stand nowhere but in what was planted; each names who must never read it.
HIDDEN = "كناري مخفي canaryhidden"
DRAFT = "كناري مسودة canarydraft"
OTHERS = "كناري جماعة أخرى canaryothers"
PUT_OFF = "كناري جواب مؤجل canaryputoff"
MAILED = "كناري رسالة واردة canarymail"
STAGED = "canarystaged"
MAX_SAMPLES = 4
PARTS = 4  # of the roles, so that two cores share the walk
HEALTH = "/health/ready"  # says 503 where no worker runs, as in this test
# A demonstration shows there what it sends, to everybody: also the answer to a mail that came in.
ALL_MAIL = "/demonstration/mailbox/"


@dataclass(frozen=True)
class Role:
    """Somebody who looks: on which host, with which rights."""

    name: str
    host: str
    client: Client
    rights: frozenset[str]


def test_every_route_says_who_it_is_for() -> None:
    assert len(routes()) > 50


@pytest.mark.parametrize("part", range(PARTS))
def test_the_canary_sings_nowhere(story: None, plain_not_found: None, part: int) -> None:
    plant()
    planted_values.cache_clear()
    samples = values()
    sung = []
    walked = 0
    everywhere = list(dict.fromkeys(addresses(samples)))  # patterns that differ meet in one
    for role in list(roles())[part::PARTS]:
        for address in everywhere if not role.rights else for_officers(everywhere):
            walked += 1
            sung += [f"{role.name}: {address}: {word}" for word in heard(role, address)]
    assert walked > 500
    assert not sung, "\n".join(sung[:40])


def plant() -> None:
    """Put what must not be seen: hidden and unconfirmed texts, another community's ideas."""
    province, commune = Community.objects.get(key="SFR"), other_commune()
    shown = Idea.objects.of(province).shown().select_related("consultation", "axis").first()
    rule = ModerationRule.objects.filter(community=province, ends_on=None).first()
    assert shown is not None and rule is not None
    hidden = make_idea(shown.consultation, shown.axis, HIDDEN)
    operations.hide_idea(
        community_id=province.pk,
        reference=hidden.reference,
        rule=rule,
        reason="نص مزروع للتحقق من الإخفاء",
        by=Actor("officer", "moderator", "moderator"),
        now=timezone.now(),
    )
    operations.hide_comment(
        community_id=province.pk,
        comment_id=write_comment(shown, HIDDEN).pk,
        rule=rule,
        reason="نص مزروع للتحقق من الإخفاء",
        by=Actor("officer", "moderator", "moderator"),
        now=timezone.now(),
    )
    IdeaDraft.objects.create(
        community=province,
        consultation=shown.consultation,
        axis=shown.axis,
        statement=DRAFT,
        language="ar",
        started_at=timezone.now(),
        expires_at=timezone.now() + timedelta(hours=1),
    )
    axis = AxisFactory(community=commune)
    others = make_idea(make_consultation(commune, axis, slug="canary"), axis, OTHERS)
    write_comment(others, OTHERS)
    plant_answers(province, commune)
    plant_mails(province, commune)
    StoredFile.objects.create(
        community_key=province.key,
        name=f"{STAGED}.pdf",
        size=1,
        sha256="0" * 64,
        media_type="application/pdf",
        staged_at=timezone.now(),
    )


def plant_answers(province: Community, commune: Community) -> None:
    """Put an answer that is put off, and one of the other community."""
    words = {"title": LocalizedText(ar=PUT_OFF), "question": PUT_OFF, "answer": PUT_OFF}
    make_deferred(
        province,
        f"{province.key}-2026-R-9001",
        until=clock.today() + timedelta(days=30),
        now=timezone.now(),
        summary=LocalizedText(ar=PUT_OFF),
        tags=(PUT_OFF.rsplit(maxsplit=1)[-1],),
        **words,
    )
    make_record(
        commune,
        f"{commune.key}-2026-R-9001",
        now=timezone.now(),
        title=LocalizedText(ar=OTHERS),
        answer=OTHERS,
    )


def plant_mails(province: Community, commune: Community) -> None:
    """Put mails that came in, with a file, to sort and with a case, in both communities."""
    case = InformationRequest.objects.of(province).order_by("pk").first()
    for community, words in ((province, MAILED), (commune, OTHERS)):
        for request in (None, case if community == province else None):
            key = f"+{community.key.lower()}@"
            content = made(
                words,
                subject=words,
                sender=f"{words.split()[-1]}@example.ma",
                to=f"m{key}example.ma",
                number=f"{community.key}{request}",
                files=((f"{words.split()[-1]}.txt", "application/x", words.encode()),),
            )
            arrived = Arrived(1, len(content), timezone.now(), content, is_whole=True)
            imap = Box(1, address="m@example.ma")
            with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, imap=imap)):
                mail_in.take_in(arrived, now=timezone.now())()
            if request is not None:
                mail = IncomingMail.objects.order_by("-pk")
                mail.filter(pk=mail.values("pk")[:1]).update(
                    state="matched", request=request, match="officer"
                )


def write_comment(idea: Idea, text: str) -> Comment:
    """Put a comment under an idea, whenever its consultation closed."""
    made = Comment.objects.create(
        community=idea.community,
        consultation=idea.consultation,
        idea=idea,
        number=9_000,
        text=text,
        language="ar",
        submitted_at=timezone.now(),
    )
    count_shown(made, 1)
    return made


def other_commune() -> Community:
    found = Community.objects.with_host().filter(kind="commune").order_by("pk").first()
    assert found is not None
    return found


def officer(user: User, community: Community) -> Client:
    """Return a client logged in on the community's host, past the second factor."""
    client = Client(headers={"host": community.host})
    return log_in(client, user, community)


def roles() -> Iterator[Role]:
    """Yield the visitors of both hosts, each seeded officer, and an officer of the other one."""
    province, commune = Community.objects.get(key="SFR"), other_commune()
    for community in (province, commune):
        host = community.host or ""
        yield Role(f"visitor of {host}", host, Client(headers={"host": host}), frozenset())
    grants = AccessGrant.objects.select_related("user", "community", "appointment")
    for held in grants.filter(community=province):
        office = held.appointment.office
        client = officer(held.user, province)
        yield Role(office, province.host or "", client, rights_of_office(office))
    client = officer(grant(commune, "focal_point"), commune)
    yield Role(
        "the other's focal point", commune.host or "", client, rights_of_office("focal_point")
    )


def values() -> dict[str, list[str]]:
    """Return, for each name of an argument, values that stand for real things of everybody."""
    found: dict[str, set[str]] = {"language": set(LANGUAGES), "code": set(LANGUAGES)}
    for model in apps.get_models():
        if not model.__module__.startswith("infitah."):
            continue
        for field in model._meta.concrete_fields:
            if field.name in {"reference", "slug", "key", "number", "token", "host", "year"}:
                some = model._base_manager.order_by("-pk").values_list(field.name, flat=True)
                found.setdefault(field.name, set()).update(str(value) for value in some[:40])
    found["figure"] = {"received", "silent", "complaint-head", "median-days"}
    for name in ("pk", "id", "page_id"):
        found[name] = {str(number) for number in range(1, 12)}
    found["pk"] |= {str(mail.pk) for mail in IncomingMail.objects.order_by("-pk")[:4]}
    return {name: sorted(some) for name, some in found.items()}


def _samples(name: str, samples: dict[str, list[str]]) -> list[str]:
    if name in samples:
        return samples[name]
    for known, some in samples.items():
        if name.endswith(("_" + known, known)):
            return some
    return [*samples["reference"][:3], *samples["pk"][:3]]


def addresses(samples: dict[str, list[str]]) -> Iterator[str]:
    """Yield addresses of every route with its arguments filled in, in Arabic."""
    for route in routes():
        if route.address.startswith("admin/") and not route.arguments:
            yield "/" + clean(route.address)
        elif not route.address.startswith("admin/"):
            yield from filled(route, samples)


def for_officers(everywhere: list[str]) -> list[str]:
    """Return what an officer's session opens: elsewhere no session is read (decisions D12)."""
    return [
        address for address in everywhere if address.startswith(("/desk/", "/admin/", "/files/"))
    ]


def clean(address: str) -> str:
    """Return a pattern without what only a regular expression needs."""
    return re.sub(r"\\Z|[\^$]|\(\?P?[^)]*\)[*+?]?", "", address)


def filled(route: Route, samples: dict[str, list[str]]) -> Iterator[str]:
    """Yield the route's address for values of its arguments, of both communities.

    What was planted meets all else that was planted; each other value is met once.
    """
    parts = re.findall(r"<(?:\w+:)?(\w+)>", route.address)
    spread = [_spread(_samples(name, samples)) for name in parts]
    whole = product(*(planted or others for planted, others in spread))
    every = [[*planted, *others] for planted, others in spread]
    once = (
        [some[turn % len(some)] for some in every]
        for turn in range(max(map(len, every), default=0))
    )
    for chosen in chain(whole, once):
        address = route.address
        for value in chosen:
            address = re.sub(r"<(?:\w+:)?\w+>", value.replace("\\", ""), address, count=1)
        yield "/" + clean(address)


def _spread(some: list[str]) -> tuple[list[str], list[str]]:
    """Return the values that were planted, and a few spread over all of them."""
    step = max(1, len(some) // MAX_SAMPLES)
    return [one for one in some if one in planted_values()], some[::step][:MAX_SAMPLES]


@cache
def planted_values() -> frozenset[str]:
    """Return what names a planted thing in an address; asked anew by each test."""
    ideas = Idea.objects.filter(statement__in=[HIDDEN, OTHERS])
    answers = PublishedRecord.objects.filter(reference__endswith="-R-9001")
    mails = IncomingMail.objects.order_by("-pk").values_list("pk", "request__reference")[:4]
    files = StoredFile.objects.filter(subject__startswith="mail:")
    found = [*ideas.values_list("reference", flat=True)]
    found += answers.values_list("reference", flat=True)
    found += [str(one) for mail in mails for one in mail]
    return frozenset([*found, *map(str, files.values_list("key", flat=True))])


def heard(role: Role, address: str) -> Iterator[str]:
    """Yield each planted word that this role should not have heard at this address."""
    response = role.client.get(address)
    if response.status_code >= 500 and address != HEALTH:
        yield f"answers {response.status_code}"
    body = response.content if not response.streaming else b"".join(response.streaming_content)
    text = body.decode("utf-8", "replace") + str(response.headers)
    yield from leaked(role, text, HIDDEN, "idea.read")
    yield from leaked(role, text, PUT_OFF, "information.read")
    sorts = "information.enter" in role.rights
    if not address.endswith(ALL_MAIL):
        yield from leaked(role, text, MAILED, "information.enter" if sorts else "information.read")
    for planted in (DRAFT, STAGED):
        if planted.split()[-1] in text:
            yield planted
    if "canaryothers" in text and role.host == "localhost":
        yield OTHERS


def leaked(role: Role, text: str, planted: str, right: str) -> Iterator[str]:
    """Yield what only holders of a right on the province's host may hear, where others do."""
    if planted.rsplit(maxsplit=1)[-1] not in text:
        return
    if right not in role.rights:
        yield planted
    if role.host != "localhost":
        yield f"{planted} of the other community"


def test_the_canary_would_sing(story: None, monkeypatch: pytest.MonkeyPatch) -> None:
    plant()
    monkeypatch.setattr(IdeaQuerySet, "visible_to", lambda ideas, viewer: ideas)
    province = Community.objects.get(key="SFR")
    visitor = Role("visitor", "localhost", Client(headers={"host": "localhost"}), frozenset())
    hidden = Idea.objects.get(statement=HIDDEN)
    slug = hidden.consultation.slug
    address = f"/ar/consultations/{slug}/ideas/{hidden.reference}/"
    assert hidden.community_id == province.pk
    assert HIDDEN in list(heard(visitor, address))
