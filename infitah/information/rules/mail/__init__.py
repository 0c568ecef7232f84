"""Rules of mails that come in: read tolerantly, never believed."""

from infitah.information.rules.mail.automatic import Ours
from infitah.information.rules.mail.bounces import Bounce
from infitah.information.rules.mail.own_words import own_words
from infitah.information.rules.mail.parts import Joined
from infitah.information.rules.mail.reading import MailKind, MailNote, ReadMail, read_mail
from infitah.information.rules.mail.tokens import (
    TOKEN_LENGTH,
    Tag,
    case_tag,
    references_in,
    tagged,
    tags_in,
)

__all__ = [
    "TOKEN_LENGTH",
    "Bounce",
    "Joined",
    "MailKind",
    "MailNote",
    "Ours",
    "ReadMail",
    "Tag",
    "case_tag",
    "own_words",
    "read_mail",
    "references_in",
    "tagged",
    "tags_in",
]
