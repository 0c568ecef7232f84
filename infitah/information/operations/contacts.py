"""Where a requester is written to: the sealed contact alone is opened, never the identity."""

import json

from infitah.community.queries import url_of
from infitah.core import vault
from infitah.information.models import InformationRequest, Requester
from infitah.information.operations.filing import MODEL

LANGUAGES = frozenset({"ar", "fr", "zgh"})


def mail_address_of(person: Requester | None, request: InformationRequest) -> str:
    """Return the mail address of who asked; "" where there is none, or it was purged. No query."""
    return known_address_of(person, request) if person is not None and person.has_email else ""


def known_address_of(person: Requester, request: InformationRequest) -> str:
    """Return the mail address that was given, also where mail comes back from it. No query."""
    sealed = person.contact_sealed
    if not sealed:
        return ""
    plain = vault.unseal(sealed, model=MODEL, field="contact_sealed", row=request.token)
    return str(json.loads(plain).get("email", ""))


def language_of(request: InformationRequest) -> str:
    """Return the language in which the requester is written to."""
    return request.language if request.language in LANGUAGES else "ar"


def follow_link(request: InformationRequest) -> str:
    """Return the address at which the requester follows the request."""
    path = f"/{language_of(request)}/information/follow/{request.token}/"
    return url_of(request.community, path)
