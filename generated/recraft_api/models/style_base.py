from typing import Literal

StyleBase = (
    Literal["any", "digital_illustration", "icon", "logo_raster", "realistic_image", "vector_illustration"] | str
)

STYLE_BASE_VALUES: set[StyleBase] = {
    "any",
    "digital_illustration",
    "icon",
    "logo_raster",
    "realistic_image",
    "vector_illustration",
}


def check_style_base(value: str) -> StyleBase:
    return value
