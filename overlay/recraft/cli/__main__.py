"""`python -m recraft.cli`: the same as `recraft`."""

from recraft.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
