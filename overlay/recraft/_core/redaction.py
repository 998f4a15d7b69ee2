"""Keeps secrets out of httpcore's own log: at DEBUG it writes the headers of every answer, a redirect's signed URL
included.

Only what is logged while one of our own calls speaks is touched; every other user of httpcore in the process keeps its
records.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar

from ..errors import redacted

#: The token of the call that speaks now; None when it is none of ours.
_secret: ContextVar[str | None] = ContextVar("recraft_secret", default=None)


class private:
    """Redact what httpcore logs meanwhile, in this task and thread."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __enter__(self) -> None:
        self._before = _secret.get()
        _secret.set(self._secret)

    def __exit__(self, *error: object) -> None:
        _secret.set(self._before)  # no reset(): a coroutine that is thrown away ends in another context


def _redact(record: logging.LogRecord) -> bool:
    if (secret := _secret.get()) is not None:
        record.msg, record.args = redacted(record.getMessage(), secret), ()
    return True


for _name in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore.{_name}").addFilter(_redact)
