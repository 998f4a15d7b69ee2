from typing import Literal

ExploreRequestImageFormat = Literal["png", "webp"] | str

EXPLORE_REQUEST_IMAGE_FORMAT_VALUES: set[ExploreRequestImageFormat] = {
    "png",
    "webp",
}


def check_explore_request_image_format(value: str) -> ExploreRequestImageFormat:
    return value
