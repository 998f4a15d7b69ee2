"""The models that make images: `client.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from recraft_api import marks

from .._core.binding import K_co, Namespace, operation
from .._core.call import Call, call
from ..results import Listing, Model, read_models

if TYPE_CHECKING:
    from recraft_api import options as opt


class Models(Namespace[K_co]):
    """The models that make images."""

    @operation
    @staticmethod
    @marks.list_models
    def list(**options: Unpack[opt.ListModelsOptions]) -> Call[Listing[Model]]:
        """The models the service offers now; a model's `id` is what `model=` takes."""
        return call("listModels", read_models, options)
