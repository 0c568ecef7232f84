"""`infitah seed sefrou`: the demonstration, told once; `infitah seed scale`: a mass of rows."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from infitah.community import seeds as community
from infitah.community.models import Community
from infitah.community.queries import axes
from infitah.core import clock
from infitah.core.models import Installation
from infitah.core.queries import is_demonstration
from infitah.core.viewer import Actor
from infitah.information import seeds as information
from infitah.ledger import operations as ledger
from infitah.participation import seeds as participation
from infitah.programme import seeds as programme
from infitah.programme.seeds import scale, scale_votes
from infitah.website import seeds as website

PROVINCE = "SFR"
MASS = ("ideas", "communities", "votes", "people")


class Command(BaseCommand):
    """Fill a new home with the demonstration of Sefrou, or a demonstration with a mass of rows."""

    help = "seed sefrou: the demonstration; seed scale --ideas N …: a mass of rows"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("sefrou", help="tell the story of Sefrou; a second time changes nothing")
        mass = what.add_parser("scale", help="add rows in bulk, without register entries")
        mass.add_argument("--ideas", type=int, default=0)
        mass.add_argument("--communities", type=int, default=0)
        mass.add_argument("--votes", type=int, default=0)
        mass.add_argument("--people", type=int, default=0, help="who give the votes")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "sefrou":
            self._sefrou()
        else:
            self._scale(**{name: options[name] for name in MASS})

    def _sefrou(self) -> None:
        if Community.objects.exists() and not is_demonstration():
            raise CommandError(
                "This home holds a real community. A demonstration needs a home of its own: "
                "set INFITAH_HOME to an empty folder."
            )
        accounts, password = self._told()
        self.stdout.write("The story of Sefrou is told. Everything in it is a demonstration.")
        if accounts:
            self.stdout.write(f"Accounts: {', '.join(accounts)}")
            if not settings.ENVIRONMENT.demo_password:
                self.stdout.write(f"Their password, shown once: {password}")

    def _told(self) -> tuple[list[str], str]:
        """Tell the whole story in one transaction; return new accounts and their password."""
        by, now = Actor.system("seed"), clock.now()
        password = settings.ENVIRONMENT.demo_password or secrets.token_urlsafe(9)
        with transaction.atomic():
            Installation.objects.update_or_create(
                pk=1, defaults={"is_demonstration": True, "seeded_at": now}
            )
            sefrou = community.seed_communities(now=now, by=by)[PROVINCE]
            programme.seed_vocabulary(sefrou, by=by, now=now)
            accounts = programme.seed_people(sefrou, password=password, by=by, now=now)
            participation.seed_consultations(community=sefrou, axes=axes(sefrou), now=now)
            programme.seed_programme(sefrou, by=by, now=now)
            information.seed_requests(sefrou, now=now)
            website.seed_website()
            website.seed_contact(sefrou, by=by, now=now)
            if accounts:
                ledger.sign_head(community_key=PROVINCE, now=now)
        return accounts, password

    def _scale(self, *, ideas: int, communities: int, votes: int, people: int) -> None:
        if not is_demonstration():
            raise CommandError("Only a demonstration takes rows in bulk: run `seed sefrou` first.")
        made = scale.add_communities(communities)
        added = scale.add_ideas(ideas, now=clock.now())
        cast = scale_votes.add_votes(votes, people, now=clock.now())
        self.stdout.write(
            f"Added: communities {made}, ideas {added}, votes {cast}. No register entries."
        )
