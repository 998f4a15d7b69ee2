"""The last lines of a run name what has to be installed for the tests that were skipped; Ctrl-C works; and nothing is
looked through that stays.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

# Where a shell runs this in the background it is ignored, here and in all that tests start; some of them press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# With it jsonschema builds grammars for a second, and no schema here has the formats that it is for, those of an IRI.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]


def pytest_collection_finish() -> None:
    """What was collected, and imported for it, stays to the end: no collection of garbage need look through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def quiet_log() -> Iterator[None]:
    """A command keeps the package's log from its terminal, for the rest of its process."""
    logger = logging.getLogger("recraft")
    before = logger.handlers[:], logger.propagate
    yield
    logger.handlers[:], logger.propagate = before


@pytest.hookimpl(wrapper=True, tryfirst=True)  # after pytest's own last line
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None:  # a worker of xdist
        return
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminal.stats.get("skipped", ()))
    for reason, count in reasons.items():
        if "install" in reason:
            terminal.write_line(f"{count} skipped: {reason}", yellow=True)
