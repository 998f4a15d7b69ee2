from typing import Literal

VariateRequestImageFormat = Literal["png", "webp"] | str

VARIATE_REQUEST_IMAGE_FORMAT_VALUES: set[VariateRequestImageFormat] = {
    "png",
    "webp",
}


def check_variate_request_image_format(value: str) -> VariateRequestImageFormat:
    return value
