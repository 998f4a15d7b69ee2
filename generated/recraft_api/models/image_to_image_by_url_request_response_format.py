from typing import Literal

ImageToImageByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

IMAGE_TO_IMAGE_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[ImageToImageByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_image_to_image_by_url_request_response_format(value: str) -> ImageToImageByUrlRequestResponseFormat:
    return value
