from typing import Literal

RefineDetailsRequestImageFormat = Literal["png", "webp"] | str

REFINE_DETAILS_REQUEST_IMAGE_FORMAT_VALUES: set[RefineDetailsRequestImageFormat] = {
    "png",
    "webp",
}


def check_refine_details_request_image_format(value: str) -> RefineDetailsRequestImageFormat:
    return value
