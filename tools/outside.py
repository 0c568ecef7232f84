"""`make outside`: the checks by programs that others wrote (tests/outside), against a copy.

`python tools/outside.py vnu axe` runs only those named; `--list` names them all.
"""

import sys

import environment


def main() -> None:
    environment.ensure("base", "dev", "postgres")
    environment.must("python", "tools/messages.py", "compile")
    sys.exit(environment.run("python", "-m", "tests.outside", *sys.argv[1:]))


if __name__ == "__main__":
    main()
