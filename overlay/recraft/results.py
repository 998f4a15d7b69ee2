"""What calls return: immutable values that pickle, with no client inside, that show themselves in a notebook.

A repr never shows a URL: image URLs are signed, and whoever has one has the image.
"""

from __future__ import annotations

import base64
import functools
import html
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, overload
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import attrs
from dateutil.parser import isoparse

from ._repair import bounded as bounded
from ._repair import is_number
from ._repair import repaired as repaired
from .errors import UnexpectedResponse
from .inputs import sniff

if TYPE_CHECKING:
    from recraft_api import models

#: How long image URLs live when they do not say it themselves; "approximately 24 hours" in the specification.
URL_LIFETIME = timedelta(hours=24)

#: API units for one US dollar, from the specification.
UNITS_PER_USD = 1000


@attrs.frozen
class Image:
    """One image of a result.

    Attributes:
        url: Where it can be fetched, signed, for about 24 hours. None when the image itself came.
        b64_json: The image itself in base64, None unless `response_format="b64_json"` was asked for.
        image_id: The service's id of the image.
        revised_prompt: The prompt that was really used, when the service changed it.
        expires_at: When `url` stops working, in UTC; from the URL when it says so, else 24 hours after creation.
        raw: The generated model as it came, with every field this package does not know in `additional_properties`.
        data: The image itself, None unless `response_format="multipart"` was asked for.
    """

    url: str | None = attrs.field(repr=False)
    b64_json: str | None = attrs.field(repr=False)
    image_id: UUID | None
    revised_prompt: str | None = attrs.field(repr=False)
    expires_at: datetime | None = attrs.field(repr=str)
    raw: models.Image = attrs.field(repr=False, hash=False)
    data: bytes | None = attrs.field(default=None, repr=False)

    def _repr_html_(self) -> str:
        source, encoded = self.url, self.b64_json
        if self.data is not None:
            encoded = base64.b64encode(self.data).decode()
        if encoded:
            try:
                kind = sniff(base64.b64decode(encoded[:8192], validate=True))
            except ValueError:
                kind = None
            source = f"data:{kind};base64,{encoded}" if kind else None
        if not source or not source.lower().startswith(("https://", "http://", "data:image/")):
            return "<em>no image</em>"
        title = html.escape(self.revised_prompt or str(self.image_id or ""), quote=True)
        return (
            f'<img src="{html.escape(source, quote=True)}" title="{title}" style="max-width: 100%; max-height: 512px">'
        )


@attrs.frozen
class ImageResult(Sequence[Image]):
    """The images of one call, a sequence of `Image`.

    Attributes:
        images: The images, as a tuple.
        credits: What the call cost in API units (1,000 are 1 US dollar), None when the service did not say.
        created: When they were made, in UTC.
        raw: The generated model as it came.
    """

    images: tuple[Image, ...]
    credits: float | None
    created: datetime | None = attrs.field(repr=str)
    raw: models.ImageSet = attrs.field(repr=False, hash=False)

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return _usd(self.credits)

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
        cells = "".join(f"<div>{image._repr_html_()}</div>" for image in self.images)
        columns = "repeat(auto-fill, minmax(180px, 1fr))"
        return f'<div style="display: grid; grid-template-columns: {columns}; gap: 8px">{cells}</div>'


@attrs.frozen
class EnhancedPrompt:
    """A prompt made richer. `str()` gives its text.

    Attributes:
        prompt: The text.
        credits: What the call cost in API units, None when the service does not say.
        raw: The generated model as it came.
    """

    prompt: str
    credits: float | None
    raw: models.EnhancedPrompt = attrs.field(repr=False, hash=False)

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return _usd(self.credits)

    def __str__(self) -> str:
        return self.prompt


@attrs.frozen
class Style:
    """A custom style. Pass it, or its `id`, as `style_id`.

    Attributes:
        id: The style's id.
        credits: What making it cost in API units, None when the service does not say.
        style: The style group it builds on, None when the service does not say; so are the three below.
        substyle: The substyle it builds on.
        created: When it was made, in UTC.
        is_private: Whether only this account can use it.
        raw: The generated model as it came.
    """

    id: UUID
    credits: float | None
    style: str | None
    substyle: str | None
    created: datetime | None = attrs.field(repr=str)
    is_private: bool | None
    raw: models.Style = attrs.field(repr=False, hash=False)

    @property
    def cost_usd(self) -> float | None:
        """What making it cost in US dollars."""
        return _usd(self.credits)


