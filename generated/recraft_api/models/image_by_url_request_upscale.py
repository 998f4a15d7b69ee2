from typing import Literal

ImageByUrlRequestUpscale = Literal["upscale16mp", "upscale4mp"] | str

IMAGE_BY_URL_REQUEST_UPSCALE_VALUES: set[ImageByUrlRequestUpscale] = {
    "upscale16mp",
    "upscale4mp",
}


def check_image_by_url_request_upscale(value: str) -> ImageByUrlRequestUpscale:
    return value
