"""The calls of a run. Prices are those of the vendor's documentation of 2026-11-23, in API units."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image, ImageDraw

from livecheck.lab import Call

FLASH = "recraftv4_1_flash"
_WORDS = {"prompt": "a paper boat, flat colours", "model": FLASH, "size": "1:1"}


def _file(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _photo() -> bytes:
    image = Image.new("RGB", (256, 256), "#f2ead8")
    ImageDraw.Draw(image).ellipse((80, 80, 176, 176), fill="#e4572e")
    return _file(image)


def _mask() -> bytes:
    mask = Image.new("L", (256, 256), 0)
    mask.paste(255, (72, 72, 184, 184))
    return _file(mask)


def _as_form(*names: str, **fields: str) -> dict[str, Any]:
    files = {name: (f"{name}.png", _mask() if name == "mask" else _photo(), "image/png") for name in names}
    return {"files": files, "data": fields}


def _flash(name: str, *, expected: float = 0, **more: Any) -> Call:
    return Call(name, "POST", "/images/generations", lambda: {"json": _WORDS | more}, worst=7, expected=expected)


def _data_url() -> dict[str, Any]:
    return {"json": {"image_url": "data:image/png;base64," + base64.b64encode(_photo()).decode()}}


def remove_style(style_id: str) -> Call:
    return Call("DELETE /styles/{id}", "DELETE", f"/styles/{style_id}")


ACCOUNT = Call("GET /users/me", "GET", "/users/me")
AFTERWARDS = Call("GET /users/me, at the end", "GET", "/users/me")
NO_TOKEN = Call("GET /users/me without a token", "GET", "/users/me", token=None)
WRONG_TOKEN = Call("GET /users/me with a wrong token", "GET", "/users/me", token="wrong")
UNKNOWN_PATH = Call("GET of an unknown path", "GET", "/no/such/path")
STRANGER = Call("POST to an unknown path without a token", "POST", "/no/such/path", token=None)
REFINE = Call("POST /images/refineDetails without a token", "POST", "/images/refineDetails", token=None)
ENHANCE_DETAILS = Call("POST /images/enhance without a token", "POST", "/images/enhance", token=None)
STATUS = Call("GET /status, at the root", "GET", "/status", root=True)
STATUS_UNNAMED = Call("GET /status, at the root, without a token", "GET", "/status", token=None, root=True)
PING = Call("GET /ping, at the root", "GET", "/ping", root=True)
MODELS = Call("GET /models", "GET", "/models")
STYLES = Call("GET /styles", "GET", "/styles")
BASIC_STYLES = Call("GET /styles/basic", "GET", "/styles/basic")

GENERATE = _flash("a Flash image", expected=7)
MULTIPART = _flash("a Flash image as multipart", expected=7, response_format="multipart")
BASE64 = _flash("a Flash image as PNG in base64", expected=7, response_format="b64_json", image_format="png")
ERASE = Call("eraseRegion", "POST", "/images/eraseRegion", lambda: _as_form("image", "mask"), worst=2, expected=2)
UPSCALE = Call("crispUpscale", "POST", "/images/crispUpscale", _data_url, worst=4, expected=4)
ENHANCE = Call(
    "prompts/enhance", "POST", "/prompts/enhance", lambda: {"json": {"prompt": "a boat"}}, worst=10, expected=10
)
STYLE = Call("createStyle", "POST", "/styles", lambda: _as_form("file", style="any"), worst=5, expected=5)
VECTORIZE = Call("vectorize", "POST", "/images/vectorize", lambda: _as_form("image"), worst=10, expected=10)

# Each is expected to be refused, which costs nothing, and costs an image when it is not. So they come last.
BAD_SIZE = _flash("a size that no model has", size="123x45")
LONG_PROMPT = _flash("a prompt of 10,001 characters", prompt="boat " * 2000 + "s")
STYLED_FLASH = _flash("Flash with a curated style", style="Photorealism")
NEGATIVE_FLASH = _flash("Flash with a negative prompt", negative_prompt="cats")
