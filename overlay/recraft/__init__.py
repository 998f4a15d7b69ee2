"""Python SDK for the Recraft Images API: typed, sync and async, and safe to pay with.

    from recraft import Recraft

    with Recraft() as client:  # the token is in RECRAFT_API_TOKEN
        result = client.images.generate("a red fox, flat colours", size="1:1")
        client.save(result, "pictures")

Importing this package costs next to nothing: each name is loaded when it is first used. The public names stand in
`__init__.pyi`, once, where type checkers and editors read them; this reads them there too.
"""

_HOMES = {}  # name -> module: each line of the stub is `from HOME import NAME as NAME`
for _line in __loader__.get_data(f"{__path__[0]}/__init__.pyi").decode().splitlines():
    _, _home, _, _name, *_ = _line.split()
    _HOMES[_name] = _home

__all__ = sorted(_HOMES)  # pyright: ignore[reportUnsupportedDunderAll]  # it reads the stub


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name], __name__), name)
    globals()[name] = value  # found at once the next time
    return value


def __dir__():
    return __all__
