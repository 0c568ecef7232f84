"""`infitah officer create NAME ...`: a log-in with its office, and a password shown once."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.community import queries
from infitah.community.models import Appointment, Community
from infitah.community.operations import OfficeRefused, create_officer
from infitah.core import clock
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText


class Command(BaseCommand):
    """Make an officer: person, appointment, user and access."""

    help = "create USERNAME --community KEY --office OFFICE --name-ar NAME --act ACT"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="verb", required=True)
        create = acts.add_parser("create", help="make an officer")
        create.add_argument("username")
        create.add_argument("--community", required=True, help="reference code, such as SFR")
        create.add_argument("--office", required=True, choices=Appointment.Office.values)
        create.add_argument("--name-ar", required=True, help="name in Arabic")
        create.add_argument("--name-fr", default="", help="name in French")
        create.add_argument("--act", required=True, help="the act of appointment")
        create.add_argument("--email", default="")
        create.add_argument("--from", dest="starts_on", type=date.fromisoformat, default=None)

    def handle(self, *_args: Any, **options: Any) -> None:
        community = Community.objects.filter(key=options["community"]).first()
        if community is None:
            raise CommandError("No community has this reference code: infitah community list")
        try:
            made = create_officer(
                community=community,
                username=options["username"],
                name=LocalizedText(ar=options["name_ar"], fr=options["name_fr"]),
                office=options["office"],
                act=options["act"],
                email=options["email"],
                starts_on=options["starts_on"],
                by=Actor.system("command"),
                now=clock.now(),
            )
        except OfficeRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"log in at: {queries.url_of(community, '/desk/')}")
        self.stdout.write(f"name:      {made.user.get_username()}")
        self.stdout.write(f"password:  {made.password}")
        self.stdout.write("It is shown once. The second factor is set up at the first log-in.")
