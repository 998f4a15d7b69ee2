from typing import Literal

SimilarByIdRequestImageFormat = Literal["png", "webp"] | str

SIMILAR_BY_ID_REQUEST_IMAGE_FORMAT_VALUES: set[SimilarByIdRequestImageFormat] = {
    "png",
    "webp",
}


def check_similar_by_id_request_image_format(value: str) -> SimilarByIdRequestImageFormat:
    return value
