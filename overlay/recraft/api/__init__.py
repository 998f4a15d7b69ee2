"""The operations, in groups: from arguments to a `Call`.

Pure but for the files that are looked into; nothing here sends.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from .._core.binding import K_co, Namespace
from .colors import Colors
from .images import Images
from .models import Models
from .prompts import Prompts
from .service import Service
from .styles import Styles
from .users import Users

N = TypeVar("N", bound=Namespace[Any])


class Groups(Generic[K_co]):
    """What a client offers, a group of operations each."""

    def _group(self, kind: type[N]) -> N:
        groups: dict[type[N], N] = self.__dict__.setdefault("_groups", {})
        return groups.get(kind) or groups.setdefault(kind, kind(self))

    @property
    def images(self) -> Images[K_co]:
        """Make, edit, upscale and vectorize images."""
        return self._group(Images)

    @property
    def prompts(self) -> Prompts[K_co]:
        """Make prompts richer."""
        return self._group(Prompts)

    @property
    def styles(self) -> Styles[K_co]:
        """Make custom styles from reference images, and look after them."""
        return self._group(Styles)

    @property
    def models(self) -> Models[K_co]:
        """The models that make images."""
        return self._group(Models)

    @property
    def colors(self) -> Colors[K_co]:
        """Work on palettes."""
        return self._group(Colors)

    @property
    def users(self) -> Users[K_co]:
        """The account behind the token."""
        return self._group(Users)

    @property
    def service(self) -> Service[K_co]:
        """Whether the service works."""
        return self._group(Service)
