from typing import Literal

BackgroundByUrlRequestImageFormat = Literal["png", "webp"] | str

BACKGROUND_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[BackgroundByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_background_by_url_request_image_format(value: str) -> BackgroundByUrlRequestImageFormat:
    return value
