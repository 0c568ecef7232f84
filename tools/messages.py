"""Messages of the interface: `extract [APP ...]`, `compile`, `check [APP ...]`.

extract  brings the catalogues of the apps up to date with their sources; nothing is guessed
compile  writes the .mo files that Django reads; Amazigh is filled up with French
check    fails on anything that a reader in Arabic or French would stumble over
"""

import sys
from pathlib import Path

from catalogues import compiled, faults, stores
from catalogues.sources import read_app


def chosen(names: list[str]) -> list[Path]:
    """Return the apps called `names`, or all of them."""
    apps = {app.name: app for app in stores.apps()}
    unknown = [name for name in names if name not in apps]
    if unknown:
        sys.exit(f"No such app: {', '.join(unknown)}. There are: {', '.join(apps)}.")
    return [apps[name] for name in names] or list(apps.values())


def extract(names: list[str]) -> None:
    """Rewrite the catalogues of the chosen apps."""
    for app in chosen(names):
        found = read_app(app)
        print(*found.faults, sep="\n", end="\n" if found.faults else "")
        if not found.messages and app.name not in stores.OVERRIDING:
            continue
        for language in stores.LANGUAGES:
            catalogue, lost = stores.merged(app, language, found.messages)
            path = stores.store(app, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
            for text in lost:
                print(f"{app.name}/{language}: dropped {text!r}, which no source says any more")
            missing = len(catalogue) - len(catalogue.translated_entries())
            print(f"{app.name}/{language}: {len(catalogue)} strings, {missing} to translate")


def check(names: list[str]) -> None:
    """Print every fault and fail if there is one."""
    found = [fault for app in chosen(names) for fault in faults.of_app(app, read_app(app))]
    found += faults.between(stores.apps())
    if found:
        print(*found, sep="\n")
        sys.exit(f"{len(found)} faults in the messages.")
    print("The messages are whole.")


def main(arguments: list[str]) -> None:
    """Run the named verb."""
    match arguments:
        case ["extract", *names]:
            extract(names)
        case ["compile"]:
            compiled.compile_all()
        case ["check", *names]:
            check(names)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
