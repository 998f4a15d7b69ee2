from typing import Literal

RefineDetailsByUrlRequestImageFormat = Literal["png", "webp"] | str

REFINE_DETAILS_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[RefineDetailsByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_refine_details_by_url_request_image_format(value: str) -> RefineDetailsByUrlRequestImageFormat:
    return value
