"""What outcomes, grounds and exceptions are called (law 31-13, arts. 7, 16 and 18).

Names only: the dated wording of the law, with its source, stands in the legal wordings.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.information import rules
from infitah.information.models import WithheldPart

Words = str | Promise

OUTCOMES: Final[dict[str, Words]] = {
    rules.Outcome.FULL: _("Given in full"),
    rules.Outcome.PARTIAL: _("Given in part"),
    rules.Outcome.REFUSED: _("Refused"),
    rules.Outcome.NOT_HELD: _("Not held here"),
    rules.Outcome.ALREADY_PUBLIC: _("Published already"),
}
GROUNDS: Final[dict[str, Words]] = {
    "R1": _("The information is not available here"),
    "R2": _("The information falls under an exception of article 7"),
    "R3": _("The information is published already"),
    "R4": _("The same request was answered before in the same year"),
    "R5": _("The request is not clear"),
    "R6": _("The information is being prepared"),
    "R7": _("The information was deposited with the Archives of Morocco"),
}
EXCEPTIONS: Final[dict[str, Words]] = {
    "E01": _("National defence"),
    "E02": _("Internal and external security of the State"),
    "E03": _("Private life and personal data"),
    "E04": _("Fundamental rights and freedoms"),
    "E05": _("Protection of the sources of information"),
    "E06": _("Relations with another State or an international organisation"),
    "E07": _("Monetary, economic or financial policy of the State"),
    "E08": _("Industrial property, copyright and neighbouring rights"),
    "E09": _("Protection of victims, witnesses, experts and whistle-blowers"),
    "E10": _("Confidentiality under a special law"),
    "E11": _("Secrecy of the deliberations of the Council of Ministers or of Government"),
    "E12": _("Administrative investigations"),
    "E13": _("Judicial proceedings"),
    "E14": _("Free competition and private initiative"),
}


def ground_of(part: WithheldPart) -> Words:
    """Return why a part is withheld, in words: the exception's name where there is one."""
    return EXCEPTIONS.get(part.exception) or GROUNDS.get(part.ground, part.ground)
