from typing import Literal

OutpaintByUrlRequestImageFormat = Literal["png", "webp"] | str

OUTPAINT_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[OutpaintByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_outpaint_by_url_request_image_format(value: str) -> OutpaintByUrlRequestImageFormat:
    return value
