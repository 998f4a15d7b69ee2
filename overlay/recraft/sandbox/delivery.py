"""How an answer travels: what is sent, at which pace, and how the connection ends.

Faults become a `Delivery` here, once, as data. The socket server carries it out to the letter; the httpx transport
turns it into the response or exception that httpx would have made of it.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate
from typing import Literal

from attrs import evolve, field, frozen

from recraft.sandbox.dialect import Dialect
from recraft.sandbox.faults import GIB, Fault
from recraft.sandbox.links import expired
from recraft.sandbox.wire import Headers, Problem, Reply

PIECES = 8
"""Into how many pieces a slow body is cut."""

_PAGE = b"<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Something went wrong</h1></body></html>"
_BLOCK = 1 << 20
Stage = Literal["request", "body", "answer"]


@frozen
class Delivery:
    """One answer on its way. Times are in seconds.

    before: wait until the headers. header_gap, chunk_gap: waits between header lines and between pieces of the body.
    sent: how many bytes of the body go out (None: all). length: the Content-Length to claim (None: none at all).
    end: keep the connection, close it cleanly, or reset it. stream: the body in pieces, instead of `reply.body`.
    """

    reply: Reply
    length: int | None
    before: float = 0.0
    header_gap: float = 0.0
    chunk_gap: float = 0.0
    sent: int | None = None
    end: Literal["keep", "close", "reset"] = "keep"
    extra: Headers = ()
    stream: Callable[[], Iterator[bytes]] | None = field(default=None, repr=False)

    def headers(self, now: float) -> Headers:
        """All headers of the answer; the caller's clock gives the Date."""
        length = () if self.length is None else (("Content-Length", str(self.length)),)
        ending = (("Connection", "close"),) if self.end == "close" else ()
        return (*self.reply.headers, *length, *self.extra, ("Date", formatdate(now, usegmt=True)), *ending)

    def body(self) -> bytes:
        """The bytes of the body that are sent, unless they are streamed."""
        return self.reply.body if self.sent is None else self.reply.body[: self.sent]


def drop_stage(fault: Fault | None) -> Stage | None:
    """How far a request that gets no answer at all is read before the reset; None when it is answered."""
    stages: dict[str, Stage] = {"refused": "request", "reset_before_body": "body", "reset_after_body": "answer"}
    return stages.get(fault.kind) if fault else None


def replacement(fault: Fault, now: float, dialect: Dialect) -> Reply:
    """The answer a fault gives in place of the service's own, for the kinds that do not serve."""
    if fault.kind == "rate_limited":
        wait = () if fault.retry_after is None else (("Retry-After", f"{fault.retry_after}"),)
        return Reply.json(429, {"code": "rate_limit_exceeded", "message": "too many requests"}, wait)
    if fault.kind == "expired":
        return dialect.refusal(expired())
    if fault.kind == "redirect":
        return Reply(fault.status or 302, (("Location", fault.location or "https://elsewhere.invalid/"),))
    return _status(fault, dialect)


def deliver(reply: Reply, fault: Fault | None, dialect: Dialect) -> Delivery:
    """The delivery of an answer, spoilt by a fault if there is one."""
    plain = Delivery(reply, len(reply.body))
    if fault is None:
        return plain
    half, seconds = len(reply.body) // 2, 1.0 if fault.seconds is None else fault.seconds
    match fault.kind:
        case "latency":
            return evolve(plain, before=seconds)
        case "slow_headers":
            return evolve(plain, header_gap=seconds)
        case "slow_chunks":
            return evolve(plain, chunk_gap=seconds)
        case "status":
            return deliver(_status(fault, dialect), None, dialect)
        case "reset_mid_response":
            return evolve(plain, sent=half, end="reset")
        case "truncated":
            return evolve(plain, sent=half, end="close")
        case "wrong_length":
            return evolve(plain, length=half, end="close")
        case "garbage":
            noise = random.Random(fault.seed).randbytes(256)
            return deliver(Reply(200, (("Content-Type", "application/json"),), b"\xff" + noise), None, dialect)
        case "html":
            page = Reply(200, (("Content-Type", "text/html; charset=utf-8"),), _bytes(fault.body, _PAGE))
            return deliver(page, None, dialect)
        case "wrong_type":
            return evolve(plain, reply=evolve(reply, headers=(*_without_type(reply), ("Content-Type", "text/plain"))))
        case "missing_headers":
            return evolve(plain, reply=evolve(reply, headers=_without_type(reply)), length=None, end="close")
        case "duplicate_headers":
            twice = (
                *(pair for pair in reply.headers if pair[0] == "Content-Type"),
                ("Content-Length", str(len(reply.body))),
            )
            return evolve(plain, extra=twice)
        case "gzip_bomb":
            return _bomb(GIB if fault.size is None else fault.size)
    return plain


def gzip_zeros(size: int) -> tuple[int, Callable[[], Iterator[bytes]]]:
    """Length and pieces of a gzip file that decodes to `size` zeros. The pieces are made as they are taken.

    One compressed block of a mebibyte, closed by a full flush, stands for itself wherever it is repeated.
    """
    head, zeros = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", bytes(_BLOCK)
    whole, rest = divmod(size, _BLOCK)
    block = _deflate(zeros, zlib.Z_FULL_FLUSH)
    last = _deflate(bytes(rest), zlib.Z_FINISH)

    def pieces() -> Iterator[bytes]:
        yield head
        check = 0
        for _ in range(whole):
            check = zlib.crc32(zeros, check)
            yield block
        check = zlib.crc32(bytes(rest), check)
        yield last + check.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little")

    return len(head) + whole * len(block) + len(last) + 8, pieces


def _deflate(data: bytes, flush: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(flush)


def _bomb(size: int) -> Delivery:
    length, pieces = gzip_zeros(size)
    reply = Reply(200, (("Content-Type", "application/json"), ("Content-Encoding", "gzip")))
    return Delivery(reply, length, stream=pieces)


def _status(fault: Fault, dialect: Dialect) -> Reply:
    status = fault.status or 500
    given = fault.headers.items() if isinstance(fault.headers, Mapping) else fault.headers or ()
    headers = tuple((str(name), str(value)) for name, value in given)
    if fault.body is not None:
        return Reply(status, headers, _bytes(fault.body, b""))
    standard = dialect.refusal(Problem(status, "fault", f"the sandbox was told to answer {status}"))
    typed = any(name.lower() == "content-type" for name, _ in headers)
    return evolve(standard, headers=headers if typed else (*standard.headers, *headers))


def _bytes(value: bytes | str | None, default: bytes) -> bytes:
    return default if value is None else value.encode() if isinstance(value, str) else value


def _without_type(reply: Reply) -> Headers:
    return tuple(pair for pair in reply.headers if pair[0].lower() != "content-type")
