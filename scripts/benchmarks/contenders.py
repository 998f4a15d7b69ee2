"""The same three calls through each client, blocking and awaiting.

Raw httpx does what ours does for the wire and for the caller: it sends the token and the body, JSON or a form with a
small PNG, over a kept-alive connection, and parses the answer. Ours has its default retries, typed results, and a
limiter that never makes a call wait.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recraft import RateLimiter

TOKEN = "benchmark"
PROMPT = {"prompt": "a fox"}
ME, JSON, FORM = "users.me", "JSON POST", "multipart POST"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

#: Each call by name. A call returns the result, or an awaitable of it.
Acts = dict[str, Callable[[], Any]]


def _httpx(base_url: str, waits: bool) -> Acts:
    import httpx

    kind: Any = httpx.AsyncClient if waits else httpx.Client
    client = kind(base_url=base_url, headers={"Authorization": f"Bearer {TOKEN}"})

    def blocking(method: str, path: str, **body: Any) -> Any:
        return client.request(method, path, **body).json()

    async def awaiting(method: str, path: str, **body: Any) -> Any:
        return (await client.request(method, path, **body)).json()

    send = awaiting if waits else blocking
    return {
        JSON: lambda: send("POST", "/images/generations", json=PROMPT),
        FORM: lambda: send("POST", "/images/removeBackground", files={"image": ("image.png", PNG, "image/png")}),
        ME: lambda: send("GET", "/users/me"),
    }


def _recraft(base_url: str, waits: bool) -> Acts:
    from recraft import AsyncRecraft, Recraft

    kind: Any = AsyncRecraft if waits else Recraft
    client = kind(TOKEN, base_url=base_url, limiter=_wide_limiter())
    return {
        JSON: lambda: client.images.generate("a fox"),
        FORM: lambda: client.images.remove_background(PNG),
        ME: client.users.me,
    }


def _wide_limiter() -> RateLimiter:
    """As many limits as the real one has, and so short that none is ever reached."""
    from recraft import RateLimiter
    from recraft.limiter import Limit, MemoryStore

    limits = (Limit(5, per=1e-6, of="requests"), Limit(100, per=1e-5, of="images"))
    return RateLimiter(limits, margin=0.0, store=MemoryStore())


def _generated(base_url: str, waits: bool) -> Acts:
    import io

    from recraft_api import AuthenticatedClient
    from recraft_api.api.images import create_image, remove_background
    from recraft_api.api.users import get_current_user
    from recraft_api.models import FileOnlyRequest, GenerationRequest
    from recraft_api.types import File

    client = AuthenticatedClient(base_url=base_url, token=TOKEN)
    make, cut, me = (
        (module.asyncio if waits else module.sync) for module in (create_image, remove_background, get_current_user)
    )

    def form() -> FileOnlyRequest:
        return FileOnlyRequest(image=File(io.BytesIO(PNG), "image.png", "image/png"))

    return {
        JSON: lambda: make(client=client, body=GenerationRequest.from_dict(PROMPT)),
        FORM: lambda: cut(client=client, body=form()),
        ME: lambda: me(client=client),
    }


def _openai(base_url: str, waits: bool) -> Acts:
    import openai

    kind: Any = openai.AsyncOpenAI if waits else openai.OpenAI
    client = kind(api_key=TOKEN, base_url=base_url)
    return {
        JSON: lambda: client.images.generate(prompt="a fox"),
        FORM: lambda: client.post(
            "/images/removeBackground",
            cast_to=object,
            files={"image": ("image.png", PNG, "image/png")},
            options={"headers": {"Content-Type": "multipart/form-data"}},
        ),
        ME: lambda: client.get("/users/me", cast_to=object),
    }


#: The first is what the others are measured against.
CONTENDERS: dict[str, Callable[[str, bool], Acts]] = {
    "raw httpx": _httpx,
    "recraft": _recraft,
    "generated client": _generated,
    "openai": _openai,
}
