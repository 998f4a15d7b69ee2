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
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

import attrs

from .. import results
from .._portable import Stays
from .advice import Place, calling, warn
from .call import Call, operations
from .io import run_now
from .tracebacks import ends_here

P = ParamSpec("P")
T = TypeVar("T")


class Blocks:
    """Marks a client whose calls return results."""


class Awaits:
    """Marks a client whose calls return awaitables of results."""


K_co = TypeVar("K_co", covariant=True)
N = TypeVar("N", bound="Namespace[Any]")


class Namespace(Stays, Generic[K_co]):
    """A group of operations of one client, such as `client.images`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()} of {getattr(self, '_client', None)!r}>"


class operation(Generic[P, T]):
    """Bind a pure function `Callable[P, Call[T]]` to whichever client owns it.

    In a group a plain function stands for it, as `help`, `inspect` and `unittest.mock` know methods; that has it as its
    attribute `operation`. Type checkers see the descriptor.
    """

    def __init__(self, build: Callable[P, Call[T]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        parameters = enumerate(inspect.signature(build).parameters.items())
        self._pictures = [(index, name) for index, (name, each) in parameters if "ImageInput" in str(each.annotation)]

    def __set_name__(self, owner: type, name: str) -> None:
        self._name, self._qualname = name, f"{owner.__name__}.{name}"
        self.helper = self._qualname.lower()  # as users write it: images.generate
        setattr(owner, name, self._blocking())

    if TYPE_CHECKING:

        @overload
        def __get__(self, owner: None, kind: type) -> operation[P, T]: ...
        @overload
        def __get__(self, owner: Namespace[Blocks], kind: type) -> Callable[P, T]: ...
        @overload
        def __get__(self, owner: Namespace[Awaits], kind: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
        def __get__(self, owner: Any, kind: type) -> Any: ...

    def _blocking(self) -> Callable[..., Any]:
        bound = self

        def method(self: Namespace[Blocks], /, *args: Any, **kwargs: Any) -> Any:
            with ends_here():
                made = functools.partial(bound.made, calling(), *args, **kwargs)
                return run_now(self._client._call(bound, made, False))

        return self._described(method)

    def awaiting(self, common: type[Namespace[Any]]) -> Callable[..., Any]:
        """The function for the group of an AsyncRecraft. It gives way to what somebody, such as a test, puts in the
        place of the one in `common`.
        """
        bound, original = self, vars(common)[self._name]

        async def outcome(client: Any, made: Callable[[], Call[T]], reads_files: bool) -> T:
            with ends_here():
                return await client._call(bound, made, reads_files)  # type: ignore[no-any-return]

        # No `async def`: that would run in a task, where nothing tells any more which line made the call.
        def method(self: Namespace[Awaits], /, *args: Any, **kwargs: Any) -> Any:
            if vars(common)[bound._name] is not original:
                return getattr(super(type(self), self), bound._name)(*args, **kwargs)
            made = functools.partial(bound.made, calling(), *args, **kwargs)
            return outcome(self._client, made, bound._blocks(args, kwargs))

        self._named(outcome)
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
        self._named(method)
        method.operation, method.__module__ = self, self.build.__module__
        method.__signature__, method.__doc__ = self._description
        return method  # type: ignore[no-any-return]

    @functools.cached_property
    def _description(self) -> tuple[inspect.Signature, str]:
        return _describe(self.build)

    def _named(self, function: Any) -> None:
        """Call a function as the operation is called, in tracebacks too."""
        function.__name__, function.__qualname__ = self._name, self._qualname
        function.__code__ = function.__code__.replace(co_name=self._name, co_qualname=self._qualname)


@functools.cache
def awaiting(common: type[N]) -> type[N]:
    """A group of operations for an AsyncRecraft: the same names, and what they return is awaited."""
    functions = {
        name: each.operation.awaiting(common) for name, each in vars(common).items() if hasattr(each, "operation")
    }
    own = {**functions, "__doc__": common.__doc__, "__module__": common.__module__}
    made: Any = type(common.__name__, (common,), own)
    return made  # type: ignore[no-any-return]


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


_DEPRECATED = "Deprecated by the service: a later version of the API may not have it."


def _describe(build: Callable[..., Any]) -> tuple[inspect.Signature, str]:
    """The signature with `**options: Unpack[SomeOptions]` written out, and the documentation with a line for each
    argument and option that something is known of, what comes of the call, and what it costs.
    """
    signature = inspect.signature(build)
    facts: Mapping[str, Any] = {}
    parameters, options = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)], []
    for parameter in signature.parameters.values():
        if parameter.kind is not parameter.VAR_KEYWORD:
            parameters.append(parameter.replace(annotation=_Verbatim(str(parameter.annotation))))
            continue
        facts = _facts(str(parameter.annotation))
        for key, (annotation, about, required) in facts.get("keywords", {}).items():
            about = about or annotation
            if key.isidentifier() and not keyword.iskeyword(key):
                default = parameter.empty if required else _Verbatim("...")
                shown = _Verbatim(annotation)
                parameters.append(inspect.Parameter(key, parameter.KEYWORD_ONLY, default=default, annotation=shown))
            else:  # a signature cannot show it, and a call has to spell it out
                about = f"{about} Pass it as **{{{key!r}: ...}}."
            options.append((key, about))
    known = facts.get("arguments", {})
    arguments = [(name, known[name]) for name in signature.parameters if name in known]
    returns = str(signature.return_annotation).removeprefix("Call[").removesuffix("]")
    parts = [
        inspect.getdoc(build) or "",
        _DEPRECATED if facts.get("deprecated", {}).get("operation") else "",
        _listed("Arguments:", arguments),
        _listed("Options (the service decides what is left out):", options),
        *_outcome(returns, facts.get("method")),
    ]
    documentation = "\n\n".join(part for part in parts if part)
    return signature.replace(parameters=parameters, return_annotation=_Verbatim(returns)), documentation


def _listed(title: str, items: list[tuple[str, str]]) -> str:
    return "\n".join([title, *(line for key, about in items for line in _lines(f"{key}: {about}"))]) if items else ""


def _lines(text: str) -> Iterator[str]:
    """Its words in lines of 104 characters. `textwrap` is slow, and this happens before a first call."""
    line = "   "
    for word in text.split():
        if len(line) + len(word) >= 104:
            yield line
            line = "       "
        line += " " + word
    yield line


def _outcome(returns: str, method: str | None) -> tuple[str, str]:
    """What a call returns, what that says of its cost, and what it raises."""
    kind = getattr(results, returns, object)
    paid = method == "POST" and attrs.has(kind) and "credits" in attrs.fields_dict(kind)
    cost = "; its `credits` says what the call cost in API units, of which 1,000 are 1 US dollar" if paid else ""
    doubt = "\n    `maybe_charged` of each says whether the call may have been charged." if paid else ""
    return (
        f"Returns:\n    {returns}{cost}.",
        "Raises:\n"
        "    InputError: A value cannot be used. Nothing was sent.\n"
        "    APIError: The answer was an error. Its kinds, in `recraft.errors`, say which.\n"
        f"    ConnectionFailed, TimedOut, UnexpectedResponse: No result came.{doubt}",
    )


def _facts(unpacked: str) -> Mapping[str, Any]:
    """What is known of the operation whose options are `Unpack[SomeOptions]`."""
    name = unpacked.removesuffix("]").rpartition(".")[2]
    found: Iterator[Mapping[str, Any]] = (facts for facts in operations().values() if facts["options"] == name)
    return next(found, {})  # none: the effective specification lacks the operation, and calling it says so


def _keywords(unpacked: str) -> Mapping[str, tuple[str, str, bool]]:
    """Annotation, documentation and being required of each keyword of `Unpack[SomeOptions]`."""
    keywords: Mapping[str, tuple[str, str, bool]] = _facts(unpacked).get("keywords", {})
    return keywords
