"""By what marks two actors are found to be one person: account, address, person."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Case, Q, When

from infitah.community.models import AccessGrant, Community, User
from infitah.community.queries import address_digest
from infitah.core import vault
from infitah.programme.models import Commitment
from infitah.programme.rules.updates import are_same_person

BY_LINK = "owner:"
"""What the key of an owner who acts by a mail link begins with; the digest of the address follows.

No account is behind it, so the address itself is the mark.
"""


class Bar(StrEnum):
    """Why somebody may not judge what is said to be done."""

    SAME = "same"
    OWNER = "owner"
    RIGHT = "right"


def owner_address(commitment: Commitment) -> str:
    """Return the address of the owner of a commitment, empty where none is kept. No query."""
    return vault.unseal(
        commitment.owner_mail_sealed,
        model="programme.Commitment",
        field="owner_mail_sealed",
        row=commitment.reference,
    )


def language_of_owner(commitment: Commitment) -> str:
    """Return the language of the mails to the owner of a commitment. One query.

    That of the desk of the account which has the owner's address, else of the account of the person
    in charge; without an account, the language that was kept with the address.
    """
    address = owner_address(commitment)
    if not address:
        return commitment.owner_language
    same = Q(user__email__iexact=address) | Q(appointment__person__public_email__iexact=address)
    person = Q(appointment__person=commitment.responsible_id)
    grants = AccessGrant.objects.of(commitment.community).open().filter(user__is_active=True)
    found = grants.filter(same if commitment.responsible_id is None else same | person)
    nearest = found.annotate(is_same=Case(When(same, then=1), default=0))
    rows = nearest.order_by("-is_same", "-opened_at", "-pk")
    return rows.values_list("user__language", flat=True).first() or commitment.owner_language


def key_of_owner(commitment: Commitment) -> str:
    """Return how the owner of a commitment is named when acting by a link. No query."""
    return BY_LINK + address_digest(commitment.community, owner_address(commitment))


def marks_of(key: str, community: Community) -> frozenset[str]:
    """Return the marks of who acts under `key`: an account's name, or an owner by link.

    An account brings its own address, the persons whose offices opened it, and their public
    addresses. Two queries, none for an owner by link.
    """
    if key.startswith(BY_LINK):
        return frozenset({f"mail:{key.removeprefix(BY_LINK)}"})
    name = key.strip()
    marks = {f"account:{name.casefold()}"}
    mails = set(User.objects.filter(username__iexact=name).values_list("email", flat=True))
    grants = AccessGrant.objects.of(community).filter(user__username__iexact=name)
    for person, mail in grants.values_list(
        "appointment__person", "appointment__person__public_email"
    ):
        marks.add(f"person:{person}")
        mails.add(mail)
    return frozenset(marks | {f"mail:{address_digest(community, one)}" for one in mails if one})


def marks_of_owner(commitment: Commitment) -> frozenset[str]:
    """Return the marks of who answers for a commitment: its owner's address, its person. No query.

    `commitment` comes with its community.
    """
    marks: set[str] = set()
    if commitment.owner_mail_sealed:
        marks |= marks_of(key_of_owner(commitment), commitment.community)
    if commitment.responsible_id is not None:
        marks.add(f"person:{commitment.responsible_id}")
    return frozenset(marks)


def bar_between(commitment: Commitment, claimers: Iterable[str], judge: str) -> Bar | None:
    """Return why `judge` is no second person beside these claimers, or None: each named by key.

    `commitment` comes with its community. Two queries a key at most.
    """
    marks = marks_of(judge, commitment.community)
    own = (marks_of(key, commitment.community) for key in claimers)
    if any(are_same_person(one, marks) for one in own):
        return Bar.SAME
    return Bar.OWNER if are_same_person(marks_of_owner(commitment), marks) else None
