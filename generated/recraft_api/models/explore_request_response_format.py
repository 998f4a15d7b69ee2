from typing import Literal

ExploreRequestResponseFormat = Literal["b64_json", "multipart", "url"] | str

EXPLORE_REQUEST_RESPONSE_FORMAT_VALUES: set[ExploreRequestResponseFormat] = {
    "b64_json",
    "multipart",
    "url",
}


def check_explore_request_response_format(value: str) -> ExploreRequestResponseFormat:
    return value
