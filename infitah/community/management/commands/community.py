"""`infitah community create CODE`, `list`, `laws KEY`: communities founded from HCP codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.community import queries
from infitah.community.models import Community
from infitah.community.operations import CommunityRefused, create_community
from infitah.community.operations.law import seed_laws
from infitah.core import clock
from infitah.core.viewer import Actor


class Command(BaseCommand):
    """Found a community, list those that stand, or complete the laws of one."""

    help = "create CODE --key KEY --slug SLUG [--host HOST] [--default]; list; laws KEY"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="found a community from its HCP code")
        create.add_argument("code", help="HCP code, such as 03.451.01.01")
        create.add_argument("--key", required=True, help="reference code: three capital letters")
        create.add_argument("--slug", required=True, help="short name in addresses")
        create.add_argument("--host", help="host name; none for a community without site")
        create.add_argument("--default", action="store_true", help="where unknown hosts are sent")
        acts.add_parser("list", help="list the communities")
        laws = acts.add_parser("laws", help="add the legal numbers that a community lacks")
        laws.add_argument("key", help="reference code")

    def handle(self, *_args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act']}")(options)

    def _create(self, options: dict[str, Any]) -> None:
        try:
            community = create_community(
                hcp_code=options["code"],
                key=options["key"],
                slug=options["slug"],
                host=options["host"],
                is_default=options["default"],
                by=Actor.system("command"),
                now=clock.now(),
            )
        except CommunityRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{community.key} {community.institution}")
        self.stdout.write(queries.url_of(community))

    def _list(self, _options: dict[str, Any]) -> None:
        for community in Community.objects.order_by("hcp_code"):
            self.stdout.write(
                f"{community.key}  {community.hcp_code:<14} {community.host or '-':<34} "
                f"{community.institution}"
            )

    def _laws(self, options: dict[str, Any]) -> None:
        community = Community.objects.filter(key=options["key"]).first()
        if community is None:
            raise CommandError("No community has this reference code: infitah community list")
        seed_laws(community)
        self.stdout.write(f"{community.key}: the shipped legal numbers are there.")
