from typing import Literal

ImageByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

IMAGE_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[ImageByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_image_by_url_request_response_format(value: str) -> ImageByUrlRequestResponseFormat:
    return value
