"""`infitah reset_access USERNAME --community SFR --reason ...`: open a lost account anew."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from infitah.community.models import Community, User
from infitah.community.queries import by_key
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.desk import operations


class Command(BaseCommand):
    help = "Removes password and second factor of an officer who lost them; recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--community", required=True, help="reference code, such as SFR")
        parser.add_argument("--reason", required=True, help="why, and how the person was seen")

    def handle(self, *args: object, **options: str) -> None:
        try:
            operations.reset_access(
                community=by_key(options["community"]),
                username=options["username"],
                reason=options["reason"],
                by=Actor.system("operator"),
                now=clock.now(),
            )
        except (Community.DoesNotExist, User.DoesNotExist) as missing:
            raise CommandError("No such community, or no such account in it.") from missing
        except OperationRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{options['username']} chooses a new password by mail.")
