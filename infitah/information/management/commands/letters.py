"""`infitah letters`: letters that could not be written are tried anew by the worker."""

from typing import Any

from django.core.management.base import BaseCommand

from infitah.information.operations.letters import retry_letters


class Command(BaseCommand):
    help = "Try again the letters to requesters that could not be written."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{retry_letters()} letters are tried again by the worker.")
