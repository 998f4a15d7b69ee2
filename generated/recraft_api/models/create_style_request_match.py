from typing import Literal

CreateStyleRequestMatch = Literal["flexible", "precise", "regular"] | str

CREATE_STYLE_REQUEST_MATCH_VALUES: set[CreateStyleRequestMatch] = {
    "flexible",
    "precise",
    "regular",
}


def check_create_style_request_match(value: str) -> CreateStyleRequestMatch:
    return value
