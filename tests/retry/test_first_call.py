"""What the first call of a process loads, where that can be counted."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from recraft import Recraft
from recraft._core import connections

from .servers import Peer, serving

PROGRAM = """
import json, sys
from recraft import Recraft
with Recraft("t", base_url=sys.argv[1]) as client:
    client.images.generate("a fox")
print(json.dumps(sorted(sys.modules)))
"""
IMAGE = {
    "image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30",
    "url": "https://i.invalid/1.png?X-Amz-Date=20261124T000000Z&X-Amz-Expires=60",
}
IMAGES = json.dumps({"created": 1_800_000_000, "credits": 40, "data": [IMAGE]}).encode()


def answering(peer: Peer) -> None:
    while peer.request():
        peer.answer(IMAGES)


def test_the_first_call_loads_the_models_of_its_answer_and_nothing_that_only_others_need() -> None:
    with serving(answering) as server:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.base_url], capture_output=True, text=True, check=True
        )
    loaded = set(json.loads(run.stdout))
    models = {name for name in loaded if name.startswith("recraft_api.models.")}
    assert models == {f"recraft_api.models.{name}" for name in ("image_set", "image", "image_features")}
    unwanted = {
        "dateutil",
        "importlib.metadata",
        "recraft.sandbox",
        "recraft.batch",
        "recraft.cli",
        "PIL",
        "asyncio",
        "anyio.to_thread",
        "difflib",
    }
    assert not unwanted & loaded


def test_plain_http_builds_no_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    built: list[object] = []
    monkeypatch.setattr(connections, "_tls", built.append)
    with serving(answering) as server, Recraft("t", base_url=server.base_url) as client:
        client.images.generate("a fox")
    assert built == []
