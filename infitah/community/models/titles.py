"""Names of roles and offices that agree with their holder, as far as the record says who it is.

Nothing is guessed from a name: without a stated sex the function is named, not its holder.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Titles = Mapping[str, Mapping[str, Promise | str]]

ROLES: Final[Titles] = {
    "female": {
        "president": pgettext_lazy("of a woman", "president"),
        "vice_president": pgettext_lazy("of a woman", "vice-president"),
        "secretary": pgettext_lazy("of a woman", "secretary"),
        "deputy_secretary": pgettext_lazy("of a woman", "deputy secretary"),
        "rapporteur": pgettext_lazy("of a woman", "rapporteur"),
        "deputy_rapporteur": pgettext_lazy("of a woman", "deputy rapporteur"),
        "co_coordinator": pgettext_lazy("of a woman", "co-coordinator"),
        "member": pgettext_lazy("of a woman", "member"),
    },
    "unstated": {
        "president": pgettext_lazy("the function", "president"),
        "vice_president": pgettext_lazy("the function", "vice-president"),
        "secretary": pgettext_lazy("the function", "secretary"),
        "deputy_secretary": pgettext_lazy("the function", "deputy secretary"),
        "rapporteur": pgettext_lazy("the function", "rapporteur"),
        "deputy_rapporteur": pgettext_lazy("the function", "deputy rapporteur"),
        "co_coordinator": pgettext_lazy("the function", "co-coordinator"),
        "member": pgettext_lazy("the function", "member"),
    },
}
OFFICES: Final[Titles] = {
    "female": {
        "president": pgettext_lazy("of a woman", "president of the council"),
        "vice_president": pgettext_lazy("of a woman", "vice-president"),
        "secretary": pgettext_lazy("of a woman", "secretary of the council"),
        "deputy_secretary": pgettext_lazy("of a woman", "deputy secretary of the council"),
        "director_of_services": pgettext_lazy("of a woman", "director of services"),
        "deputy_focal_point": pgettext_lazy("of a woman", "deputy focal point"),
        "moderator": pgettext_lazy("of a woman", "moderator"),
        "verifier": pgettext_lazy("of a woman", "verifier"),
        "administrator": pgettext_lazy("of a woman", "administrator of the platform"),
        "editor": pgettext_lazy("of a woman", "editor of pages"),
        "deputy_information_officer": pgettext_lazy("of a woman", "deputy information officer"),
        "commitment_owner": pgettext_lazy("of a woman", "commitment owner"),
    },
    "unstated": {
        "president": pgettext_lazy("the function", "president of the council"),
        "vice_president": pgettext_lazy("the function", "vice-president"),
        "secretary": pgettext_lazy("the function", "secretary of the council"),
        "deputy_secretary": pgettext_lazy("the function", "deputy secretary of the council"),
    },
}


def title_of(titles: Titles, key: str, sex: str, usual: str) -> str:
    """Return the role or office `key` of somebody of `sex`, else its `usual` name."""
    return str(titles.get(sex, {}).get(key, usual))
