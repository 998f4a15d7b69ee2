"""Every operation as data: where it is generated, and what its request may hold.

Written by scripts/generate.py from the effective specification. Do not edit.
"""

from typing import Any

SERVER = "https://external.api.recraft.ai/v1"

OPERATIONS: dict[str, dict[str, Any]] = {
    "createImage": {
        "module": "images.create_image",
        "method": "POST",
        "path": "/images/generations",
        "bodies": {
            "application/json": {
                "model": "GenerationRequest",
                "required": ["prompt"],
                "properties": {
                    "prompt": {
                        "type": "string",
                        "maxLength": 10000,
                        "description": "Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).",
                    },
                    "model": {
                        "type": "string",
                        "enum": [
                            "recraftv4_1",
                            "recraftv4_1_pro",
                            "recraftv4_1_utility",
                            "recraftv4_1_utility_pro",
                            "recraftv4",
                            "recraftv4_pro",
                            "recraftv3",
                            "recraftv2",
                        ],
                        "description": "Recraft model identifier.",
                    },
                    "style": {
                        "type": "string",
                        "description": "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
                    },
                    "substyle": {
                        "type": "string",
                        "description": "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
                    },
                    "style_id": {
                        "type": "string",
                        "format": "uuid",
                        "description": "Identifier of a custom style created via `/styles`.",
                    },
                    "size": {
                        "type": "string",
                        "description": "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
                    },
                    "n": {"type": "integer", "minimum": 1, "maximum": 6},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "controls": {
                        "type": "object",
                        "description": "Brand-level controls applied during generation.",
                        "properties": {
                            "colors": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["rgb"],
                                    "properties": {
                                        "rgb": {
                                            "type": "array",
                                            "minItems": 3,
                                            "maxItems": 3,
                                            "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                        },
                                        "std": {"type": "number", "minimum": 0, "maximum": 1},
                                    },
                                },
                            },
                            "background_color": {
                                "type": "object",
                                "required": ["rgb"],
                                "properties": {
                                    "rgb": {
                                        "type": "array",
                                        "minItems": 3,
                                        "maxItems": 3,
                                        "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                    },
                                    "std": {"type": "number", "minimum": 0, "maximum": 1},
                                },
                            },
                            "no_text": {"type": "boolean"},
                            "artistic_level": {"type": "integer", "minimum": 0, "maximum": 5},
                        },
                    },
                    "text_layout": {
                        "type": "array",
                        "description": "Optional positional control for text on an image.",
                        "items": {
                            "type": "object",
                            "properties": {
                                "text": {"type": "string"},
                                "bbox": {"type": "array", "items": {"type": "number"}},
                            },
                            "title": "TextLayoutItem",
                        },
                    },
                },
                "attributes": {
                    "prompt": "prompt",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "size": "size",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "controls": "controls",
                    "text_layout": "text_layout",
                },
            }
        },
        "parameters": {},
        "options": "CreateImageOptions",
        "keywords": {
            "model": (
                "Literal['recraftv4_1', 'recraftv4_1_pro', 'recraftv4_1_utility', 'recraftv4_1_utility_pro', 'recraftv4', 'recraftv4_pro', 'recraftv3', 'recraftv2'] | str",
                "Recraft model identifier.",
            ),
            "style": (
                "str",
                "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
            ),
            "substyle": (
                "str",
                "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
            ),
            "style_id": ("StyleLike", "Identifier of a custom style created via `/styles`."),
            "size": (
                "SizeLike",
                "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
            ),
            "n": ("int", "From 1 to 6."),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
            "controls": ("BrandControlsDict", "Brand-level controls applied during generation."),
            "colors": ("Sequence[str | Sequence[int] | ColorDict]", "Sent in `controls`."),
            "background_color": ("str | Sequence[int] | ColorDict", "Sent in `controls`."),
            "no_text": ("bool", "Sent in `controls`."),
            "artistic_level": ("int", "From 0 to 5. Sent in `controls`."),
            "text_layout": ("Sequence[TextLayoutItemDict]", "Optional positional control for text on an image."),
        },
        "answer": "ImageSet",
    },
    "createRasterImage": {
        "module": "images.create_raster_image",
        "method": "POST",
        "path": "/images/generations/raster",
        "bodies": {
            "application/json": {
                "model": "GenerationRequest",
                "required": ["prompt"],
                "properties": {
                    "prompt": {
                        "type": "string",
                        "maxLength": 10000,
                        "description": "Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).",
                    },
                    "model": {
                        "type": "string",
                        "enum": [
                            "recraftv4_1",
                            "recraftv4_1_pro",
                            "recraftv4_1_utility",
                            "recraftv4_1_utility_pro",
                            "recraftv4",
                            "recraftv4_pro",
                            "recraftv3",
                            "recraftv2",
                        ],
                        "description": "Recraft model identifier.",
                    },
                    "style": {
                        "type": "string",
                        "description": "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
                    },
                    "substyle": {
                        "type": "string",
                        "description": "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
                    },
                    "style_id": {
                        "type": "string",
                        "format": "uuid",
                        "description": "Identifier of a custom style created via `/styles`.",
                    },
                    "size": {
                        "type": "string",
                        "description": "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
                    },
                    "n": {"type": "integer", "minimum": 1, "maximum": 6},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "controls": {
                        "type": "object",
                        "description": "Brand-level controls applied during generation.",
                        "properties": {
                            "colors": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["rgb"],
                                    "properties": {
                                        "rgb": {
                                            "type": "array",
                                            "minItems": 3,
                                            "maxItems": 3,
                                            "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                        },
                                        "std": {"type": "number", "minimum": 0, "maximum": 1},
                                    },
                                },
                            },
                            "background_color": {
                                "type": "object",
                                "required": ["rgb"],
                                "properties": {
                                    "rgb": {
                                        "type": "array",
                                        "minItems": 3,
                                        "maxItems": 3,
                                        "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                    },
                                    "std": {"type": "number", "minimum": 0, "maximum": 1},
                                },
                            },
                            "no_text": {"type": "boolean"},
                            "artistic_level": {"type": "integer", "minimum": 0, "maximum": 5},
                        },
                    },
                    "text_layout": {
                        "type": "array",
                        "description": "Optional positional control for text on an image.",
                        "items": {
                            "type": "object",
                            "properties": {
                                "text": {"type": "string"},
                                "bbox": {"type": "array", "items": {"type": "number"}},
                            },
                            "title": "TextLayoutItem",
                        },
                    },
                },
                "attributes": {
                    "prompt": "prompt",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "size": "size",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "controls": "controls",
                    "text_layout": "text_layout",
                },
            }
        },
        "parameters": {},
        "options": "CreateRasterImageOptions",
        "keywords": {
            "model": (
                "Literal['recraftv4_1', 'recraftv4_1_pro', 'recraftv4_1_utility', 'recraftv4_1_utility_pro', 'recraftv4', 'recraftv4_pro', 'recraftv3', 'recraftv2'] | str",
                "Recraft model identifier.",
            ),
            "style": (
                "str",
                "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
            ),
            "substyle": (
                "str",
                "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
            ),
            "style_id": ("StyleLike", "Identifier of a custom style created via `/styles`."),
            "size": (
                "SizeLike",
                "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
            ),
            "n": ("int", "From 1 to 6."),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
            "controls": ("BrandControlsDict", "Brand-level controls applied during generation."),
            "colors": ("Sequence[str | Sequence[int] | ColorDict]", "Sent in `controls`."),
            "background_color": ("str | Sequence[int] | ColorDict", "Sent in `controls`."),
            "no_text": ("bool", "Sent in `controls`."),
            "artistic_level": ("int", "From 0 to 5. Sent in `controls`."),
            "text_layout": ("Sequence[TextLayoutItemDict]", "Optional positional control for text on an image."),
        },
        "answer": "ImageSet",
    },
    "createVectorImage": {
        "module": "images.create_vector_image",
        "method": "POST",
        "path": "/images/generations/vector",
        "bodies": {
            "application/json": {
                "model": "GenerationRequest",
                "required": ["prompt"],
                "properties": {
                    "prompt": {
                        "type": "string",
                        "maxLength": 10000,
                        "description": "Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).",
                    },
                    "model": {
                        "type": "string",
                        "enum": [
                            "recraftv4_1",
                            "recraftv4_1_pro",
                            "recraftv4_1_utility",
                            "recraftv4_1_utility_pro",
                            "recraftv4",
                            "recraftv4_pro",
                            "recraftv3",
                            "recraftv2",
                        ],
                        "description": "Recraft model identifier.",
                    },
                    "style": {
                        "type": "string",
                        "description": "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
                    },
                    "substyle": {
                        "type": "string",
                        "description": "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
                    },
                    "style_id": {
                        "type": "string",
                        "format": "uuid",
                        "description": "Identifier of a custom style created via `/styles`.",
                    },
                    "size": {
                        "type": "string",
                        "description": "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
                    },
                    "n": {"type": "integer", "minimum": 1, "maximum": 6},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "controls": {
                        "type": "object",
                        "description": "Brand-level controls applied during generation.",
                        "properties": {
                            "colors": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["rgb"],
                                    "properties": {
                                        "rgb": {
                                            "type": "array",
                                            "minItems": 3,
                                            "maxItems": 3,
                                            "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                        },
                                        "std": {"type": "number", "minimum": 0, "maximum": 1},
                                    },
                                },
                            },
                            "background_color": {
                                "type": "object",
                                "required": ["rgb"],
                                "properties": {
                                    "rgb": {
                                        "type": "array",
                                        "minItems": 3,
                                        "maxItems": 3,
                                        "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                    },
                                    "std": {"type": "number", "minimum": 0, "maximum": 1},
                                },
                            },
                            "no_text": {"type": "boolean"},
                            "artistic_level": {"type": "integer", "minimum": 0, "maximum": 5},
                        },
                    },
                    "text_layout": {
                        "type": "array",
                        "description": "Optional positional control for text on an image.",
                        "items": {
                            "type": "object",
                            "properties": {
                                "text": {"type": "string"},
                                "bbox": {"type": "array", "items": {"type": "number"}},
                            },
                            "title": "TextLayoutItem",
                        },
                    },
                },
                "attributes": {
                    "prompt": "prompt",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "size": "size",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "controls": "controls",
                    "text_layout": "text_layout",
                },
            }
        },
        "parameters": {},
        "options": "CreateVectorImageOptions",
        "keywords": {
            "model": (
                "Literal['recraftv4_1', 'recraftv4_1_pro', 'recraftv4_1_utility', 'recraftv4_1_utility_pro', 'recraftv4', 'recraftv4_pro', 'recraftv3', 'recraftv2'] | str",
                "Recraft model identifier.",
            ),
            "style": (
                "str",
                "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
            ),
            "substyle": (
                "str",
                "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
            ),
            "style_id": ("StyleLike", "Identifier of a custom style created via `/styles`."),
            "size": (
                "SizeLike",
                "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
            ),
            "n": ("int", "From 1 to 6."),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
            "controls": ("BrandControlsDict", "Brand-level controls applied during generation."),
            "colors": ("Sequence[str | Sequence[int] | ColorDict]", "Sent in `controls`."),
            "background_color": ("str | Sequence[int] | ColorDict", "Sent in `controls`."),
            "no_text": ("bool", "Sent in `controls`."),
            "artistic_level": ("int", "From 0 to 5. Sent in `controls`."),
            "text_layout": ("Sequence[TextLayoutItemDict]", "Optional positional control for text on an image."),
        },
        "answer": "ImageSet",
    },
    "imageToImage": {
        "module": "images.image_to_image",
        "method": "POST",
        "path": "/images/imageToImage",
        "bodies": {
            "multipart/form-data": {
                "model": "ImageToImageRequest",
                "required": ["image", "prompt"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "strength": {"type": "number", "minimum": 0, "maximum": 1},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                    "substyle": {"type": "string"},
                    "style_id": {"type": "string", "format": "uuid"},
                    "n": {"type": "integer"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "strength": "strength",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                },
            }
        },
        "parameters": {},
        "options": "ImageToImageOptions",
        "keywords": {
            "strength": ("float", "From 0 to 1."),
            "model": ("str", ""),
            "style": ("str", ""),
            "substyle": ("str", ""),
            "style_id": ("StyleLike", ""),
            "n": ("int", ""),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
        },
        "answer": "ImageSet",
    },
    "inpaintImage": {
        "module": "images.inpaint_image",
        "method": "POST",
        "path": "/images/inpaint",
        "bodies": {
            "multipart/form-data": {
                "model": "MaskedEditRequest",
                "required": ["image", "prompt", "mask"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "strength": {"type": "number", "minimum": 0, "maximum": 1},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                    "substyle": {"type": "string"},
                    "style_id": {"type": "string", "format": "uuid"},
                    "n": {"type": "integer"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "mask": {
                        "type": "string",
                        "format": "binary",
                        "description": "Binary mask image. White pixels mark the region to edit.",
                    },
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "strength": "strength",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "mask": "mask",
                },
            }
        },
        "parameters": {},
        "options": "InpaintImageOptions",
        "keywords": {
            "strength": ("float", "From 0 to 1."),
            "model": ("str", ""),
            "style": ("str", ""),
            "substyle": ("str", ""),
            "style_id": ("StyleLike", ""),
            "n": ("int", ""),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
        },
        "answer": "ImageSet",
    },
    "outpaintImage": {
        "module": "images.outpaint_image",
        "method": "POST",
        "path": "/images/outpaint",
        "bodies": {
            "multipart/form-data": {
                "model": "OutpaintRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "outpaint_top": {"type": "integer"},
                    "outpaint_bottom": {"type": "integer"},
                    "outpaint_left": {"type": "integer"},
                    "outpaint_right": {"type": "integer"},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "outpaint_top": "outpaint_top",
                    "outpaint_bottom": "outpaint_bottom",
                    "outpaint_left": "outpaint_left",
                    "outpaint_right": "outpaint_right",
                    "model": "model",
                    "style": "style",
                },
            }
        },
        "parameters": {},
        "options": "OutpaintImageOptions",
        "keywords": {"model": ("str", ""), "style": ("str", "")},
        "answer": "ImageSet",
    },
    "replaceBackground": {
        "module": "images.replace_background",
        "method": "POST",
        "path": "/images/replaceBackground",
        "bodies": {
            "multipart/form-data": {
                "model": "BackgroundRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                    "n": {"type": "integer"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "model": "model",
                    "style": "style",
                    "n": "n",
                    "response_format": "response_format",
                },
            }
        },
        "parameters": {},
        "options": "ReplaceBackgroundOptions",
        "keywords": {
            "model": ("str", ""),
            "style": ("str", ""),
            "n": ("int", ""),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
        },
        "answer": "ImageSet",
    },
    "generateBackground": {
        "module": "images.generate_background",
        "method": "POST",
        "path": "/images/generateBackground",
        "bodies": {
            "multipart/form-data": {
                "model": "MaskedEditRequest",
                "required": ["image", "prompt", "mask"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "strength": {"type": "number", "minimum": 0, "maximum": 1},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                    "substyle": {"type": "string"},
                    "style_id": {"type": "string", "format": "uuid"},
                    "n": {"type": "integer"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "mask": {
                        "type": "string",
                        "format": "binary",
                        "description": "Binary mask image. White pixels mark the region to edit.",
                    },
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "strength": "strength",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "mask": "mask",
                },
            }
        },
        "parameters": {},
        "options": "GenerateBackgroundOptions",
        "keywords": {
            "strength": ("float", "From 0 to 1."),
            "model": ("str", ""),
            "style": ("str", ""),
            "substyle": ("str", ""),
            "style_id": ("StyleLike", ""),
            "n": ("int", ""),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
        },
        "answer": "ImageSet",
    },
    "vectorizeImage": {
        "module": "images.vectorize_image",
        "method": "POST",
        "path": "/images/vectorize",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "VectorizeImageOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "removeBackground": {
        "module": "images.remove_background",
        "method": "POST",
        "path": "/images/removeBackground",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "RemoveBackgroundOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "crispUpscale": {
        "module": "images.crisp_upscale",
        "method": "POST",
        "path": "/images/crispUpscale",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "CrispUpscaleOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "creativeUpscale": {
        "module": "images.creative_upscale",
        "method": "POST",
        "path": "/images/creativeUpscale",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "CreativeUpscaleOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "eraseRegion": {
        "module": "images.erase_region",
        "method": "POST",
        "path": "/images/eraseRegion",
        "bodies": {
            "multipart/form-data": {
                "model": "MaskedEditRequest",
                "required": ["image", "prompt", "mask"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "prompt": {"type": "string"},
                    "strength": {"type": "number", "minimum": 0, "maximum": 1},
                    "model": {"type": "string"},
                    "style": {"type": "string"},
                    "substyle": {"type": "string"},
                    "style_id": {"type": "string", "format": "uuid"},
                    "n": {"type": "integer"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "mask": {
                        "type": "string",
                        "format": "binary",
                        "description": "Binary mask image. White pixels mark the region to edit.",
                    },
                },
                "attributes": {
                    "image": "image",
                    "prompt": "prompt",
                    "strength": "strength",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "mask": "mask",
                },
            }
        },
        "parameters": {},
        "options": "EraseRegionOptions",
        "keywords": {
            "strength": ("float", "From 0 to 1."),
            "model": ("str", ""),
            "style": ("str", ""),
            "substyle": ("str", ""),
            "style_id": ("StyleLike", ""),
            "n": ("int", ""),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
        },
        "answer": "ImageSet",
    },
    "variateImage": {
        "module": "images.variate_image",
        "method": "POST",
        "path": "/images/variateImage",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "VariateImageOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "exploreImages": {
        "module": "images.explore_images",
        "method": "POST",
        "path": "/images/explore",
        "bodies": {
            "application/json": {
                "model": "GenerationRequest",
                "required": ["prompt"],
                "properties": {
                    "prompt": {
                        "type": "string",
                        "maxLength": 10000,
                        "description": "Text prompt describing the desired image (up to 10,000 chars for V4/V4.1; 1,000 for V2/V3).",
                    },
                    "model": {
                        "type": "string",
                        "enum": [
                            "recraftv4_1",
                            "recraftv4_1_pro",
                            "recraftv4_1_utility",
                            "recraftv4_1_utility_pro",
                            "recraftv4",
                            "recraftv4_pro",
                            "recraftv3",
                            "recraftv2",
                        ],
                        "description": "Recraft model identifier.",
                    },
                    "style": {
                        "type": "string",
                        "description": "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
                    },
                    "substyle": {
                        "type": "string",
                        "description": "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
                    },
                    "style_id": {
                        "type": "string",
                        "format": "uuid",
                        "description": "Identifier of a custom style created via `/styles`.",
                    },
                    "size": {
                        "type": "string",
                        "description": "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
                    },
                    "n": {"type": "integer", "minimum": 1, "maximum": 6},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                    "negative_prompt": {"type": "string"},
                    "controls": {
                        "type": "object",
                        "description": "Brand-level controls applied during generation.",
                        "properties": {
                            "colors": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["rgb"],
                                    "properties": {
                                        "rgb": {
                                            "type": "array",
                                            "minItems": 3,
                                            "maxItems": 3,
                                            "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                        },
                                        "std": {"type": "number", "minimum": 0, "maximum": 1},
                                    },
                                },
                            },
                            "background_color": {
                                "type": "object",
                                "required": ["rgb"],
                                "properties": {
                                    "rgb": {
                                        "type": "array",
                                        "minItems": 3,
                                        "maxItems": 3,
                                        "items": {"type": "integer", "minimum": 0, "maximum": 255},
                                    },
                                    "std": {"type": "number", "minimum": 0, "maximum": 1},
                                },
                            },
                            "no_text": {"type": "boolean"},
                            "artistic_level": {"type": "integer", "minimum": 0, "maximum": 5},
                        },
                    },
                    "text_layout": {
                        "type": "array",
                        "description": "Optional positional control for text on an image.",
                        "items": {
                            "type": "object",
                            "properties": {
                                "text": {"type": "string"},
                                "bbox": {"type": "array", "items": {"type": "number"}},
                            },
                            "title": "TextLayoutItem",
                        },
                    },
                },
                "attributes": {
                    "prompt": "prompt",
                    "model": "model",
                    "style": "style",
                    "substyle": "substyle",
                    "style_id": "style_id",
                    "size": "size",
                    "n": "n",
                    "response_format": "response_format",
                    "negative_prompt": "negative_prompt",
                    "controls": "controls",
                    "text_layout": "text_layout",
                },
            }
        },
        "parameters": {},
        "options": "ExploreImagesOptions",
        "keywords": {
            "model": (
                "Literal['recraftv4_1', 'recraftv4_1_pro', 'recraftv4_1_utility', 'recraftv4_1_utility_pro', 'recraftv4', 'recraftv4_pro', 'recraftv3', 'recraftv2'] | str",
                "Recraft model identifier.",
            ),
            "style": (
                "str",
                "Style group such as `realistic_image`, `digital_illustration`, `vector_illustration`, or `logo_raster`.",
            ),
            "substyle": (
                "str",
                "Optional specific substyle within the selected style (e.g. `pixel_art`, `linocut`, `urban_drama`).",
            ),
            "style_id": ("StyleLike", "Identifier of a custom style created via `/styles`."),
            "size": (
                "SizeLike",
                "Output size; either an aspect ratio (e.g. `1024x1024`) or one of 14 supported ratios (1:1, 2:1, 1:2, 3:2, 2:3, 4:3, 3:4, 5:4, 4:5, 6:10, 14:10, 10:14, 16:9, 9:16).",
            ),
            "n": ("int", "From 1 to 6."),
            "response_format": ("Literal['url', 'b64_json'] | str", ""),
            "negative_prompt": ("str", ""),
            "controls": ("BrandControlsDict", "Brand-level controls applied during generation."),
            "colors": ("Sequence[str | Sequence[int] | ColorDict]", "Sent in `controls`."),
            "background_color": ("str | Sequence[int] | ColorDict", "Sent in `controls`."),
            "no_text": ("bool", "Sent in `controls`."),
            "artistic_level": ("int", "From 0 to 5. Sent in `controls`."),
            "text_layout": ("Sequence[TextLayoutItemDict]", "Optional positional control for text on an image."),
        },
        "answer": "ImageSet",
    },
    "exploreSimilarImages": {
        "module": "images.explore_similar_images",
        "method": "POST",
        "path": "/images/explore/similar",
        "bodies": {
            "multipart/form-data": {
                "model": "FileOnlyRequest",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
                },
                "attributes": {"image": "image", "response_format": "response_format"},
            }
        },
        "parameters": {},
        "options": "ExploreSimilarImagesOptions",
        "keywords": {"response_format": ("Literal['url', 'b64_json'] | str", "")},
        "answer": "ImageSet",
    },
    "enhancePrompt": {
        "module": "prompts.enhance_prompt",
        "method": "POST",
        "path": "/prompts/enhance",
        "bodies": {
            "application/json": {
                "model": "EnhancePromptRequest",
                "required": ["prompt"],
                "properties": {
                    "prompt": {"type": "string", "description": "Original prompt to enhance."},
                    "model": {
                        "type": "string",
                        "description": "Optional target model the enhanced prompt will be used with.",
                    },
                },
                "attributes": {"prompt": "prompt", "model": "model"},
            }
        },
        "parameters": {},
        "options": "EnhancePromptOptions",
        "keywords": {"model": ("str", "Optional target model the enhanced prompt will be used with.")},
        "answer": "EnhancedPrompt",
    },
    "createStyle": {
        "module": "styles.create_style",
        "method": "POST",
        "path": "/styles",
        "bodies": {
            "multipart/form-data": {
                "model": "CreateStyleRequest",
                "required": ["style", "file"],
                "properties": {
                    "style": {"type": "string", "description": "Base style group (e.g. `digital_illustration`)."},
                    "file": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 5,
                        "items": {"type": "string", "format": "binary"},
                    },
                },
                "attributes": {"style": "style", "file": "file"},
            }
        },
        "parameters": {},
        "options": "CreateStyleOptions",
        "keywords": {},
        "answer": "Style",
    },
    "getCurrentUser": {
        "module": "users.get_current_user",
        "method": "GET",
        "path": "/users/me",
        "bodies": {},
        "parameters": {},
        "options": "GetCurrentUserOptions",
        "keywords": {},
        "answer": "User",
    },
}
