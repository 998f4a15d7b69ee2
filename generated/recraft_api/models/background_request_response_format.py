from typing import Literal

BackgroundRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

BACKGROUND_REQUEST_RESPONSE_FORMAT_VALUES: set[BackgroundRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_background_request_response_format(value: str) -> BackgroundRequestResponseFormat:
    return value
