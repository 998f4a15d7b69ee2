from typing import Literal

BackgroundByUrlRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

BACKGROUND_BY_URL_REQUEST_RESPONSE_FORMAT_VALUES: set[BackgroundByUrlRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_background_by_url_request_response_format(value: str) -> BackgroundByUrlRequestResponseFormat:
    return value
