from typing import Literal

GenerationRequestImageFormat = Literal["png", "webp"] | str

GENERATION_REQUEST_IMAGE_FORMAT_VALUES: set[GenerationRequestImageFormat] = {
    "png",
    "webp",
}


def check_generation_request_image_format(value: str) -> GenerationRequestImageFormat:
    return value