@attrs.frozen
class BasicStyle:
    """A style that comes with a model. What the service leaves out is None.

    Attributes:
        style: The style group, what `style=` takes.
        substyle: What `substyle=` takes.
        model_id: The model it belongs to.
        id: What `style_id=` takes.
        raw: The generated model as it came.
    """

    style: str | None
    substyle: str | None
    model_id: str | None
    id: UUID | None
    raw: Any = attrs.field(repr=False, hash=False)


@attrs.frozen
class Model:
    """A model that makes images.

    Attributes:
        id: What `model=` takes.
        name: Its name for people.
        description: What it is good at.
        raw: The generated model as it came, with what it takes, gives and costs.
    """

    id: str
    name: str | None
    description: str | None = attrs.field(repr=False)
    raw: Any = attrs.field(repr=False, hash=False)


@attrs.frozen
class OptimizedColors:
    """A palette made smaller.

    Attributes:
        mapping: For each colour that was given, as `#rrggbb`, the one to use instead.
        credits: What the call cost in API units, None when the service does not say.
        raw: The generated model as it came.
    """

    mapping: Mapping[str, str] = attrs.field(hash=False)
    credits: float | None
    raw: Any = attrs.field(repr=False, hash=False)

    @property
    def colors(self) -> tuple[str, ...]:
        """The colours of the smaller palette, each once."""
        return tuple(dict.fromkeys(self.mapping.values()))

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return _usd(self.credits)


@attrs.frozen
class User:
    """The account behind the token.

    Attributes:
        id: The user's id.
        email: The user's address.
        credits: API units left (1,000 are 1 US dollar).
        raw: The generated model as it came.
    """

    id: str | None
    email: str | None = attrs.field(repr=False)
    credits: float | None
    raw: models.User = attrs.field(repr=False, hash=False)

    @property
    def balance_usd(self) -> float | None:
        """What is left, in US dollars."""
        return _usd(self.credits)


def read_images(model: models.ImageSet, files: Mapping[str, bytes] | None = None) -> ImageResult:
    """An answer with images; one image under `image` and a list under `data` are the same result.

    `files` are the images that came beside it, by their ids.
    """
    items = _get(model, "data")
    single = _get(model, "image")
    if items is None and single is None:
        raise UnexpectedResponse("the answer holds no images: neither `data` nor `image` is there")
    if isinstance(single, dict):  # where the specification does not know of it
        from recraft_api.models import Image as ImageModel

        single = ImageModel.from_dict(single)
    try:
        created = datetime.fromtimestamp(_number_if_any(model, "created") or math.nan, UTC)
    except (ValueError, OverflowError, OSError):
        created = None  # not a date of this calendar
    images: tuple[Image, ...] = ()
    for found in (items or (), () if single is None else (single,)):
        images = images or tuple(image for item in found if _is_there(image := _image(item, created, files or {})))
    if not images and (items or single is not None):
        raise UnexpectedResponse("no image of the answer has `url` or `b64_json`, or came beside it")
    return ImageResult(images, _number_if_any(model, "credits_"), created, model)


def read_prompt(model: models.EnhancedPrompt) -> EnhancedPrompt:
    """An enhanced prompt, under either of the names it has had."""
    prompt = _text(model, "enhanced_prompt") or _text(model, "prompt")
    if not prompt:
        raise UnexpectedResponse("the answer holds no prompt")
    return EnhancedPrompt(prompt, _number_if_any(model, "credits_"), model)


def read_style(model: models.Style) -> Style:
    identifier = _id(model, "id")
    if identifier is None:
        raise UnexpectedResponse("the answer holds no style id")
    made, private = _get(model, "creation_time"), _get(model, "is_private")
    if isinstance(made, str):  # where the specification does not say that it is a time
        made = isoparse(made)
    return Style(
        id=identifier,
        credits=_number_if_any(model, "credits_"),
        style=_text(model, "style"),
        substyle=_text(model, "substyle"),
        created=made if isinstance(made, datetime) else None,
        is_private=private if isinstance(private, bool) else None,
        raw=model,
    )


