"""The images of a call: how they are read, and what they know.

A repr never shows a URL: image URLs are signed, and whoever has one has the image.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, overload
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID
from weakref import ref

import attrs

from . import _fields as fields
from . import _showing as showing
from ._base64 import Encoded, kept, make_lazy
from ._record import A_TIME, A_UUID, MADE, READ, Origin, Result, Value, usd
from ._spool import Spooled, whole
from .errors import DownloadError, InputError, UnexpectedResponse, forgotten_await, shown

if TYPE_CHECKING:
    from PIL import Image as Pillow

    from recraft_api import models

#: How long image URLs live when they do not say it themselves; "approximately 24 hours" in the specification.
URL_LIFETIME = timedelta(hours=24)


class _Seen(Value):
    """What an image has beside what it is. None of it is compared, shown or travels."""

    __slots__ = ("_fetched", "_viewer")

    _fetched: bytes
    _viewer: ref[Any]

    def _keep(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


@attrs.frozen
class Image(_Seen):
    """One image of a result.

    Attributes:
        url: Where it can be fetched, signed, for about 24 hours. None when the image itself came.
        b64_json: The image itself in base64, None unless `response_format="b64_json"` was asked for.
        image_id: The service's id of the image.
        revised_prompt: The prompt that was really used, when the service changed it.
        expires_at: When `url` stops working, in UTC; from the URL when it says so, else 24 hours after creation.
        raw: The generated model as it came, with every field this package does not know in `additional_properties`.
        data: The image itself, None unless `response_format="multipart"` was asked for.
        origin: The operation, model and prompt it was made by, None when it came from no helper. It counts neither for
            equality nor for the hash.
    """

    url: str | None = attrs.field(default=None, repr=False)
    b64_json: str | None = attrs.field(default=None, repr=False)
    image_id: UUID | None = attrs.field(default=None, metadata=A_UUID)
    revised_prompt: str | None = attrs.field(default=None, repr=False)
    expires_at: datetime | None = attrs.field(default=None, repr=str, metadata=A_TIME)
    raw: models.Image = attrs.field(default=MADE, repr=False, hash=False)
    data: bytes | None = attrs.field(default=None, repr=False, metadata={READ: base64.b64decode})
    origin: Origin | None = attrs.field(
        default=None, kw_only=True, eq=False, repr=False, metadata={READ: Origin.from_dict}
    )

    _model = "Image"
    _shared = ("url", "b64_json", "image_id", "revised_prompt")

    def to_pil(self) -> Pillow.Image:
        """The image for Pillow, which has to be installed: from the bytes that came with it (`response_format` was
        "multipart" or "b64_json"), or that `client.fetch(image)` got for this very object.

        Raises:
            InputError: There are no bytes yet, it is an SVG, or Pillow is missing.
            DownloadError: The bytes are no whole image.
        """
        return showing.decoded(self._bytes())  # type: ignore[no-any-return]

    def _bytes(self) -> bytes:
        """Its bytes, where it has them."""
        if (came := self._came_with) is not None:
            return whole(came)
        if self.b64_json is not None:
            try:
                return base64.b64decode(self.b64_json, validate=True)
            except (binascii.Error, ValueError):
                raise DownloadError("the image's base64 is broken or cut short") from None
        if self.url is None:
            raise InputError("there is no image: it has neither a URL nor bytes.")
        if not hasattr(self, "_fetched"):
            raise InputError("the image is not here yet, only its URL: call client.fetch(image) first.")
        return self._fetched

    @property
    def _came_with(self) -> bytes | Spooled | None:
        """The bytes that came with it, where they need no decoding."""
        data, encoded = kept(self, "data"), kept(self, "b64_json")
        return encoded.kept if isinstance(encoded, Encoded) and data is None else data

    @property
    def _is_here(self) -> bool:
        """Whether it came with its bytes."""
        return kept(self, "data") is not None or kept(self, "b64_json") is not None

    def _look(self, seconds: float) -> bytes:
        if self.url is None or self._is_here or hasattr(self, "_fetched"):
            return self._bytes()
        viewer = self._viewer() if hasattr(self, "_viewer") else None
        if viewer is None:
            raise InputError("no client is there that made it: client.save(image, ...) writes it to a file.")
        return viewer.look(self, seconds)  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        return showing.cell(self, Image._look)


make_lazy(Image, "b64_json")
make_lazy(Image, "data")


def _images(given: Iterable[Image]) -> tuple[Image, ...]:
    images = tuple(given) if isinstance(given, Iterable) else (given,)
    if wrong := [item for item in images if not isinstance(item, Image)]:
        raise InputError(f"images holds {shown(wrong[0])}; expected Images.")
    return images


def _is_place(item: Any) -> bool:
    return isinstance(item, int) and not isinstance(item, bool)


def _read_images(data: Any) -> tuple[Image, ...]:
    return tuple(map(Image.from_dict, data))


@attrs.frozen
class ImageResult(Result, Sequence[Image]):
    """The images of one call, a sequence of `Image`.

    Attributes:
        images: The images, as a tuple.
        credits: What the call cost in API units (1,000 are 1 US dollar), None when the service did not say.
        created: When they were made, in UTC.
        style_id: The id of the style that was made of the call's style references, to be used again. Else None.
        raw: The generated model as it came.
    """

    images: tuple[Image, ...] = attrs.field(default=(), converter=_images, metadata={READ: _read_images})
    credits: float | None = None
    created: datetime | None = attrs.field(default=None, repr=str, metadata=A_TIME)
    style_id: UUID | None = attrs.field(default=None, kw_only=True, metadata=A_UUID)
    raw: models.ImageSet = attrs.field(default=MADE, repr=False, hash=False)

    _model = "ImageSet"
    _shared = ("credits", "style_id")

    @staticmethod
    def from_raw(model: Any) -> ImageResult:
        """The result that a generated function's answer is: `ImageResult.from_raw(create_image.sync(...))`.

        Raises UnexpectedResponse when there is no image in it, InputError when it is no such answer.
        """
        if not hasattr(model, "additional_properties"):
            hint = "; pass its `parsed`" if hasattr(model, "parsed") else ""
            what = f"from_raw takes what a generated function returned, not a {type(model).__name__}{hint}."
            raise InputError(what + forgotten_await(model))
        return read_images(model)

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return usd(self.credits)

    @property
    def url(self) -> str | None:
        """`url` of the one image. Raises InputError when there is not exactly one."""
        if len(self.images) != 1:
            raise InputError(f"this result has {len(self.images)} images: result[0].url, or [i.url for i in result].")
        return self.images[0].url

    def __len__(self) -> int:
        return len(self.images)

    def __iter__(self) -> Iterator[Image]:
        return iter(self.images)

    @overload
    def __getitem__(self, index: int) -> Image: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Image]: ...
    def __getitem__(self, index: int | slice) -> Image | Sequence[Image]:
        return self.images[index]

    def _repr_html_(self) -> str:
        return showing.grid(self.images, Image._look)

    def _seen_by(self, viewer: Any) -> None:
        """Say who can fetch the images when they are shown."""
        weak = ref(viewer)
        for image in self.images:
            image._keep("_viewer", weak)

    def _made_by(self, operation: str, model: str | None, prompt: str | None) -> None:
        """Say how the images came to be: once, before anybody else has seen them."""
        at, (credits, count) = self.created or datetime.now(UTC), self._spent
        origin = Origin(operation=operation, model=model, prompt=prompt, at=at, credits=credits, images=count)
        for image in self.images:
            image._keep("origin", origin)

    @property
    def _spent(self) -> tuple[float | None, int]:
        return self.credits, len(self.images)

    def _made(self) -> Any:
        raw = super()._made()
        if raw is None:
            return None
        raw.data = [image.raw for image in self.images]
        return raw

    def _said(self) -> dict[str, Any]:
        created = {} if self.created is None else {"created": int(self.created.timestamp())}
        return {**super()._said(), **created}

    # The images stand in `raw` too. There, in plain data, each is the number of its place in `images`.

    def _raw_to_dict(self, raw: Any, own: Mapping[str, Any]) -> dict[str, Any]:
        parts = super()._raw_to_dict(raw, own)
        places = {id(image.raw): place for place, image in enumerate(self.images)}
        items, single = fields.get(raw, "data"), fields.get(raw, "image")
        if isinstance(items, list):
            whole = parts["rest"]["data"]
            parts["rest"]["data"] = [places.get(id(item), whole[at]) for at, item in enumerate(items)]
        if id(single) in places:
            parts["rest"]["image"] = places[id(single)]
        return parts

    @classmethod
    def _raw_from_dict(cls, parts: Mapping[str, Any], data: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
        rest, raws = parts["rest"], [image.raw for image in given.get("images", ())]
        items, single = rest.get("data"), rest.get("image")
        items = items if isinstance(items, list) else []
        full: dict[str, Any] = {}
        if places := {at: raws[item] for at, item in enumerate(items) if _is_place(item)}:
            full["data"] = [places[at].to_dict() if at in places else item for at, item in enumerate(items)]
        if _is_place(single):
            full["image"] = raws[single].to_dict()
        raw: Any = super()._raw_from_dict({**parts, "rest": {**rest, **full}}, data, given)
        if raw is None:
            return None
        for at, model in places.items():
            raw.data[at] = model  # the same object, as in the answer
        if _is_place(single):
            raw.image = raws[single]
        return raw


def read_images(model: models.ImageSet, files: Mapping[str, bytes | Spooled] | None = None) -> ImageResult:
    """An answer with images; one image under `image` and a list under `data` are the same result.

    `files` are the images that came beside it, by their ids.
    """
    items = fields.get(model, "data")
    single = fields.get(model, "image")
    if items is None and single is None:
        raise UnexpectedResponse("the answer holds no images: neither `data` nor `image` is there")
    if isinstance(single, dict):  # where the specification does not know of it
        from recraft_api.models import Image as ImageModel

        single = ImageModel.from_dict(single)
    try:
        created = datetime.fromtimestamp(fields.number_if_any(model, "created") or math.nan, UTC)
    except (ValueError, OverflowError, OSError):
        created = None  # not a date of this calendar
    images: tuple[Image, ...] = ()
    for found in (items or (), () if single is None else (single,)):
        images = images or tuple(image for item in found if _is_there(image := _image(item, created, files or {})))
    if not images and (items or single is not None):
        raise UnexpectedResponse("no image of the answer has `url` or `b64_json`, or came beside it")
    style = fields.identifier(model, "style_id")
    return ImageResult(images, fields.number_if_any(model, "credits_"), created, model, style_id=style)


def expiry(url: str, created: datetime | None) -> datetime | None:
    """When a signed URL stops working: from its query, as storage services write it, else 24 hours after `created`."""
    try:
        query = {key.lower(): value for key, value in parse_qsl(urlsplit(url).query)} if "?" in url else {}
        for prefix in ("x-amz-", "x-goog-"):
            if f"{prefix}date" in query and f"{prefix}expires" in query:
                return datetime.fromisoformat(query[f"{prefix}date"]).replace(tzinfo=UTC) + timedelta(
                    seconds=int(query[f"{prefix}expires"])
                )
        if "expires" in query:
            return datetime.fromtimestamp(int(query["expires"]), UTC)
        if "se" in query:
            return datetime.fromisoformat(query["se"]).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass  # not a date after all, or not even a URL
    try:
        return None if created is None else created + URL_LIFETIME
    except OverflowError:  # a day after the last one there is
        return None


def _is_there(image: Image) -> bool:
    return bool(image.url or kept(image, "b64_json") or kept(image, "data"))


def _image(model: Any, created: datetime | None, files: Mapping[str, Any]) -> Image:
    url = fields.text_if_any(model, "url")
    identifier = fields.identifier(model, "image_id")
    return Image(
        data=files.get(str(identifier)),
        url=url,
        b64_json=_base64_of(model),
        image_id=identifier,
        revised_prompt=fields.text_if_any(model, "revised_prompt"),
        expires_at=expiry(url, created) if url else None,
        raw=model,
    )


def _base64_of(model: Any) -> Any:
    value = kept(model, "b64_json")
    return value if isinstance(value, Encoded) else fields.text_if_any(model, "b64_json")


def adopt(model: Any, encoded: Mapping[str, Encoded]) -> bool:
    """Put images in the place of their stand-ins. Whether all of them were found."""
    items, left = fields.get(model, "data"), dict(encoded)
    for image in [*(items if isinstance(items, list) else ()), fields.get(model, "image")]:
        stand_in = getattr(image, "b64_json", None)
        if isinstance(stand_in, str) and stand_in in left and make_lazy(type(image), "b64_json"):
            image.b64_json = left.pop(stand_in)
    return not left
