"""Messages of a demonstration, which nobody would receive otherwise (decisions G34)."""

from infitah.core.letters import Letter, LetterRefused, read
from infitah.core.models import Installation, Mail


def demonstration_mails(*, community_key: str, limit: int = 50) -> list[Letter] | None:
    """Return the last messages of a demonstration, newest first; None anywhere else.

    Two queries. A message whose content was erased is left out.
    """
    if not Installation.objects.filter(pk=1, is_demonstration=True).exists():
        return None
    letters = []
    for mail in Mail.objects.filter(community_key=community_key).order_by("-id")[:limit]:
        try:
            letters.append(read(mail))
        except LetterRefused:
            continue
    return letters
