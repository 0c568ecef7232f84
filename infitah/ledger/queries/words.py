"""The words in which authors, verdicts and faults are told."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules import Outcome, Reason
from infitah.ledger.rules.audit import Fault

OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.INTACT_KNOWN_KEY: _("Intact, and signed by a key that is known here."),
    Outcome.INTACT_UNKNOWN_KEY: _("Intact, but signed by a key that is not known here."),
    Outcome.NOT_INTACT: _("Not intact: do not rely on it."),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.UNREADABLE: _("This file holds no document of a register."),
    Reason.ENTRY_NOT_CANONICAL: _(
        "The text of the entry is not in the form that a register writes."
    ),
    Reason.WRONG_PLACE: _("The entry bears another number than its place in the register."),
    Reason.WRONG_COMMUNITY: _("The parts of the document come from different communities."),
    Reason.PATH_LEADS_ELSEWHERE: _("The proof does not lead to the signed root."),
    Reason.WRONG_SIGNATURE: _("The signature is not that of the key."),
    Reason.KEY_MISSING: _("The key of the signature is not in the document."),
    Reason.KEY_DIFFERS: _("The key bears the name of a known key but is another one."),
    Reason.OPENING_DIFFERS: _("A private value is not the one that the entry committed to."),
    Reason.CONTRADICTS_PINNED_HEAD: _("It contradicts a root that was kept from the register."),
    Reason.HEADS_CONTRADICT: _("The roots contradict one another: the register was rewritten."),
    Reason.NO_HEADS: _("The document lists no root."),
    Reason.PART_DIFFERS: _("A text is not the one whose hash is stated: it was changed."),
    Reason.PART_TWICE: _("The same name stands for two texts."),
    Reason.WHOLE_DIFFERS: _("The hash of all texts together is not the one that is stated."),
    Reason.ACT_STATES_OTHERWISE: _("The act in the register states another hash than this one."),
    Reason.QUOTING_TEXT_DIFFERS: _("The text of the deliberation was changed."),
    Reason.NOT_QUOTED: _("The text of the deliberation does not quote this hash."),
    Reason.KEY_NOT_PINNED: _(
        "Compare the key with one that the community has published elsewhere."
    ),
    Reason.MATCHES_PINNED_HEAD: _("Its root is one that was kept from the register."),
    Reason.NOT_COMPARED: _(
        "None of the kept roots is of the same size: there is nothing to compare."
    ),
    Reason.ENTERED_AFTERWARDS: _("The act was entered in the register after the day of the act."),
    Reason.QUOTED_NOWHERE: _("No deliberation that quotes this hash is part of the document."),
}
AUTHORS: Mapping[str, Promise] = {
    "officer": _("an officer of the community"),
    "participant": _("a person, whose name the register does not hold"),
    "visitor": _("a visitor without account"),
    "system": _("the platform itself"),
}
ENTERED_BY_SYSTEM = _("the system, afterwards: it wrote down an older act and did not do it itself")
FAULTS: Mapping[Fault, Promise] = {
    Fault.ENTRY_MISSING: _("an entry is missing before this number"),
    Fault.LEAF_DIFFERS: _("the text of the entry was changed"),
    Fault.COLUMNS_DIFFER: _("what lists show of the entry differs from its text"),
    Fault.NODE_DIFFERS: _("a hash of the tree was changed"),
    Fault.NODE_MISSING: _("hashes of the tree are missing at this level"),
    Fault.NODE_UNEXPECTED: _("a hash stands where the tree has none"),
    Fault.STATE_DIFFERS: _("the size or the peaks of the register differ from its entries"),
    Fault.HEAD_UNREADABLE: _("a signed root cannot be read"),
    Fault.HEAD_BEYOND_REGISTER: _("a signed root covers more entries than there are"),
    Fault.HEAD_DIFFERS: _("a signed root is not that of the entries"),
    Fault.HEAD_KEY_UNKNOWN: _("a signed root is by a key that is not in the key ring"),
    Fault.HEAD_SIGNATURE_WRONG: _("the signature of a root is wrong"),
    Fault.HEAD_DAY_WRONG: _("a daily root stands under another day"),
    Fault.PINNED_HEAD_DIFFERS: _("a root kept outside is not that of the entries"),
    Fault.TRIGGER_MISSING: _("a guard of the database is missing"),
}
