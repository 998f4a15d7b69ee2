"""One small function for each thing that is assumed: it looks at answers, and says whether they are so and what came.

`NotChecked` is raised where the answers do not tell.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs
from PIL import Image

from livecheck import calls
from livecheck.answers import Answer
from livecheck.lab import Call, Lab, NotChecked, out_of_units
from livecheck.words import UUID, header_names, said, url_form
from recraft import RecraftError

REQUEST_ID = "x-recraft-requestid"
_URL = re.compile(r"/[^/]+/rs:fit:\d+:\d+:0/raw:1/plain/abs://external/images/([0-9a-f-]{36})")
_DAY = 86_400


@attrs.frozen
class Seen:
    """What a check found."""

    agrees: bool
    what: str


Check: TypeAlias = Callable[[Lab], Seen]


def has(call: Call, *keys: str, under: str | None = None) -> Check:
    """A success in JSON with these keys; `under` names a key with a list, whose items have them."""

    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        body: Any = answer.json
        if under is not None:
            body = body.get(under) if isinstance(body, dict) else None
            body = body[0] if isinstance(body, list) and body else None
        return Seen(answer.ok and isinstance(body, dict) and {*keys} <= {*body}, said(answer))

    return check


def plain_refusal(call: Call, status: int, words: str) -> Check:
    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        came = (answer.status, answer.type, answer.text.strip())
        return Seen(came == (status, "text/plain", words), said(answer))

    return check


def coded_refusal(call: Call, code: str) -> Check:
    """400, with JSON that holds `code` and `message` and nothing around them."""

    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        body = answer.json if isinstance(answer.json, dict) else {}
        flat = isinstance(body.get("message"), str) and body.get("code") == code
        return Seen(answer.status == 400 and answer.type == "application/json" and flat, said(answer))

    return check


def raises(call: Call, name: str) -> Check:
    """What the package raises for this answer."""

    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        try:
            lab.read(answer, lambda client: client.users.me())
        except RecraftError as error:
            return Seen(type(error).__name__ == name, f"{type(error).__name__}: {error.message}")
        return Seen(False, f"no error; {said(answer)}")

    return check


def price(call: Call) -> Check:
    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        if not answer.ok:
            raise NotChecked(f"{call.name} was refused: {said(answer)}")
        credits = answer.json.get("credits") if isinstance(answer.json, dict) else None
        return Seen(credits == call.expected, f"credits: {json.dumps(credits)[:40]}")

    return check


def named_by_a_uuid(*of: Call) -> Check:
    """All these answers carry a request id."""

    def check(lab: Lab) -> Seen:
        answers = [lab.answer(call) for call in of]
        all_named = all(UUID.fullmatch(answer.headers.get(REQUEST_ID, "")) for answer in answers)
        return Seen(all_named, "; ".join(f"{answer.status} with {header_names(answer)}" for answer in answers))

    return check


def request_id_is_read(*of: Call) -> Check:
    """What the package says of these answers is what their header says. It is not shown: it names a call."""

    def check(lab: Lab) -> Seen:
        answers = [lab.answer(call) for call in of]
        if not all(REQUEST_ID in answer.headers for answer in answers):
            raise NotChecked(f"not all of these answers have {REQUEST_ID}")
        agrees = [_told_id(lab, answer) == answer.headers[REQUEST_ID] for answer in answers]
        told = (
            f"{answer.status}: {'the same' if same else 'another'}"
            for answer, same in zip(answers, agrees, strict=True)
        )
        return Seen(all(agrees), "; ".join(told))

    return check


def _told_id(lab: Lab, answer: Answer) -> str | None:
    try:
        return lab.read(answer, lambda client: client.users.me()).request_id
    except RecraftError as error:
        return error.request_id


def succeeds(call: Call) -> Check:
    def check(lab: Lab) -> Seen:
        answer = lab.told(call)
        return Seen(answer.ok, said(answer))

    return check


def no_rate_headers(lab: Lab) -> Seen:
    answer = lab.told(calls.GENERATE)
    found = [name for name in answer.headers if "ratelimit" in name.lower()]
    return Seen(answer.ok and answer.type == "application/json" and not found, header_names(answer))


def newer_tools(lab: Lab) -> Seen:
    """Which of the two documented paths there is, asked without a token: nothing can be charged."""
    unknown = lab.answer(calls.STRANGER)
    if unknown.status != 404:
        raise NotChecked(f"without a token an unknown path is a {unknown.status} as well")
    refine, enhance = lab.answer(calls.REFINE), lab.answer(calls.ENHANCE_DETAILS)
    what = f"images/refineDetails: {refine.status}, images/enhance: {enhance.status}"
    return Seen(refine.status != 404, what)


def url_is_signed_in_its_path(lab: Lab) -> Seen:
    images = lab.told(calls.GENERATE).images
    url = images[0].get("url") if images else None
    if not isinstance(url, str):
        raise NotChecked("the Flash image came without a URL")
    address = re.fullmatch(r"https?://[^/?#]+(/[^?#]*)", url)
    found = _URL.fullmatch(address[1]) if address else None
    return Seen(found is not None and found[1] == images[0].get("image_id"), url_form(url))


def lives_a_day(lab: Lab) -> Seen:
    """Nothing that comes with an image says that it ends sooner."""
    answer = lab.picture(calls.GENERATE)
    age = re.search(r"max-age=(\d{1,12})", answer.headers.get("cache-control", ""))
    short = age is not None and int(age[1]) < _DAY
    return Seen(answer.ok and not short and "expires" not in answer.headers, header_names(answer))


def is_lossless_webp(lab: Lab) -> Seen:
    answer = lab.picture(calls.GENERATE)
    head = answer.content
    lossless = head[:4] == b"RIFF" and head[8:12] == b"WEBP" and b"VP8L" in head[:4096]
    return Seen(answer.ok and answer.type == "image/webp" and lossless, f"{answer.status} {answer.type}, {_kind(head)}")


def is_the_size_of_its_ratio(lab: Lab) -> Seen:
    width, height = _pixels(lab.picture(calls.GENERATE).content)
    return Seen((width, height) == (1024, 1024), f"{width} x {height} pixels")


def is_svg(lab: Lab) -> Seen:
    answer = lab.picture(calls.VECTORIZE)
    right = answer.ok and answer.type == "image/svg+xml" and b"<svg" in answer.content[:4096]
    return Seen(right, f"{answer.status} {answer.type}, {_kind(answer.content)}")


def is_png_in_base64(lab: Lab) -> Seen:
    answer = lab.told(calls.BASE64)
    text = (answer.images or [{}])[0].get("b64_json")
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except binascii.Error:
        data = b""
    what = f"{said(answer)}, of which the image: {_kind(data)}"
    return Seen(answer.ok and data.startswith(b"\x89PNG"), what)


def has_parts(lab: Lab) -> Seen:
    """A part `response`, then one for each image, by its id."""
    answer = lab.told(calls.MULTIPART)
    parts, ids = answer.parts, [image.get("image_id") for image in answer.images]
    pictures = [kind for name, (kind, _) in parts.items() if name in ids]
    right = bool(ids) and len(pictures) == len(ids) and all(kind.startswith("image/") for kind in pictures)
    kinds = ", ".join(f"{'response' if name == 'response' else '(image)'}: {parts[name][0]}" for name in parts)
    return Seen(answer.ok and right, f"{said(answer)}, parts {kinds or 'none'}")


def multipart_is_read(lab: Lab) -> Seen:
    answer = lab.told(calls.MULTIPART)
    if not answer.ok:
        raise NotChecked(f"it was refused: {said(answer)}")
    options: Any = {"model": calls.FLASH, "response_format": "multipart"}
    try:
        image = lab.read(answer, lambda client: client.images.generate("a boat", **options))[0]
    except (RecraftError, IndexError) as error:
        return Seen(False, f"{type(error).__name__}: {error}")
    data = image.data or b""
    return Seen(len(data) > 0, f"Image.data holds {len(data):,} bytes" if data else "Image.data is empty")


def style_can_be_deleted(lab: Lab) -> Seen:
    body = lab.told(calls.STYLE).json
    style_id = body.get("id") if isinstance(body, dict) else None
    if not isinstance(style_id, str) or not UUID.fullmatch(style_id):
        raise NotChecked("no style was created")
    answer = lab.answer(calls.remove_style(style_id))
    return Seen(answer.ok, f"{answer.status}")


def balance_fell_by_what_was_reported(lab: Lab) -> Seen:
    before, after = (_balance(lab.answer(call)) for call in (calls.ACCOUNT, calls.AFTERWARDS))
    if before is None or after is None:
        raise NotChecked("the account did not say how many units it has")
    fell = before - after
    return Seen(fell == lab.budget.spent, f"{fell:g} units fewer, {lab.budget.spent:g} counted here")


def empty_balance_answers(lab: Lab) -> Seen:
    """Told only when the account ran out on the way."""
    refused = [answer for answer in lab.answers() if out_of_units(answer)]
    if not refused:
        raise NotChecked("needs an account without units")
    return Seen(refused[0].status == 400, said(refused[0]))


def rate_limit_answers(lab: Lab) -> Seen:
    """429 with a code and without Retry-After, past five requests in a second."""
    if not lab.limits:
        raise NotChecked("only with LIMITS=1: it makes the account wait")
    answers = lab.burst()
    refused = [answer for answer in answers if answer.status == 429]
    if not refused:
        return Seen(False, f"{len(answers)} requests at once, and no 429")
    body = refused[0].json if isinstance(refused[0].json, dict) else {}
    right = body.get("code") == "rate_limit_exceeded" and "retry-after" not in refused[0].headers
    return Seen(right, f"{len(refused)} of {len(answers)}: {said(refused[0])}; headers {header_names(refused[0])}")


def _balance(answer: Answer) -> float | None:
    credits = answer.json.get("credits") if isinstance(answer.json, dict) else None
    return credits if isinstance(credits, int | float) and not isinstance(credits, bool) else None


def _pixels(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (OSError, ValueError, SyntaxError):
        raise NotChecked("what came is no image that can be opened") from None


def _kind(data: bytes) -> str:
    magic = {b"\x89PNG": "PNG", b"RIFF": "WebP", b"\xff\xd8\xff": "JPEG", b"<svg": "SVG", b"<?xm": "XML"}
    name = next((name for head, name in magic.items() if data.startswith(head)), "of unknown kind")
    chunk = f" {data[12:16].decode('latin-1').strip()}" if name == "WebP" else ""
    return f"{len(data):,} bytes {name}{chunk}"
