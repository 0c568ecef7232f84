"""How the desk names the shelves of mails, and what the reading of a mail noted."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from infitah.information.rules.mail import MailNote

SHELF_NAMES: Final = {
    "": _("Mails to sort"),
    "matched": _("Belong to a request"),
    "entered": _("Entered as requests"),
    "aside": _("Mails set aside"),
    "machines": _("Sent by machines"),
}
NOTES: Final = {
    MailNote.TOO_LARGE.value: _(
        "This mail is too large to be taken in: only its first lines are here. Read it in the "
        "mailbox itself."
    ),
    MailNote.STUCK.value: _(
        "This mail could not be taken in: only its first lines are here. Read it in the mailbox "
        "itself."
    ),
    MailNote.UNREADABLE.value: _(
        "The inside of this mail is damaged or made to do harm: only its first lines are here. "
        "Read it in the mailbox itself."
    ),
    MailNote.ENCRYPTED.value: _(
        "This mail came encrypted and cannot be read here. Ask the sender for it in clear."
    ),
    MailNote.HTML_ONLY.value: _("This mail came as a web page; its words are shown, no more."),
    MailNote.NO_TEXT.value: _("This mail holds no words; look at its files."),
    MailNote.CUT.value: _(
        "This mail is longer than what is shown. Read the rest in the mailbox itself."
    ),
}
