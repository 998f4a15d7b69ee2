from typing import Literal

BackgroundRequestResponseFormat = Literal["b64_json", "url"] | str

BACKGROUND_REQUEST_RESPONSE_FORMAT_VALUES: set[BackgroundRequestResponseFormat] = {
    "b64_json",
    "url",
}


def check_background_request_response_format(value: str) -> BackgroundRequestResponseFormat:
    return value
