"""The sentences by which the public register names the acts of publication."""

from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules import register_act, register_family

SENTENCES = {
    "record_published": _("An answer to a request for information was published in the log"),
    "record_deferred": _("The publication of an answer in the log was put off, with the reason"),
    "record_withdrawn": _("An answer was taken back from the log, with the reason"),
}


def name_acts() -> None:
    """Give the register the names of these acts and of their family."""
    register_family("publication", _("Published answers"))
    for act, sentence in SENTENCES.items():
        register_act(f"publication.{act}", sentence)
