"""The generated package as a whole."""

from __future__ import annotations

import pytest

from recraft_api import models


def test_every_model_is_there_by_name_and_nothing_else_is() -> None:
    namespace: dict[str, object] = {}
    exec("from recraft_api.models import *", namespace)
    names = set(namespace) - {"__builtins__"}
    assert names == set(models.__all__) <= set(dir(models))
    assert names == set(models._MODULES)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        models.Nothing  # noqa: B018
