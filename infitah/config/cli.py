"""The console script `infitah` (= manage.py)."""

import os
import sys

from django.core.management import execute_from_command_line

from infitah.config import supervisor


def main() -> None:
    """Run the command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    if sys.argv[1:2] == ["serve"]:
        sys.exit(supervisor.main(sys.argv[2:]))  # without loading Django: it starts those who do
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
