"""Changes a vendor may make to the API description, each with what it must be called.

The list describes itself so that other tests can use it too: `apply` edits a parsed copy in place, `level`
is the verdict, `expect` the codes of the findings that decide it, `place` one place a finding must name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from specdiff import Level

Spec = dict[str, Any]


@frozen
class Mutation:
    """One named edit of the vendored document."""

    name: str
    level: Level
    apply: Callable[[Spec], None]
    expect: frozenset[str]
    place: str = ""


MUTATIONS: list[Mutation] = []


def mutation(level: Level, *expect: str, place: str = "") -> Callable[[Callable[[Spec], None]], Callable[[Spec], None]]:
    """Register a function as the mutation of its name."""

    def register(apply: Callable[[Spec], None]) -> Callable[[Spec], None]:
        MUTATIONS.append(Mutation(apply.__name__, level, apply, frozenset(expect), place))
        return apply

    return register


def schema(spec: Spec, name: str) -> Spec:
    """A component schema."""
    result: Spec = spec["components"]["schemas"][name]
    return result


def props(spec: Spec, name: str) -> Spec:
    """The properties of a component schema."""
    result: Spec = schema(spec, name)["properties"]
    return result


def op(spec: Spec, path: str, method: str = "post") -> Spec:
    """An operation."""
    result: Spec = spec["paths"][path][method]
    return result


def body(spec: Spec, path: str) -> Spec:
    """The content of a request body, by media type."""
    result: Spec = op(spec, path)["requestBody"]["content"]
    return result


def answer(content: Spec, description: str = "An answer") -> Spec:
    """Responses of an operation that only answers 200 with JSON."""
    return {"200": {"description": description, "content": {"application/json": {"schema": content}}}}


GENERATE = "/images/generations"

# Additive: request fields


@mutation("additive", "request-optional-property-added", place="body.guidance")
def request_field_in_json_body(spec: Spec) -> None:
    props(spec, "GenerationRequest")["guidance"] = {"type": "integer", "minimum": 0}


@mutation("additive", "request-optional-property-added", place="body.sharpness")
def request_field_in_multipart_body(spec: Spec) -> None:
    props(spec, "FileOnlyRequest")["sharpness"] = {"type": "string"}


@mutation("additive", "request-optional-property-added", place="body.keep_alpha")
def request_boolean_in_multipart_body(spec: Spec) -> None:
    props(spec, "BackgroundRequest")["keep_alpha"] = {"type": "boolean", "default": False}


@mutation("additive", "request-optional-property-added", place="body.controls.colors[].opacity")
def request_field_in_nested_object(spec: Spec) -> None:
    props(spec, "Color")["opacity"] = {"type": "number"}


@mutation("additive", "request-optional-property-added", place="body.feather")
def request_field_in_allof_part(spec: Spec) -> None:
    schema(spec, "MaskedEditRequest")["allOf"][1]["properties"]["feather"] = {"type": "integer"}


@mutation("additive", "request-optional-property-added", place="body.seed")
def request_field_in_allof_base(spec: Spec) -> None:
    props(spec, "ImageToImageRequest")["seed"] = {"type": "integer"}


@mutation("additive", "request-optional-property-added", place="body.guides")
def request_array_of_objects(spec: Spec) -> None:
    props(spec, "GenerationRequest")["guides"] = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["x"],
            "properties": {"x": {"type": "number"}, "label": {"type": "string"}},
        },
    }


@mutation("additive", "request-optional-property-added", place="body.caption")
def request_nullable_field(spec: Spec) -> None:
    props(spec, "GenerationRequest")["caption"] = {"type": "string", "nullable": True}


@mutation("additive", "request-optional-property-added", place="body.seed_or_name")
def request_oneof_field(spec: Spec) -> None:
    props(spec, "GenerationRequest")["seed_or_name"] = {"oneOf": [{"type": "integer"}, {"type": "string"}]}


@mutation("additive", "request-optional-property-added", place="body.mood")
def request_enum_field(spec: Spec) -> None:
    props(spec, "GenerationRequest")["mood"] = {"type": "string", "enum": ["calm", "lively"]}


@mutation("additive", "request-optional-property-added", place="body.class")
def request_field_named_like_a_keyword(spec: Spec) -> None:
    props(spec, "GenerationRequest")["class"] = {"type": "string"}


@mutation("additive", "request-optional-property-added", place="body.in")
def request_field_named_like_an_operator(spec: Spec) -> None:
    props(spec, "OutpaintRequest")["in"] = {"type": "string"}


@mutation("additive", "request-optional-property-added", place="body.id")
def request_field_named_like_a_builtin(spec: Spec) -> None:
    props(spec, "GenerationRequest")["id"] = {"type": "string"}


@mutation("additive", "request-optional-property-added", place="body.noiseLevel")
def request_field_in_camel_case(spec: Spec) -> None:
    props(spec, "GenerationRequest")["noiseLevel"] = {"type": "string"}


@mutation("additive", "request-optional-property-added", place="body.safe-mode")
def request_field_in_kebab_case(spec: Spec) -> None:
    props(spec, "GenerationRequest")["safe-mode"] = {"type": "boolean"}


@mutation("additive", "request-optional-property-added", place="body.description")
def request_field_named_like_documentation(spec: Spec) -> None:
    props(spec, "GenerationRequest")["description"] = {"type": "string"}


@mutation("additive", "schema-added", "request-optional-property-added", place="body.frame")
def request_field_of_a_new_schema(spec: Spec) -> None:
    spec["components"]["schemas"]["Frame"] = {"type": "object", "properties": {"width": {"type": "integer"}}}
    props(spec, "OutpaintRequest")["frame"] = {"$ref": "#/components/schemas/Frame"}


# Additive: values and bounds


@mutation("additive", "request-enum-value-added", place="body.model")
def request_enum_value(spec: Spec) -> None:
    props(spec, "GenerationRequest")["model"]["enum"].append("recraftv5")


@mutation("additive", "request-enum-value-added", place="body.model")
def request_enum_value_twice(spec: Spec) -> None:
    props(spec, "GenerationRequest")["model"]["enum"] += ["recraftv5", "recraftv5"]


@mutation("additive", "request-maximum-relaxed", place="body.n")
def request_bound_relaxed(spec: Spec) -> None:
    props(spec, "GenerationRequest")["n"]["maximum"] = 12


@mutation("additive", "request-max-length-relaxed", place="body.prompt")
def request_bound_dropped(spec: Spec) -> None:
    del props(spec, "GenerationRequest")["prompt"]["maxLength"]


@mutation("additive", "request-max-items-relaxed", place="body.controls.colors[].rgb")
def request_array_may_be_longer(spec: Spec) -> None:
    props(spec, "Color")["rgb"]["maxItems"] = 4


@mutation("additive", "request-property-became-optional", place="body.prompt")
def request_field_became_optional(spec: Spec) -> None:
    schema(spec, "ImageToImageRequest")["required"] = ["image"]


@mutation("additive", "request-type-relaxed", place="body.n")
def request_integer_became_number(spec: Spec) -> None:
    props(spec, "BackgroundRequest")["n"]["type"] = "number"


@mutation("additive", "request-nullable-relaxed", place="body.negative_prompt")
def request_field_became_nullable(spec: Spec) -> None:
    props(spec, "GenerationRequest")["negative_prompt"]["nullable"] = True


@mutation("additive", "request-union-branch-added", place="body.size")
def request_string_became_a_union(spec: Spec) -> None:
    size = props(spec, "GenerationRequest")["size"]
    del size["type"]
    size["oneOf"] = [{"type": "string"}, {"type": "array", "items": {"type": "integer"}}]


@mutation("additive", "request-default-changed", place="body.n")
def request_default(spec: Spec) -> None:
    props(spec, "GenerationRequest")["n"]["default"] = 2


# Additive: responses


@mutation("additive", "response-property-added", place="200.data[].width")
def response_field(spec: Spec) -> None:
    props(spec, "Image")["width"] = {"type": "integer"}


@mutation("additive", "response-property-added", place="200.request_id")
def response_required_field(spec: Spec) -> None:
    props(spec, "ImageSet")["request_id"] = {"type": "string"}
    schema(spec, "ImageSet")["required"] = ["request_id"]


@mutation("additive", "response-property-added", place="200.timing")
def response_nested_object(spec: Spec) -> None:
    props(spec, "ImageSet")["timing"] = {
        "type": "object",
        "properties": {"queued": {"type": "number"}, "steps": {"type": "array", "items": {"type": "object"}}},
    }


@mutation("additive", "response-property-became-required", place="200.data")
def response_field_became_required(spec: Spec) -> None:
    schema(spec, "ImageSet")["required"] = ["data"]


@mutation("additive", "response-status-added", place="202")
def response_status(spec: Spec) -> None:
    op(spec, GENERATE)["responses"]["202"] = {"description": "Accepted"}


@mutation("additive", "schema-added", "response-status-added", place="default")
def response_default_error(spec: Spec) -> None:
    spec["components"]["schemas"]["Problem"] = {"type": "object", "properties": {"code": {"type": "string"}}}
    op(spec, GENERATE)["responses"] |= {"default": answer({"$ref": "#/components/schemas/Problem"})["200"]}


@mutation("additive", "response-header-added", place="200 header x-request-id")
def response_header(spec: Spec) -> None:
    op(spec, GENERATE)["responses"]["200"]["headers"] = {"X-Request-Id": {"schema": {"type": "string"}}}


# Additive: operations, parameters, media types, schemas


@mutation("additive", "operation-added")
def operation_get(spec: Spec) -> None:
    spec["paths"]["/palettes"] = {"get": {"operationId": "listPalettes", "responses": answer({"type": "object"})}}


@mutation("additive", "operation-added")
def operation_post_json(spec: Spec) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/BrandControls"}}}
    spec["paths"]["/controls/suggest"] = {
        "post": {
            "operationId": "suggestControls",
            "requestBody": {"required": True, "content": content},
            "responses": answer({"$ref": "#/components/schemas/BrandControls"}),
        }
    }


@mutation("additive", "operation-added")
def operation_post_multipart(spec: Spec) -> None:
    content = {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/FileOnlyRequest"}}}
    spec["paths"]["/images/describe"] = {
        "post": {
            "operationId": "describeImage",
            "requestBody": {"required": True, "content": content},
            "responses": answer({"$ref": "#/components/schemas/ImageSet"}),
        }
    }


@mutation("additive", "operation-added")
def operation_with_path_parameter(spec: Spec) -> None:
    spec["paths"]["/images/{image_id}"] = {
        "parameters": [
            {"name": "image_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        ],
        "get": {"operationId": "getImage", "responses": answer({"$ref": "#/components/schemas/Image"})},
        "delete": {"operationId": "deleteImage", "responses": {"204": {"description": "Gone"}}},
    }


@mutation("additive", "operation-added")
def operation_on_an_existing_path(spec: Spec) -> None:
    items = {"type": "array", "items": {"$ref": "#/components/schemas/ImageSet"}}
    spec["paths"]["/images/generations"]["get"] = {"operationId": "listImages", "responses": answer(items)}


@mutation("additive", "optional-parameter-added", place="?verbose")
def query_parameter(spec: Spec) -> None:
    verbose = {"name": "verbose", "in": "query", "schema": {"type": "boolean"}}
    spec["paths"]["/users/me"]["parameters"] = [verbose]  # of the path: an overlay document has some of the operation


@mutation("additive", "request-media-type-added", "schema-added", place="body")
def request_media_type(spec: Spec) -> None:
    content = {"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string"}}}
    spec["components"]["schemas"]["PromptFormRequest"] = content
    form = {"schema": {"$ref": "#/components/schemas/PromptFormRequest"}}
    body(spec, "/images/explore")["multipart/form-data"] = form


@mutation("additive", "schema-added")
def schema_that_nothing_uses(spec: Spec) -> None:
    spec["components"]["schemas"]["Webhook"] = {"type": "object", "properties": {"url": {"type": "string"}}}


@mutation("additive", "server-added")
def second_server(spec: Spec) -> None:
    spec["servers"].append({"url": "https://eu.api.recraft.ai/v1"})


@mutation("additive", "security-relaxed")
def operation_without_authentication(spec: Spec) -> None:
    op(spec, "/users/me", "get")["security"] = []


@mutation("additive", "operation-deprecated")
def operation_deprecated(spec: Spec) -> None:
    op(spec, "/images/explore")["deprecated"] = True


@mutation("additive", "request-property-deprecated", place="body.substyle")
def request_field_deprecated(spec: Spec) -> None:
    props(spec, "GenerationRequest")["substyle"]["deprecated"] = True


# Breaking


@mutation("breaking", "request-property-removed", place="body.controls.colors[].std")
def request_nested_field_removed(spec: Spec) -> None:
    del props(spec, "Color")["std"]


@mutation("breaking", "request-property-removed", place="body.strength")
def request_field_removed_from_allof_base(spec: Spec) -> None:
    del props(spec, "ImageToImageRequest")["strength"]


@mutation("breaking", "request-property-renamed", place="body.outpaint_top")
def request_field_renamed(spec: Spec) -> None:
    properties = props(spec, "OutpaintRequest")
    properties["expand_top"] = properties.pop("outpaint_top")


@mutation("breaking", "request-required-property-added", place="body.reason")
def request_required_field(spec: Spec) -> None:
    props(spec, "CreateStyleRequest")["reason"] = {"type": "string"}
    schema(spec, "CreateStyleRequest")["required"].append("reason")


@mutation("breaking", "request-property-became-required", place="body.prompt")
def request_field_became_required(spec: Spec) -> None:
    schema(spec, "OutpaintRequest")["required"].append("prompt")


@mutation("breaking", "request-enum-value-removed", place="body.model")
def request_enum_value_removed(spec: Spec) -> None:
    props(spec, "GenerationRequest")["model"]["enum"].remove("recraftv2")


@mutation("breaking", "request-enum-introduced", place="body.style")
def request_enum_introduced(spec: Spec) -> None:
    props(spec, "OutpaintRequest")["style"]["enum"] = ["any"]


@mutation("breaking", "request-maximum-tightened", place="body.n")
def request_bound_tightened(spec: Spec) -> None:
    props(spec, "GenerationRequest")["n"]["maximum"] = 4


@mutation("breaking", "request-minimum-tightened", place="body.strength")
def request_bound_became_exclusive(spec: Spec) -> None:
    props(spec, "ImageToImageRequest")["strength"]["exclusiveMinimum"] = True


@mutation("breaking", "request-multiple-of-tightened", place="body.outpaint_top")
def request_multiple_of(spec: Spec) -> None:
    props(spec, "OutpaintRequest")["outpaint_top"]["multipleOf"] = 8


@mutation("breaking", "request-unique-items-tightened", place="body.file")
def request_items_must_differ(spec: Spec) -> None:
    props(spec, "CreateStyleRequest")["file"]["uniqueItems"] = True


@mutation("breaking", "request-pattern-tightened", place="body.size")
def request_pattern(spec: Spec) -> None:
    props(spec, "GenerationRequest")["size"]["pattern"] = "^[0-9]+x[0-9]+$"


@mutation("breaking", "request-format-changed", place="body.style_id")
def request_format_dropped(spec: Spec) -> None:
    del props(spec, "GenerationRequest")["style_id"]["format"]


@mutation("breaking", "request-type-changed", place="body.controls.artistic_level")
def request_type(spec: Spec) -> None:
    props(spec, "BrandControls")["artistic_level"] = {"type": "string"}


@mutation("breaking", "request-additional-properties-closed", place="body")
def request_closed(spec: Spec) -> None:
    schema(spec, "GenerationRequest")["additionalProperties"] = False


@mutation("breaking", "request-read-only-changed", place="body.negative_prompt")
def request_field_became_read_only(spec: Spec) -> None:
    props(spec, "GenerationRequest")["negative_prompt"]["readOnly"] = True


@mutation("breaking", "request-media-type-removed", "request-media-type-added", place="body")
def request_media_type_replaced(spec: Spec) -> None:
    content = body(spec, "/images/explore/similar")
    content["application/json"] = content.pop("multipart/form-data")


@mutation("breaking", "required-parameter-added", place="?project")
def required_query_parameter(spec: Spec) -> None:
    spec["paths"]["/users/me"]["parameters"] = [
        {"name": "project", "in": "query", "required": True, "schema": {"type": "string"}}
    ]


@mutation("breaking", "required-parameter-added", place="header x-account")
def required_header(spec: Spec) -> None:
    op(spec, "/users/me", "get")["parameters"] = [
        {"name": "X-Account", "in": "header", "required": True, "schema": {"type": "string"}}
    ]


@mutation("sdk-breaking", "response-property-removed", place="200.data[].url")
def response_field_removed(spec: Spec) -> None:
    del props(spec, "Image")["url"]


@mutation("sdk-breaking", "response-property-removed", "response-property-added", place="200.data")
def response_list_became_one_object(spec: Spec) -> None:
    properties = props(spec, "ImageSet")
    del properties["data"]
    properties["image"] = {"$ref": "#/components/schemas/Image"}


@mutation("breaking", "response-type-relaxed", place="200.credits")
def response_integer_became_number(spec: Spec) -> None:
    props(spec, "ImageSet")["credits"]["type"] = "number"


@mutation("breaking", "response-nullable-relaxed", place="200.data[].url")
def response_field_became_nullable(spec: Spec) -> None:
    props(spec, "Image")["url"]["nullable"] = True


@mutation("breaking", "response-media-type-removed", "response-media-type-added", place="200")
def response_media_type_replaced(spec: Spec) -> None:
    content = op(spec, "/images/removeBackground")["responses"]["200"]["content"]
    content["image/png"] = {"schema": {"type": "string", "format": "binary"}}
    del content["application/json"]


@mutation("breaking", "response-status-removed", "response-status-added", place="200")
def response_status_replaced(spec: Spec) -> None:
    responses = op(spec, GENERATE)["responses"]
    responses["201"] = responses.pop("200")


@mutation("breaking", "operation-removed")
def operation_removed(spec: Spec) -> None:
    del spec["paths"]["/images/variateImage"]


@mutation("breaking", "operation-path-changed")
def operation_moved(spec: Spec) -> None:
    spec["paths"]["/images/upscale"] = spec["paths"].pop("/images/crispUpscale")


@mutation("breaking", "server-url-changed")
def server_replaced(spec: Spec) -> None:
    spec["servers"][0]["url"] = "https://api.recraft.example/v2"


@mutation("breaking", "security-scheme-changed")
def security_scheme_changed(spec: Spec) -> None:
    spec["components"]["securitySchemes"]["bearerAuth"]["scheme"] = "basic"


@mutation("breaking", "security-tightened", "security-scheme-added")
def second_credential(spec: Spec) -> None:
    spec["components"]["securitySchemes"]["key"] = {"type": "apiKey", "in": "header", "name": "X-Key"}
    spec["security"] = [{"bearerAuth": [], "key": []}]


# Only names of the generated code change


@mutation("sdk-breaking", "operation-id-changed")
def operation_id_changed(spec: Spec) -> None:
    op(spec, GENERATE)["operationId"] = "generateImage"


@mutation("sdk-breaking", "tag-changed")
def first_tag_added(spec: Spec) -> None:
    op(spec, GENERATE)["tags"] = ["Images"]


@mutation("sdk-breaking", "schema-renamed")
def schema_renamed(spec: Spec) -> None:
    schemas = spec["components"]["schemas"]
    schemas["ImageResult"] = schemas.pop("Image")
    props(spec, "ImageSet")["data"]["items"]["$ref"] = "#/components/schemas/ImageResult"


@mutation("sdk-breaking", "schema-title-changed")
def schema_title_added(spec: Spec) -> None:
    schema(spec, "User")["title"] = "Account"


@mutation("sdk-breaking", "model-name-changed", "schema-added", place="200")
def inline_schema_extracted(spec: Spec) -> None:
    media = op(spec, "/prompts/enhance")["responses"]["200"]["content"]["application/json"]
    spec["components"]["schemas"]["EnhancedPrompt"] = media["schema"]
    media["schema"] = {"$ref": "#/components/schemas/EnhancedPrompt"}


@mutation("sdk-breaking", "inline-body-renamed", "request-media-type-added", place="body")
def second_media_type_of_an_inline_body(spec: Spec) -> None:
    content = body(spec, "/prompts/enhance")
    content["multipart/form-data"] = {"schema": {"$ref": "#/components/schemas/FileOnlyRequest"}}


@mutation("sdk-breaking", "base-path-moved")
def version_moved_into_the_paths(spec: Spec) -> None:
    spec["servers"][0]["url"] = "https://external.api.recraft.ai"
    spec["paths"] = {f"/v1{path}": item for path, item in spec["paths"].items()}


@mutation("sdk-breaking", "request-enum-dropped", place="body.model")
def request_enum_dropped(spec: Spec) -> None:
    del props(spec, "GenerationRequest")["model"]["enum"]


@mutation("breaking", "request-union-ambiguous", place="body.size")
def request_fits_two_alternatives(spec: Spec) -> None:
    size = props(spec, "GenerationRequest")["size"]
    del size["type"]
    size["oneOf"] = [{"type": "string"}, {"type": ["string"]}] if spec["openapi"] >= "3.1" else [{"type": "string"}, {}]


@mutation("additive", "request-enum-value-deprecated", place="body.model")
def request_enum_value_deprecated(spec: Spec) -> None:
    props(spec, "GenerationRequest")["model"]["x-deprecated-enum-values"] = ["recraftv2"]


# Documentation only


@mutation("docs-only", "version-changed")
def version_of_the_document(spec: Spec) -> None:
    spec["info"]["version"] = "2026-06-03"


@mutation("docs-only", "description-changed", "summary-changed")
def operation_described_anew(spec: Spec) -> None:
    op(spec, GENERATE)["description"] = "Make pictures."
    op(spec, GENERATE)["summary"] = "Pictures"


@mutation("docs-only", "description-changed")
def shared_schema_described_anew(spec: Spec) -> None:
    props(spec, "Image")["url"]["description"] = "Where the image is."


@mutation("docs-only", "example-changed")
def example_added(spec: Spec) -> None:
    props(spec, "GenerationRequest")["prompt"]["example"] = "a red fox"


@mutation("docs-only", "description-changed")
def server_described_anew(spec: Spec) -> None:
    spec["servers"][0]["description"] = "The service"


@mutation("docs-only", "openapi-changed")
def specification_version(spec: Spec) -> None:
    spec["openapi"] = "3.0.4"


# Neutral: written differently, means the same


@mutation("identical")
def keys_reordered(spec: Spec) -> None:
    spec["paths"] = dict(reversed(spec["paths"].items()))
    schemas = spec["components"]["schemas"]
    for name in list(schemas):
        schemas[name] = dict(reversed(schemas[name].items()))


@mutation("identical")
def enum_and_required_reordered(spec: Spec) -> None:
    props(spec, "GenerationRequest")["model"]["enum"].reverse()
    schema(spec, "CreateStyleRequest")["required"].reverse()


@mutation("identical")
def enum_value_repeated(spec: Spec) -> None:
    props(spec, "GenerationRequest")["response_format"]["enum"].append("url")


@mutation("identical")
def allof_parts_merged(spec: Spec) -> None:
    base, own = schema(spec, "ImageToImageRequest"), schema(spec, "MaskedEditRequest")["allOf"][1]
    spec["components"]["schemas"]["MaskedEditRequest"] = {
        "type": "object",
        "required": [*base["required"], *own["required"]],
        "properties": {**base["properties"], **own["properties"]},
    }


@mutation("identical")
def defaults_spelled_out(spec: Spec) -> None:
    schema(spec, "User")["additionalProperties"] = True
    props(spec, "GenerationRequest")["prompt"]["minLength"] = 0
    props(spec, "GenerationRequest")["prompt"]["nullable"] = False
    op(spec, GENERATE)["deprecated"] = False
    op(spec, GENERATE)["security"] = [{"bearerAuth": []}]


@mutation("identical")
def security_scheme_renamed(spec: Spec) -> None:
    schemes = spec["components"]["securitySchemes"]
    schemes["BearerAuth"] = schemes.pop("bearerAuth")
    spec["security"] = [{"BearerAuth": []}]


# A person must look


@mutation("unclassified", "unclassified-change")
def request_not(spec: Spec) -> None:
    props(spec, "GenerationRequest")["prompt"]["not"] = {"enum": [""]}


@mutation("unclassified", "unclassified-change")
def discriminator_added(spec: Spec) -> None:
    schema(spec, "BrandControls")["discriminator"] = {"propertyName": "kind"}


@mutation("unclassified", "unclassified-change")
def callback_added(spec: Spec) -> None:
    op(spec, GENERATE)["callbacks"] = {
        "done": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "ok"}}}}}
    }


@mutation("unclassified", "unclassified-change")
def encoding_of_a_multipart_field(spec: Spec) -> None:
    body(spec, "/styles")["multipart/form-data"]["encoding"] = {"file": {"contentType": "image/png"}}


@mutation("unclassified", "unclassified-change")
def link_added(spec: Spec) -> None:
    op(spec, "/styles")["responses"]["200"]["links"] = {"use": {"operationId": "createImage"}}


@mutation("docs-only", "extension-changed")
def extension_of_the_document(spec: Spec) -> None:
    spec["x-rate-limit"] = {"per-second": 5}
