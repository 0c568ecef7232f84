"""The world of most tests: the province of Sefrou with two communes and their officers."""

from dataclasses import dataclass

from infitah.community import models
from infitah.community.operations.law import seed_calendar, seed_laws
from infitah.community.queries import forget_hosts
from infitah.community.tests.factories import (
    NOW,
    AxisFactory,
    BodyFactory,
    CommunityFactory,
    DeviceFactory,
    ParticipantFactory,
    PrincipleFactory,
    grant,
)
from infitah.core.viewer import Actor, Viewer
from infitah.kernel.localized import LocalizedText


@dataclass(frozen=True)
class SefrouWorld:
    """The province of Sefrou with two communes and officers; laws and days off as shipped.

    `officer` is the province's focal point, `other_officer` holds the same office at `other`.
    """

    region: models.Community
    province: models.Community
    commune: models.Community
    other: models.Community
    officer: models.User
    administrator: models.User
    moderator: models.User
    verifier: models.User
    secretary: models.User
    information_officer: models.User
    commitment_owner: models.User
    other_officer: models.User
    other_administrator: models.User
    axis: models.Axis
    second_axis: models.Axis
    principle: models.Principle
    council: models.Body
    participant: models.Participant
    device: str

    @property
    def by(self) -> Actor:
        """The focal point as the author of an act."""
        return Actor("officer", self.officer.username, "focal_point")

    def viewer(self, *rights: str) -> Viewer:
        """An officer of the province with just these rights."""
        return Viewer(
            self.province.key,
            self.province.pk,
            user_id=self.officer.pk,
            username=self.officer.username,
            office="focal_point",
            rights=frozenset(rights),
            is_second_factor=True,
        )


def _sefrou(hcp_code: str, key: str, slug: str, **more: object) -> models.Community:
    community = CommunityFactory(hcp_code=hcp_code, key=key, slug=slug, **more)
    seed_laws(community)
    seed_calendar(community, by=Actor.system("test"), now=NOW)
    return community


def _communities() -> dict[str, models.Community]:
    region = CommunityFactory(
        hcp_code="03",
        key="FMK",
        slug="fes-meknes",
        host=None,
        kind="region",
        name=LocalizedText(ar="فاس-مكناس", fr="Fès-Meknès", zgh="ⴼⴰⵙ-ⵎⴽⵏⴰⵙ"),
        institution=LocalizedText(ar="مجلس جهة فاس-مكناس", fr="Conseil de la région Fès-Meknès"),
    )
    province = _sefrou(
        "03.451",
        "SFR",
        "sefrou-province",
        host="localhost",
        kind="province",
        parent=region,
        name=LocalizedText(ar="صفرو", fr="Sefrou", zgh="ⵚⴼⵔⵓ"),
        institution=LocalizedText(ar="المجلس الإقليمي لصفرو", fr="Conseil provincial de Sefrou"),
        population_2014=286489,
        population_2024=304748,
        is_default=True,
    )
    commune = _sefrou(
        "03.451.01.09",
        "SFV",
        "sefrou",
        parent=province,
        name=LocalizedText(ar="صفرو", fr="Sefrou"),
        institution=LocalizedText(ar="جماعة صفرو", fr="Commune de Sefrou"),
        population_2014=79887,
        population_2024=86903,
    )
    other = _sefrou(
        "03.451.01.01",
        "BHL",
        "bhalil",
        parent=province,
        name=LocalizedText(ar="البهاليل", fr="Bhalil"),
        institution=LocalizedText(ar="جماعة البهاليل", fr="Commune de Bhalil"),
        population_2014=12997,
        population_2024=13727,
    )
    return {"region": region, "province": province, "commune": commune, "other": other}


def _officers(province: models.Community, other: models.Community) -> dict[str, models.User]:
    offices = (
        "administrator",
        "moderator",
        "verifier",
        "secretary",
        "information_officer",
        "commitment_owner",
    )
    users = {office: grant(province, office, username=office) for office in offices}
    return users | {
        "officer": grant(province, "focal_point", username="focal"),
        "other_officer": grant(other, "focal_point", username="other-focal"),
        "other_administrator": grant(other, "administrator", username="other-administrator"),
    }


def make_sefrou() -> SefrouWorld:
    """Return the province of Sefrou with two communes, officers of each, and one citizen."""
    communities = _communities()
    province = communities["province"]
    participant = ParticipantFactory(community=province, address="citizen@example.org")
    DeviceFactory(participant=participant, cookie="proved-device")
    forget_hosts()
    return SefrouWorld(
        **communities,
        **_officers(province, communities["other"]),
        axis=AxisFactory(community=province, slug="transparency"),
        second_axis=AxisFactory(
            community=province,
            slug="participation",
            name=LocalizedText(ar="المشاركة المواطنة", fr="Participation citoyenne"),
        ),
        principle=PrincipleFactory(community=province, slug="accountability"),
        council=BodyFactory(
            community=province,
            slug="council",
            name=LocalizedText(ar="المجلس الإقليمي لصفرو", fr="Conseil provincial de Sefrou"),
        ),
        participant=participant,
        device="proved-device",
    )
