"""The commands that are helpers: `images__generate` of this module is made when somebody asks for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from recraft.helpers.catalogue import Helper, helpers
from recraft.helpers.shape import Option, Shape, shape

from .common import Common, Keeping, as_written

_TYPES: dict[str, Any] = {"int": int, "float": float, "bool": bool, "image": Path}


_METAVARS = {"json": "JSON", "pairs": "KEY=VALUE"}


def __getattr__(name: str) -> Callable[..., int]:
    wanted, _, known = name.partition("__known")
    for helper in helpers().values():
        if f"{helper.group}__{helper.method}" == wanted:
            return command(helper, shape(helper, known=known == "" and name.endswith("__known")))
    raise AttributeError(f"there is no command {name}")


def command(helper: Helper, shape: Shape) -> Callable[..., int]:
    """The function that cyclopts makes a command of."""
    signature = inspect.Signature(list(_parameters(shape)))

    def run(*args: Any, **kwargs: Any) -> int:
        from .calling import call  # late: it brings httpx with it, which --help does without

        given = dict(signature.bind(*args, **kwargs).arguments)
        common, keeping = given.pop("common", None), given.pop("keeping", None)
        given = {name: value for name, value in given.items() if value not in (None, ())}
        return int(call(helper, shape, given, common or Common(), keeping or Keeping()))

    run.__name__, run.__doc__ = "_".join(helper.words), shape.about
    run.__signature__ = signature  # type: ignore[attr-defined]
    return run


def _parameters(shape: Shape) -> Iterator[inspect.Parameter]:
    several = shape.several
    for option in shape.options:
        if option is several:
            yield inspect.Parameter(option.name, inspect.Parameter.VAR_POSITIONAL, annotation=_annotation(option))
        elif option.positional:
            kind, default = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.empty if option.required else None
            yield inspect.Parameter(option.name, kind, default=default, annotation=_annotation(option))
    for option in shape.options:
        if not option.positional:
            names = (f"-{option.name}", f"--{option.name}") if len(option.name) == 1 else None
            yield _keyword(option.name, _annotation(option, names), option.required)
    if shape.gives == "ImageResult":
        yield _keyword("keeping", Annotated[Keeping | None, Parameter("*")])
    yield _keyword("common", Annotated[Common | None, Parameter("*")])


def _keyword(name: str, annotation: Any, required: bool = False) -> inspect.Parameter:
    default = inspect.Parameter.empty if required else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _annotation(option: Option, names: tuple[str, ...] | None = None) -> Any:
    one: Any = _TYPES.get(option.kind, str)
    if option.kind == "text" and option.values and not option.many:
        one = Literal[option.values] | str
    if not option.positional:
        one = (list[one] if option.many or option.kind == "pairs" else one) | None
    elif not option.required and not option.many:
        one = one | None
    about = option.about
    if not option.positional and (option.many or option.kind == "pairs"):
        about = f"{about} May be given again."
    return Annotated[
        one,
        Parameter(
            names,
            metavar=_METAVARS.get(option.kind),
            help=about.strip(),
            converter=as_written if option.kind == "image" else None,
            negative_iterable=(),
            show_choices="Known values" not in about,
            required=option.required,
        ),
    ]
