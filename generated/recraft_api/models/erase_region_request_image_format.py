from typing import Literal

EraseRegionRequestImageFormat = Literal["png", "webp"] | str

ERASE_REGION_REQUEST_IMAGE_FORMAT_VALUES: set[EraseRegionRequestImageFormat] = {
    "png",
    "webp",
}


def check_erase_region_request_image_format(value: str) -> EraseRegionRequestImageFormat:
    return value
