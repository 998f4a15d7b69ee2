"""`client.raw`: the generated client, sending the way the helpers do."""

from __future__ import annotations

from typing import Any, Self

import attrs
import httpx

from recraft_api import AuthenticatedClient

from .errors import InputError


@attrs.define(repr=False)
class Raw(AuthenticatedClient):
    """The generated client, wired to a `Recraft` or `AsyncRecraft`. It holds no token of its own: the wire adds it."""

    def __repr__(self) -> str:
        return f"Raw(base_url={self._base_url!r})"

    def with_headers(self, headers: dict[str, str]) -> Raw:
        raise InputError(
            "the generated with_headers would change this client for everybody: use with_options(headers=...).raw."
        )

    def with_timeout(self, timeout: httpx.Timeout) -> Raw:
        raise InputError(
            "the generated with_timeout would change this client for everybody: use with_options(timeout=...).raw."
        )

    def with_cookies(self, cookies: dict[str, str]) -> Raw:
        raise InputError("the API uses no cookies.")

    def __enter__(self) -> Self:
        return self  # the connections are the client's to close

    def __exit__(self, *args: Any, **kwargs: Any) -> None: ...

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *args: Any, **kwargs: Any) -> None: ...

    def get_httpx_client(self) -> httpx.Client:
        if self._client is None:
            raise InputError(
                "this is the raw client of an AsyncRecraft: use the generated asyncio() and asyncio_detailed()."
            )
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if self._async_client is None:
            raise InputError("this is the raw client of a Recraft: use the generated sync() and sync_detailed().")
        return self._async_client
