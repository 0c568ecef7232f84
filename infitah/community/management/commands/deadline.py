"""`infitah deadline DATE`: when a reply is due, day by day (law 31-13, arts. 16 and 17)."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from infitah.community import queries
from infitah.community.models import Community
from infitah.community.rules.deadlines import ReplyDue


class Command(BaseCommand):
    """Count a deadline; without a community in the database, by the data that ship."""

    help = "DATE [--urgent] [--extended] [--json] [--calendar official|estimated]"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("date", help="day of receipt, such as 2026-03-02")
        parser.add_argument("--urgent", action="store_true", help="art. 17: 3 days")
        parser.add_argument("--extended", action="store_true", help="with the one extension")
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--calendar", choices=("official", "estimated"), default="official")
        parser.add_argument("--community", default="", help="reference code; else the default one")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            received = date.fromisoformat(options["date"])
        except ValueError as error:
            raise CommandError("Write the day as year-month-day, such as 2026-03-02.") from error
        due = self._due(received, options)
        if options["json"]:
            self.stdout.write(json.dumps(due.as_json(), ensure_ascii=False, indent=1))
            return
        self._explain(due)

    def _community(self, key: str) -> Community | None:
        try:
            found = (
                Community.objects.filter(key=key).first() if key else queries.default_community()
            )
        except DatabaseError:  # no database yet: the shipped data answer
            return None
        if key and found is None:
            raise CommandError("No community has this reference code: infitah community list")
        return found

    def _due(self, received: date, options: dict[str, Any]) -> ReplyDue:
        community = self._community(options["community"])
        asked: dict[str, Any] = {
            "received": received,
            "urgent": options["urgent"],
            "extended": options["extended"],
            "kind": options["calendar"],
        }
        if community is None:
            return queries.shipped_deadline(**asked)
        try:
            return queries.deadline(community, **asked)
        except queries.RuleMissing:
            return queries.shipped_deadline(**asked)

    def _explain(self, due: ReplyDue) -> None:
        deadline = due.deadline
        for day in deadline.days:
            name = f"  {day.name.in_language('fr')}" if day.name else ""
            number = day.number if day.number is not None else ""
            doubt = "  (depends on the sighting of the moon)" if day.uncertain else ""
            self.stdout.write(f"{day.day:%Y-%m-%d %a}  {number:>3}  {day.why}{name}{doubt}")
        self.stdout.write(f"received    {deadline.received}")
        self.stdout.write(f"due         {deadline.due}")
        if deadline.due_latest != deadline.due:
            self.stdout.write(f"due, latest {deadline.due_latest}")
        if deadline.next_working_day:
            self.stdout.write(f"            a day off; offices open on {deadline.next_working_day}")
        state = "read in an official text" if due.is_verified else "to be verified"
        unit = f"{due.period.days} {due.period.unit} days"
        self.stdout.write(f"rule        {unit}, law {due.article} ({state})")
        self.stdout.write(f"calendar    {deadline.calendar_version}")
