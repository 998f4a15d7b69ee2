from typing import Literal

ImageToImageRequestImageFormat = Literal["png", "webp"] | str

IMAGE_TO_IMAGE_REQUEST_IMAGE_FORMAT_VALUES: set[ImageToImageRequestImageFormat] = {
    "png",
    "webp",
}


def check_image_to_image_request_image_format(value: str) -> ImageToImageRequestImageFormat:
    return value
