from typing import Literal

ImageToImageRequestCreativity = Literal["eccentric", "simple", "standard"] | str

IMAGE_TO_IMAGE_REQUEST_CREATIVITY_VALUES: set[ImageToImageRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_image_to_image_request_creativity(value: str) -> ImageToImageRequestCreativity:
    return value
