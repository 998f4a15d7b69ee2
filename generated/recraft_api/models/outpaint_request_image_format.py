from typing import Literal

OutpaintRequestImageFormat = Literal["png", "webp"] | str

OUTPAINT_REQUEST_IMAGE_FORMAT_VALUES: set[OutpaintRequestImageFormat] = {
    "png",
    "webp",
}


def check_outpaint_request_image_format(value: str) -> OutpaintRequestImageFormat:
    return value
