"""Optional keywords of each operation, for `**options: Unpack[...]`.

Written by scripts/generate.py from the effective specification. Do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict

from .inputs import SizeLike, StyleLike


class BrandControlsDict(TypedDict, total=False):
    """Brand-level controls applied during generation."""

    colors: Sequence[str | Sequence[int] | ColorDict]
    background_color: str | Sequence[int] | ColorDict
    no_text: bool
    artistic_level: int
    """From 0 to 5."""


class ColorDict(TypedDict, total=False):
    """The object `Color`."""

    rgb: Required[Sequence[int]]
    """From 3 to 3 items."""
    std: float
    """From 0 to 1."""


class TextLayoutItemDict(TypedDict, total=False):
    """The object `TextLayoutItem`."""

    text: str
    bbox: Sequence[float | Sequence[float]]


class CreateImageOptions(TypedDict, total=False):
    """Optional keywords of `createImage` (POST /images/generations)."""

    model: (
        Literal[
            "recraftv4_1",
            "recraftv4_1_pro",
            "recraftv4_1_utility",
            "recraftv4_1_utility_pro",
            "recraftv4",
            "recraftv4_pro",
            "recraftv3",
            "recraftv2",
            "recraftv4_1_vector",
            "recraftv4_1_raster",
            "recraftv4_1_pro_vector",
            "recraftv4_1_pro_raster",
            "recraftv4_1_utility_vector",
            "recraftv4_1_utility_raster",
            "recraftv4_1_utility_pro_vector",
            "recraftv4_1_utility_pro_raster",
            "recraftv4_vector",
            "recraftv4_raster",
            "recraftv4_pro_vector",
            "recraftv4_pro_raster",
            "recraftv3_vector",
            "recraftv3_raster",
            "recraftv2_vector",
            "recraftv2_raster",
        ]
        | str
    )
    """Recraft model identifier."""
    style: str
    """Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`. By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id."""
    substyle: str
    """Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it; V4 Styles models need one of style_id; it excludes style."""
    size: SizeLike
    """Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """Sent in `controls`."""
    no_text: bool
    """Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class CreateRasterImageOptions(TypedDict, total=False):
    """Optional keywords of `createRasterImage` (POST /images/generations/raster)."""

    model: (
        Literal[
            "recraftv4_1",
            "recraftv4_1_pro",
            "recraftv4_1_utility",
            "recraftv4_1_utility_pro",
            "recraftv4",
            "recraftv4_pro",
            "recraftv3",
            "recraftv2",
            "recraftv4_1_vector",
            "recraftv4_1_raster",
            "recraftv4_1_pro_vector",
            "recraftv4_1_pro_raster",
            "recraftv4_1_utility_vector",
            "recraftv4_1_utility_raster",
            "recraftv4_1_utility_pro_vector",
            "recraftv4_1_utility_pro_raster",
            "recraftv4_vector",
            "recraftv4_raster",
            "recraftv4_pro_vector",
            "recraftv4_pro_raster",
            "recraftv3_vector",
            "recraftv3_raster",
            "recraftv2_vector",
            "recraftv2_raster",
        ]
        | str
    )
    """Recraft model identifier. By the documentation of 2026-11: raster models do this."""
    style: str
    """Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`. By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id."""
    substyle: str
    """Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it; V4 Styles models need one of style_id; it excludes style."""
    size: SizeLike
    """Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """Sent in `controls`."""
    no_text: bool
    """Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class CreateVectorImageOptions(TypedDict, total=False):
    """Optional keywords of `createVectorImage` (POST /images/generations/vector)."""

    model: (
        Literal[
            "recraftv4_1",
            "recraftv4_1_pro",
            "recraftv4_1_utility",
            "recraftv4_1_utility_pro",
            "recraftv4",
            "recraftv4_pro",
            "recraftv3",
            "recraftv2",
            "recraftv4_1_vector",
            "recraftv4_1_raster",
            "recraftv4_1_pro_vector",
            "recraftv4_1_pro_raster",
            "recraftv4_1_utility_vector",
            "recraftv4_1_utility_raster",
            "recraftv4_1_utility_pro_vector",
            "recraftv4_1_utility_pro_raster",
            "recraftv4_vector",
            "recraftv4_raster",
            "recraftv4_pro_vector",
            "recraftv4_pro_raster",
            "recraftv3_vector",
            "recraftv3_raster",
            "recraftv2_vector",
            "recraftv2_raster",
        ]
        | str
    )
    """Recraft model identifier. By the documentation of 2026-11: vector models do this."""
    style: str
    """Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`. By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id."""
    substyle: str
    """Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4 Styles models need one of style_id; it excludes style."""
    size: SizeLike
    """Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16)."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """Sent in `controls`."""
    no_text: bool
    """Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class ImageToImageOptions(TypedDict, total=False):
    """Optional keywords of `imageToImage` (POST /images/imageToImage)."""

    strength: float
    """From 0 to 1."""
    model: str
    """By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4 and V3 models do this."""
    style: str
    """By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id."""
    substyle: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """By the documentation of 2026-11: V4 Styles models need one of style_id; it excludes style."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class InpaintImageOptions(TypedDict, total=False):
    """Optional keywords of `inpaintImage` (POST /images/inpaint)."""

    strength: float
    """From 0 to 1."""
    model: str
    """By the documentation of 2026-11: V3 models do this."""
    style: str
    """By the documentation of 2026-11: it excludes style_id."""
    substyle: str
    style_id: StyleLike
    """By the documentation of 2026-11: it excludes style."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class OutpaintImageOptions(TypedDict, total=False):
    """Optional keywords of `outpaintImage` (POST /images/outpaint)."""

    model: str
    """By the documentation of 2026-11: V3 models do this."""
    style: str
    """By the documentation of 2026-11: it excludes style_id."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""
    size: SizeLike
    """Size of the result, as a ratio `w:h` or `WxH` in pixels, instead of the edges. By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only."""
    zoom_out_percentage: float
    """How much to scale the image down before extending it. From 0 to 100."""


class ReplaceBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `replaceBackground` (POST /images/replaceBackground)."""

    model: str
    """By the documentation of 2026-11: V3 models do this."""
    style: str
    """By the documentation of 2026-11: it excludes style_id."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class GenerateBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `generateBackground` (POST /images/generateBackground)."""

    strength: float
    """From 0 to 1."""
    model: str
    """By the documentation of 2026-11: V3 models do this."""
    style: str
    """By the documentation of 2026-11: it excludes style_id."""
    substyle: str
    style_id: StyleLike
    """By the documentation of 2026-11: it excludes style."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class VectorizeImageOptions(TypedDict, total=False):
    """Optional keywords of `vectorizeImage` (POST /images/vectorize)."""

    response_format: Literal["url", "b64_json"] | str
    svg_compression: Literal["on", "off"] | str
    """Make the SVG smaller."""
    limit_num_shapes: Literal["on", "off"] | str
    """Whether `max_num_shapes` counts."""
    max_num_shapes: int
    """How many shapes the SVG may have. At least 1."""
    color_reduction: Literal["on", "off"] | str
    """Use fewer colours."""
    shape_stacking: Literal["cut_out", "hierarchical"] | str
    """Whether shapes lie side by side or on each other."""
    small_shape_filter: Literal["on", "off"] | str
    """Leave very small shapes out."""
    return_gradients: Literal["on", "off"] | str
    """Allow gradients."""


class RemoveBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `removeBackground` (POST /images/removeBackground)."""

    response_format: Literal["url", "b64_json"] | str


class CrispUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `crispUpscale` (POST /images/crispUpscale)."""

    response_format: Literal["url", "b64_json"] | str


class CreativeUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `creativeUpscale` (POST /images/creativeUpscale)."""

    response_format: Literal["url", "b64_json"] | str


class EraseRegionOptions(TypedDict, total=False):
    """Optional keywords of `eraseRegion` (POST /images/eraseRegion)."""

    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""
    strength: float
    """How different the result may be, from 0 (almost the same) to 1 (hardly alike). From 0 to 1."""
    n: int
    """From 1 to 6."""
    substyle: str
    style_id: StyleLike
    negative_prompt: str
    model: str
    style: str
    response_format: Literal["url", "b64_json"] | str


class VariateImageOptions(TypedDict, total=False):
    """Optional keywords of `variateImage` (POST /images/variateImage)."""

    response_format: Literal["url", "b64_json"] | str
    size: SizeLike
    """Output size, a ratio `w:h` or `WxH` in pixels. The live service asks for it. By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only."""
    n: int
    """From 1 to 6."""
    model: str
    """By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models do this."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""


class ExploreImagesOptions(TypedDict, total=False):
    """Optional keywords of `exploreImages` (POST /images/explore)."""

    model: (
        Literal[
            "recraftv4_1",
            "recraftv4_1_pro",
            "recraftv4_1_utility",
            "recraftv4_1_utility_pro",
            "recraftv4",
            "recraftv4_pro",
            "recraftv3",
            "recraftv2",
            "recraftv4_1_vector",
            "recraftv4_1_raster",
            "recraftv4_1_pro_vector",
            "recraftv4_1_pro_raster",
            "recraftv4_1_utility_vector",
            "recraftv4_1_utility_raster",
            "recraftv4_1_utility_pro_vector",
            "recraftv4_1_utility_pro_raster",
            "recraftv4_vector",
            "recraftv4_raster",
            "recraftv4_pro_vector",
            "recraftv4_pro_raster",
            "recraftv3_vector",
            "recraftv3_raster",
            "recraftv2_vector",
            "recraftv2_raster",
        ]
        | str
    )
    """Recraft model identifier. By the documentation of 2026-11: V4.1 and V4 models do this."""
    style: str
    """Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`. By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id."""
    substyle: str
    """Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: it excludes style."""
    size: SizeLike
    """Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only."""
    n: int
    """From 1 to 6."""
    response_format: Literal["url", "b64_json"] | str
    negative_prompt: str
    """By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """Sent in `controls`."""
    no_text: bool
    """Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt."""


