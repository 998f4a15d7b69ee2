"""The operations, in groups: from arguments to a `Call`.

Pure but for the files that are looked into; nothing here sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from .._core.binding import Awaits, K_co, N, awaiting
from .colors import Colors
from .images import Images
from .models import Models
from .prompts import Prompts
from .service import Service
from .styles import Styles
from .users import Users

if TYPE_CHECKING:
    group = property
else:

    class group(property):
        """A property of a client; of the class of a client it is the class of that group, which `help` and
        `unittest.mock` look into.
        """

        def __init__(self, fget):
            names = [name for name, each in vars(fget(object)).items() if hasattr(each, "operation")]
            super().__init__(fget)
            self.__doc__ = f"{fget.__doc__} Operations: {', '.join(names)}."

        def __get__(self, owner, kind=None):
            return self.fget(kind if owner is None else owner)


def _of(owner: Any, common: type[N]) -> N:
    """The group of a client, or of the class of a client."""
    if isinstance(owner, type):
        return awaiting(common) if issubclass(owner, Awaits) else common  # type: ignore[arg-type, return-value]
    groups: dict[type[N], N] = owner.__dict__.setdefault("_groups", {})
    return groups.get(common) or groups.setdefault(common, _of(type(owner), common)(owner))  # type: ignore[operator]


class Groups(Generic[K_co]):
    """What a client offers, a group of operations each."""

    @group
    def images(self) -> Images[K_co]:
        """Make, edit, upscale and vectorize images."""
        return _of(self, Images)

    @group
    def prompts(self) -> Prompts[K_co]:
        """Make prompts richer."""
        return _of(self, Prompts)

    @group
    def styles(self) -> Styles[K_co]:
        """Make custom styles from reference images, and look after them."""
        return _of(self, Styles)

    @group
    def models(self) -> Models[K_co]:
        """The models that make images."""
        return _of(self, Models)

    @group
    def colors(self) -> Colors[K_co]:
        """Work on palettes."""
        return _of(self, Colors)

    @group
    def users(self) -> Users[K_co]:
        """The account behind the token."""
        return _of(self, Users)

    @group
    def service(self) -> Service[K_co]:
        """Whether the service works."""
        return _of(self, Service)
