"""Acts of the desk on its own things: the language in which an officer reads it."""

from django.db import transaction

from infitah.community.models import User


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> None:
    """Keep the language in which a user reads the desk. One statement; no act of the register."""
    User.objects.filter(pk=user_id).update(language=language)