class ExploreSimilarImagesOptions(TypedDict, total=False):
    """Optional keywords of `exploreSimilarImages` (POST /images/explore/similar)."""

    response_format: Literal["url", "b64_json"] | str


class EnhancePromptOptions(TypedDict, total=False):
    """Optional keywords of `enhancePrompt` (POST /prompts/enhance)."""

    model: str
    """Optional target model the enhanced prompt will be used with."""


class ListStylesOptions(TypedDict, total=False):
    """Optional keywords of `listStyles` (GET /styles)."""


class CreateStyleOptions(TypedDict, total=False):
    """Optional keywords of `createStyle` (POST /styles)."""


class GetCurrentUserOptions(TypedDict, total=False):
    """Optional keywords of `getCurrentUser` (GET /users/me)."""


class GetStyleOptions(TypedDict, total=False):
    """Optional keywords of `getStyle` (GET /styles/{style_id})."""


class DeleteStyleOptions(TypedDict, total=False):
    """Optional keywords of `deleteStyle` (DELETE /styles/{style_id})."""


class ListBasicStylesOptions(TypedDict, total=False):
    """Optional keywords of `listBasicStyles` (GET /styles/basic)."""


class ListModelsOptions(TypedDict, total=False):
    """Optional keywords of `listModels` (GET /models)."""


class OptimizeColorsOptions(TypedDict, total=False):
    """Optional keywords of `optimizeColors` (POST /colors/optimize)."""
