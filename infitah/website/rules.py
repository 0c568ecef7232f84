"""Rules of the website: which pages every community owes its visitors."""

# Short names of the statements that stand in the foot of every page, in their order.
STATEMENTS = ("accessibility", "privacy", "legal")

# First words of addresses that the apps own: no editorial page may take them (decisions C9).
OWNED_WORDS = frozenset(
    {
        "search", "programme", "consultations", "petitions", "information", "transparency",
        "documents", "council", "bodies", "events", "certificates", "data", "budget",
        "procurement", "network", "register", "verify", "quality", "mine", "demonstration",
    }
)  # fmt: skip


def may_be_slug(slug: str, *, is_first_level: bool) -> bool:
    """Return whether an editorial page may take `slug`; apps own some words of the first level."""
    return not is_first_level or slug not in OWNED_WORDS
