"""The tools: one for each helper of the capabilities that are offered, made from its signature and documentation, and
from what the specification says of its operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from mcp_types import Tool as Described
from mcp_types import ToolAnnotations

from recraft import results
from recraft.helpers.catalogue import Helper, helpers
from recraft.helpers.shape import Shape, shape

from .schemas import gives, takes

#: What making images costs and takes. There is no table of prices here: prices change, answers say what was paid.
PAID = (
    "Costs API units, of which 1,000 are 1 US dollar; `credits` of the answer says how many. What a model costs per "
    "image is in `models`."
)
MAKES = "Usually takes 1 to 20 seconds, for the largest images minutes."
FREE = "Costs nothing, and takes about a second."


@attrs.frozen
class Tool:
    """A helper as a tool."""

    helper: Helper
    shape: Shape
    described: Described

    @property
    def name(self) -> str:
        return self.described.name

    @property
    def makes_images(self) -> bool:
        return self.shape.gives == "ImageResult"

    @property
    def paid(self) -> bool:
        return is_paid(self.shape)


def is_paid(shape: Shape) -> bool:
    """Whether calls cost something: the answers of those that do say what."""
    kind = getattr(results, shape.gives, None)
    return shape.facts["method"] == "POST" and kind is not None and "credits" in attrs.fields_dict(kind)


def tools(capabilities: Iterable[str]) -> dict[str, Tool]:
    """The tools of some capabilities by their names. What the service calls deprecated is not offered."""
    wanted = set(capabilities)
    found = [_tool(helper, shape(helper, True, as_parameter)) for helper in helpers().values()]
    return {tool.name: tool for tool in found if _is_offered(tool.shape.facts, wanted)}


def _is_offered(facts: Mapping[str, Any], wanted: set[str]) -> bool:
    return not wanted.isdisjoint(facts["capability"]) and not facts["deprecated"].get("operation")


def as_parameter(name: str, option: bool) -> str:
    """How the documentation of a tool names a parameter, and another tool."""
    return f"`{name}`"


def _tool(helper: Helper, shape: Shape) -> Tool:
    name = "_".join(helper.words).replace("-", "_")
    reads = shape.facts["method"] == "GET"
    removes = shape.facts["method"] == "DELETE"
    return Tool(
        helper,
        shape,
        Described(
            name=name,
            title=" ".join(name.split("_")).capitalize(),
            description=description(shape),
            input_schema=takes(shape),
            output_schema=gives(shape.gives, paid=is_paid(shape)),
            annotations=ToolAnnotations(
                read_only_hint=reads, destructive_hint=removes, idempotent_hint=reads or removes, open_world_hint=True
            ),
        ),
    )


def description(shape: Shape) -> str:
    """What a model reads to choose: when to use it, what it costs, and how long it takes."""
    parts = [shape.about.replace("\n\n", " ")]
    parts.append(PAID if is_paid(shape) else FREE)
    if shape.gives == "ImageResult":
        parts.append(f"{MAKES} The images are saved as files; the answer names them and shows small previews.")
    return " ".join(parts)
