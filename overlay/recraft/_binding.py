"""One definition per operation, for both clients.

An operation is a pure function from arguments to a `Call`. `operation` turns it into a method of every client it is bound to: on a
`Recraft` it returns the result, on an `AsyncRecraft` an awaitable of it, with the same signature and the same documentation.
"""

from __future__ import annotations

import importlib
import inspect
import keyword
import textwrap
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Generic, ParamSpec, TypeVar, overload

import attrs

from .inputs import Upload

P = ParamSpec("P")
T = TypeVar("T")
ClientT_co = TypeVar("ClientT_co", covariant=True)


class Blocking:
    """Marks a client whose calls return results."""


class Awaiting:
    """Marks a client whose calls return awaitables of results."""


@attrs.frozen
class Call(Generic[T]):
    """One operation with its arguments, ready to be sent: what to ask the generated endpoint module, and how to read the answer."""

    operation: str
    module: str
    arguments: Mapping[str, Any]
    read: Callable[[Any], T]
    uploads: tuple[Upload, ...] = ()

    @property
    def endpoint(self) -> Any:
        """The generated module; its two pure halves are `_get_kwargs` and `_parse_response`."""
        return importlib.import_module(f"recraft_api.api.{self.module}")

    def close(self) -> None:
        """Close the files that this call opened."""
        for upload in self.uploads:
            upload.close()


class Namespace(Generic[ClientT_co]):
    """A group of operations of one client, such as `client.images`."""

    def __init__(self, client: ClientT_co) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()} of {self._client!r}>"


class operation(Generic[P, T]):
    """Bind a pure function `Callable[P, Call[T]]` to whichever client owns it."""

    def __init__(self, build: Callable[P, Call[T]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        # Building such a call looks into files, which must not happen on an event loop.
        self._blocking = not {"image", "images"}.isdisjoint(inspect.signature(build).parameters)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> operation[P, T]: ...
    @overload
    def __get__(self, owner: Namespace[Blocking], kind: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, owner: Namespace[Awaiting], kind: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            return self
        run, build, blocking = owner._client._run, self.build, self._blocking
        if inspect.iscoroutinefunction(run):

            async def amethod(*args: Any, **kwargs: Any) -> Any:
                return await run(build, blocking, *args, **kwargs)

            method: Any = amethod
        else:

            def bmethod(*args: Any, **kwargs: Any) -> Any:
                return run(build, blocking, *args, **kwargs)

            method = bmethod
        method.__name__, method.__qualname__ = self._name, f"{kind.__name__}.{self._name}"
        method.__module__ = build.__module__
        method.__signature__, method.__doc__ = _describe(build)
        owner.__dict__[self._name] = method  # found there from now on, without coming here
        return method


@attrs.frozen(repr=False)
class _Verbatim:
    """Shows itself in a signature as it stands, without the quotes of a string."""

    text: str

    def __repr__(self) -> str:
        return self.text


def _describe(build: Callable[..., Any]) -> tuple[inspect.Signature, str]:
    """The signature with `**options: Unpack[SomeOptions]` written out, and the documentation with a line for each option."""
    signature = inspect.signature(build)
    documentation = inspect.getdoc(build) or ""
    parameters, lines = [], []
    for parameter in signature.parameters.values():
        if parameter.kind is not parameter.VAR_KEYWORD:
            parameters.append(parameter.replace(annotation=_Verbatim(str(parameter.annotation))))
            continue
        for key, (annotation, about, required) in _keywords(str(parameter.annotation)).items():
            about = about or annotation
            if key.isidentifier() and not keyword.iskeyword(key):
                default = parameter.empty if required else _Verbatim("...")
                shown = _Verbatim(annotation)
                parameters.append(inspect.Parameter(key, parameter.KEYWORD_ONLY, default=default, annotation=shown))
            else:  # a signature cannot show it, and a call has to spell it out
                about = f"{about} Pass it as **{{{key!r}: ...}}."
            lines.append(textwrap.fill(f"{key}: {about}", 100, subsequent_indent="    "))
    returns = str(signature.return_annotation).removeprefix("Call[").removesuffix("]")
    if lines:
        documentation += "\n\nOptions (the service decides what is left out):\n" + textwrap.indent(
            "\n".join(lines), "    "
        )
    return signature.replace(parameters=parameters, return_annotation=_Verbatim(returns)), documentation


def _keywords(unpacked: str) -> dict[str, tuple[str, str, bool]]:
    """Annotation, documentation and being required of each keyword of `Unpack[SomeOptions]`."""
    from recraft_api.operations import OPERATIONS

    name = unpacked.removesuffix("]").rpartition(".")[2]
    found = (operation["keywords"] for operation in OPERATIONS.values() if operation["options"] == name)
    return next(
        found, {}
    )  # none: the specification this was generated from lacks the operation, and calling it says so
