from typing import Literal

VectorizeByUrlRequestImageFormat = Literal["png", "webp"] | str

VECTORIZE_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[VectorizeByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_vectorize_by_url_request_image_format(value: str) -> VectorizeByUrlRequestImageFormat:
    return value
