"""How a command is told a passphrase: a file, the environment or a question; never shown."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

VARIABLE = "INFITAH_PASSPHRASE"


def add_argument(parser: ArgumentParser) -> None:
    """Offer `--passphrase` (asks, or reads INFITAH_PASSPHRASE) and `--passphrase-file`."""
    parser.add_argument("--passphrase", action="store_true", help="with the keys, sealed")
    parser.add_argument("--passphrase-file", help="the same, the passphrase being in this file")


def given(options: dict[str, Any], *, is_new: bool) -> str:
    """Return the passphrase, or nothing where none was asked for."""
    if options["passphrase_file"]:
        return Path(options["passphrase_file"]).read_text(encoding="utf-8").strip()
    if not options["passphrase"]:
        return ""
    from_environment = os.environ.get(VARIABLE, "")
    if from_environment:
        return from_environment
    first = getpass.getpass("Passphrase: ")
    if is_new and getpass.getpass("Again: ") != first:
        raise ValueError("The two passphrases differ.")
    return first
