"""The page for people: the ledger live, and switches for faults. Only the page itself may ask what is behind it.

It stands beside the service: what it is asked is in no book, and no fault strikes it. A web page from elsewhere can
neither read anything here (no CORS, and what its browser says of it is refused) nor reach it under a name of its own
(the Host must be this machine's), nor set a switch.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import re
import secrets
import threading
from collections.abc import Mapping
from importlib import resources
from typing import Any
from uuid import UUID

from attrs import frozen

from recraft.sandbox.desk import Desk
from recraft.sandbox.faults import PARAMETERS, Fault, Playing
from recraft.sandbox.gallery import Picture
from recraft.sandbox.ledger import Charge, Received
from recraft.sandbox.service import DOWNLOAD, Outcome
from recraft.sandbox.shown import Shown
from recraft.sandbox.wire import Headers, Problem, Reply, Request

LONGEST = 1 << 16
"""Bytes of a request to the page that are read."""

ROWS = 200
"""How many requests are shown, the latest ones."""

_HOME = "/_sandbox/"
_ICON = "/favicon.ico"  # browsers ask for it by themselves
_SWITCHES = ("seconds", "status", "charged", "served", "retry_after")
"""The parameters of a fault that the page can set; it does not ask for texts that would be sent on."""

_ALWAYS: Headers = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


@frozen
class _Note:
    """What the book does not say of a request that is done."""

    fields: list[tuple[str, str]]
    pictures: tuple[Picture, ...]
    said: str


class Page:
    """Answers what is asked at `/` and below `/_sandbox/`. `host` is the address the server listens on."""

    def __init__(self, desk: Desk, host: str) -> None:
        self._desk, self._host = desk, host.lower()
        self._run = secrets.token_hex(8)  # an open page notices by it that the sandbox has been started again
        self._shown = Shown(desk.service.token)
        self._notes: dict[int, _Note] = {}
        self._lock = threading.Lock()
        desk.watch = self._note

    def takes(self, target: str) -> bool:
        """Whether a request target is the page's."""
        path = target.partition("?")[0]
        return path in {"/", _ICON} or path.startswith(_HOME)

    def answer(self, request: Request) -> Reply:
        """Answer one request."""
        try:
            self._admit(request)
            reply = self._route(request)
        except Problem as problem:
            reply = Reply.json(problem.status, {"message": problem.message}, problem.headers)
        policy = () if any(name == "Content-Security-Policy" for name, _ in reply.headers) else (_policy(),)
        return Reply(reply.status, (*reply.headers, *policy, *_ALWAYS), reply.body)

    def _admit(self, request: Request) -> None:
        """Raise Problem 403 for what does not come from the page itself, or from a person who opens it."""
        hosts = [value.strip().lower() for name, value in request.headers if name.lower() == "host"]
        if len(hosts) != 1 or not self._is_here(hosts[0]):
            where = "ask for it by localhost or by the machine's address"
            raise Problem(403, "forbidden", f"Host: the page is not shown under this name; {where}")
        origin, site = request.header("origin"), request.header("sec-fetch-site")
        writes = request.method not in {"GET", "HEAD"}
        if origin != f"http://{hosts[0]}" and (writes or origin is not None):
            raise Problem(403, "forbidden", "Origin: only the sandbox's own page may ask this")
        opened = request.path == "/" and request.header("sec-fetch-mode") == "navigate"
        if site not in {None, "none", "same-origin"} and not opened:
            raise Problem(403, "forbidden", "Sec-Fetch-Site: only the sandbox's own page may ask this")

    def _is_here(self, host: str) -> bool:
        name = re.sub(r":\d{1,5}$", "", host).removeprefix("[").removesuffix("]")
        if name in {"localhost", self._host}:
            return True
        try:  # a name can be made to lead here by whoever owns it, an address cannot
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _route(self, request: Request) -> Reply:
        path = request.path
        if path == f"{_HOME}faults":
            _allow(request, "POST")
            self._switch(request)
            return Reply.json(200, {"faults": self._faults()})
        _allow(request, "GET", "HEAD")
        if path == "/":
            return Reply(200, (("Content-Type", "text/html; charset=utf-8"), _policy(_page())), _page())
        if path == _ICON:
            return Reply(204)
        if path == f"{_HOME}state":
            since = next((text for name, text in request.query if name == "since"), "")
            return Reply.json(200, self._state(request, int(since) if re.fullmatch(r"\d{1,15}", since) else 0))
        if path.startswith(f"{_HOME}pictures/"):
            return self._picture(path.rpartition("/")[2])
        raise Problem(404, "not_found", "there is no such thing on the page")

    def _picture(self, text: str) -> Reply:
        try:
            picture = self._desk.service.world.gallery.find(UUID(text))
        except ValueError:
            picture = None
        if picture is None:
            raise Problem(404, "not_found", "there is no such picture")
        alone = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        return Reply(200, (("Content-Type", picture.media_type), alone), picture.bytes())

    def _note(self, index: int, request: Request, outcome: Outcome | None) -> None:
        reply = outcome.reply if outcome else None
        note = _Note(
            self._shown.fields(request),
            outcome.pictures if outcome else (),
            self._shown.text(_message(reply)) if reply and reply.status >= 400 else "",
        )
        with self._lock:
            self._notes[index] = note
            while len(self._notes) > 2 * ROWS:
                del self._notes[min(self._notes)]

    def _state(self, request: Request, since: int) -> dict[str, Any]:
        """Everything that changes; of the requests those from index `since` on."""
        service, ledger = self._desk.service, self._desk.ledger
        with self._lock:
            notes = dict(self._notes)
        book = ledger.requests[-ROWS:]
        charges = {charge.request: charge for charge in ledger.charges}
        open_ones = [each.index for each in book if each.index not in notes]
        return {
            "run": self._run,
            "api": f"http://{request.header('host')}{service.world.contract.base_path}",
            "balance": service.account.balance,
            "spent": ledger.total_units,
            "images": sum(charge.images for charge in charges.values()),
            "windows": service.account.windows(request.now),
            "faults": self._faults(),
            "kinds": {kind: [name for name in _SWITCHES if name in takes] for kind, takes in PARAMETERS.items()},
            "operations": [*(each.id for each in service.world.contract.operations), DOWNLOAD],
            "first": book[0].index if book else None,
            "next": open_ones[0] if open_ones else book[-1].index + 1 if book else 0,
            "requests": [
                self._row(each, notes.get(each.index), charges.get(each.index)) for each in book if each.index >= since
            ],
        }

    def _row(self, received: Received, note: _Note | None, charge: Charge | None) -> dict[str, Any]:
        made = note.pictures if note else ()
        return {
            "index": received.index,
            "at": received.at,
            "method": self._shown.text(received.method),
            "path": self._shown.text(received.path),
            "operation": received.operation,
            "done": note is not None,
            "status": received.status,
            "fault": received.fault,
            "fields": note.fields if note else [],
            "said": note.said if note else "",
            "pictures": [{"id": str(each.id), "kind": each.kind, "size": each.size} for each in made],
            "units": charge.units if charge else 0,
        }

    def _faults(self) -> list[dict[str, Any]]:
        return [self._rule(each) for each in self._desk.script.playing]

    def _rule(self, playing: Playing) -> dict[str, Any]:
        """A rule with what was set of it. Bodies and headers stay out: nobody knows what is in them."""
        rule = playing.rule
        told = {name: getattr(rule, name) for name in ("after", "probability", *_SWITCHES)}
        return {
            "number": playing.number,
            "kind": rule.kind,
            "operation": rule.operation,
            "times": rule.times,
            "hit": playing.hit,
            "matched": playing.matched,
            "with": {name: self._shown.text(f"{value}") for name, value in told.items() if value not in (None, 0)},
        }

    def _switch(self, request: Request) -> None:
        """Add a rule, or remove one. Raises Problem 400 that says what is wrong, 415 for anything but JSON."""
        if (request.header("content-type") or "").split(";")[0].strip().lower() != "application/json":
            raise Problem(415, "unsupported_media_type", "Content-Type: expected application/json")
        try:
            asked = json.loads(request.body)
            match asked:
                case {"add": dict(rule)}:
                    fault = _fault(rule)
                    self._desk.check(fault)
                    self._desk.script.add(fault)
                case {"remove": int(number)}:
                    self._desk.script.remove(number)
                case _:
                    raise ValueError('expected {"add": {"kind": ...}} or {"remove": number}')
        except (ValueError, RecursionError) as error:
            raise Problem(400, "invalid_request_parameter", self._shown.text(str(error))) from None