def read_styles(model: Any) -> tuple[Style, ...]:
    return tuple(read_style(item) for item in _items(model, "styles"))


def read_basic_styles(model: Any) -> tuple[BasicStyle, ...]:
    return tuple(
        BasicStyle(_text(item, "style"), _text(item, "substyle"), _text(item, "model"), _id(item, "style_id"), item)
        for item in _items(model, "styles")
    )


def read_models(model: Any) -> tuple[Model, ...]:
    return tuple(
        Model(_text(item, "id") or "", _text(item, "name"), _text(item, "description"), item)
        for item in _items(model, "data")
    )


def read_colors(model: Any) -> OptimizedColors:
    pairs = {str(_text(item, "from_")): str(_text(item, "to")) for item in _items(model, "mapping")}
    return OptimizedColors(pairs, _number_if_any(model, "credits_"), model)


def nothing(model: Any) -> None:
    """The result of a call whose answer says no more than that it worked."""


def read_user(model: models.User) -> User:
    identifier = _get(model, "id")
    return User(
        None if identifier is None else str(identifier), _text(model, "email"), _number(model, "credits_"), model
    )


def expiry(url: str, created: datetime | None) -> datetime | None:
    """When a signed URL stops working: from its query, as storage services write it, else 24 hours after `created`."""
    try:
        query = {key.lower(): value for key, value in parse_qsl(urlsplit(url).query)}
        for prefix in ("x-amz-", "x-goog-"):
            if f"{prefix}date" in query and f"{prefix}expires" in query:
                return isoparse(query[f"{prefix}date"]).replace(tzinfo=UTC) + timedelta(
                    seconds=int(query[f"{prefix}expires"])
                )
        if "expires" in query:
            return datetime.fromtimestamp(int(query["expires"]), UTC)
        if "se" in query:
            return isoparse(query["se"]).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass  # not a date after all, or not even a URL
    try:
        return None if created is None else created + URL_LIFETIME
    except OverflowError:  # a day after the last one there is
        return None


def _is_there(image: Image) -> bool:
    return bool(image.url or image.b64_json or image.data)


def _image(model: Any, created: datetime | None, files: Mapping[str, bytes]) -> Image:
    url = _text_if_any(model, "url")
    identifier = _id(model, "image_id")
    return Image(
        data=files.get(str(identifier)),
        url=url,
        b64_json=_text_if_any(model, "b64_json"),
        image_id=identifier,
        revised_prompt=_text_if_any(model, "revised_prompt"),
        expires_at=expiry(url, created) if url else None,
        raw=model,
    )


@functools.cache
def _unset() -> object:
    from recraft_api.types import UNSET  # late: it brings httpx with it, which results do without

    return UNSET


def _get(model: Any, name: str) -> Any:
    """A field of a generated model, None when it was absent; also one that only the service knows of yet."""
    unset = _unset()
    value = getattr(model, name, unset)
    return model.additional_properties.get(name.removesuffix("_")) if value is unset else value


def _items(model: Any, name: str) -> list[Any]:
    items = _get(model, name)
    if items is None:
        raise UnexpectedResponse(f"the answer holds no `{name}`")
    if not isinstance(items, list):
        raise UnexpectedResponse(f"`{name}` of the answer is {type(items).__name__}, expected a list")
    return items


def _text(model: Any, name: str) -> str | None:
    value = _get(model, name)
    if value is not None and not isinstance(value, str):
        raise UnexpectedResponse(f"`{name}` of the answer is {type(value).__name__}, expected a string")
    return value


def _number(model: Any, name: str) -> float | None:
    value = _get(model, name)
    if value is None:
        return None
    if not is_number(value):
        raise UnexpectedResponse(
            f"`{name.removesuffix('_')}` of the answer is {type(value).__name__}, expected a finite number"
        )
    number: float = value
    return number


# A field, None also when it has a wrong type: nothing that stands beside paid images is worth losing them.


def _id(model: Any, name: str) -> UUID | None:
    return value if isinstance(value := _get(model, name), UUID) else None


def _text_if_any(model: Any, name: str) -> str | None:
    return value if isinstance(value := _get(model, name), str) else None


def _number_if_any(model: Any, name: str) -> float | None:
    return value if is_number(value := _get(model, name)) else None


def _usd(units: float | None) -> float | None:
    return None if units is None else units / UNITS_PER_USD
