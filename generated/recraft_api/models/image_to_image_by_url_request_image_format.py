from typing import Literal

ImageToImageByUrlRequestImageFormat = Literal["png", "webp"] | str

IMAGE_TO_IMAGE_BY_URL_REQUEST_IMAGE_FORMAT_VALUES: set[ImageToImageByUrlRequestImageFormat] = {
    "png",
    "webp",
}


def check_image_to_image_by_url_request_image_format(value: str) -> ImageToImageByUrlRequestImageFormat:
    return value
