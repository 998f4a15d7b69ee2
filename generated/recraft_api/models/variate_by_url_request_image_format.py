from typing import Literal

VariateByUrlRequestImageFormat = Literal["png", "webp"] | str

VARIATE_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[VariateByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_variate_by_url_request_image_format(value: str) -> VariateByUrlRequestImageFormat:
    return value
