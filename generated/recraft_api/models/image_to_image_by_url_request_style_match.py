from typing import Literal

ImageToImageByUrlRequestStyleMatch = Literal["flexible", "precise", "regular"] | str

IMAGE_TO_IMAGE_BY_URL_REQUEST_STYLE_MATCH_VALUES: set[ImageToImageByUrlRequestStyleMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_image_to_image_by_url_request_style_match(value: str) -> ImageToImageByUrlRequestStyleMatch:
    return value
