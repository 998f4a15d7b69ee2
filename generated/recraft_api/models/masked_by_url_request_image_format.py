from typing import Literal

MaskedByUrlRequestImageFormat = Literal["png", "webp"] | str

MASKED_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[MaskedByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_masked_by_url_request_image_format(value: str) -> MaskedByUrlRequestImageFormat:
    return value
