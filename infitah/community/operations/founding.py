"""Founding a community from its HCP code, and editing what it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.operations.acts import lock, record, renew_hosts, subject
from infitah.community.operations.law import seed_calendar, seed_laws
from infitah.community.rules import names, shipped
from infitah.core.errors import OperationRefused
from infitah.core.operations import post_event
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText

FoundingStep = Callable[[Community], None]
_STEPS: list[FoundingStep] = []


class CommunityRefused(OperationRefused):
    """The community cannot be founded or edited so."""


@dataclass(frozen=True, slots=True)
class CommunityChanges:
    """What the desk may change; key, slug, kind and HCP code stay for ever."""

    name: LocalizedText
    institution: LocalizedText
    accent: str
    address: LocalizedText
    email: str
    phone: str
    cndp_number: str
    letterhead: LocalizedText

    @classmethod
    def of(cls, community: Community) -> "CommunityChanges":
        """Return what a community says of itself now, to change a part of it."""
        return cls(**{name: getattr(community, name) for name in cls.__slots__})


def register_founding_step(step: FoundingStep) -> None:
    """Run `step` inside the founding of every community (pages, groups); once per step."""
    if step not in _STEPS:
        _STEPS.append(step)


def _check_names(*, key: str, slug: str, host: str | None) -> None:
    if not names.KEY_FORM.fullmatch(key):
        raise CommunityRefused(
            _("The reference code is three capital letters, such as SFR."), field="key"
        )
    if not names.SLUG_FORM.fullmatch(slug):
        raise CommunityRefused(
            _("The short name has small Latin letters, digits and hyphens only."), field="slug"
        )
    if host is not None and not names.HOST_FORM.fullmatch(host):
        raise CommunityRefused(
            _("The host name is written without http:// and without port."), field="host"
        )


def _check_free(*, key: str, slug: str, host: str | None, hcp_code: str) -> None:
    taken = Community.objects.all()
    if taken.filter(hcp_code=hcp_code).exists():
        raise CommunityRefused(_("This community exists already."), field="hcp_code")
    if taken.filter(key=key).exists():
        raise CommunityRefused(_("Another community has this reference code."), field="key")
    if taken.filter(slug=slug).exists():
        raise CommunityRefused(_("Another community has this short name."), field="slug")
    if host is not None and taken.filter(host=host).exists():
        raise CommunityRefused(_("Another community answers at this host."), field="host")


def _territory(hcp_code: str) -> shipped.Territory:
    found = shipped.territories().get(hcp_code)
    if found is None:
        raise CommunityRefused(
            _("No region, province or commune has this HCP code: see docs/how-to/communities.md."),
            field="hcp_code",
        )
    return found


@transaction.atomic
def create_community(
    *,
    hcp_code: str,
    key: str,
    slug: str,
    host: str | None,
    by: Actor,
    now: datetime,
    is_default: bool = False,
    name_zgh: str = "",
) -> Community:
    """Return a new community with its laws and days off, founded from its HCP code.

    Names and populations come from the shipped census. The steps that upper apps registered run
    inside. Raises CommunityRefused with the field that is wrong or taken.
    """
    territory = _territory(hcp_code)
    _check_names(key=key, slug=slug, host=host)
    _check_free(key=key, slug=slug, host=host, hcp_code=hcp_code)
    if is_default and host is None:
        raise CommunityRefused(_("The default community needs a host name."), field="host")
    if is_default:
        Community.objects.filter(is_default=True).update(is_default=False)
    name = territory.name.with_text("zgh", name_zgh)
    community = Community.objects.create(
        key=key,
        slug=slug,
        host=host,
        kind=territory.kind,
        hcp_code=hcp_code,
        name=name,
        institution=names.institution_name(territory.kind, name),
        parent=Community.objects.filter(hcp_code=territory.parent).first(),
        population_2014=territory.population_2014,
        population_2024=territory.population_2024,
        is_default=is_default,
    )
    Community.objects.filter(
        parent=None, hcp_code__in=[t.hcp_code for t in _children(hcp_code)]
    ).update(parent=community)
    seed_laws(community)
    seed_calendar(community, by=by, now=now)
    _finish_founding(community, by=by, now=now)
    return community


def _children(hcp_code: str) -> list[shipped.Territory]:
    return [each for each in shipped.territories().values() if each.parent == hcp_code]


def _finish_founding(community: Community, *, by: Actor, now: datetime) -> None:
    for step in _STEPS:
        step(community)
    public = {
        "key": community.key,
        "slug": community.slug,
        "host": community.host or "",
        "hcp_code": community.hcp_code,
        "name": community.name.as_json(),
    }
    record(community, "founded", subject(community, "community"), by=by, now=now, public=public)
    post_event(
        kind="community.founded",
        community_key=community.key,
        subject=community.key,
        payload={},
        dedupe_key=f"community.founded/{community.key}",
        now=now,
    )
    renew_hosts()


@transaction.atomic
def edit_community(
    *, community: Community, changes: CommunityChanges, by: Actor, now: datetime
) -> Community:
    """Make the community say of itself what `changes` says; the register names what changed.

    Raises CommunityRefused if the Arabic name is empty or the accent cannot be read on paper.
    """
    community = lock(community)
    if not changes.name.ar or not changes.institution.ar:
        raise CommunityRefused(_("The Arabic name is required."), field="name")
    if not names.is_readable(changes.accent):
        raise CommunityRefused(
            _("This colour is too pale to be read on our paper: choose a darker one (4.5 : 1)."),
            field="accent",
        )
    changed = [
        field
        for field in CommunityChanges.__slots__
        if getattr(community, field) != getattr(changes, field)
    ]
    for field in changed:
        setattr(community, field, getattr(changes, field))
    if changed:
        community.save(update_fields=changed)
        about = subject(community, "community")
        record(community, "edited", about, by=by, now=now, public={"fields": sorted(changed)})
        renew_hosts()
    return community
