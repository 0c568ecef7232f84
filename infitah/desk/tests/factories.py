"""What an officer types to log in, worked out without the library that checks it."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client

from infitah.community.models import User
from infitah.community.tests.factories import PASSWORD

SECRET = base64.b32encode(b"twenty bytes of keys").decode()
LOG_IN = "/desk/account/login/"


def browser(host: str = "localhost") -> Client:
    """Return a browser on the host of a community, with nothing in its store."""
    return Client(headers={"host": host})


def log_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Type name and password into the form."""
    return client.post(LOG_IN, {"login": user.username, "password": password, **more})


def add_application(user: User, secret: str = SECRET) -> Authenticator:
    """Give the user an application for codes and recovery codes, as enrolment would."""
    made: Authenticator = TOTP.activate(user, secret).instance
    RecoveryCodes.activate(user)
    return made


def code_at(moment: float | None = None, secret: str = SECRET) -> str:
    """Return the code of RFC 6238 for an instant, now by default."""
    counter = struct.pack(">Q", int(time.time() if moment is None else moment) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
