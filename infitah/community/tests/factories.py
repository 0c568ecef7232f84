"""Records of the community for tests; dates as literals."""

from datetime import UTC, date, datetime

import factory
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from infitah.community import models
from infitah.community.middleware import SESSION_KEY
from infitah.community.queries import address_digest, forget_hosts
from infitah.community.queries.participants import normal_address
from infitah.community.rules.codes import token_digest
from infitah.core.vault import seal
from infitah.kernel.arabic import normalise
from infitah.kernel.localized import LocalizedText

NOW = datetime(2023, 6, 12, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-password-for-tests"


class CommunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Community
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"X{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}")
    slug = factory.Sequence(lambda n: f"commune-{n}")
    host = factory.LazyAttribute(lambda o: f"{o.slug}.localhost")
    kind = "commune"
    hcp_code = factory.Sequence(lambda n: f"99.{n:03}.01.01")
    name = LocalizedText(ar="جماعة التجربة", fr="Essai")
    institution = LocalizedText(ar="جماعة التجربة", fr="Commune d'essai")
    population_2014 = 9000
    population_2024 = 10000

    @factory.post_generation
    def _forget_hosts(self, create, extracted, **kwargs):
        forget_hosts()


class OfCommunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    community = factory.SubFactory(CommunityFactory)


class UnitFactory(OfCommunityFactory):
    class Meta:
        model = models.Unit

    slug = factory.Sequence(lambda n: f"unit-{n}")
    name = LocalizedText(ar="مصلحة الشؤون الإدارية", fr="Service administratif")
    position = factory.Sequence(lambda n: n)


class AxisFactory(OfCommunityFactory):
    class Meta:
        model = models.Axis

    slug = factory.Sequence(lambda n: f"axis-{n}")
    name = LocalizedText(ar="الشفافية", fr="Transparence")
    position = factory.Sequence(lambda n: n)


class PrincipleFactory(OfCommunityFactory):
    class Meta:
        model = models.Principle

    slug = factory.Sequence(lambda n: f"principle-{n}")
    name = LocalizedText(ar="المساءلة", fr="Redevabilité")
    position = factory.Sequence(lambda n: n)


class TermFactory(OfCommunityFactory):
    class Meta:
        model = models.Term

    name = LocalizedText(ar="ولاية 2021-2027", fr="Mandat 2021-2027")
    starts_on = date(2021, 9, 24)


class BodyFactory(OfCommunityFactory):
    class Meta:
        model = models.Body

    slug = factory.Sequence(lambda n: f"body-{n}")
    kind = "council"
    name = LocalizedText(ar="مجلس", fr="Conseil")
    created_on = date(2021, 9, 24)


class CompositionRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CompositionRule

    body = factory.SubFactory(BodyFactory)
    community = factory.SelfAttribute("body.community")
    kind = "parity"


class PersonFactory(OfCommunityFactory):
    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: LocalizedText(ar=f"فاطمة الزهراء {n}", fr=f"Fatima {n}"))
    sort_name = factory.LazyAttribute(lambda o: normalise(o.name.ar))
    sex = "female"


class MandateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Mandate

    body = factory.SubFactory(BodyFactory)
    community = factory.SelfAttribute("body.community")
    person = factory.SubFactory(PersonFactory, community=factory.SelfAttribute("..community"))
    starts_on = date(2021, 9, 24)
    designation_act = "محضر انتخاب مكتب المجلس"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"officer{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    language = "ar"
    password = factory.django.Password(PASSWORD)


class AppointmentFactory(OfCommunityFactory):
    class Meta:
        model = models.Appointment

    person = factory.SubFactory(PersonFactory, community=factory.SelfAttribute("..community"))
    office = "focal_point"
    act = "قرار التعيين عدد 4"
    starts_on = date(2022, 12, 1)


class AccessGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AccessGrant

    appointment = factory.SubFactory(AppointmentFactory)
    community = factory.SelfAttribute("appointment.community")
    user = factory.SubFactory(UserFactory)
    opened_at = NOW
    opened_by = "test"


class RuleSetFactory(OfCommunityFactory):
    class Meta:
        model = models.RuleSet

    law = "31-13"
    name = LocalizedText(ar="قانون", fr="Loi")
    source = "Dahir 1-18-15"


class RuleValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RuleValue

    rule_set = factory.SubFactory(RuleSetFactory)
    community = factory.SelfAttribute("rule_set.community")
    key = "information.reply"
    code = "D1"
    label = LocalizedText(ar="أجل الرد", fr="Réponse")
    value = 20
    unit = "working_days"
    article = "16"
    source = "CDAI form"
    mark = "checked"
    valid_from = date(2019, 3, 12)


class CalendarDayFactory(OfCommunityFactory):
    class Meta:
        model = models.CalendarDay

    occasion = factory.Sequence(lambda n: f"closure-{n}")
    date = date(2026, 3, 23)
    name = LocalizedText(ar="إغلاق استثنائي", fr="Fermeture exceptionnelle")
    kind = "exceptional"
    status = "confirmed"
    source = "announcement"


class CalendarVersionFactory(OfCommunityFactory):
    class Meta:
        model = models.CalendarVersion

    number = factory.Sequence(lambda n: n + 1)
    change = "seeded"
    changed_at = NOW
    changed_by = "system:test"


class ParticipantFactory(OfCommunityFactory):
    class Meta:
        model = models.Participant

    class Params:
        address = factory.Sequence(lambda n: f"citizen{n}@example.org")
        name = ""

    token = factory.Sequence(lambda n: f"participant-{n}")
    level = "L0"
    address_kind = "mail"
    address_digest = factory.LazyAttribute(lambda o: address_digest(o.community, o.address))
    address_sealed = factory.LazyAttribute(
        lambda o: seal(
            normal_address(o.address),
            model="community.Participant",
            field="address_sealed",
            row=o.token,
        )
    )
    name_sealed = factory.LazyAttribute(
        lambda o: seal(o.name, model="community.Participant", field="name_sealed", row=o.token)
    )
    created_at = NOW
    purge_on = date(2025, 6, 12)


class DeviceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Device

    class Params:
        cookie = factory.Sequence(lambda n: f"device-cookie-{n}")

    participant = factory.SubFactory(ParticipantFactory)
    community = factory.SelfAttribute("participant.community")
    token_digest = factory.LazyAttribute(lambda o: token_digest(o.cookie))
    proved_at = NOW
    used_at = NOW
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class MailCodeFactory(OfCommunityFactory):
    class Meta:
        model = models.MailCode

    token = factory.Sequence(lambda n: f"challenge-{n}")
    purpose = "idea"
    address_kind = "mail"
    address_digest = "0" * 64
    address_sealed = "sealed"
    code_digest = "0" * 64
    sent_at = NOW
    expires_at = datetime(2023, 6, 12, 9, 15, tzinfo=UTC)


class IdentityReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.IdentityReading

    participant = factory.SubFactory(ParticipantFactory)
    community = factory.SelfAttribute("participant.community")
    reader = "officer"
    office = "focal_point"
    reason = "للتحقق من طلب التصحيح"
    read_at = NOW


def grant(community: models.Community, office: str, **user: object) -> models.User:
    """Return a new user with access through a new appointment to `office`."""
    appointment = AppointmentFactory(community=community, office=office)
    return AccessGrantFactory(appointment=appointment, user=UserFactory(**user)).user


def log_in(client: Client, user: models.User, community: models.Community) -> Client:
    """Log `user` in at the host of `community` with a second factor; return the client."""
    client.defaults["HTTP_HOST"] = community.host
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = community.key
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(user)
    session.save()
    return client
