from typing import Literal

EraseRegionByUrlRequestImageFormat = Literal["png", "webp"] | str

ERASE_REGION_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[EraseRegionByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_erase_region_by_url_request_image_format(value: str) -> EraseRegionByUrlRequestImageFormat:
    return value
