"""Optional keywords of each operation, for `**options: Unpack[...]`.

Written by scripts/generate.py from the effective specification. Do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypeAlias, TypedDict

from .inputs import ImageInput, SizeLike, StyleLike

ModelName: TypeAlias = Literal[
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
    "recraftv4_1_flash",
    "recraftv4_1_flash_raster",
    "recraftv4_styles",
    "recraftv4_styles_vector",
    "recraftv4_styles_raster",
    "recraftv4_styles_pro",
    "recraftv4_styles_pro_vector",
    "recraftv4_styles_pro_raster",
]


StyleName: TypeAlias = Literal[
    "any",
    "digital_illustration",
    "icon",
    "realistic_image",
    "vector_illustration",
    "logo_raster",
    "Recraft V3 Raw",
    "Photorealism",
    "Enterprise",
    "Natural light",
    "Studio photo",
    "HDR",
    "Hard flash",
    "Motion blur",
    "Black & white",
    "Evening light",
    "Faded Nostalgia",
    "Forest life",
    "Mystic Naturalism",
    "Natural Tones",
    "Organic Calm",
    "Real-Life Glow",
    "Retro Realism",
    "Retro Snapshot",
    "Urban Drama",
    "Village Realism",
    "Warm Folk",
    "Product photo",
    "Illustration",
    "Hand-drawn",
    "Grain",
    "Bold Sketch",
    "Pencil sketch",
    "Retro Pop",
    "Clay",
    "Risograph",
    "Color engraving",
    "Pixel art",
    "Antiquarian",
    "Bold fantasy",
    "Child book",
    "Cover",
    "Crosshatch",
    "Digital engraving",
    "Expressionism",
    "Freehand details",
    "Grain 2.0",
    "Graphic intensity",
    "Hard Comics",
    "Long shadow",
    "Modern Folk",
    "Multicolor",
    "Neon Calm",
    "Noir",
    "Nostalgic pastel",
    "Outline details",
    "Pastel gradient",
    "Pastel sketch",
    "Pop art",
    "Pop renaissance",
    "Street art",
    "Tablet sketch",
    "Urban Glow",
    "Urban sketching",
    "Young adult book",
    "Young adult book 2",
    "Seamless Digital",
    "Prestige Emblem",
    "Pop Graphic",
    "Stamp",
    "Punk Graphic",
    "Vintage Emblem",
    "Vector art",
    "Line art",
    "Linocut",
    "Color blobs",
    "Engraving",
    "Bold stroke",
    "Chemistry",
    "Colored stencil",
    "Cosmics",
    "Cutout",
    "Depressive",
    "Editorial",
    "Emotional flat",
    "Marker outline",
    "Mosaic",
    "Naivector",
    "Roundish flat",
    "Segmented Colors",
    "Sharp contrast",
    "Thin",
    "Vector Photo",
    "Vivid shapes",
    "Seamless Vector",
    "3D render",
    "Glow",
    "Watercolor",
    "Kawaii",
    "Psychedelic",
    "80's",
    "Voxel art",
    "Cartoon",
    "Flat 2.0",
    "Vector Kawaii",
    "Doodle Line art",
    "Icon",
    "Outline",
    "Pictogram",
    "Colored outline",
    "Doodle",
    "Colored shape",
    "Gradient outline",
    "Offset doodle",
    "Gradient shape",
    "Broken line",
    "Offset fill",
]


SubstyleName: TypeAlias = Literal[
    "2d_art_poster",
    "3d",
    "80s",
    "glow",
    "grain",
    "hand_drawn",
    "infantile_sketch",
    "kawaii",
    "pixel_art",
    "psychedelic",
    "seamless",
    "voxel",
    "watercolor",
    "broken_line",
    "colored_outline",
    "colored_shapes",
    "colored_shapes_gradient",
    "doodle_fill",
    "doodle_offset_fill",
    "offset_fill",
    "outline",
    "outline_gradient",
    "cartoon",
    "doodle_line_art",
    "engraving",
    "flat_2",
    "line_art",
    "linocut",
    "b_and_w",
    "enterprise",
    "hard_flash",
    "hdr",
    "motion_blur",
    "natural_light",
    "studio_portrait",
    "line_circuit",
    "2d_art_poster_2",
    "engraving_color",
    "hand_drawn_outline",
    "handmade_3d",
    "plastic",
    "pictogram",
    "antiquarian",
    "bold_fantasy",
    "child_book",
    "cover",
    "crosshatch",
    "digital_engraving",
    "expressionism",
    "freehand_details",
    "grain_20",
    "graphic_intensity",
    "hard_comics",
    "long_shadow",
    "modern_folk",
    "multicolor",
    "neon_calm",
    "noir",
    "nostalgic_pastel",
    "outline_details",
    "pastel_gradient",
    "pastel_sketch",
    "pop_art",
    "pop_renaissance",
    "street_art",
    "tablet_sketch",
    "urban_glow",
    "urban_sketching",
    "young_adult_book",
    "young_adult_book_2",
    "evening_light",
    "faded_nostalgia",
    "forest_life",
    "mystic_naturalism",
    "natural_tones",
    "organic_calm",
    "real_life_glow",
    "retro_realism",
    "retro_snapshot",
    "urban_drama",
    "village_realism",
    "warm_folk",
    "bold_stroke",
    "chemistry",
    "colored_stencil",
    "cosmics",
    "cutout",
    "depressive",
    "editorial",
    "emotional_flat",
    "marker_outline",
    "mosaic",
    "naivector",
    "roundish_flat",
    "segmented_colors",
    "sharp_contrast",
    "thin",
    "vector_photo",
    "vivid_shapes",
    "emblem_graffiti",
    "emblem_pop_art",
    "emblem_punk",
    "emblem_stamp",
    "emblem_vintage",
]


Size: TypeAlias = Literal[
    "1:1",
    "2:1",
    "1:2",
    "3:2",
    "2:3",
    "4:3",
    "3:4",
    "5:4",
    "4:5",
    "6:10",
    "14:10",
    "10:14",
    "16:9",
    "9:16",
    "1024x1024",
    "1536x768",
    "768x1536",
    "1280x832",
    "832x1280",
    "1216x896",
    "896x1216",
    "1152x896",
    "896x1152",
    "832x1344",
    "1280x896",
    "896x1280",
    "1344x768",
    "768x1344",
    "2048x2048",
    "3072x1536",
    "1536x3072",
    "2560x1664",
    "1664x2560",
    "2432x1792",
    "1792x2432",
    "2304x1792",
    "1792x2304",
    "1664x2688",
    "2560x1792",
    "1792x2560",
    "2688x1536",
    "1536x2688",
    "2048x1024",
    "1024x2048",
    "1536x1024",
    "1024x1536",
    "1365x1024",
    "1024x1365",
    "1280x1024",
    "1024x1280",
    "1024x1707",
    "1434x1024",
    "1024x1434",
    "1820x1024",
    "1024x1820",
]


class BrandControlsDict(TypedDict, total=False):
    """Brand-level controls applied during generation."""

    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background."""
    no_text: bool
    """Keep text out of the image."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5."""


