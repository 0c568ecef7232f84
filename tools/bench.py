"""`make bench`: run the benchmarks of `bench/`, print each figure, write var/bench.json."""

import sys

import environment


def main() -> None:
    environment.ensure("base", "dev", "postgres")
    environment.must("python", "tools/messages.py", "compile")
    sys.exit(environment.run("python", "-m", "bench", *[name for name in sys.argv[1:] if name]))


if __name__ == "__main__":
    main()
