"""The version of the installed package; pyproject.toml is the one place that says it."""

import sys
from glob import glob
from os.path import basename


def _installed() -> str:
    # What importlib.metadata would find and read, by the name alone: loading that takes more than a tenth of the time
    # until a first call is answered.
    for folder in sys.path:
        for found in glob(f"{folder}/recraft_sdk-*.dist-info"):
            return basename(found).removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("recraft-sdk")
    except PackageNotFoundError:  # run from sources that were never installed
        return "0+source"


__version__ = _installed()
