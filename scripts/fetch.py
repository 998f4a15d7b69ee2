"""Fetch the published specification, and say whether it is another one than the vendored file.

    python scripts/fetch.py DIR     write what is new into DIR, with a report (DIR/fetched.json)

Where it is published stands in spec/provenance.json: `addresses` (one document each, or the parts of one), and `hosts`,
the only ones that are asked, redirects included. Nothing is taken that is not https (http on this machine, for tests),
larger than 5 MB, a web page, or no OpenAPI document; then nothing is written either. Exit codes: 0 nothing new, 10
something new, 1 it could not be fetched, with the reason.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).resolve().parent.parent

#: Bytes. The vendored file has 50 KB, the vendor's own 200 KB.
LARGEST = 5 * 2**20

#: Seconds for a whole document, however slowly it drips in.
LONGEST = 60.0

MOST_REDIRECTS = 3
SOMETHING_NEW = 10
LOCAL = ("127.0.0.1", "localhost")


class NotFetched(Exception):
    """A document that is not taken, and why."""


def fetch(address: str, hosts: list[str], *, largest: int = LARGEST, longest: float = LONGEST) -> bytes:
    """The document at `address`. Raises NotFetched with a reason that holds no query, which may be a secret."""
    url, end = httpx.URL(address), time.monotonic() + longest
    with httpx.Client(timeout=10.0, trust_env=True, headers={"accept-encoding": "identity"}) as client:
        for _ in range(MOST_REDIRECTS + 1):
            _check_address(url, hosts)
            try:
                with client.stream("GET", url) as response:
                    if not response.has_redirect_location:
                        return _body(response, largest, end)
                    url = url.join(response.headers["location"])
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise NotFetched(f"{url.host}: {type(error).__name__}") from None
    raise NotFetched(f"{address.partition('?')[0]} redirects more than {MOST_REDIRECTS} times")


def _check_address(url: httpx.URL, hosts: list[str]) -> None:
    if url.host not in hosts:
        raise NotFetched(f"{url.host or 'no host'} is not among the hosts of provenance.json: {', '.join(hosts)}")
    if url.scheme != "https" and not (url.scheme == "http" and url.host in LOCAL):
        raise NotFetched(f"{url.host} is asked by {url.scheme or 'no scheme'}; only https is trusted")
    if url.userinfo:
        raise NotFetched(f"the address at {url.host} holds a user name or a password")


def _body(response: httpx.Response, largest: int, end: float) -> bytes:
    host = response.url.host
    if response.status_code != 200:
        raise NotFetched(f"{host} answered {response.status_code}")
    if "html" in (kind := response.headers.get("content-type", "")):
        raise NotFetched(f"{host} answered a web page ({kind[:60]})")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NotFetched(f"{host} answered a compressed body, which was not asked for")
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > largest:
            raise NotFetched(f"{host} answered more than {largest} bytes")
        if time.monotonic() > end:
            raise NotFetched(f"{host} takes too long")
    return bytes(body)


def check(document: bytes, name: str) -> None:
    """Refuse what is no OpenAPI document. What it says is judged later."""
    try:
        text = document.decode("utf-8")
        if text.lstrip()[:1] == "<":
            raise NotFetched(f"{name} is a web page")
        read = YAML(typ="safe", pure=True).load(text)
    except (UnicodeDecodeError, YAMLError, RecursionError, ValueError) as error:
        raise NotFetched(f"{name} is no YAML: {type(error).__name__}") from None
    if not isinstance(read, Mapping) or not isinstance(read.get("paths"), Mapping) or "openapi" not in read:
        raise NotFetched(f"{name} is no OpenAPI document: it lacks `openapi` or `paths`")


def fetch_all(provenance: Mapping[str, Any], folder: Path, **bounds: Any) -> dict[str, Any]:
    """Fetch every address, and write all documents or none; what was found, as it stands in fetched.json."""
    addresses, hosts = provenance.get("addresses"), provenance.get("hosts")
    if not addresses or not hosts:
        raise NotFetched("provenance.json names no addresses or no hosts")
    documents = []
    for address in addresses:
        document = fetch(address, hosts, **bounds)
        check(document, address.partition("?")[0])
        documents.append(document)
    vendored = provenance.get("files") or [{"sha256": provenance["sha256"]}]
    sums = [hashlib.sha256(document).hexdigest() for document in documents]
    known = sorted(each["sha256"] for each in vendored)  # files have names there, and no order
    report: dict[str, Any] = {"new": sorted(sums) != known, "files": []}
    folder.mkdir(parents=True, exist_ok=True)
    for number, (address, document, digest) in enumerate(zip(addresses, documents, sums, strict=True), 1):
        name = f"fetched-{number}.yaml"  # never a name that a server or an address chose
        (folder / name).write_bytes(document)
        report["files"].append({"name": name, "address": address, "sha256": digest, "bytes": len(document)})
    (folder / "fetched.json").write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return report


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write what was fetched")
    parser.add_argument("--provenance", type=Path, default=ROOT / "spec" / "provenance.json", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        report = fetch_all(json.loads(options.provenance.read_text("utf-8")), options.folder)
    except (NotFetched, OSError) as error:
        print(f"nothing was fetched: {error}", file=sys.stderr)
        return 1
    for each in report["files"]:
        print(f"{each['name']}: {each['bytes']} bytes, sha256 {each['sha256'][:12]}..., from {each['address']}")
    print("there is something new" if report["new"] else "nothing new: what is published is what is vendored")
    return SOMETHING_NEW if report["new"] else 0


if __name__ == "__main__":
    sys.exit(main())
