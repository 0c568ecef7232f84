"""The same as the console script `infitah`."""

from infitah.config.cli import main

if __name__ == "__main__":
    main()
