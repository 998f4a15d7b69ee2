"""Read an OpenAPI file and refuse it, with a reason, when the pipeline could not use it.

The generator is lenient where that hurts: a dangling `$ref` or a duplicate operationId costs an endpoint and still
ends with exit code 0. So everything that would lose or rename something silently is an error here, before anything is
generated.
"""

from specfile.checking import validate
from specfile.naming import class_name, makes_class, module_name
from specfile.reading import MAX_BYTES, MAX_DEPTH, MAX_NODES
from specfile.sources import files, gathered, lines, load, sha256, vendor, vendored
from specfile.structure import (
    DATA_KEYWORDS,
    METHODS,
    NAME_MAPS,
    SpecError,
    located,
    mapping,
    operations,
    pointer,
    printable,
    subtrees,
)
from specfile.version import lower

__all__ = [
    "DATA_KEYWORDS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "METHODS",
    "NAME_MAPS",
    "SpecError",
    "class_name",
    "files",
    "gathered",
    "lines",
    "load",
    "located",
    "lower",
    "makes_class",
    "mapping",
    "module_name",
    "operations",
    "pointer",
    "printable",
    "sha256",
    "subtrees",
    "validate",
    "vendor",
    "vendored",
]
