"""Keeps secrets out of httpcore's own log: at DEBUG it writes the headers of every answer, a redirect's signed URL included."""

from __future__ import annotations

import logging
import re
import weakref
from typing import Protocol

_LOGGERS = ("connection", "http11", "http2", "proxy", "socks")

_QUERY = re.compile(r"""[?][^\s"'<>]+""")


class HasToken(Protocol):
    @property
    def token(self) -> str: ...


class Redaction(logging.Filter):
    """Takes the queries of URLs, and the tokens of all clients that there are, out of each record."""

    def __init__(self) -> None:
        super().__init__()
        self._holders: weakref.WeakValueDictionary[int, HasToken] = weakref.WeakValueDictionary()

    def watch(self, holder: HasToken) -> None:
        """Hide the token of this client, for as long as it lives."""
        self._holders[id(holder)] = holder

    def filter(self, record: logging.LogRecord) -> bool:
        text = _QUERY.sub("?[...]", record.getMessage())
        for holder in list(self._holders.values()):
            text = text.replace(holder.token, "[token]")
        record.msg, record.args = text, ()
        return True


redaction = Redaction()
for _name in _LOGGERS:
    logging.getLogger(f"httpcore.{_name}").addFilter(redaction)
