from typing import Literal

ImageToImageRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

IMAGE_TO_IMAGE_REQUEST_RESPONSE_FORMAT_VALUES: set[ImageToImageRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_image_to_image_request_response_format(value: str) -> ImageToImageRequestResponseFormat:
    return value
