"""What calls return: immutable values that pickle, with no client inside, and how each is read from its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import attrs

from . import _fields as fields
from ._images import Image as Image
from ._images import ImageResult as ImageResult
from ._images import read_images as read_images
from ._listing import Listing as Listing
from ._record import A_TIME, A_UUID, MADE, Result, Value, usd
from ._record import Origin as Origin
from .errors import UnexpectedResponse

if TYPE_CHECKING:
    from recraft_api import models


@attrs.frozen
class EnhancedPrompt(Result):
    """A prompt made richer. `str()` gives its text.

    Attributes:
        prompt: The text.
        credits: What the call cost in API units, None when the service does not say.
        raw: The generated model as it came.
    """

    prompt: str
    credits: float | None = None
    raw: models.EnhancedPrompt = attrs.field(default=MADE, repr=False, hash=False)

    _model = "EnhancedPrompt"
    _shared = ("prompt", "credits")

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return usd(self.credits)

    def __str__(self) -> str:
        return self.prompt


@attrs.frozen
class Style(Result):
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

    id: UUID = attrs.field(metadata=A_UUID)
    credits: float | None = None
    style: str | None = None
    substyle: str | None = None
    created: datetime | None = attrs.field(default=None, repr=str, metadata=A_TIME)
    is_private: bool | None = None
    raw: models.Style = attrs.field(default=MADE, repr=False, hash=False)

    _model = "Style"
    _shared = ("id", "credits", "style", "substyle", "is_private")

    @property
    def cost_usd(self) -> float | None:
        """What making it cost in US dollars."""
        return usd(self.credits)


@attrs.frozen
class BasicStyle(Value):
    """A style that comes with a model. What the service leaves out is None.

    Attributes:
        style: The style group, what `style=` takes.
        substyle: What `substyle=` takes.
        model_id: The model it belongs to.
        id: What `style_id=` takes.
        raw: The generated model as it came.
    """

    style: str | None = None
    substyle: str | None = None
    model_id: str | None = None
    id: UUID | None = attrs.field(default=None, metadata=A_UUID)
    raw: Any = attrs.field(default=MADE, repr=False, hash=False)

    _model = "BasicStyle"
    _shared = ("style", "substyle")


@attrs.frozen
class Model(Value):
    """A model that makes images.

    Attributes:
        id: What `model=` takes.
        name: Its name for people.
        description: What it is good at.
        raw: The generated model as it came, with what it takes, gives and costs.
    """

    id: str
    name: str | None = None
    description: str | None = attrs.field(default=None, repr=False)
    raw: Any = attrs.field(default=MADE, repr=False, hash=False)

    _model = "Model"
    _shared = ("id", "name", "description")


@attrs.frozen
class OptimizedColors(Result):
    """A palette made smaller.

    Attributes:
        mapping: For each colour that was given, as `#rrggbb`, the one to use instead.
        credits: What the call cost in API units, None when the service does not say.
        raw: The generated model as it came.
    """

    mapping: Mapping[str, str] = attrs.field(hash=False)
    credits: float | None = None
    raw: Any = attrs.field(default=MADE, repr=False, hash=False)

    _model = "OptimizedColors"
    _shared = ("credits",)

    @property
    def colors(self) -> tuple[str, ...]:
        """The colours of the smaller palette, each once."""
        return tuple(dict.fromkeys(self.mapping.values()))

    @property
    def cost_usd(self) -> float | None:
        """What the call cost in US dollars."""
        return usd(self.credits)


@attrs.frozen
class User(Result):
    """The account behind the token.

    Attributes:
        id: The user's id.
        email: The user's address.
        credits: API units left (1,000 are 1 US dollar).
        raw: The generated model as it came.
    """

    id: str | None = None
    email: str | None = attrs.field(default=None, repr=False)
    credits: float | None = None
    raw: models.User = attrs.field(default=MADE, repr=False, hash=False)

    _model = "User"
    _shared = ("id", "email", "credits")

    @property
    def _spent(self) -> tuple[float | None, int]:
        return None, 0  # its credits are what is left

    @property
    def balance_usd(self) -> float | None:
        """What is left, in US dollars."""
        return usd(self.credits)


def read_prompt(model: models.EnhancedPrompt) -> EnhancedPrompt:
    """An enhanced prompt, under either of the names it has had."""
    prompt = fields.text(model, "enhanced_prompt") or fields.text(model, "prompt")
    if not prompt:
        raise UnexpectedResponse("the answer holds no prompt")
    return EnhancedPrompt(prompt, fields.number_if_any(model, "credits_"), model)


def read_style(model: models.Style) -> Style:
    identifier = fields.identifier(model, "id")
    if identifier is None:
        raise UnexpectedResponse("the answer holds no style id")
    made = fields.get(model, "creation_time")
    if isinstance(made, str):  # where the specification does not say that it is a time
        try:
            made = datetime.fromisoformat(made)
        except ValueError:
            made = None  # no time after all, and nothing that a style is lost to
    return Style(
        id=identifier,
        credits=fields.number_if_any(model, "credits_"),
        style=fields.text(model, "style"),
        substyle=fields.text(model, "substyle"),
        created=made if isinstance(made, datetime) else None,
        is_private=fields.flag_if_any(model, "is_private"),
        raw=model,
    )


def read_styles(model: Any) -> Listing[Style]:
    return Listing(read_style(item) for item in fields.items(model, "styles"))


def read_basic_styles(model: Any) -> Listing[BasicStyle]:
    return Listing(
        BasicStyle(
            fields.text(item, "style"),
            fields.text(item, "substyle"),
            fields.text(item, "model"),
            fields.identifier(item, "style_id"),
            item,
        )
        for item in fields.items(model, "styles")
    )


def read_models(model: Any) -> Listing[Model]:
    return Listing(
        Model(fields.text(item, "id") or "", fields.text(item, "name"), fields.text(item, "description"), item)
        for item in fields.items(model, "data")
    )


def read_colors(model: Any) -> OptimizedColors:
    pairs = {str(fields.text(item, "from_")): str(fields.text(item, "to")) for item in fields.items(model, "mapping")}
    return OptimizedColors(pairs, fields.number_if_any(model, "credits_"), model)


def nothing(model: Any) -> None:
    """The result of a call whose answer says no more than that it worked."""


@attrs.frozen
class ServiceStatus(Result):
    """What the service says of itself.

    Attributes:
        service: Whether it works. None when it does not say; so is the one below.
        generation: Whether it makes images.
        raw: The generated model as it came.
    """

    service: bool | None = None
    generation: bool | None = None
    raw: models.ServiceStatus = attrs.field(default=MADE, repr=False, hash=False)

    _model = "ServiceStatus"
    _shared = ("service", "generation")


def read_status(model: models.ServiceStatus) -> ServiceStatus:
    return ServiceStatus(fields.flag_if_any(model, "service"), fields.flag_if_any(model, "generation"), model)


def read_user(model: models.User) -> User:
    identifier = fields.get(model, "id")
    return User(
        None if identifier is None else str(identifier),
        fields.text(model, "email"),
        fields.number(model, "credits_"),
        model,
    )
