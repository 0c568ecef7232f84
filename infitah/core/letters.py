"""A queued message as it is read: opened, rendered in its language, ready to be sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import Policy
from email.utils import formataddr

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist, engines
from django.template.loader import render_to_string
from django.utils import translation

from infitah.core import vault
from infitah.core.models import Mail
from infitah.core.registry import Letterhead, letterhead_of, reply_to_of
from infitah.kernel.grouping import digits_together
from infitah.kernel.localized import DIRECTIONS
from infitah.kernel.text import clean_line

MODEL = "core.Mail"
SUBJECT = "Subject:"


class LetterRefused(Exception):
    """The message cannot be read: its content was erased, or its template has no subject."""


class LetterMessage(EmailMultiAlternatives):
    """A message whose long subject begins on the line of its header.

    Python folds one that it was not told the name of onto a line of its own, and some programs
    then show a space before it.
    """

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        """Return the message for the wire."""
        made = super().message() if policy is None else super().message(policy=policy)
        subject = str(self.subject)
        if not subject.isascii():
            made.replace_header("Subject", Header(subject, "utf-8", header_name="Subject"))
        return made


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in clear; `html` is empty where only the text part exists."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    direction: str
    reference: str
    state: str
    queued_at: datetime
    sent_at: datetime | None
    unsubscribe: str = ""
    sender_name: str = ""
    reply_to: str = ""
    in_reply_to: str = ""

    def message(self, sender: str, domain: str) -> EmailMultiAlternatives:
        """Return the message for the wire; its Message-ID is the key of the mail."""
        headers = {"Message-ID": f"<{self.key}@{domain}>", "Content-Language": self.language}
        headers["Auto-Submitted"] = "auto-generated"
        if self.in_reply_to:  # RFC 3834: an automatic answer says so, and to what
            headers["Auto-Submitted"] = "auto-replied"
            headers["In-Reply-To"] = headers["References"] = self.in_reply_to
        if self.unsubscribe:  # RFC 8058: one click, by POST
            headers["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        source = formataddr((self.sender_name, sender)) if self.sender_name else sender
        message = LetterMessage(
            self.subject,
            self.text,
            source,
            [self.to],
            headers=headers,
            reply_to=[self.reply_to] if self.reply_to else None,
        )
        if self.html:
            message.attach_alternative(self.html, "text/html")
        return message


def _opened(mail: Mail, field: str) -> str:
    sealed: str = getattr(mail, field)
    return vault.unseal(sealed, model=MODEL, field=field, row=str(mail.key))


def _text(path: str, context: dict[str, str]) -> str:
    # A text part is no HTML: what people wrote is not escaped in it.
    template = engines["django"].get_template(f"{path}.txt").template  # type: ignore[attr-defined]
    return digits_together(str(template.render(Context(context, autoescape=False))))


def _html(path: str, context: dict[str, str]) -> str:
    try:
        return render_to_string(f"{path}.html", context)
    except TemplateDoesNotExist as missing:
        if str(missing) == f"{path}.html":
            return ""
        raise


def read(mail: Mail) -> Letter:
    """Return the message as its reader gets it. Raises LetterRefused where it cannot be read.

    The subject is the first line of the text part. It is rendered with every value on one
    line, so that nothing a person wrote can add a header or a second line.
    """
    if not mail.sealed_to or not mail.sealed_context:
        raise LetterRefused("The content of this message was erased.")
    content = json.loads(_opened(mail, "sealed_context"))
    values: dict[str, str] = content["context"]
    direction = DIRECTIONS.get(mail.language, "ltr")
    frame = {
        "language": mail.language,
        "direction": direction,
        "site_url": settings.ENVIRONMENT.url,
    }
    frame["unsubscribe_url"] = content["unsubscribe"]
    head = _letterhead(mail.community_key)
    frame |= _recourse(head, mail.language)
    frame["reply_to"] = reply_to_of(mail) or frame["reply_to"]
    flat = {name: clean_line(value) for name, value in values.items()}
    with translation.override(mail.language):
        first = _text(mail.template, {**frame, **flat}).lstrip().partition("\n")[0]
        if not first.startswith(SUBJECT):
            raise LetterRefused(f"{mail.template}.txt does not begin with `{SUBJECT}`.")
        subject = digits_together(clean_line(first.removeprefix(SUBJECT)))
        whole = _text(mail.template, {**frame, **values}).strip()
        html = _html(mail.template, {**frame, **values, "subject": subject})
    return Letter(
        key=str(mail.key),
        to=_opened(mail, "sealed_to"),
        subject=subject,
        text=whole.partition("\n")[2].strip() + "\n",
        html=html,
        language=mail.language,
        direction=direction,
        reference=mail.reference,
        state=mail.state,
        queued_at=mail.queued_at,
        sent_at=mail.sent_at,
        unsubscribe=content["unsubscribe"],
        sender_name=clean_line(values.get("sender_name") or _name(head, mail.language)),
        reply_to=frame["reply_to"],
        in_reply_to=content.get("in_reply_to", ""),
    )


def _letterhead(community_key: str) -> Letterhead | None:
    try:
        return letterhead_of(community_key)
    except ObjectDoesNotExist:
        return None


def _name(head: Letterhead | None, language: str) -> str:
    return head.institution.in_language(language) if head else ""


def _recourse(head: Letterhead | None, language: str) -> dict[str, str]:
    """Return how the reader of a letter reaches who wrote it; see `core/email/recourse.txt`."""
    return {
        "reply_to": head.reply_to if head else "",
        "counter": head.counter(language) if head else "",
        "contact_link": head.url(f"/{language}/mine/", language) if head else "",
    }
