from typing import Literal

ImageToImageByUrlRequestCreativity = Literal["eccentric", "simple", "standard"] | str

IMAGE_TO_IMAGE_BY_URL_REQUEST_CREATIVITY_VALUES: set[ImageToImageByUrlRequestCreativity] = {
    "eccentric",
    "simple",
    "standard",
}


def check_image_to_image_by_url_request_creativity(value: str) -> ImageToImageByUrlRequestCreativity:
    return value
