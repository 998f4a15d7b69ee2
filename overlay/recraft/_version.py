"""The version of the installed package; pyproject.toml is the one place that says it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("recraft-sdk")
except PackageNotFoundError:  # run from sources that were never installed
    __version__ = "0+source"
