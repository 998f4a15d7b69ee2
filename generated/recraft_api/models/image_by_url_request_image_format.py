from typing import Literal

ImageByUrlRequestImageFormat = Literal["png", "webp"] | str

IMAGE_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[ImageByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_image_by_url_request_image_format(value: str) -> ImageByUrlRequestImageFormat:
    return value
