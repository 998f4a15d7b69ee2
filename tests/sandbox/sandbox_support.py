"""What the sandbox's tests share: a clock, clients, small pictures, and a valid request for every operation."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import httpx
from PIL import Image, ImageDraw

from recraft.sandbox import Sandbox

RED, WHITE, BLUE = (200, 30, 30), (255, 255, 255), (20, 40, 160)


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def client_for(
    sandbox: Sandbox, token: str | None = None, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    base = sandbox.base_url if transport is None else "https://api.invalid/v1"
    headers = {"Authorization": f"Bearer {token or sandbox.token}"}
    # Nothing here goes over TLS, and reading the authorities to trust takes 20 ms.
    return httpx.Client(base_url=base, headers=headers, transport=transport, timeout=5, verify=False)


def file_of(image: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def subject() -> Image.Image:
    """A red disc with a white hole in it, on white: the hole must not be mistaken for background."""
    image = Image.new("RGB", (96, 64), WHITE)
    pen = ImageDraw.Draw(image)
    pen.ellipse((24, 8, 72, 56), fill=RED)
    pen.ellipse((42, 26, 54, 38), fill=WHITE)
    return image


def half_mask() -> Image.Image:
    """White on the right half."""
    mask = Image.new("L", (96, 64), 0)
    mask.paste(255, (48, 0, 96, 64))
    return mask


PHOTO = ("photo.png", file_of(subject()), "image/png")
MASK = ("mask.png", file_of(half_mask()), "image/png")

# The live service takes no image with a side below 256 pixels.
LARGE = ("photo.png", file_of(subject().resize((384, 256))), "image/png")
LARGE_MASK = ("mask.png", file_of(half_mask().resize((384, 256), Image.Resampling.NEAREST)), "image/png")

WITH_IMAGE: dict[str, Any] = {"files": {"image": PHOTO}}
WITH_MASK: dict[str, Any] = {"files": {"image": PHOTO, "mask": MASK}, "data": {"prompt": "a bird"}}

# One valid request for each operation: verb, path, arguments for httpx. An image of recraftv4 costs 40 units.
REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "createImage": ("POST", "/images/generations", {"json": {"prompt": "a fox", "model": "recraftv4"}}),
    "createRasterImage": ("POST", "/images/generations/raster", {"json": {"prompt": "a fox"}}),
    "createVectorImage": ("POST", "/images/generations/vector", {"json": {"prompt": "a fox"}}),
    "exploreImages": ("POST", "/images/explore", {"json": {"prompt": "a fox"}}),
    "exploreSimilarImages": ("POST", "/images/explore/similar", WITH_IMAGE),
    "imageToImage": ("POST", "/images/imageToImage", {"files": {"image": PHOTO}, "data": {"prompt": "a bird"}}),
    "inpaintImage": ("POST", "/images/inpaint", WITH_MASK),
    "outpaintImage": ("POST", "/images/outpaint", {"files": {"image": PHOTO}, "data": {"outpaint_left": "8"}}),
    "replaceBackground": ("POST", "/images/replaceBackground", WITH_IMAGE),
    "generateBackground": ("POST", "/images/generateBackground", WITH_MASK),
    "vectorizeImage": ("POST", "/images/vectorize", WITH_IMAGE),
    "removeBackground": ("POST", "/images/removeBackground", WITH_IMAGE),
    "crispUpscale": ("POST", "/images/crispUpscale", WITH_IMAGE),
    "creativeUpscale": ("POST", "/images/creativeUpscale", WITH_IMAGE),
    "eraseRegion": ("POST", "/images/eraseRegion", WITH_MASK),
    "variateImage": ("POST", "/images/variateImage", WITH_IMAGE),
    "enhancePrompt": ("POST", "/prompts/enhance", {"json": {"prompt": "a fox"}}),
    "createStyle": ("POST", "/styles", {"files": [("file", PHOTO)] * 3, "data": {"style": "digital_illustration"}}),
    "getCurrentUser": ("GET", "/users/me", {}),
}


def send(client: httpx.Client, operation: str, **changes: Any) -> httpx.Response:
    """The operation's valid request; `changes` are merged into its fields (JSON or form)."""
    verb, path, arguments = REQUESTS[operation]
    arguments = dict(arguments)
    if changes:
        place = "json" if "json" in arguments else "data"
        arguments[place] = {**arguments.get(place, {}), **changes}
    return client.request(verb, path, **arguments)


def settles(look: Callable[[], object], expected: object, seconds: float = 5.0) -> bool:
    """Whether a look at the sandbox comes to show what is expected.

    A client that gave up may be ahead of the server's books.
    """
    end = time.monotonic() + seconds
    while look() != expected:
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def picture(client: httpx.Client, answer: httpx.Response, index: int = 0) -> Image.Image:
    """Download one image of an answer and open it."""
    return Image.open(io.BytesIO(file(client, answer, index)))


def file(client: httpx.Client, answer: httpx.Response, index: int = 0) -> bytes:
    assert answer.status_code == 200, answer.text
    download = client.get(answer.json()["data"][index]["url"])
    assert download.status_code == 200, download.text
    return download.content


def message(answer: httpx.Response, status: int = 400) -> str:
    """The message of an error answer, after checking its status and shape."""
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"code", "message"}
    text: str = answer.json()["message"]
    return text