def _fault(asked: Mapping[str, Any]) -> Fault:
    """A rule as the page sends it. Raises ValueError."""
    bounds = {"times": (1, 1000), "seconds": (0, 600), "status": (200, 599), "retry_after": (0, 3600)}
    for name, value in asked.items():
        if name in {"kind", "operation"}:
            fits = isinstance(value, str)
        elif name in {"charged", "served"}:
            fits = isinstance(value, bool)
        else:
            low, high = bounds.get(name, (1, 0))
            whole = int if name in {"times", "status"} else int | float
            fits = isinstance(value, whole) and not isinstance(value, bool) and low <= value <= high
        if not fits and not (value is None and name in {"times", "operation"}):
            raise ValueError(f"{name}: {json.dumps(value)[:60]} cannot be set here")
    return Fault(**{"kind": "", **asked})


def _allow(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise Problem(405, "method_not_allowed", f"only {' and '.join(methods)}", {"Allow": ", ".join(methods)})


def _message(reply: Reply) -> str:
    try:
        return str(json.loads(reply.body)["message"])
    except (ValueError, KeyError, TypeError):
        return reply.body[:200].decode("utf-8", "replace")


def _page() -> bytes:
    return resources.files("recraft.sandbox").joinpath("data/page.html").read_bytes()


def _policy(page: bytes = b"") -> tuple[str, str]:
    """What a browser may run and load: the page's own script and style, known by their hashes, and its pictures."""
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
    if page:
        rules += ["img-src 'self'", "connect-src 'self'"]
        for tag in ("script", "style"):
            inline = re.findall(rf"<{tag}>(.*?)</{tag}>".encode(), page, re.DOTALL)
            hashes = [base64.b64encode(hashlib.sha256(each).digest()).decode() for each in inline]
            rules.append(f"{tag}-src {' '.join(repr(f'sha256-{each}') for each in hashes)}")
    return "Content-Security-Policy", "; ".join(rules)
