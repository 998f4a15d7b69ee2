"""Fetching the published specification from hosts that lie."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import fetch
import specfile

from .conftest import ROOT, Host

HOSTS = ["127.0.0.1"]
DOCUMENT = specfile.files(specfile.vendored(ROOT / "spec"))[0].read_bytes()


def provenance(*addresses: str, **more: Any) -> dict[str, Any]:
    return {"addresses": list(addresses), "hosts": HOSTS, "sha256": hashlib.sha256(DOCUMENT).hexdigest(), **more}


def test_the_vendored_file_is_nothing_new(host: Host, tmp_path: Path) -> None:
    assert fetch.fetch_all(provenance(host.serve("/a.yaml", DOCUMENT)), tmp_path)["new"] is False


def test_another_file_is_written_as_it_came_and_named_by_us(host: Host, tmp_path: Path) -> None:
    other = DOCUMENT + b"# more\n"
    report = fetch.fetch_all(provenance(host.serve("/x/evil.sh?token=secret", other)), tmp_path)
    assert report["new"] is True
    assert report["files"][0]["sha256"] == hashlib.sha256(other).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fetched-1.yaml", "fetched.json"]
    assert (tmp_path / "fetched-1.yaml").read_bytes() == other


def test_several_addresses_are_the_parts_of_one_document(host: Host, tmp_path: Path) -> None:
    parts = [b"openapi: 3.0.3\npaths: {}\n", b"openapi: 3.0.3\npaths: {}\n# two\n"]
    addresses = [host.serve(f"/{number}.yaml", part) for number, part in enumerate(parts)]
    known = [{"sha256": hashlib.sha256(part).hexdigest()} for part in parts]
    assert fetch.fetch_all(provenance(*addresses, files=known), tmp_path)["new"] is False
    known.reverse()  # they are vendored by their names, which say nothing of addresses
    assert fetch.fetch_all(provenance(*addresses, files=known), tmp_path)["new"] is False
    known[0] = {"sha256": hashlib.sha256(b"other").hexdigest()}
    assert fetch.fetch_all(provenance(*addresses, files=known), tmp_path)["new"] is True
    assert fetch.fetch_all(provenance(*addresses, files=known[1:]), tmp_path)["new"] is True


def refused(host: Host, tmp_path: Path, address: str, **bounds: Any) -> str:
    """The reason; and nothing is written."""
    target = tmp_path / "found"
    with pytest.raises(fetch.NotFetched) as caught:
        fetch.fetch_all(provenance(address), target, **bounds)
    assert not target.exists()
    assert "secret" not in str(caught.value)
    return str(caught.value)


def test_a_redirect_to_a_host_that_is_not_listed_is_not_followed(host: Host, tmp_path: Path) -> None:
    address = host.serve("/a.yaml?key=secret", b"", 302, location=host.address.replace("127.0.0.1", "localhost") + "/b")
    host.serve("/b", DOCUMENT)
    assert "localhost is not among the hosts" in refused(host, tmp_path, address)
    assert host.asked == ["/a.yaml?key=secret"]


def test_a_redirect_on_the_same_host_is_followed(host: Host, tmp_path: Path) -> None:
    host.serve("/b.yaml", DOCUMENT)
    assert fetch.fetch_all(provenance(host.serve("/a.yaml", b"", 301, location="/b.yaml")), tmp_path)["new"] is False


def test_redirects_in_a_circle_end(host: Host, tmp_path: Path) -> None:
    assert "redirects more than 3" in refused(host, tmp_path, host.serve("/a?secret", b"", 302, location="/a?secret"))
    assert len(host.asked) == fetch.MOST_REDIRECTS + 1


def test_a_redirect_to_a_file_of_this_machine_is_not_followed(host: Host, tmp_path: Path) -> None:
    assert "no host is not among" in refused(host, tmp_path, host.serve("/a", b"", 302, location="file:///etc/passwd"))


@pytest.mark.parametrize("address", ["http://example.com/a.yaml", "ftp://127.0.0.1/a", "http://u:secret@127.0.0.1/"])
def test_an_address_that_is_not_to_be_trusted_is_never_asked(host: Host, tmp_path: Path, address: str) -> None:
    refused(host, tmp_path, address)


def test_a_listed_host_is_not_asked_in_the_clear() -> None:
    with pytest.raises(fetch.NotFetched, match="only https is trusted"):
        fetch.fetch("http://example.com/a.yaml", ["example.com"])


def test_a_document_beyond_the_size_limit_is_cut_off_though_its_length_says_otherwise(
    host: Host, tmp_path: Path
) -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(OSError):  # until the client leaves
            while True:
                handler.wfile.write(b"# more\n" * 10_000)

    host.answers["/a"] = endless
    assert "more than 100000 bytes" in refused(host, tmp_path, host.address + "/a", largest=100_000)


def test_a_document_that_drips_in_for_ever_is_given_up(host: Host, tmp_path: Path) -> None:
    assert "takes too long" in refused(host, tmp_path, host.serve("/a", DOCUMENT), longest=-1.0)


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"<!DOCTYPE html><html>404", {"content_type": "text/html; charset=utf-8"}, "web page"),
        (b"  \n<html>openapi: 3</html>", {}, "web page"),
        (b"openapi: 3.0.3\n", {}, "lacks `openapi` or `paths`"),
        (b"[1, 2]", {}, "lacks `openapi` or `paths`"),
        (b"openapi: [\n", {}, "no YAML"),
        (b"\xff\xfe\x00", {}, "no YAML"),
        (b"openapi: &a [*a, *a]\npaths: !!python/object/apply:os.system ['true']\n", {}, "no YAML"),
        (gzip.compress(DOCUMENT), {"content_encoding": "gzip"}, "compressed"),
        (DOCUMENT[:100], {"content_length": str(len(DOCUMENT))}, "RemoteProtocolError"),
        (b"", {}, "lacks `openapi` or `paths`"),
    ],
)
def test_what_is_no_specification_is_not_taken(
    host: Host, tmp_path: Path, body: bytes, headers: dict[str, str], reason: str
) -> None:
    assert reason in refused(host, tmp_path, host.serve("/a?secret", body, **headers))


@pytest.mark.parametrize("status", [204, 304, 404, 500])
def test_only_a_200_is_taken(host: Host, tmp_path: Path, status: int) -> None:
    body = b"" if status in (204, 304) else DOCUMENT
    assert f"answered {status}" in refused(host, tmp_path, host.serve("/a", body, status))


def test_one_bad_part_means_that_nothing_is_written(host: Host, tmp_path: Path) -> None:
    good, bad = host.serve("/a", DOCUMENT), host.serve("/b", b"<html>")
    with pytest.raises(fetch.NotFetched):
        fetch.fetch_all(provenance(good, bad), tmp_path / "found")
    assert not (tmp_path / "found").exists()


def test_the_exit_code_says_whether_there_is_something_new(
    host: Host, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "provenance.json"
    for body, code in ((DOCUMENT, 0), (DOCUMENT + b"\n", fetch.SOMETHING_NEW), (b"<html>", 1)):
        known.write_text(json.dumps(provenance(host.serve("/a", body))))
        assert fetch.main([str(tmp_path / "found"), "--provenance", str(known)]) == code
    assert "nothing was fetched" in capsys.readouterr().err


def test_where_the_vendored_file_comes_from_is_written_down() -> None:
    known = json.loads((ROOT / "spec" / "provenance.json").read_text("utf-8"))
    assert known["addresses"]
    assert all(address.startswith("https://") for address in known["addresses"])
    assert {address.split("/")[2] for address in known["addresses"]} <= set(known["hosts"])
