"""The tests of the Redis store where there is no Redis server: left out, or failed where they are insisted on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

WITHOUT_A_SERVER = """
import importlib.metadata, sys, pytest
def distribution(name):
    raise importlib.metadata.PackageNotFoundError(name)
importlib.metadata.distribution = distribution
sys.exit(pytest.main(sys.argv[1:]))
"""
TESTS = "tests/limiter/test_stores.py"
NEEDS_ONE = f"{TESTS}::test_a_server_that_forgot_everything_serves_on"


def run_without_a_server(*tests: str, **environment: str) -> tuple[int, list[str]]:
    """Run tests where no Redis server can be found: the exit code and the lines that were printed."""
    command = [sys.executable, "-c", WITHOUT_A_SERVER, "-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", *tests]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return run.returncode, run.stdout.splitlines()


def test_without_a_redis_server_its_tests_are_left_out_and_the_last_line_says_what_to_install() -> None:
    code, printed = run_without_a_server(NEEDS_ONE, f"{TESTS}::test_the_redis_package_is_loaded_only_when_used")
    assert code == 0, printed
    assert "1 passed, 1 skipped" in printed[-2]
    assert printed[-1].startswith("1 skipped: no redis-server and no valkey-server on the PATH: install one")


def test_where_a_redis_server_is_required_its_absence_is_a_failure() -> None:
    code, printed = run_without_a_server(NEEDS_ONE, REDIS_REQUIRED="1")
    assert code == 1
    assert any("no redis-server and no valkey-server" in line for line in printed), printed
