"""Acts of the desk on accounts: the language of one's own, and opening the way again."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import AccessGrant, Community, User
from infitah.community.queries import url_of
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import queue_mail
from infitah.core.viewer import Actor
from infitah.ledger.operations import record


class ResetRefused(OperationRefused):
    """The way into this account cannot be opened again like this."""


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> None:
    """Keep the language in which a user reads the desk. One statement; no act of the register."""
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def reset_access(
    *, community: Community, username: str, reason: str, by: Actor, now: datetime
) -> None:
    """Take second factors and password from an account whose owner has lost them.

    Every session of the account ends. Its owner, seen in person, chooses a new password by mail
    and adds a new second factor at the next log-in.

    Raises User.DoesNotExist for who has no access here; ResetRefused for one's own account,
    without reason, or without an address for the mail.
    """
    holders = AccessGrant.objects.of(community).open().values("user_id")
    user = User.objects.select_for_update().get(username=username, pk__in=holders)
    if by.kind == "officer" and by.key == user.get_username():
        raise ResetRefused(
            _("This is your own account: use a recovery code, or ask another administrator."),
            code="own_account",
        )
    if not reason.strip():
        raise ResetRefused(
            _("Say why, and how you saw that it is this person."), code="reason", field="reason"
        )
    if not user.email:
        raise ResetRefused(
            _("This account has no e-mail address: without one its owner cannot come back."),
            code="address",
        )
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(
        community_key=community.key,
        act="desk.access_reset",
        subject="",
        by=by,
        public={},
        private={"account": user.get_username(), "reason": reason.strip()},
        occurred_on=local_day(now),
        now=now,
    )
    queue_mail(
        community_key=community.key,
        to=user.email,
        template="desk/access_reset",
        context={
            "name": user.get_full_name() or user.get_username(),
            "username": user.get_username(),
            "url": url_of(community, "/desk/account/password/reset/"),
            "sender_name": community.institution.in_language(user.language),
        },
        language=user.language,
        dedupe_key=f"access-reset:{secrets.token_hex(12)}",
        priority="code",
        now=now,
    )
