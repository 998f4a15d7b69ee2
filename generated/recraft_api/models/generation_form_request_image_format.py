from typing import Literal

GenerationFormRequestImageFormat = Literal["png", "webp"] | str

GENERATION_FORM_REQUEST_IMAGE_FORMAT_VALUES: set[GenerationFormRequestImageFormat] = {
    "png",
    "webp",
}


def check_generation_form_request_image_format(value: str) -> GenerationFormRequestImageFormat:
    return value
