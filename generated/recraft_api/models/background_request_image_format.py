from typing import Literal

BackgroundRequestImageFormat = Literal["png", "webp"] | str

BACKGROUND_REQUEST_IMAGE_FORMAT_VALUES: set[BackgroundRequestImageFormat] = {
    "png",
    "webp",
}


def check_background_request_image_format(value: str) -> BackgroundRequestImageFormat:
    return value
