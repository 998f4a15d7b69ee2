"""Schemathesis against the real socket: whatever it makes up, the sandbox answers as the spec says and never breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from recraft.sandbox import Sandbox
from recraft.sandbox.sandbox import shipped_spec

pytestmark = pytest.mark.slow

SHIPPED = shipped_spec()
schema = schemathesis.openapi.from_dict(SHIPPED)


@pytest.fixture(scope="module")
def rich() -> Iterator[Sandbox]:
    with Sandbox(answers="vendored", limits=False, balance=10**9) as sandbox:
        yield sandbox


# Not among the checks: positive_data_acceptance. A random file is no picture and a random text no size, and both are
# turned down although the schema allows them.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# A form carries text only: `true` sent for a string is a string, so "wrong type" proves nothing there.
JSON_CHECKS = [*CHECKS, checks.negative_data_rejection]


def base_of(sandbox: Sandbox, operation: APIOperation[Any, Any, Any, Any]) -> str:
    """Where an operation is: below the base URL, or below the server that it names itself."""
    servers = SHIPPED["paths"][operation.path][operation.method].get("servers")
    return urljoin(sandbox.base_url, urlsplit(servers[0]["url"]).path or "/") if servers else sandbox.base_url


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_no_made_up_request_breaks_the_sandbox(case: schemathesis.Case[Any], rich: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {rich.token}"}
    # Nor does a parameter that nobody knows: a service may ignore it.
    chosen = JSON_CHECKS if case.media_type == "application/json" else CHECKS
    if isinstance(case.body, dict) and case.body.get("response_format") == "multipart":
        # The answer is a form then, by the vendor's guide; its document knows JSON only.
        chosen = [check for check in chosen if check is not checks.content_type_conformance]
    case.call_and_validate(base_url=base_of(rich, case.operation), headers=headers, checks=chosen)


def test_the_server_is_still_well_after_all_that(rich: Sandbox) -> None:
    assert httpx.get(f"{rich.base_url}/users/me", headers={"Authorization": f"Bearer {rich.token}"}).status_code == 200