class ColorDict(TypedDict, total=False):
    """The object `Color`."""

    rgb: Required[Sequence[int]]
    """From 3 to 3 items."""
    std: float | Sequence[float]
    """How far a colour may be from this one."""
    weight: float
    """How much of it there is. Those of a palette add up to 1 at most. From 0 to 1."""


class TextLayoutItemDict(TypedDict, total=False):
    """The object `TextLayoutItem`."""

    text: str
    bbox: Sequence[float | Sequence[float]]


class PaletteDict(TypedDict, total=False):
    """The colours of a style."""

    colors: Required[Sequence[str | Sequence[int] | ColorDict]]
    background_color: str | Sequence[int] | ColorDict


class CreateImageOptions(TypedDict, total=False):
    """Optional keywords of `createImage` (POST /images/generations)."""

    model: ModelName | str
    """Recraft model identifier. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`)."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it; V4 Styles models need one of style_id, style_references, style_reference_urls; it excludes style, style_references, style_reference_urls."""
    size: Size | SizeLike
    """Output size, a ratio such as `16:9` or pixels `WxH`. Where it is left out, the service chooses one that suits the prompt, which is not always square. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only; recraftv4_1, recraftv4_1_utility, recraftv4_1_flash, recraftv4_styles and recraftv4 take 1024x1024, 1536x768, 768x1536, 1280x832, 832x1280, 1216x896, 896x1216, 1152x896, 896x1152, 832x1344, 1280x896, 896x1280, 1344x768, 768x1344; recraftv4_1_pro, recraftv4_1_utility_pro, recraftv4_styles_pro and recraftv4_pro take 2048x2048, 3072x1536, 1536x3072, 2560x1664, 1664x2560, 2432x1792, 1792x2432, 2304x1792, 1792x2304, 1664x2688, 2560x1792, 1792x2560, 2688x1536, 1536x2688; recraftv3 and recraftv2 take 1024x1024, 2048x1024, 1024x2048, 1536x1024, 1024x1536, 1365x1024, 1024x1365, 1280x1024, 1024x1280, 1024x1707, 1434x1024, 1024x1434, 1820x1024, 1024x1820."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show. By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class CreateRasterImageOptions(TypedDict, total=False):
    """Optional keywords of `createRasterImage` (POST /images/generations/raster)."""

    model: ModelName | str
    """Recraft model identifier. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: raster models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it; V4 Styles models need one of style_id, style_references, style_reference_urls; it excludes style, style_references, style_reference_urls."""
    size: Size | SizeLike
    """Output size, a ratio such as `16:9` or pixels `WxH`. Where it is left out, the service chooses one that suits the prompt, which is not always square. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only; recraftv4_1, recraftv4_1_utility, recraftv4_1_flash, recraftv4_styles and recraftv4 take 1024x1024, 1536x768, 768x1536, 1280x832, 832x1280, 1216x896, 896x1216, 1152x896, 896x1152, 832x1344, 1280x896, 896x1280, 1344x768, 768x1344; recraftv4_1_pro, recraftv4_1_utility_pro, recraftv4_styles_pro and recraftv4_pro take 2048x2048, 3072x1536, 1536x3072, 2560x1664, 1664x2560, 2432x1792, 1792x2432, 2304x1792, 1792x2304, 1664x2688, 2560x1792, 1792x2560, 2688x1536, 1536x2688; recraftv3 and recraftv2 take 1024x1024, 2048x1024, 1024x2048, 1536x1024, 1024x1536, 1365x1024, 1024x1365, 1280x1024, 1024x1280, 1024x1707, 1434x1024, 1024x1434, 1820x1024, 1024x1820."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show. By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`. By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models take it."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class CreateVectorImageOptions(TypedDict, total=False):
    """Optional keywords of `createVectorImage` (POST /images/generations/vector)."""

    model: ModelName | str
    """Recraft model identifier. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: vector models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: V4 Styles models need one of style_id, style_references, style_reference_urls; it excludes style, style_references, style_reference_urls."""
    size: Size | SizeLike
    """Output size, a ratio such as `16:9` or pixels `WxH`. Where it is left out, the service chooses one that suits the prompt, which is not always square. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`)."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show. By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class ImageToImageOptions(TypedDict, total=False):
    """Optional keywords of `imageToImage` (POST /images/imageToImage)."""

    strength: float
    """How different the result may be, from 0 (almost the same) to 1 (hardly alike). From 0 to 1."""
    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4 and V3 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made. By the documentation of 2026-11: V4 Styles models need one of style_id, style_references, style_reference_urls; it excludes style, style_references, style_reference_urls."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show. By the documentation of 2026-11: V3 and V2 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Where to write which word. By the documentation of 2026-11: V3 models take it."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class InpaintImageOptions(TypedDict, total=False):
    """Optional keywords of `inpaintImage` (POST /images/inpaint)."""

    strength: float
    """How different the result may be, from 0 (almost the same) to 1 (hardly alike). From 0 to 1."""
    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V3 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`)."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made. By the documentation of 2026-11: it excludes style, style_references, style_reference_urls."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`."""
    text_layout: Sequence[TextLayoutItemDict]
    """Where to write which word."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class OutpaintImageOptions(TypedDict, total=False):
    """Optional keywords of `outpaintImage` (POST /images/outpaint)."""

    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V3 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: it excludes style_id, style_references, style_reference_urls."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`."""
    text_layout: Sequence[TextLayoutItemDict]
    """Where to write which word."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`)."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made. By the documentation of 2026-11: it excludes style, style_references, style_reference_urls."""
    negative_prompt: str
    """What the image should not show."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    size: Size | SizeLike
    """Size of the result, as a ratio `w:h` or `WxH` in pixels, instead of the edges. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only; recraftv3 take 1024x1024, 2048x1024, 1024x2048, 1536x1024, 1024x1536, 1365x1024, 1024x1365, 1280x1024, 1024x1280, 1024x1707, 1434x1024, 1024x1434, 1820x1024, 1024x1820."""
    zoom_out_percentage: float
    """How much to scale the image down before extending it. From 0 to 100."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class ReplaceBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `replaceBackground` (POST /images/replaceBackground)."""

    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V3 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: it excludes style_id, style_references, style_reference_urls."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`."""
    text_layout: Sequence[TextLayoutItemDict]
    """Where to write which word."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`)."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made. By the documentation of 2026-11: it excludes style, style_references, style_reference_urls."""
    negative_prompt: str
    """What the image should not show."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class GenerateBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `generateBackground` (POST /images/generateBackground)."""

    strength: float
    """How different the result may be, from 0 (almost the same) to 1 (hardly alike). From 0 to 1."""
    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V3 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`)."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made. By the documentation of 2026-11: it excludes style, style_references, style_reference_urls."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`."""
    text_layout: Sequence[TextLayoutItemDict]
    """Where to write which word."""
    style_match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    calculate_features: bool
    """Say in the answer how likely each image is unsafe for work."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class VectorizeImageOptions(TypedDict, total=False):
    """Optional keywords of `vectorizeImage` (POST /images/vectorize)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    svg_compression: Literal["on", "off"] | str
    """Make the SVG smaller. Known values: `on` and `off`."""
    limit_num_shapes: Literal["on", "off"] | str
    """Whether `max_num_shapes` counts. Known values: `on` and `off`."""
    max_num_shapes: int
    """How many shapes the SVG may have. At least 1."""
    color_reduction: Literal["on", "off"] | str
    """Use fewer colours. Known values: `on` and `off`."""
    shape_stacking: Literal["cut_out", "hierarchical"] | str
    """Whether shapes lie side by side or on each other. Known values: `cut_out` and `hierarchical`."""
    small_shape_filter: Literal["on", "off"] | str
    """Leave very small shapes out. Known values: `on` and `off`."""
    return_gradients: Literal["on", "off"] | str
    """Allow gradients. Known values: `on` and `off`."""
    strict_color_palette: Sequence[Sequence[int]]
    """Use these colours only, each as red, green and blue from 0 to 255."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class RemoveBackgroundOptions(TypedDict, total=False):
    """Optional keywords of `removeBackground` (POST /images/removeBackground)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class CrispUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `crispUpscale` (POST /images/crispUpscale)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class CreativeUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `creativeUpscale` (POST /images/creativeUpscale)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class EraseRegionOptions(TypedDict, total=False):
    """Optional keywords of `eraseRegion` (POST /images/eraseRegion)."""

    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    strength: float
    """How different the result may be, from 0 (almost the same) to 1 (hardly alike). From 0 to 1."""
    n: int
    """How many images to make. From 1 to 6."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`)."""
    style_id: StyleLike
    """The id of a custom style that `styles.create` made."""
    negative_prompt: str
    """What the image should not show."""
    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`)."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`)."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class VariateImageOptions(TypedDict, total=False):
    """Optional keywords of `variateImage` (POST /images/variateImage)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    size: Size | SizeLike
    """Output size, a ratio `w:h` or `WxH` in pixels. The live service asks for it. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only; recraftv4_1, recraftv4_1_utility, recraftv4_styles and recraftv4 take 1024x1024, 1536x768, 768x1536, 1280x832, 832x1280, 1216x896, 896x1216, 1152x896, 896x1152, 832x1344, 1280x896, 896x1280, 1344x768, 768x1344; recraftv4_1_pro, recraftv4_1_utility_pro, recraftv4_styles_pro and recraftv4_pro take 2048x2048, 3072x1536, 1536x3072, 2560x1664, 1664x2560, 2432x1792, 1792x2432, 2304x1792, 1792x2304, 1664x2688, 2560x1792, 1792x2560, 2688x1536, 1536x2688; recraftv3 and recraftv2 take 1024x1024, 2048x1024, 1024x2048, 1536x1024, 1024x1536, 1365x1024, 1024x1365, 1280x1024, 1024x1280, 1024x1707, 1434x1024, 1024x1434, 1820x1024, 1024x1820."""
    n: int
    """How many images to make. From 1 to 6."""
    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V4.1, V4.1 Utility, V4 Styles, V4, V3 and V2 models do this."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class ExploreImagesOptions(TypedDict, total=False):
    """Optional keywords of `exploreImages` (POST /images/explore)."""

    model: ModelName | str
    """Recraft model identifier. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`). By the documentation of 2026-11: V4.1 and V4 models do this."""
    style: StyleName | str
    """A name such as `Photorealism`, or a group such as `realistic_image` with a `substyle`. V2 and V3 models only. Known values: `any`, `digital_illustration`, `icon`, `realistic_image` and 113 more (`recraft_api.options.StyleName`). By the documentation of 2026-11: V3 and V2 models take it; it excludes style_id, style_references, style_reference_urls."""
    substyle: SubstyleName | str
    """A variant of a style group. V2 and V3 models only. Known values: `2d_art_poster`, `3d`, `80s`, `glow` and 100 more (`recraft_api.options.SubstyleName`). By the documentation of 2026-11: V3 and V2 models take it."""
    style_id: StyleLike
    """Identifier of a custom style created via `/styles`. By the documentation of 2026-11: it excludes style, style_references, style_reference_urls."""
    size: Size | SizeLike
    """Output size, a ratio such as `16:9` or pixels `WxH`. Where it is left out, the service chooses one that suits the prompt, which is not always square. Known values: `1:1`, `2:1`, `1:2`, `3:2` and 51 more (`recraft_api.options.Size`). By the documentation of 2026-11: a ratio fits every model, and a raster model takes the pixels of its own list only; recraftv4_1 and recraftv4 take 1024x1024, 1536x768, 768x1536, 1280x832, 832x1280, 1216x896, 896x1216, 1152x896, 896x1152, 832x1344, 1280x896, 896x1280, 1344x768, 768x1344; recraftv4_1_pro and recraftv4_pro take 2048x2048, 3072x1536, 1536x3072, 2560x1664, 1664x2560, 2432x1792, 1792x2432, 2304x1792, 1792x2304, 1664x2688, 2560x1792, 1792x2560, 2688x1536, 1536x2688."""
    n: int
    """How many images to make. From 1 to 6."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    negative_prompt: str
    """What the image should not show. By the documentation of 2026-11: V3 and V2 models take it."""
    controls: BrandControlsDict
    """Brand-level controls applied during generation."""
    colors: Sequence[str | Sequence[int] | ColorDict]
    """Colours to prefer, 10 at most; those of a style give way to them. Sent in `controls`."""
    background_color: str | Sequence[int] | ColorDict
    """The colour of the background. Sent in `controls`."""
    no_text: bool
    """Keep text out of the image. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    artistic_level: int
    """How artistic the image is, the lower the plainer. From 0 to 5. Sent in `controls`. By the documentation of 2026-11: V3 models take it."""
    text_layout: Sequence[TextLayoutItemDict]
    """Optional positional control for text on an image. By the documentation of 2026-11: V3 models take it."""
    random_seed: int
    """Makes a result repeatable. From 0 to 4294967295."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    creativity: Literal["simple", "standard", "eccentric"] | str
    """How far to go from the prompt. Known values: `simple`, `standard` and `eccentric`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class ExploreSimilarImagesOptions(TypedDict, total=False):
    """Optional keywords of `exploreSimilarImages` (POST /images/explore/similar)."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    block_nsfw: bool
    """Refuse to make what is not safe for work."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class EnhancePromptOptions(TypedDict, total=False):
    """Optional keywords of `enhancePrompt` (POST /prompts/enhance)."""

    model: str
    """Optional target model the enhanced prompt will be used with."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class ListStylesOptions(TypedDict, total=False):
    """Optional keywords of `listStyles` (GET /styles)."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class CreateStyleOptions(TypedDict, total=False):
    """Optional keywords of `createStyle` (POST /styles)."""

    model: ModelName | str
    """Model identifier. New ones come every few weeks and are sent as they stand. Known values: `recraftv4_1`, `recraftv4_1_pro`, `recraftv4_1_utility`, `recraftv4_1_utility_pro` and 28 more (`recraft_api.options.ModelName`)."""
    match: Literal["regular", "precise", "flexible"] | str
    """How closely a style is followed; `regular` for V2 and V3, `precise` (the default) and `flexible` for V4. Known values: `regular`, `precise` and `flexible`."""
    image_weights: Sequence[float]
    """How much each image counts, in their order."""
    palette: PaletteDict
    """The colours of a style."""
    private: bool
    """Keep the style to this account."""
    source_styles: Sequence[StyleLike]
    """Styles to mix, instead of images or beside them. V2 and V3 models only; so are the two below."""
    source_style_weights: Sequence[float]
    """How much each of `source_styles` counts, in their order."""
    mix_policy: Literal["PaletteMatch", "MaxWeight"] | str
    """How `source_styles` are mixed. Known values: `PaletteMatch` and `MaxWeight`."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class GetCurrentUserOptions(TypedDict, total=False):
    """Optional keywords of `getCurrentUser` (GET /users/me)."""

    billing: Literal["api", "subscription"] | str
    """Which balance to tell; the API units unless it is given."""
    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class GetStyleOptions(TypedDict, total=False):
    """Optional keywords of `getStyle` (GET /styles/{style_id})."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class DeleteStyleOptions(TypedDict, total=False):
    """Optional keywords of `deleteStyle` (DELETE /styles/{style_id})."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class ListBasicStylesOptions(TypedDict, total=False):
    """Optional keywords of `listBasicStyles` (GET /styles/basic)."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class ListModelsOptions(TypedDict, total=False):
    """Optional keywords of `listModels` (GET /models)."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class OptimizeColorsOptions(TypedDict, total=False):
    """Optional keywords of `optimizeColors` (POST /colors/optimize)."""

    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class GetServiceStatusOptions(TypedDict, total=False):
    """Optional keywords of `getServiceStatus` (GET /status)."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class PingOptions(TypedDict, total=False):
    """Optional keywords of `ping` (GET /ping)."""

    extra: Mapping[str, Any]
    """Query parameters that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked."""


class ClarityUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `clarityUpscale` (POST /images/clarityUpscale). Deprecated by the service."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class GenerativeUpscaleOptions(TypedDict, total=False):
    """Optional keywords of `generativeUpscale` (POST /images/generativeUpscale). Deprecated by the service."""

    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    upscale: Literal["upscale4mp", "upscale16mp"] | str
    """Make the result larger, to 4 or 16 megapixels. Known values: `upscale4mp` and `upscale16mp`."""
    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    expire: bool
    """Let the URL of the result stop working. The vendor does not say when."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""


class RefineDetailsOptions(TypedDict, total=False):
    """Optional keywords of `refineDetails` (POST /images/refineDetails)."""

    image_format: Literal["png", "webp"] | str
    """File format of raster images, WebP unless it is given. Known values: `png` and `webp`."""
    response_format: Literal["url", "b64_json", "multipart"] | str
    """How an image comes: `url` (the default), signed, for about 24 hours; `b64_json`; or `multipart`, its bytes beside the JSON, which is the fastest. Known values: `url`, `b64_json` and `multipart`."""
    refinement: Literal["subtle", "moderate"] | str
    """How much detail to add, `moderate` unless it is given. Known values: `subtle` and `moderate`."""
    billing: Literal["api", "subscription"] | str
    """Which balance to charge; the API units unless it is given."""
    extra: Mapping[str, Any | ImageInput]
    """Fields that this version does not know, by their names, sent as they are. One that it knows is refused: it has a keyword that is checked. Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."""
