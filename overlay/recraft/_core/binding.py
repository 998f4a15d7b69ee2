"""One definition per operation, for both clients.

An operation is a pure function from arguments to a `Call`. `operation` turns it into a method of every client it is
bound to: on a `Recraft` it returns the result, on an `AsyncRecraft` an awaitable of it, with the same signature and the
same documentation.
"""

from __future__ import annotations

import functools
import inspect
import keyword
import sys
import textwrap
from collections.abc import Callable, Coroutine
from types import MethodType
from typing import Any, Generic, ParamSpec, TypeVar, overload

import attrs

from .advice import Place, calling, warn
from .call import Call, operations

P = ParamSpec("P")
T = TypeVar("T")


class Blocks:
    """Marks a client whose calls return results."""


class Awaits:
    """Marks a client whose calls return awaitables of results."""


K_co = TypeVar("K_co", covariant=True)


class Namespace(Generic[K_co]):
    """A group of operations of one client, such as `client.images`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()} of {getattr(self, '_client', None)!r}>"


class operation(Generic[P, T]):
    """Bind a pure function `Callable[P, Call[T]]` to whichever client owns it."""

    def __init__(self, build: Callable[P, Call[T]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        parameters = enumerate(inspect.signature(build).parameters.items())
        self._pictures = [(index, name) for index, (name, each) in parameters if "ImageInput" in str(each.annotation)]

    def __set_name__(self, owner: type, name: str) -> None:
        self._name, self._qualname = name, f"{owner.__name__}.{name}"
        self.helper = self._qualname.lower()  # as users write it: images.generate

    @overload
    def __get__(self, owner: None, kind: type) -> operation[P, T]: ...
    @overload
    def __get__(self, owner: Namespace[Blocks], kind: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, owner: Namespace[Awaits], kind: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            return self
        return MethodType(self._awaiting if isinstance(owner._client, Awaits) else self._blocking, owner)

    # One function for each kind of client, made when it is first asked for: not for every client, and not for every
    # call.

    @functools.cached_property
    def _blocking(self) -> Callable[..., Any]:
        bound = self

        def method(self: Namespace[Blocks], /, *args: Any, **kwargs: Any) -> Any:
            return self._client._run(bound, functools.partial(bound.made, calling(), *args, **kwargs), False)

        return self._described(method)

    @functools.cached_property
    def _awaiting(self) -> Callable[..., Any]:
        bound = self

        # No `async def`: that would run in a task, where nothing tells any more which line made the call.
        def method(self: Namespace[Awaits], /, *args: Any, **kwargs: Any) -> Coroutine[Any, Any, Any]:
            made = functools.partial(bound.made, calling(), *args, **kwargs)
            flow: Any = self._client._run(bound, made, bound._blocks(args, kwargs))
            flow.__name__, flow.__qualname__ = method.__name__, method.__qualname__
            return flow  # type: ignore[no-any-return]

        return _coroutine_function(self._described(method))

    def made(self, at: Place, /, *args: P.args, **kwargs: P.kwargs) -> Call[T]:
        """A call, after warning the line it was made in of what the documentation says against it, or is deprecated."""
        call = self.build(*args, **kwargs)
        try:
            warn(call.advice, at)
            warn(call.deprecated, at, DeprecationWarning)
        except BaseException:  # a filter made it an error, and the call will not be sent
            call.close()
            raise
        return call

    def _blocks(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Whether building the call looks into files, which must not happen on an event loop.

        One image that is there as bytes takes microseconds. A mask beside it may load Pillow.
        """
        if not self._file_options.isdisjoint(kwargs):
            return True
        found = [args[index] if index < len(args) else kwargs.get(name) for index, name in self._pictures]
        given = [picture for picture in found if picture is not None]
        return bool(given) and not (len(given) == 1 and isinstance(given[0], bytes))

    @functools.cached_property
    def _file_options(self) -> set[str]:
        """The options that take files."""
        annotations = [str(each.annotation) for each in inspect.signature(self.build).parameters.values()]
        options = [_keywords(annotation) for annotation in annotations if annotation.startswith("Unpack[")]
        return {name for found in options for name, (annotation, _, _) in found.items() if "ImageInput" in annotation}

    def _described(self, method: Any) -> Callable[..., Any]:
        method.__name__, method.__qualname__, method.__module__ = self._name, self._qualname, self.build.__module__
        method.__signature__, method.__doc__ = _describe(self.build)
        return method  # type: ignore[no-any-return]


def _coroutine_function(method: Any) -> Callable[..., Any]:
    """Make `inspect.iscoroutinefunction` true of a function that returns a coroutine."""
    marked: Callable[..., Any] = method
    if sys.version_info >= (3, 12):
        marked = inspect.markcoroutinefunction(method)
    else:  # no such mark yet; the flag alone does not change how a function runs, which is in its bytecode
        method.__code__ = method.__code__.replace(co_flags=method.__code__.co_flags | inspect.CO_COROUTINE)
    return marked


@attrs.frozen(repr=False)
class _Verbatim:
    """Shows itself in a signature as it stands, without the quotes of a string."""

    text: str

    def __repr__(self) -> str:
        return self.text


def _describe(build: Callable[..., Any]) -> tuple[inspect.Signature, str]:
    """The signature with `**options: Unpack[SomeOptions]` written out, and the documentation with a line for each
    option.
    """
    signature = inspect.signature(build)
    documentation = inspect.getdoc(build) or ""
    parameters, lines = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)], []
    for parameter in signature.parameters.values():
        if parameter.kind is not parameter.VAR_KEYWORD:
            parameters.append(parameter.replace(annotation=_Verbatim(str(parameter.annotation))))
            continue
        if _facts(str(parameter.annotation)).get("deprecated", {}).get("operation"):
            documentation += "\n\nDeprecated by the service: a later version of the API may not have it."
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
        options = textwrap.indent("\n".join(lines), "    ")
        documentation += "\n\nOptions (the service decides what is left out):\n" + options
    return signature.replace(parameters=parameters, return_annotation=_Verbatim(returns)), documentation


def _keywords(unpacked: str) -> dict[str, tuple[str, str, bool]]:
    """Annotation, documentation and being required of each keyword of `Unpack[SomeOptions]`."""
    keywords: dict[str, tuple[str, str, bool]] = _facts(unpacked).get("keywords", {})
    return keywords


def _facts(unpacked: str) -> dict[str, Any]:
    """The operation whose options are unpacked; nothing when the effective specification lacks it: calling says so."""
    name = unpacked.removesuffix("]").rpartition(".")[2]
    return next((facts for facts in operations().values() if facts["options"] == name), {})
