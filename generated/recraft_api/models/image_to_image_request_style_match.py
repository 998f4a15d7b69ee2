from typing import Literal

ImageToImageRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

IMAGE_TO_IMAGE_REQUEST_STYLE_MATCH_VALUES: set[ImageToImageRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_image_to_image_request_style_match(value: str) -> ImageToImageRequestStyleMatch:
    return value
