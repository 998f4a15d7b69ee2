"""What leaves the process and how (a dict of plain JSON data, JSON, pydantic models), what stays in it, and what has no
copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn, Self


class Portable:
    """Something that can be written as plain JSON data, and made again from it with nothing lost."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON data."""
        raise NotImplementedError

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The same again, from what `to_dict` gave. Raises InputError for anything else."""
        raise NotImplementedError

    def to_json(self) -> str:
        """`to_dict` as JSON."""
        return json.dumps(self.to_dict())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How pydantic reads it (from one of its kind or from its dict) and writes it (as its dict)."""
        from pydantic_core import core_schema as schemas  # whoever asks has it

        read = schemas.no_info_after_validator_function(cls.from_dict, schemas.dict_schema())
        return schemas.json_or_python_schema(
            json_schema=read,
            python_schema=schemas.union_schema([schemas.is_instance_schema(cls), read]),
            serialization=schemas.plain_serializer_function_ser_schema(
                lambda value: value.to_dict(), return_schema=schemas.dict_schema()
            ),
        )


class Single:
    """Something with a state of which there is one: a copy is itself."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class Stays:
    """Something that holds a secret and connections: it is not pickled, and not copied."""

    __slots__ = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} does not travel to another process, nor do its methods: a client holds a secret "
            "and connections. Make one in each process, as in ProcessPoolExecutor(initializer=...) or Celery's "
            "worker_process_init, and pass functions that use it. (Not another process? client.with_options() makes a "
            "sibling; a copy there is none.)"
        )

    def __dask_tokenize__(self) -> NoReturn:
        """Dask asks before it pickles, and would go on without an answer."""
        self.__reduce__()
