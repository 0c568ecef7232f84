"""The door for mail: the server of INFITAH_SMTP_URL, else files in INFITAH_HOME/mail."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from infitah.core import clock

TIMEOUT_SECONDS = 20


class FileMailbox(BaseEmailBackend):
    """Writes each message as one `.eml` file that its owner alone may read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.ENVIRONMENT.home) / "mail"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{clock.real_now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"
            fresh = folder / f".{name}.part"
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as out:
                out.write(message.message().as_bytes())
            fresh.rename(folder / f"{name}.eml")
        return len(email_messages)


def InfitahBackend(fail_silently: bool = False, **kwargs: Any) -> BaseEmailBackend:  # noqa: N802
    """Return the backend that the environment asks for (named as Django names backends)."""
    smtp = settings.ENVIRONMENT.smtp
    if smtp is None:
        return FileMailbox(fail_silently=fail_silently)
    return EmailBackend(
        host=smtp.host,
        port=smtp.port,
        username=smtp.username,
        password=smtp.password,
        use_tls=smtp.is_starttls,
        use_ssl=smtp.is_tls,
        timeout=TIMEOUT_SECONDS,
        fail_silently=fail_silently,
    )
